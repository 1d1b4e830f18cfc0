package markup

import (
	"context"
	"strings"
	"testing"
)

func words(list []Paragraph) []string {
	var out []string
	for _, p := range list {
		out = append(out, p.Text())
	}
	return out
}

func TestWalk(t *testing.T) {
	source := `<!DOCTYPE html><html lang="en-GB"><head><title>Map &amp; toll</title><link rel="canonical" href="https://a.example/map">
<meta property="OG:Title" content="Map &amp; toll"><script>var a = "<p>no";</script><script type="application/ld+json">{"a": 1}</script></head>
<body><nav><a href="/">Home</a></nav><h1>Map &amp;<br>toll</h1><time datetime="2024-05-01" itemprop="datePublished">1 May <b>2024</b></time>
<p>One<p>Two <a href="x">linked</a> &nbsp;words&shy;.<br><br>Three<li>Four<li>Five</li><video>no</video>
<div hidden>no</div><p>on Monday<br>in Orsa.<br>Then home.</body></html>`
	p := Walk(source)
	got := strings.Join(words(p.Paragraphs), "|")
	want := "Home|Map &\ntoll|1 May 2024|One|Two linked words\u00ad.|Three|Four|Five|on Monday in Orsa.\nThen home."
	if got != want {
		t.Errorf("paragraphs %q, want %q", got, want)
	}
	if p.Language != "en-GB" || p.Canonical != "https://a.example/map" || p.Title.Text() != "Map & toll" || len(p.Data) != 1 || p.Data[0].Text != `{"a": 1}` {
		t.Errorf("head %q %q %q %v", p.Language, p.Canonical, p.Title.Text(), p.Data)
	}
	if len(p.Metas) != 1 || p.Metas[0].Name != "og:title" || p.Metas[0].Content != "Map & toll" {
		t.Errorf("metas %+v", p.Metas)
	}
	if len(p.Times) != 1 || p.Times[0].Stamp != "2024-05-01" || p.Times[0].Text != "1 May 2024" || p.Times[0].Prop != "datepublished" {
		t.Errorf("times %+v", p.Times)
	}
	if len(p.Headings) != 1 || p.Headings[0].Tag != "h1" {
		t.Errorf("headings %+v", p.Headings)
	}
	checkPieces(t, source, p.Paragraphs)
}

// TestEachNodeOnce gives an extractor's answer that has a text twice and some words
// that the page lacks: the page's own words come once, in the page's order.
func TestEachNodeOnce(t *testing.T) {
	source := "<p>The mediator handed over a new map of the strait.</p><p>No.</p><p>The owners <button>Share</button>took it home on the ferry that night.</p>"
	p := Walk(source)
	used := p.flow.align([]string{
		"The mediator handed over a new map of the strait.", "No.", "The mediator handed over a new map of the strait.",
		"The owners took it home on the ferry that night.", "Words that no page has, however long they may be.",
	})
	got := strings.Join(words(p.flow.paragraphs(func(i int) bool { return used[i] })), "|")
	want := "The mediator handed over a new map of the strait.|No.|The owners|took it home on the ferry that night."
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCharset(t *testing.T) {
	for in, want := range map[string]string{
		`<?xml version="1.0" encoding="windows-1251"?>`:                                    "windows-1251",
		`<meta charset=utf-8>`:                                                             "utf-8",
		`<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=ISO-8859-9">`:         "ISO-8859-9",
		`<meta name="description" content="the charset of a page"><meta charset='koi8-r'>`: "koi8-r",
		`<p>charset=utf-16</p>`:                                                            "",
	} {
		if got := Charset([]byte(in)); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// checkPieces fails unless pieces come in page order and say what they stand for.
func checkPieces(t *testing.T, source string, list []Paragraph) {
	t.Helper()
	end := 0
	for _, p := range list {
		for _, piece := range p.Pieces {
			if piece.File < end || piece.Length < 0 || piece.File+piece.Length > len(source) {
				t.Fatalf("piece %+v after %d in a page of %d bytes", piece, end, len(source))
			}
			end = piece.File + piece.Length
			if piece.Same && strings.TrimSpace(piece.Text) != strings.TrimSpace(source[piece.File:end]) {
				t.Fatalf("piece %q stands for %q", piece.Text, source[piece.File:end])
			}
		}
	}
}

func FuzzWalk(f *testing.F) {
	for _, s := range []string{"<p>a &amp b<br>c</p>", "<title>a<title>b", "<svg><p>x</svg>y", "<li>a<li>b", "<script>a</script>b<!-- c -->d", "a\x00b<pre>c\n d</pre>", "&#", "&am", "<p a='>'>x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		p := Walk(source)
		checkPieces(t, source, p.Paragraphs)
		main, err := p.Main(context.Background(), source)
		if err == nil {
			checkPieces(t, source, main.Paragraphs)
		}
	})
}
