package feed

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/text"
)

// told lists pages as "title | url | published | updated | html" or "! reason".
func told(pages []article.Page) string {
	var b strings.Builder
	for _, p := range pages {
		if p.Refusal != nil {
			fmt.Fprintf(&b, "! %d %s\n", p.Line, p.Refusal.Reason)
			continue
		}
		fmt.Fprintf(&b, "%s | %s | %s | %s | %s\n", p.Told.Title, p.Told.URL, p.Told.Published, p.Told.Updated, p.Bytes)
	}
	return b.String()
}

func TestItems(t *testing.T) {
	for name, c := range map[string]struct{ feed, want string }{
		"RSS": {`<rss version="2.0"><channel><title>Orsa Courier</title><link>https://orsa.example/</link><item><title>Ferry &amp;amp; toll</title>
<link> https://orsa.example/f </link><pubDate>Mon, 06 May 2024 09:00:00 EDT</pubDate><description>&lt;p&gt;The ferry&amp;nbsp;ran.&lt;/p&gt;</description></item></channel></rss>`,
			"Ferry & toll | https://orsa.example/f | Mon, 06 May 2024 09:00:00 EDT |  | <h1>Ferry &amp; toll</h1>\n<p>The ferry&nbsp;ran.</p>\n"},
		"the full text before the summary": {`<rss><channel><item><title>T</title><description>Short.</description><content:encoded><![CDATA[<p>Much longer.</p>]]></content:encoded></item></channel></rss>`,
			"T |  |  |  | <h1>T</h1>\n<p>Much longer.</p>\n"},
		"Atom, changed later": {`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://orsa.example/"><entry><title type="text">a &lt; b</title><link rel="self" href="x.xml"/><link href="n/1"/>
<id>tag:1</id><updated>2024-05-29T08:00:00Z</updated><published>2024-05-09T08:00:00+02:00</published><content type="xhtml"><div><p>One &amp; two.</p></div></content></entry></feed>`,
			"a < b | https://orsa.example/n/1 | 2024-05-09T08:00:00+02:00 | 2024-05-29T08:00:00Z | <h1>a &lt; b</h1>\n<div><p>One &amp; two.</p></div>\n"},
		"a prefix on everything": {`<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>T</a:title><a:summary>Words.</a:summary></a:entry></a:feed>`,
			"T |  |  |  | <h1>T</h1>\nWords.\n"},
		"RDF": {`<rdf:RDF><channel><title>C</title></channel><item rdf:about="https://orsa.example/r"><title>T</title><dc:date>2024-05-01</dc:date><description>Words.</description></item></rdf:RDF>`,
			"T | https://orsa.example/r | 2024-05-01 |  | <h1>T</h1>\nWords.\n"},
		"an item without an end, another without text": {`<rss><channel><item><title>A</title><description>One.<item><title>B</title><guid>https://orsa.example/b</guid></item></channel>`,
			"A |  |  |  | <h1>A</h1>\nOne.\n! 2 the feed has no text of https://orsa.example/b\n"},
		"control characters, entities that XML lacks": {"<rss><channel><item><title>Full&nbsp;ferries</title><description>They\x1c went&hellip; R&D &bogus; x</description></item></channel></rss>",
			"Full ferries |  |  |  | <h1>Full\u00a0ferries</h1>\nThey went… R&D &bogus; x\n"},
		"CDATA without an end": {`<rss><channel><item><title>A</title><description><![CDATA[One. </description></item><item><title>B</title><description>Two.</description></item></channel></rss>`,
			"A |  |  |  | <h1>A</h1>\nOne. </description>\nB |  |  |  | <h1>B</h1>\nTwo.\n"},
		"names of other vocabularies": {`<rss><channel><item><media:title>No</media:title><title>Yes</title><media:content><media:description>No.</media:description></media:content><description>Words.</description></item></channel></rss>`,
			"Yes |  |  |  | <h1>Yes</h1>\nWords.\n"},
		"lines without markup": {"<rss><channel><item><description>One.\n\nTwo &amp; three.</description></item></channel></rss>",
			" |  |  |  | One.\n<br>\n<br>Two & three.\n"},
		"JSON Feed": {`{"version":"https://jsonfeed.org/version/1.1","title":"C","items":[{"id":7,"url":"https://orsa.example/j","title":"T \u201cx\u201d","content_text":"a < b\nc","date_published":"2024-05-01T00:00:00Z"},{"id":"8"}]}`,
			"T “x” | https://orsa.example/j | 2024-05-01T00:00:00Z |  | <h1>T “x”</h1>\na &lt; b<br>\nc\n! 2 the feed has no text of 8\n"},
		"JSON Feed that breaks off": {`{"title":"C","items":[{"title":"T","content_html":"<p>x</p>"},{"ti`,
			"T |  |  |  | <h1>T</h1>\n<p>x</p>\n! 2 the feed breaks off: broken JSON: unexpected EOF\n"},
		"no feed":    {"<html><p>x", "! 0 no feed: neither RSS, Atom nor JSON Feed\n"},
		"no items":   {"<rss><channel><title>C</title></channel></rss>", "! 0 the feed has no items\n"},
		"empty":      {" \n", "! 0 empty\n"},
		"other JSON": {`{"a":1}`, "! 0 no feed: an object of JSON without items\n"},
	} {
		t.Run(name, func(t *testing.T) {
			pages := Items([]byte(c.feed), "f.xml")
			if got := told(pages); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			checkBack(t, []byte(c.feed), pages)
		})
	}
}

func TestItemsThatShareAnAddressAreSeveral(t *testing.T) {
	item := func(n int, link string) string {
		return fmt.Sprintf("<item><title>Item %d</title><link>%s</link><description>Words %d.</description></item>", n, link, n)
	}
	for name, c := range map[string]struct {
		items string
		want  []string
	}{
		"one address for all":          {item(1, "https://orsa.example/news") + item(2, "https://orsa.example/news") + item(3, "https://orsa.example/news"), []string{"", "", ""}},
		"the site's":                   {item(1, "https://orsa.example/") + item(2, "https://orsa.example/b"), []string{"", "https://orsa.example/b"}},
		"an item and its correction":   {item(1, "https://orsa.example/a") + item(2, "https://orsa.example/a"), []string{"https://orsa.example/a", "https://orsa.example/a"}},
		"parts of a page, by fragment": {item(1, "https://orsa.example/n#1") + item(2, "https://orsa.example/n#2") + item(3, "https://orsa.example/n#3"), []string{"", "", ""}},
	} {
		var urls []string
		names := map[string]bool{}
		for _, p := range Items([]byte("<rss><channel><link>https://orsa.example</link>"+c.items+"</channel></rss>"), "f") {
			urls = append(urls, p.Told.URL)
			names[p.Told.URL+p.Told.GUID] = true
		}
		if !slices.Equal(urls, c.want) || c.want[0] == "" && len(names) != len(c.want) {
			t.Errorf("%s: %q, %d names", name, urls, len(names))
		}
	}
}

func TestAuthors(t *testing.T) {
	for given, want := range map[string]string{"Amara Okafor": "Amara Okafor", "desk@orsa.example (Amara Okafor)": "Amara Okafor", "Amara Okafor (desk@orsa.example)": "Amara Okafor", "desk@orsa.example": ""} {
		p := Items([]byte("<rss><channel><dc:title>C</dc:title><item><author>"+given+"</author><description>x</description></item></channel></rss>"), "f")[0]
		if p.Told.Author != want || p.Told.Outlet != "C" {
			t.Errorf("%q: %q of %q", given, p.Told.Author, p.Told.Outlet)
		}
	}
}

// checkBack fails unless each byte of a page leads into the feed.
func checkBack(t *testing.T, raw []byte, pages []article.Page) {
	t.Helper()
	for _, p := range pages {
		for i := range p.Bytes {
			if back := p.Back.Back(text.Span{Start: i, End: i + 1}); back.Start < 0 || back.End < back.Start || back.End > len(raw) {
				t.Fatalf("byte %d of item %d leads to %v of %d", i, p.Line, back, len(raw))
			}
		}
	}
}

func TestBackLeadsToTheWords(t *testing.T) {
	raw := "<rss><channel><item><title>T</title><description>&lt;p&gt;The caf&#233; &amp;amp; the quay.&lt;/p&gt;</description></item></channel></rss>"
	p := Items([]byte(raw), "f.xml")[0]
	at := strings.Index(string(p.Bytes), "café")
	if got := p.Back.Back(text.Span{Start: at, End: at + len("café")}).In(raw); got != "caf&#233;" {
		t.Errorf("leads to %q", got)
	}
}

// TestFeedsOfOthers reads the feeds that another reader was tested with: broken and
// whole ones. None may crash or take long.
func TestFeedsOfOthers(t *testing.T) {
	root := shared(t, "data/feeds")
	files, items, refused := 0, 0, 0
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		begin := time.Now()
		pages := Items(raw, path)
		if took := time.Since(begin); took > time.Minute {
			t.Errorf("%s takes %v", path, took)
		}
		files++
		for _, p := range pages {
			if p.Refusal != nil {
				refused++
			} else {
				items++
			}
		}
		if len(pages) == 0 {
			t.Errorf("%s gives nothing", path)
		}
		checkBack(t, raw, pages)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d feeds: %d items with text, %d refusals", files, items, refused)
}

// shared returns a folder beside the project, or skips the test.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir, _ := os.Getwd()
	for ; dir != "/"; dir = filepath.Dir(dir) {
		if path := filepath.Join(dir, "shared", name); exists(path) {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("../shared/%s is missing", name)
	}
	t.Skipf("../shared/%s is missing: this test reads it", name)
	return ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func FuzzItems(f *testing.F) {
	for _, s := range []string{
		`<rss><channel><item><title>a&amp;b</title><description><![CDATA[<p>x]]></description></item></channel>`, `<feed><entry><content type="xhtml"><div>x</div></content></entry></feed>`,
		`{"version":"https://jsonfeed.org/version/1","items":[{"content_text":"a\nb\ud83d"}]}`, "<rss \xff<![CDATA[", "<rss><item><item></item>", "\xff\xfe<\x00r\x00s\x00s\x00>\x00", "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		pages := Items(raw, "f.xml")
		if len(pages) == 0 {
			t.Fatal("nothing")
		}
		checkBack(t, raw, pages)
		Is(raw)
	})
}
