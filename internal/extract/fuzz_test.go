package extract

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rapporteur/internal/article"
)

// holds fails unless a page gives an article that keeps its promises, or a refusal.
func holds(t *testing.T, x *Extractor, page article.Page) {
	t.Helper()
	a, err := x.Article(context.Background(), page)
	var refusal *article.Refusal
	switch {
	case errors.As(err, &refusal):
		if refusal.Kind == article.Crashed {
			t.Fatalf("crashed: %s", refusal.Reason)
		}
		return
	case err != nil:
		t.Fatal(err)
	}
	if !utf8.ValidString(a.Text) || !norm.NFC.IsNormalString(a.Text) || strings.ContainsAny(a.Text, "\r\u00ad\u200b\ufeff\x00") {
		t.Fatalf("not clean: %q", a.Text)
	}
	if strings.TrimSpace(a.BodyText()) == "" || a.ID == "" {
		t.Fatalf("article %q without text or id", a.ID)
	}
	checkArticle(t, a, len(page.Bytes))
}

func FuzzPlain(f *testing.F) {
	for _, s := range []string{
		"World\n2024-April-12  19:46\n\nEnvoy Leaves\n\nORSA (AP) - The envoy left.\n", "# A heading #\r\n\r\nBy Otto Riis\r\n\r\nText, \x93no\x94.", "\xff\xfea\x00\n\x00\n\x00b\x00",
		"e\u0301\n\n\u0301e", "a\n\n\n\nShare\n", "Published: 1 May 2024\n\nx",
	} {
		f.Add([]byte(s), "13.01.2022 - A - B - NEWS.txt")
	}
	x := extractor(f, Options{})
	f.Fuzz(func(t *testing.T, content []byte, name string) {
		holds(t, x, article.Page{Path: name, Type: article.Plain, Bytes: content})
		whole, err := x.Whole(context.Background(), article.Page{Path: name, Type: article.Plain, Bytes: content})
		if err == nil {
			checkArticle(t, whole, len(content))
		}
	})
}

func FuzzJSONLine(f *testing.F) {
	for _, s := range []string{
		`{"id": 1, "title": "T\u00e9", "text": "a\n\nb \ud83d\ude42 \ud83d", "date": "2024-05-14", "sources": ["A"], "x": {"y": [1, "]"]}}`,
		`{"text": "a", "text": null}`, `{"text": "\\\"", "title": " "}`, `[]`, `{"TEXT": "x\u0301"}`, "{\"text\": \"\xff\"}",
	} {
		f.Add([]byte(s))
	}
	x := extractor(f, Options{})
	f.Fuzz(func(t *testing.T, content []byte) {
		holds(t, x, article.Page{Path: "a.jsonl", Line: 1, Type: article.JSONLine, Bytes: content})
	})
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{
		`<html lang="en"><title>Map | Orsa Courier</title><article><h1>Map</h1><p>` + strings.Repeat("The mediator handed over a map. ", 9) + `<p>R&eacute;n&amp &#x301; <br> x</article>`,
		`<table><tr><td><p>a<td>b</table><script type="application/ld+json">{"@type":"NewsArticle","headline":"x","datePublished":"2024-01-01"}</script>`,
		`<title>a</title><svg><p>x</svg><time datetime="2024-05-01">1 May</time><body>` + strings.Repeat("<div>", 600) + "text", `<p>a</div></p></p><h1><h2>`,
		`<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"` + strings.Repeat(`A \u201cmap\u201d &amp; `, 40) + `"}</script><p>x`,
		"<meta charset=shift_jis><p>\x93\xfa\x96{", "<plaintext>a", "<!--", "<a<b>c", "&#0;&#xd800;&#x110000;",
	} {
		f.Add([]byte(s))
	}
	x := extractor(f, Options{})
	f.Fuzz(func(t *testing.T, content []byte) {
		holds(t, x, article.Page{Path: "a.html", Type: article.HTML, Bytes: content})
	})
}

func FuzzPattern(f *testing.F) {
	f.Add(DefaultPattern, "13.01.2022 - A - B - NEWS.txt")
	f.Add("YYYY-MM-DD Source_Title", "2022-01-13 A_b.c.html.gz")
	f.Fuzz(func(t *testing.T, form, name string) {
		p, err := compilePattern(form)
		if err != nil {
			return
		}
		p.apply(&article.Article{}, name)
	})
}
