package listing

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rapporteur/internal/article"
)

const front = `<!doctype html><html><head><title>Orsa
Courier</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="stylesheet" href="/x.css">
<script>document.write('<a href="/x/1-2-3-4">One two three four five six</a>')</script></head><body>
<nav><a href="/world/2026/europe-and-the-rest-of-it">Europe and the rest of the world today</a></nav>
<h2><a href="/2026/11/25/toll-talks-begin-again#top">Toll talks begin again in Halm</a></h2>
<p><a href="/2026/11/25/toll-talks-begin-again">Toll talks begin again in Halm, and nobody comes</a></p>
<a href="//www.courier.example/river/ferry-stops-for-good-1234"><img alt=""><span>Ferry <b>stops</b> for good</span></a>
<a href="/about">About us</a> <a href="https://elsewhere.example/2026/a-b-c-d">Six words lead to another site</a>
<a href="javascript:void(0)">These are six words in a row</a> <a href="/river/map-of-the-toll-7">The map</a>
<a href="mailto:desk@courier.example">Write to the desk of the Courier</a>
<footer><a href="/terms/2026/of-use-and-so-on">Terms of use and all the rest</a></footer></body></html>`

func TestParse(t *testing.T) {
	p, err := Parse([]byte(front), "https://courier.example/", "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range p.Articles {
		got = append(got, a.URL+" "+a.Title)
	}
	want := []string{
		"https://courier.example/2026/11/25/toll-talks-begin-again Toll talks begin again in Halm",
		"https://www.courier.example/river/ferry-stops-for-good-1234 Ferry stops for good",
		"https://courier.example/river/map-of-the-toll-7 The map",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if p.Title != "Orsa Courier" || !slices.Equal(p.Feeds, []string{"https://courier.example/feed.xml"}) {
		t.Errorf("%q names %v", p.Title, p.Feeds)
	}
}

func TestBounds(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, `<a href="/2026/story-%d">A headline of just six words</a>`, i)
	}
	p, err := Parse([]byte(b.String()), "https://courier.example/", "")
	if err != nil || len(p.Articles) != maxLinks {
		t.Errorf("%d articles, %v", len(p.Articles), err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(front))
	f.Add([]byte(`<base href="javascript:"><a href="x/y/a-b-c-d-1">a b c d e f<a href="http://u:p@courier.example/1/2">a b c d e f`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := Parse(raw, "https://courier.example/", "")
		if err != nil {
			return
		}
		for _, a := range p.Articles {
			if !strings.Contains(article.PlainURL(a.URL), "courier.example") || strings.Contains(a.URL, "@") && strings.Contains(a.URL, "://u:") {
				t.Errorf("the address %q", a.URL)
			}
		}
	})
}
