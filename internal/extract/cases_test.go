package extract

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"rapporteur/internal/article"
	"rapporteur/internal/text"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata")

// TestCases reads input.* of each case (a backslash and "u" with four digits stands
// for that character, "\x" with two for that byte) and compares the article.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(path.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var out []txtar.File
			changed := false
			for _, part := range archive.Files {
				if strings.HasPrefix(part.Name, "article") {
					continue
				}
				if strings.HasSuffix(part.Name, ".meta.json") {
					out = append(out, part)
					continue
				}
				got := describe(t, part, find(archive, strings.TrimSuffix(part.Name, path.Ext(part.Name))+".meta.json"))
				out = append(out, part, txtar.File{Name: "article of " + part.Name, Data: []byte(got)})
				if want := string(find(archive, "article of "+part.Name)); want != got {
					changed = true
					if !*update {
						t.Errorf("%s gives\n%s\nwant\n%s", part.Name, got, want)
					}
				}
			}
			if *update && changed {
				archive.Files = out
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func find(archive *txtar.Archive, name string) []byte {
	for _, part := range archive.Files {
		if part.Name == name {
			return part.Data
		}
	}
	return nil
}

// describe extracts one input and writes the article for people to read.
func describe(t *testing.T, part txtar.File, sidecar []byte) string {
	kinds := map[string]article.Type{".txt": article.Plain, ".md": article.Plain, ".html": article.HTML, ".jsonl": article.JSONLine}
	page := article.Page{Path: part.Name, Type: kinds[path.Ext(part.Name)], Bytes: unescape(string(part.Data)), Sidecar: sidecar}
	if page.Type == article.JSONLine {
		page.Line, page.Bytes = 1, part.Data
	}
	x := extractor(t, Options{})
	a, err := x.Article(context.Background(), page)
	if err != nil {
		return fmt.Sprintf("refused: %v\n", err)
	}
	checkArticle(t, a, len(page.Bytes))
	var b strings.Builder
	show := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	show("title", a.Title)
	show("outlet", a.Outlet)
	show("published", a.Published.String())
	if !a.PublishedAt.IsZero() {
		show("at", a.PublishedAt.Format(time.RFC3339))
	}
	show("modified", a.Modified.String())
	if !a.Dateline.Span.IsEmpty() {
		show("dateline", fmt.Sprintf("%q is %s, %s, %s", a.Dateline.Span.In(a.Text), a.Dateline.Place, a.Dateline.Agency, a.Dateline.Day))
	}
	show("kind", string(a.Kind))
	show("language", a.Language)
	show("url", a.URL)
	show("author", a.Author)
	show("section", a.Section)
	show("id", a.Origin.GivenID)
	show("topics", strings.Join(a.Topics, "; "))
	for _, key := range sortedKeys(a.Meta) {
		show("meta "+key, a.Meta[key])
	}
	b.WriteString("text:\n" + a.Text + "\n")
	return b.String()
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	for i := range keys {
		for j := i; j > 0 && keys[j] < keys[j-1]; j-- {
			keys[j], keys[j-1] = keys[j-1], keys[j]
		}
	}
	return keys
}

// checkArticle fails unless what always holds of an article does.
func checkArticle(t testing.TB, a *article.Article, size int) {
	t.Helper()
	if a.Body.Start < 0 || a.Body.End != len(a.Text) || a.Body.Start > a.Body.End {
		t.Fatalf("body %v of %d bytes", a.Body, len(a.Text))
	}
	if !strings.HasPrefix(a.Text, a.Title) {
		t.Fatalf("the text does not begin with the title %q", a.Title)
	}
	if a.Title == "" && a.Body.Start != 0 || a.Title != "" && a.Body.Start != len(a.Title)+2 {
		t.Fatalf("title %q, body %v", a.Title, a.Body)
	}
	if s := a.Dateline.Span; !s.IsEmpty() && !a.Body.Contains(s) {
		t.Fatalf("dateline %v outside the body", s)
	}
	last := 0
	for i := range a.Text[a.Body.Start:] {
		at := text.Span{Start: a.Body.Start + i, End: a.Body.Start + i + 1}
		back := a.Map.Back(at)
		if back.Start < last || back.End < back.Start || back.End > size {
			t.Fatalf("byte %d of the text leads to %v of %d bytes, after %d", at.Start, back, size, last)
		}
		last = back.Start
	}
}

// unescape turns \u00ad and \x93 into the character and the byte.
func unescape(s string) []byte {
	var b []byte
	for i := 0; i < len(s); i++ {
		var r rune
		switch {
		case strings.HasPrefix(s[i:], `\x`) && len(s) >= i+4:
			if _, err := fmt.Sscanf(s[i+2:i+4], "%02x", &r); err == nil {
				b = append(b, byte(r))
				i += 3
				continue
			}
		case strings.HasPrefix(s[i:], `\u`) && len(s) >= i+6:
			if _, err := fmt.Sscanf(s[i+2:i+6], "%04x", &r); err == nil {
				b = append(b, string(r)...)
				i += 5
				continue
			}
		}
		b = append(b, s[i])
	}
	return b
}
