package engine

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/nlp/encoder/kernel"
	"rapporteur/internal/text"
	"rapporteur/internal/weights"
)

// A vector is one sentence as the training tool reads it with quantised weights
// (tools/train/vectors.py).
type vector struct {
	Text   string                 `json:"text"`
	Words  []text.Span            `json:"words"`
	IDs    []int32                `json:"ids"`
	Shapes []int32                `json:"shapes"`
	Scores map[string][][]float32 `json:"scores"`
}

func load(t testing.TB) (*weights.File, []vector) {
	t.Helper()
	folder := os.Getenv("RAPPORTEUR_WEIGHTS")
	if folder == "" {
		t.Skip("set RAPPORTEUR_WEIGHTS to the folder of an export of tools/train")
	}
	raw, err := os.ReadFile(folder + "/rapporteur-1.weights")
	if err != nil {
		t.Fatal(err)
	}
	file, err := weights.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Sentences []vector `json:"sentences"`
	}
	raw, err = os.ReadFile(folder + "/rapporteur-1.vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	return file, list.Sentences
}

// tokenised makes a document of one paragraph with the given tokens.
func tokenised(body string, words []text.Span) *document.Doc {
	d := document.New(&article.Article{Text: body})
	d.Paragraphs = []document.Paragraph{{Span: text.Span{End: len(body)}}}
	for _, w := range words {
		d.Tokens = append(d.Tokens, document.Token{Span: w})
	}
	d.Layers = document.LayerTokens | document.LayerParagraphs
	return d
}

func TestScoresAreThoseOfTraining(t *testing.T) {
	file, vectors := load(t)
	s, err := New(file, kernel.Paths()[len(kernel.Paths())-1])
	if err != nil {
		t.Fatal(err)
	}
	w := s.newWorker()
	for _, v := range vectors {
		d := tokenised(v.Text, v.Words)
		w.cut(s, d)
		if got := w.pieces; !slices.Equal(got, v.IDs[1:len(v.IDs)-1]) {
			t.Errorf("%q: pieces %v, not %v", v.Text, got, v.IDs)
			continue
		}
		if err := w.vectors(context.Background(), s, d); err != nil {
			t.Fatal(err)
		}
		w.score(s, d)
		for _, head := range linear {
			off, agree, n := 0.0, 0, 0
			for i, want := range v.Scores[head] {
				got := w.of(s, head, document.TokenID(i))
				for k := range want {
					off = max(off, math.Abs(float64(got[k]-want[k])))
				}
				if argmax(got) == argmax(want) {
					agree++
				}
				n++
			}
			if off > 1 || agree < n-2 {
				t.Errorf("%q: %s: off by up to %.3f, %d of %d words alike", v.Text, head, off, agree, n)
			}
		}
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

func TestPathsGiveTheSameAnnotation(t *testing.T) {
	file, vectors := load(t)
	var want []*document.Doc
	for _, path := range kernel.Paths() {
		s, err := New(file, path)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range vectors {
			d := tokenised(v.Text, v.Words)
			if err := s.Annotate(context.Background(), d); err != nil {
				t.Fatal(err)
			}
			if path == kernel.Portable {
				want = append(want, d)
				continue
			}
			if !slices.Equal(d.Tokens, want[i].Tokens) || !slices.Equal(d.Chunks, want[i].Chunks) || !slices.Equal(d.Vectors, want[i].Vectors) || !slices.Equal(d.Links, want[i].Links) {
				t.Errorf("%v: %q is read otherwise than on the portable path", path, v.Text)
			}
		}
	}
}

func BenchmarkNew(b *testing.B) {
	file, _ := load(b)
	for b.Loop() {
		if _, err := New(file, kernel.Paths()[len(kernel.Paths())-1]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAnnotate(b *testing.B) {
	file, vectors := load(b)
	s, err := New(file, kernel.Paths()[len(kernel.Paths())-1])
	if err != nil {
		b.Fatal(err)
	}
	var body string
	var words []text.Span
	for range 3 {
		for _, v := range vectors {
			for _, w := range v.Words {
				words = append(words, text.Span{Start: w.Start + len(body), End: w.End + len(body)})
			}
			body += v.Text + " "
		}
	}
	d := tokenised(body, words)
	for b.Loop() {
		again := *d
		again.Sentences = nil
		if err := s.Annotate(context.Background(), &again); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(words))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
