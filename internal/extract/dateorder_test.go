package extract

import (
	"context"
	"testing"

	"rapporteur/internal/article"
)

// TestDateOrder: a page tells in many ways whether the 3rd of April or the 4th of
// March is meant.
func TestDateOrder(t *testing.T) {
	const body = `<p>The ferry company and the harbour union met in Orsa for a second day of talks on night shifts, and the mediator was neither glad nor worried.</p>
		<p>Ida Lund, who leads the union, said that no crew would sail after midnight without a second engineer on board.</p>`
	for name, c := range map[string]struct{ address, attributes, more, want string }{
		"nothing tells":                {"https://post.example/a", ``, ``, ""},
		"English alone tells nothing":  {"https://post.example/a", ` lang="en"`, ``, ""},
		"another date of the page":     {"https://post.example/a", ``, `<p>Next meeting: 31/12/2026</p>`, "2026-04-03"},
		"another the other way round":  {"https://post.example/a", ``, `<p>Next meeting: 12/31/2026</p>`, "2026-03-04"},
		"dates that contradict":        {"https://post.example/a", ` lang="en-GB"`, `<p>Meetings: 31/12/2026, 12/30/2026</p>`, "2026-04-03"},
		"the territory of its locale":  {"https://post.example/a", ` lang="en-US"`, ``, "2026-03-04"},
		"Britain":                      {"https://post.example/a", ` lang="en_gb"`, ``, "2026-04-03"},
		"a language with one order":    {"https://post.example/a", ` lang="fr-CA"`, ``, "2026-04-03"},
		"the domain of a territory":    {"https://post.co.uk/a", ` lang="en"`, ``, "2026-04-03"},
		"a domain of one state":        {"https://post.gov/a", ``, ``, "2026-03-04"},
		"the address before all other": {"https://post.co.uk/2026/03/04/a", ` lang="en-GB"`, ``, "2026-03-04"},
	} {
		t.Run(name, func(t *testing.T) {
			page := `<html` + c.attributes + `><head><link rel="canonical" href="` + c.address + `"><title>Ferry talks go on</title></head><body><article><h1>Ferry talks go on</h1><p>03/04/2026</p>` + body + c.more + `</article></body></html>`
			a, err := extractor(t, Options{}).Article(context.Background(), article.Page{Path: "a.html", Type: article.HTML, Bytes: []byte(page)})
			if err != nil || a.Published.String() != c.want {
				t.Errorf("published %s, want %s: %v", a.Published, c.want, err)
			}
		})
	}
}
