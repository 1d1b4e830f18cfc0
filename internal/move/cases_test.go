package move_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/move"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/encoder/kernel"
	"rapporteur/internal/nlp/engine"
	"rapporteur/internal/nlp/tokenize"
	"rapporteur/internal/weights"
)

var update = flag.Bool("update", false, "write the golden files anew")

// words returns the stages that give tokens and trees.
func words(tb testing.TB, lex *lexicon.Lexicon) []nlp.Stage {
	tb.Helper()
	tokens, err := tokenize.New(lex)
	if err != nil {
		tb.Fatal(err)
	}
	file, err := weights.Embedded()
	if err != nil {
		tb.Fatal(err)
	}
	trees, err := engine.New(file, kernel.Paths()[0])
	if err != nil {
		tb.Fatal(err)
	}
	return []nlp.Stage{tokens, trees}
}

func open(tb testing.TB) (*move.Reader, []nlp.Stage) {
	tb.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		tb.Fatal(err)
	}
	r, err := move.New(lex)
	if err != nil {
		tb.Fatal(err)
	}
	return r, words(tb, lex)
}

func annotated(tb testing.TB, line string, stages []nlp.Stage) *document.Doc {
	tb.Helper()
	d := document.New(&article.Article{ID: "line", Text: line})
	if err := nlp.Run(context.Background(), d, stages...); err != nil {
		tb.Fatal(err)
	}
	return d
}

func TestCases(t *testing.T) {
	r, stages := open(t)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil || len(a.Files) != 2 {
				t.Fatalf("%s: want lines.txt and golden: %v", file, err)
			}
			var b strings.Builder
			for line := range strings.Lines(string(bytes.TrimSpace(a.Files[0].Data))) {
				d := annotated(t, strings.TrimSpace(line), stages)
				for _, m := range r.Read(d) {
					not := ""
					if m.Negated {
						not = "not "
					}
					fmt.Fprintf(&b, "%s | %s%s | %s | %s\n", m.Actor, not, d.In(m.Predicate), m.Polarity, d.In(m.Point))
				}
				b.WriteString("\n")
			}
			if *update {
				a.Files[1].Data = []byte(b.String())
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got, want := b.String(), string(a.Files[1].Data); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// Whatever the line, predicate and point are spans of it and actors are named.
func FuzzRead(f *testing.F) {
	for _, line := range []string{
		"Norway, opposed by Chad, proposed a shorter text.", "and, with Kenya, said", "by by opposed by", "supported by", "(Peru) (", "“Not now,” said",
		"The text was opposed by and by Chad, for,", "for on behalf of with", "G-77/China G- 77/ urged",
	} {
		f.Add(line)
	}
	r, stages := open(f)
	f.Fuzz(func(t *testing.T, line string) {
		if len(line) > 400 || strings.TrimSpace(line) == "" {
			t.Skip()
		}
		d := annotated(t, strings.ToValidUTF8(line, "?"), stages)
		for _, m := range r.Read(d) {
			if m.Actor == "" || m.Predicate.IsEmpty() || m.Point.IsEmpty() || m.Point.End > len(d.Text()) {
				t.Errorf("%q: %+v", line, m)
			}
		}
	})
}
