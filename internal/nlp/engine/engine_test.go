package engine

import (
	"context"
	"encoding/json"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp/encoder/kernel"
	"rapporteur/internal/nlp/tokenize"
	"rapporteur/internal/text"
	"rapporteur/internal/weights"
	"rapporteur/sample"
)

// best is the fastest path of this processor.
func best() kernel.Path { paths := kernel.Paths(); return paths[len(paths)-1] }

func stage(t testing.TB, path kernel.Path) *Stage {
	t.Helper()
	file, err := weights.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(file, path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// cutter is the stage of tokens, loaded once; it is read-only.
var cutter = sync.OnceValues(func() (*tokenize.Stage, error) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		return nil, err
	}
	return tokenize.New(lex)
})

// tokenised makes a document of one paragraph a line.
func tokenised(t testing.TB, body string) *document.Doc {
	t.Helper()
	tokens, err := cutter()
	if err != nil {
		t.Fatal(err)
	}
	d := document.New(&article.Article{Text: body})
	if err := tokens.Annotate(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	d.Layers = document.LayerTokens | document.LayerParagraphs
	return d
}

func annotated(t testing.TB, s *Stage, body string) *document.Doc {
	t.Helper()
	d := tokenised(t, body)
	if err := s.Annotate(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

// paragraphsOfSample returns texts of the sample of about the given number of sentences.
func paragraphsOfSample(t testing.TB, sentences int) []string {
	t.Helper()
	var out []string
	files, err := fs.Glob(sample.Files, "*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		content, err := fs.ReadFile(sample.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		for paragraph := range strings.SplitSeq(string(content), "\n\n") {
			if sentences <= 0 {
				return out
			}
			out = append(out, paragraph)
			sentences -= strings.Count(paragraph, ".")
		}
	}
	return out
}

func TestPathsGiveTheSameAnnotation(t *testing.T) {
	count := 200
	if underRace || testing.Short() {
		count = 10
	}
	bodies := paragraphsOfSample(t, count)
	var want []*document.Doc
	for _, path := range kernel.Paths() {
		s := stage(t, path)
		for i, body := range bodies {
			d := annotated(t, s, body)
			if path == kernel.Portable {
				want = append(want, d)
				continue
			}
			if !slices.Equal(d.Tokens, want[i].Tokens) || !slices.Equal(d.Chunks, want[i].Chunks) || !slices.Equal(d.Vectors, want[i].Vectors) || !slices.Equal(d.Links, want[i].Links) {
				t.Errorf("%v: %q is read otherwise than on the portable path", path, body)
			}
		}
	}
}

func TestOneSentence(t *testing.T) {
	d := annotated(t, stage(t, best()), "“We will not sign,” said Amara Okafor, the minister’s envoy.")
	var chunks []string
	for _, c := range d.Chunks {
		if c.Layer == document.StatementLayer {
			chunks = append(chunks, string(c.Kind)+": "+d.In(d.SpanOf(c.Tokens)))
		}
	}
	want := []string{"content: We will not sign,", "cue: said", "source: Amara Okafor, the minister’s envoy"}
	if !slices.Equal(chunks, want) {
		t.Errorf("chunks %q, not %q", chunks, want)
	}
	for i, token := range d.Tokens {
		if form := d.Form(document.TokenID(i)); form == "said" && (token.Head != document.NoToken || token.UPOS != document.VERB) {
			t.Errorf("said: head %d, %s", token.Head, token.UPOS)
		}
	}
}

// checkTrees tests what always holds: sentences cover the tokens in order, each has
// one root, and every walk upwards ends there.
func checkTrees(t *testing.T, d *document.Doc) {
	t.Helper()
	next := document.TokenID(0)
	for _, s := range d.Sentences {
		if s.Tokens.First != next || s.Tokens.End <= next {
			t.Fatalf("sentence %v after token %d", s.Tokens, next)
		}
		next = s.Tokens.End
		roots := 0
		for i := s.Tokens.First; i < s.Tokens.End; i++ {
			if d.Tokens[i].Head == document.NoToken {
				roots++
			}
			for head, steps := d.Tokens[i].Head, 0; head != document.NoToken; head = d.Tokens[head].Head {
				if steps++; head < s.Tokens.First || head >= s.Tokens.End || steps > int(s.Tokens.End-s.Tokens.First) {
					t.Fatalf("token %d: no way to the root of %v", i, s.Tokens)
				}
			}
		}
		if roots != 1 {
			t.Fatalf("sentence %v has %d roots", s.Tokens, roots)
		}
	}
	if int(next) != len(d.Tokens) {
		t.Fatalf("sentences end at token %d of %d", next, len(d.Tokens))
	}
}

func TestHostileTexts(t *testing.T) {
	s := stage(t, best())
	for name, body := range map[string]string{
		"nothing": "", "marks": "“”\"' — … !?", "one word": strings.Repeat("a", 100_000), "opening marks": strings.Repeat("“", 3000),
		"no end": strings.Repeat("and then they said ", 300), "signs": "\u200b\u200d 漢字 می\u200cخواهیم \x01 🕊",
	} {
		t.Run(name, func(t *testing.T) { checkTrees(t, annotated(t, s, body)) })
	}
}

func FuzzAnnotate(f *testing.F) {
	f.Add("“We will not sign,” said Amara Okafor.\n\nHe left.")
	s := stage(f, best())
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 2000 {
			t.Skip()
		}
		checkTrees(t, annotated(t, s, strings.ToValidUTF8(body, "")))
	})
}

// A vector is one sentence as the training tool reads it with quantised weights
// (tools/train/vectors.py).
type vector struct {
	Text   string                 `json:"text"`
	Words  []text.Span            `json:"words"`
	IDs    []int32                `json:"ids"`
	Scores map[string][][]float32 `json:"scores"`
}

// vectors reads the test vectors of the embedded weights, which are too large to keep.
func vectors(t testing.TB, s *Stage) []vector {
	t.Helper()
	name := os.Getenv("RAPPORTEUR_VECTORS")
	if name == "" {
		t.Skip("set RAPPORTEUR_VECTORS to the .vectors.json that tools/train wrote beside the weights")
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Digest    string   `json:"digest"`
		Sentences []vector `json:"sentences"`
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	if list.Digest != s.file.Digest {
		t.Fatalf("vectors of weights %s, the program holds %s", list.Digest, s.file.Digest)
	}
	return list.Sentences
}

func TestScoresAreThoseOfTraining(t *testing.T) {
	s := stage(t, best())
	w := s.newWorker()
	for _, v := range vectors(t, s) {
		d := document.New(&article.Article{Text: v.Text})
		d.Paragraphs = []document.Paragraph{{Span: text.Span{End: len(v.Text)}}}
		for _, span := range v.Words {
			d.Tokens = append(d.Tokens, document.Token{Span: span})
		}
		w.cut(s, d)
		if !slices.Equal(w.pieces, v.IDs[1:len(v.IDs)-1]) {
			t.Errorf("%q: pieces %v, not %v", v.Text, w.pieces, v.IDs)
			continue
		}
		if err := w.vectors(context.Background(), s, d); err != nil {
			t.Fatal(err)
		}
		w.score(s, d)
		for _, head := range linear {
			compare(t, v, head, func(i int) []float32 { return w.of(s, head, document.TokenID(i)) })
		}
	}
}

// compare allows what rounding makes: small differences, and two words of a
// sentence that fall to the other side.
func compare(t *testing.T, v vector, head string, of func(int) []float32) {
	t.Helper()
	off, other := 0.0, 0
	for i, want := range v.Scores[head] {
		got := of(i)
		for k := range want {
			off = max(off, math.Abs(float64(got[k]-want[k])))
		}
		if argmax(got) != argmax(want) {
			other++
		}
	}
	if off > 1 || other > 2 {
		t.Errorf("%q: %s: off by up to %.3f, %d words differ", v.Text, head, off, other)
	}
}

func argmax(v []float32) int {
	best := 0
	for i := range v {
		if v[i] > v[best] {
			best = i
		}
	}
	return best
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		stage(b, best())
	}
}

func BenchmarkAnnotate(b *testing.B) {
	body := strings.Join(paragraphsOfSample(b, 40), "\n\n")
	for _, path := range kernel.Paths() {
		b.Run(path.String(), func(b *testing.B) {
			s := stage(b, path)
			b.SetBytes(int64(len(body)))
			tokens := 0
			for b.Loop() {
				tokens += len(annotated(b, s, body).Tokens)
			}
			b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}
