package names_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite testdata")

// TestCases reads each article of testdata and compares its mentions with those
// written below it.
func TestCases(t *testing.T) {
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
			got := dump(read(t, strings.TrimSpace(string(archive.Files[0].Data))))
			if *update {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "mentions.txt", Data: []byte(got)})
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

// Mentions may be wrong; they stand in reading order, hold their heads and point at
// mentions of the same text.
func FuzzMentions(f *testing.F) {
	f.Add("Veyra's envoy, Linnea March (VLP), told “Heron” of the Orsa-Veyra Council: he may go.")
	f.Add("Mr. and Mrs. of the Of President's 's 's, who heads the")
	f.Add("U.S. – Russia–NATO Council of the of for the Ministry of of")
	f.Fuzz(func(t *testing.T, body string) {
		body = strings.ToValidUTF8(body, "")
		d := read(t, body)
		last := 0
		for _, m := range d.Mentions {
			if m.Span.Start < last || m.Span.IsEmpty() || m.Span.End > len(body) || !m.Span.Contains(m.Head) || m.Head.IsEmpty() {
				t.Fatalf("mention %v with head %v after byte %d", m.Span, m.Head, last)
			}
			last = m.Span.Start
			if m.Of.End > len(body) || m.Same.End > len(body) || m.Role.End > len(body) {
				t.Fatalf("mention %v points outside", m.Span)
			}
		}
	})
}
