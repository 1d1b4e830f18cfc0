package conllu

import (
	"strings"
	"testing"

	"rapporteur/internal/document"
)

const sample = "# newdoc id = a\n# newpar\n1\tThey\t_\t_\t_\t_\t_\t_\t_\t_\n2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n2\tdo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n" +
	"3\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n4\tsign\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n5\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n# newpar\n1\tNo\t_\t_\t_\t_\t_\t_\t_\t_\n"

func TestRead(t *testing.T) {
	var docs []*document.Doc
	if err := Read(strings.NewReader(sample), func(d *document.Doc) error { docs = append(docs, d); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(docs) != 1 {
		t.Fatalf("%d documents", len(docs))
	}
	d := docs[0]
	if got := d.Text(); got != "They don't sign.\nNo\n" {
		t.Errorf("text %q", got)
	}
	if len(d.Tokens) != 6 || len(d.Sentences) != 2 || len(d.Paragraphs) != 2 || d.Form(2) != "n't" || d.Sentences[1].Paragraph != 1 {
		t.Errorf("%d tokens, %d sentences, %d paragraphs", len(d.Tokens), len(d.Sentences), len(d.Paragraphs))
	}
}

func TestReadRefuses(t *testing.T) {
	err := Read(strings.NewReader("1\tThey\n"), func(*document.Doc) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("error %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Fuzz(func(t *testing.T, body string) {
		_ = Read(strings.NewReader(body), func(d *document.Doc) error {
			end := 0
			for _, token := range d.Tokens {
				if token.Span.Start < end || token.Span.End <= token.Span.Start {
					t.Fatalf("token %v after byte %d", token.Span, end)
				}
				end = token.Span.End
			}
			return nil
		})
	})
}
