package extract

import (
	"context"
	"strings"
	"testing"

	"rapporteur/internal/article"
)

// A page that a feed led to says itself what it is; the feed fills in what is
// missing. It may give itself another address of its own site, not of another's.
func TestListed(t *testing.T) {
	x := extractor(t, Options{})
	const body = `<article><h1>Toll talks begin</h1><p>The delegations of Orsa and Tolmark met in Halm on Tuesday to talk about the toll on the river.</p></article>`
	for name, c := range map[string]struct{ head, url, published string }{
		"bare":           {"", "https://www.courier.example/a?from=feed", "2024-05-14"},
		"its own":        {`<link rel="canonical" href="https://courier.example/a">`, "https://courier.example/a", "2024-05-14"},
		"another's":      {`<link rel="canonical" href="https://post.example/other">`, "https://www.courier.example/a?from=feed", "2024-05-14"},
		"the front page": {`<link rel="canonical" href="https://courier.example/">`, "https://www.courier.example/a?from=feed", "2024-05-14"},
		"its own day":    {`<meta property="article:published_time" content="2024-05-13T09:00:00Z">`, "https://www.courier.example/a?from=feed", "2024-05-13"},
	} {
		page := article.Page{
			Path: "https://courier.example/a", Type: article.HTML, Bytes: []byte("<html><head><title>Toll talks begin</title>" + c.head + "</head><body>" + body + "</body></html>"),
			Listed: &article.Told{URL: "https://www.courier.example/a?from=feed", Published: "Tue, 14 May 2024 09:00:00 GMT", Outlet: "Courier"},
		}
		a, err := x.Article(context.Background(), page)
		if err != nil {
			t.Fatal(err)
		}
		if a.URL != c.url || a.Published.String() != c.published || !strings.Contains(a.Text, "met in Halm") {
			t.Errorf("%s: %s of %s", name, a.URL, a.Published)
		}
	}
}
