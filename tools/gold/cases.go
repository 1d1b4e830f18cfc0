package gold

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"rapporteur/data"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
)

// Cases runs the txtar cases of testdata: the article of each is read by the
// stages up to speakers and then by those that the test makes, and what show
// prints must be the file "golden". With update the files are written anew.
func Cases(t *testing.T, update bool, make func(*lexicon.Lexicon) ([]nlp.Stage, error), show func(*document.Doc) string) {
	t.Helper()
	CasesIn(t, ".", update, make, show)
}

// CasesIn runs the cases of a folder in testdata in the same way.
func CasesIn(t *testing.T, folder string, update bool, make func(*lexicon.Lexicon) ([]nlp.Stage, error), show func(*document.Doc) string) {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	before, err := NewStages(lex)
	if err != nil {
		t.Fatal(err)
	}
	after, err := make(lex)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/" + folder + "/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil || len(a.Files) != 2 {
				t.Fatalf("%s: want article.txt and golden: %v", file, err)
			}
			d, err := before.Document(&Record{ID: file, Published: "2024-05-16", Text: string(bytes.TrimSpace(a.Files[0].Data))}, false)
			if err != nil {
				t.Fatal(err)
			}
			if err := nlp.Run(context.Background(), d, after...); err != nil {
				t.Fatal(err)
			}
			got := show(d)
			if update {
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
