package extract

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"rapporteur/internal/article"
)

// TestHostilePages gives pages that exhaust parsers: each is an article or a
// refusal, and soon.
func TestHostilePages(t *testing.T) {
	words := "The mediator handed over a new map of the strait to both delegations on Monday. "
	paragraph := "<p>" + strings.Repeat(words, 5) + "</p>"
	cases := []struct{ name, html, want string }{
		{"100,000 nested tags", strings.Repeat("<div>", 100_000) + paragraph, "refused: tags nested too deep"},
		{"600 nested tags", strings.Repeat("<div>", 600) + paragraph + paragraph, "The mediator"},
		{"unclosed fonts", strings.Repeat("<font><b><i>", 3000) + paragraph, ""},
		{"20,000 links", paragraph + strings.Repeat(`<a href="x">word</a> `, 20_000), ""},
		{"100,000 attributes", "<p " + strings.Repeat("a b=c ", 100_000) + ">" + words + "</p>" + paragraph, ""},
		{"a table in each cell", strings.Repeat("<table><tr><td>", 400) + paragraph, ""},
		{"stray ends", strings.Repeat("</div></p></b>", 50_000) + paragraph + paragraph, ""},
		{"many headings", strings.Repeat("<h1>One heading more</h1>", 20_000) + paragraph, ""},
		{"many scripts", strings.Repeat(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>`, 20_000) + paragraph, ""},
		{"deep data", `<script type="application/ld+json">` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "</script>" + paragraph, ""},
		{"one word", "<p>" + strings.Repeat("a", 1<<20) + "</p>", ""},
		{"5 MB", strings.Repeat(paragraph, 12_000), ""},
		{"entities", "<p>" + strings.Repeat("&amp", 200_000) + "</p>", ""},
		{"unclosed comment", paragraph + paragraph + "<!--" + strings.Repeat("x<p>", 100_000), ""},
		{"the same paragraph", strings.Repeat("<div>"+words+"</div>", 4_000), ""},
	}
	x := extractor(t, Options{})
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			begin := time.Now()
			a, err := x.Article(context.Background(), article.Page{Path: "a.html", Type: article.HTML, Bytes: []byte(c.html)})
			took := time.Since(begin)
			var refusal *article.Refusal
			if err != nil && !errors.As(err, &refusal) {
				t.Fatal(err)
			}
			got := ""
			if refusal != nil {
				got = "refused: " + refusal.Reason
				if refusal.Kind == article.Crashed {
					t.Errorf("crashed: %s", refusal.Reason)
				}
			} else {
				got = a.Text
			}
			t.Logf("%s in %s: %.60s", c.name, took.Round(time.Millisecond), got)
			if !strings.Contains(got, c.want) {
				t.Errorf("%.80q, want %q", got, c.want)
			}
		})
	}
}
