package move_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/ingest"
	"rapporteur/internal/lexicon"
)

// TestArticles reads small articles with all stages and shows the moves of this one.
func TestArticles(t *testing.T) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	in, err := ingest.New(lex, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/articles/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil || len(a.Files) != 2 {
				t.Fatalf("%s: want article.txt and golden: %v", file, err)
			}
			d, err := in.Annotate(t.Context(), &article.Article{ID: file, Language: "en", Text: string(bytes.TrimSpace(a.Files[0].Data))})
			if err != nil {
				t.Fatal(err)
			}
			got := shown(d)
			if *update {
				a.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := string(a.Files[1].Data); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// shown writes the moves of the kinds that this stage adds, whoever found them.
func shown(d *document.Doc) string {
	var b strings.Builder
	for _, m := range d.Moves {
		if m.Kind != document.Accuse && m.Kind != document.Concede && m.Kind != document.Defer {
			continue
		}
		to := ""
		if m.Recipient != document.NoActor {
			to = " to " + d.Actors[m.Recipient].Name
		}
		said := ""
		if m.Statement != document.NoStatement {
			said = ", said"
		}
		fmt.Fprintf(&b, "%s %s%s: %s (%s%s)\n", d.Actors[m.Actor].Name, m.Kind, to, d.In(m.Point), m.Mode, said)
	}
	return b.String()
}
