package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/a-h/templ/parser/v2"
	"golang.org/x/text/language"
)

func english(t *testing.T) *words {
	t.Helper()
	w, err := openWords(language.English)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestDates(t *testing.T) {
	w := english(t)
	for _, c := range []struct{ got, want string }{
		{w.Day("2031-03-04"), "4 March 2031"},
		{w.ShortDay("2031-03-04"), "4 Mar 2031"},
		{w.Day("2031-03"), "March 2031"},
		{w.Day("2031"), "2031"},
		{w.Day(""), ""},
		{w.Days("2031-03-04", "2031-03-06"), "4 March 2031 to 6 March 2031"},
		{w.Days("2031-03-04", "2031-03-04"), "4 March 2031"},
		{w.Instant("2031-03-04T19:46:00+03:30"), "4 March 2031, 19:46 (UTC+03:30)"},
		{w.Num(12345), "12,345"},
		{w.N("count.articles", 1), "1 article"},
		{w.N("count.articles", 1200), "1,200 articles"},
		{w.List([]string{"A", "B", "C"}), "A, B and C"},
		{w.List([]string{"A"}), "A"},
		{w.Name("stance", "rejects"), "rejects"},
		{w.Name("stance", "ponders"), "ponders"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// Each message that the pages ask for is in the catalogue, and the other way round.
func TestCatalogueIsComplete(t *testing.T) {
	w := english(t)
	files, err := filepath.Glob("*")
	if err != nil {
		t.Fatal(err)
	}
	asks := regexp.MustCompile(`\.[TN]\("([a-z0-9.-]+)"(\s*\+)?`)
	used, families := map[string]bool{}, map[string]bool{}
	for _, file := range files {
		if ext := filepath.Ext(file); strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_templ.go") || ext != ".go" && ext != ".templ" {
			continue
		}
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range asks.FindAllStringSubmatch(string(content), -1) {
			if m[2] != "" {
				families[m[1]] = true
				continue
			}
			used[m[1]] = true
			if got := w.T(m[1]); got == m[1] && w.N(m[1], 2) == m[1] {
				t.Errorf("%s asks for %q, which the catalogue lacks", file, m[1])
			}
		}
	}
	for id := range w.plain {
		family := id[:strings.LastIndex(id, ".")+1]
		if !used[id] && !families[family] && !named[strings.TrimSuffix(family, ".")] {
			t.Errorf("no page asks for %q", id)
		}
	}
}

// named are the groups whose members are values of the record, and those that
// code puts together.
var named = map[string]bool{
	"stance": true, "stance-denied": true, "status": true, "meeting": true, "instrument": true, "instrument-state": true, "decision": true,
	"form": true, "language": true, "actor": true, "refusal": true, "date": true, "voice": true, "error": true,
	"yes-no": true, "statement-kind": true, "expectation": true,
}

// No template holds words of its own: they would stay English in every language.
func TestTemplatesHoldNoWords(t *testing.T) {
	files, err := filepath.Glob("*.templ")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := parser.ParseString(string(content))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, n := range parsed.Nodes {
			if tmpl, ok := n.(*parser.HTMLTemplate); ok {
				wordless(t, file, tmpl.Children)
			}
		}
	}
}

var spoken = map[string]bool{"title": true, "placeholder": true, "aria-label": true, "alt": true, "data-who": true}

func wordless(t *testing.T, file string, all []parser.Node) {
	for _, n := range all {
		if x, ok := n.(*parser.Text); ok && strings.ContainsFunc(x.Value, unicode.IsLetter) {
			t.Errorf("%s holds the words %q", file, x.Value)
		}
		if x, ok := n.(*parser.Element); ok {
			for _, a := range x.Attributes {
				if c, ok := a.(*parser.ConstantAttribute); ok && spoken[c.Key.String()] {
					t.Errorf("%s: attribute %s holds the words %q", file, c.Key.String(), c.Value)
				}
			}
		}
		if x, ok := n.(parser.CompositeNode); ok {
			wordless(t, file, x.ChildNodes())
		}
	}
}
