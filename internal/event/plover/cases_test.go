package plover_test

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
	"rapporteur/internal/event/plover"
	"rapporteur/internal/lexicon"
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

func open(tb testing.TB) (*plover.Coder, []nlp.Stage) {
	tb.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		tb.Fatal(err)
	}
	r, err := plover.New(lex)
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
				f := append(strings.Split(strings.TrimSpace(line), " | "), "", "")
				d := annotated(t, f[0], stages)
				for i, e := range r.Code(d, f[1], f[2]) {
					if i == 0 {
						fmt.Fprintf(&b, "%s %s %s (%s)", e.Code.PLOVER, e.Code.CAMEO, e.Mode, d.In(e.Predicate))
					}
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

// Whatever the words, an event has codes and a predicate in the text.
func FuzzCode(f *testing.F) {
	for _, line := range []string{"Norway refused to send aid to Chad.", "will not not never", "agreed to agree to agree to agree to agree", "“No,” said", "attack"} {
		f.Add(line, "Norway", "Chad")
	}
	r, stages := open(f)
	f.Fuzz(func(t *testing.T, line, source, target string) {
		if len(line) > 400 || strings.TrimSpace(line) == "" {
			t.Skip()
		}
		d := annotated(t, strings.ToValidUTF8(line, "?"), stages)
		for _, e := range r.Code(d, source, target) {
			if e.Code.PLOVER == "" || e.Code.CAMEO == "" || e.Mode == "" || e.Predicate.IsEmpty() {
				t.Errorf("%q: %+v", line, e)
			}
		}
	})
}
