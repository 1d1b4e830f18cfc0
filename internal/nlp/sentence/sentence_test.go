package sentence

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/tokenize"
	"rapporteur/internal/text"
)

func stage(t testing.TB) *Stage {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(lex)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// cutter returns the stage that gives tokens.
func cutter(t testing.TB) *tokenize.Stage {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	s, err := tokenize.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func read(t testing.TB, s *Stage, body string) *document.Doc {
	t.Helper()
	d := document.New(&article.Article{Text: body})
	if err := nlp.Run(context.Background(), d, cutter(t), s); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSentences(t *testing.T) {
	s := stage(t)
	for _, c := range []struct{ name, body, want string }{
		{"two", "The round ended. Talks go on.", "The round ended.|Talks go on."},
		{"title before a name", "Mr. Doe and Gen. Roe met. Dr. Poe left.", "Mr. Doe and Gen. Roe met.|Dr. Poe left."},
		{"initials inside", "The U.S. President met J. P. Roe. He left.", "The U.S. President met J. P. Roe.|He left."},
		{"initials at the end", "They flew to the U.S. The talks go on.", "They flew to the U.S.|The talks go on."},
		{"month", "On Jan. 12 they met. It was Feb. They left.", "On Jan. 12 they met.|It was Feb.|They left."},
		{"number", "He read No. 4 aloud. He said no. Then he left.", "He read No. 4 aloud.|He said no.|Then he left."},
		{"quotation goes on with the speaker", "“We will not sign,” said Okafor. “No.” he added.", "“We will not sign,” said Okafor.|“No.” he added."},
		{"question then the speaker", "“Will they sign?” he asked. “Who knows!” said she.", "“Will they sign?” he asked.|“Who knows!” said she."},
		{"two quotations", "“We came.” “They did not.”", "“We came.”|“They did not.”"},
		{"missing blank", "The round ended.Talks go on at a.Example.org today.", "The round ended.|Talks go on at a.Example.org today."},
		{"paragraphs", "no end mark\nnext line", "no end mark|next line"},
		{"references", "It failed. [6] He left.[7] They met. [8]\nIt rained.", "It failed. [6]|He left.[7] They met. [8]|It rained."},
		{"title in capitals", "GEN. JANE P. ROE SPOKE. THEY LEFT.", "GEN. JANE P. ROE SPOKE.|THEY LEFT."},
		{"firm", "Orsa Shipping Co. Ltd. agreed. It paid.", "Orsa Shipping Co. Ltd. agreed.|It paid."},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, s, c.body)
			var got []string
			for _, sentence := range d.Sentences {
				got = append(got, d.In(sentence.Span))
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "|")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Every token lies in one sentence, every sentence in one paragraph.
func FuzzSentences(f *testing.F) {
	s := stage(f)
	f.Add("Mr. Doe left.\n\n“No!” he said. a.B.C https://x.Y/z. U.S.")
	f.Add(". . \n . A.")
	f.Fuzz(func(t *testing.T, body string) {
		d := read(t, s, body)
		next := document.TokenID(0)
		for i, sentence := range d.Sentences {
			if sentence.Tokens.First != next || sentence.Tokens.End <= next {
				t.Fatalf("sentence %d holds tokens %v after token %d", i, sentence.Tokens, next)
			}
			if !d.Paragraphs[sentence.Paragraph].Span.Contains(sentence.Span) {
				t.Errorf("sentence %d at %v leaves its paragraph", i, sentence.Span)
			}
			next = sentence.Tokens.End
		}
		if int(next) != len(d.Tokens) {
			t.Errorf("tokens from %d on lie in no sentence", next)
		}
	})
}

func TestADatelineIsASentence(t *testing.T) {
	body := "HALVIK, April 4 (LPA) — The talks ended. Nobody signed."
	d := document.New(&article.Article{Text: body, Dateline: article.Dateline{Span: text.Span{End: len("HALVIK, April 4 (LPA) —")}}})
	if err := nlp.Run(context.Background(), d, cutter(t), stage(t)); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range d.Sentences {
		got = append(got, d.In(s.Span))
	}
	if want := []string{"HALVIK, April 4 (LPA) —", "The talks ended.", "Nobody signed."}; !cmp.Equal(got, want) {
		t.Errorf("sentences %q, not %q", got, want)
	}
}
