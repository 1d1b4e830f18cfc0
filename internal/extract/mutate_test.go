package extract

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"rapporteur/internal/article"
)

// TestDamagedPages reads a page in a few hundred states of damage; tools/mutate does
// it ten thousand times with other pages and formats.
func TestDamagedPages(t *testing.T) {
	n := 400
	if testing.Short() {
		n = 60
	}
	page := []byte(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Map | Orsa Courier</title><meta property="article:published_time" content="2024-05-14T08:00:00+02:00">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Map","articleBody":"` + strings.Repeat("The map. ", 40) + `"}</script></head><body><nav><ul><li><a href="/">Home</a></ul></nav>
<article><h1>Map</h1><time datetime="2024-05-14">14 May 2024</time>` + strings.Repeat("<p>The mediator handed over a <b>map</b> of the strait, &ldquo;one sheet for each line&rdquo;.</p>\n<table><tr><td>1<td>2</table>", 30) + "</article></body></html>")
	pieces := []string{"<div>", "</div>", "<table>", "<svg>", "<!--", "<script>", "<p", "&#xd800;", "\x00", "\xff\xfe", "<plaintext>", "<template>", strings.Repeat("<b><i>", 400), strings.Repeat("<div><table><tr><td>", 150)}
	x := extractor(t, Options{})
	for i := range n {
		chance := rand.New(rand.NewPCG(7, uint64(i)))
		b := bytes.Clone(page)
		for range 1 + chance.IntN(6) {
			at := chance.IntN(len(b))
			switch chance.IntN(4) {
			case 0:
				b[at] = byte(chance.IntN(256))
			case 1:
				b = append(b[:at:at], b[min(len(b), at+chance.IntN(300)):]...)
			default:
				b = append(b[:at:at], append([]byte(pieces[chance.IntN(len(pieces))]), b[at:]...)...)
			}
			if len(b) == 0 {
				break
			}
		}
		begun := time.Now()
		holds(t, x, article.Page{Path: "a.html", Type: article.HTML, Bytes: b})
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("state %d takes %v", i, took)
		}
	}
}

// FuzzFragment reads the texts of feeds and letters.
func FuzzFragment(f *testing.F) {
	f.Add([]byte("<h1>Map</h1><p>One.<br>Two &amp; three.<ul><li><a href=x>Four</a></ul>"), "Map", "letter")
	f.Add([]byte("One.\n\nTwo"), "", "feed summary")
	x := extractor(f, Options{})
	f.Fuzz(func(t *testing.T, content []byte, title, carrier string) {
		told := &article.Told{Title: title, Carrier: carrier, Published: "Mon, 22 Apr 2024 22:30:00 EDT", URL: "https://orsa.example/x"}
		for _, kind := range []article.Type{article.Fragment, article.Plain} {
			holds(t, x, article.Page{Path: "a.xml", Line: 1, Type: kind, Bytes: content, Told: told})
		}
	})
}
