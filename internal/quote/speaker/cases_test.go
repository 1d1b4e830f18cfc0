package speaker_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"rapporteur/data"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/quote"
)

var update = flag.Bool("update", false, "rewrite testdata")

// TestCases reads each article of testdata, statements and all, and compares who
// spoke with what is written below it. The comment gives the day of publication.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	marks, err := quote.NewMarks(lex)
	if err != nil {
		t.Fatal(err)
	}
	statements, err := quote.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	before, behind := pipeline(t)
	stages := append(append(before, marks, statements), behind...)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, published, _ := strings.Cut(string(archive.Comment), "Published ")
			d := newDoc(t, strings.TrimSpace(string(archive.Files[0].Data)), published[:10])
			if err := nlp.Run(context.Background(), d, stages...); err != nil {
				t.Fatal(err)
			}
			got := speakersText(d)
			if *update {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "speakers.txt", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// speakersText writes the statements of d with all that this room tells of them.
func speakersText(d *document.Doc) string {
	var b strings.Builder
	for i := range d.Statements {
		s := &d.Statements[i]
		fmt.Fprintf(&b, "%s\n", d.In(s.Span()))
		for _, f := range []struct{ key, value string }{{"speaker", nameOf(d, s.Speaker)}, {"for", nameOf(d, s.For)}, {"to", nameOf(d, s.Addressee)}, {"venue", s.Venue}, {"said on", s.SaidOn.ISO()}} {
			if f.value != "" {
				fmt.Fprintf(&b, "  %s: %s\n", f.key, f.value)
			}
		}
	}
	return b.String()
}
