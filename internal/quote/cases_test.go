package quote

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"rapporteur/internal/document"
)

var update = flag.Bool("update", false, "rewrite testdata")

// TestCases reads each article of testdata and compares its statements with those
// written below it; a title is the first line where the comment says "Titled".
func TestCases(t *testing.T) {
	h := newHouse(t)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			body := strings.TrimSpace(string(archive.Files[0].Data))
			title := ""
			if strings.Contains(string(archive.Comment), "Titled") {
				title, _, _ = strings.Cut(body, "\n")
			}
			got := quotesText(h.read(t, body, title))
			if *update {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "quotes.txt", Data: []byte(got)})
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

// quotesText writes the statements of d as the cases hold them.
func quotesText(d *document.Doc) string {
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%-9s%s\n", key+":", value)
		}
	}
	for i, s := range d.Statements {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, c := range s.Content {
			line("content", d.In(c))
		}
		form := string(s.Form)
		if s.Kind == document.Attitude {
			form += ", attitude"
		}
		line("form", form)
		line("source", d.In(s.Source))
		line("cue", d.In(s.Cue))
		line("to", d.In(s.To))
		line("place", d.In(s.Place))
		for _, e := range s.Edits {
			line(e.Kind, d.In(e.Span))
		}
		for _, j := range s.Joint {
			line("joint", d.In(j))
		}
		if s.Follows != document.NoStatement {
			line("follows", fmt.Sprint(s.Follows))
		}
		if s.Within != document.NoStatement {
			line("within", fmt.Sprint(s.Within))
		}
		line("rule", s.Made.Rule)
	}
	for _, a := range d.Abstentions {
		fmt.Fprintf(&b, "\nabstained: %s\n", a.Why)
	}
	return b.String()
}
