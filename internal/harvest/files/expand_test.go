package files

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"

	"rapporteur/internal/article"
)

const oneFeed = `<rss><channel><title>Orsa Courier</title><item><title>A</title><link>https://orsa.example/a</link><description>One.</description></item><item><title>B</title></item></channel></rss>`

const oneLetter = "From: Orsa Courier <a@orsa.example>\r\nSubject: Ferry\r\nDate: Thu, 16 May 2024 07:12:00 +0200\r\n\r\nThe ferry ran.\r\n"

const oneRecord = "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://orsa.example/w\r\nContent-Length: 66\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Web.\r\n\r\n"

// zipped packs name and content pairs.
func zipped(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func tarred(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: files[i], Mode: 0o644, Size: int64(len(files[i+1])), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFilesOfManyArticles(t *testing.T) {
	inner := zipped(t, "deep.txt", "deep")
	root := tree(t, map[string]string{
		"a.xml": oneFeed, "b.json": `{"version":"https://jsonfeed.org/version/1","items":[{"content_text":"J."}]}`, "c.json": `{"x":1}`, "d.xml": "<sitemap/>",
		"e.eml": oneLetter, "f.mbox": "From a Thu\n" + oneLetter + "\nFrom b Thu\n" + oneLetter, "g.warc.gz": packed(oneRecord),
		"h.zip":    zipped(t, "z.txt", "z", "z.meta.json", `{"outlet":"Z"}`, "p/q.html.gz", packed("<p>q"), "x.png", "x", "feed.rss", oneFeed, "inner.zip", inner, "../out.txt", "no"),
		"i.tar.gz": packed(tarred(t, "t.txt", "t", "w.warc", oneRecord)),
	})
	h := New(Options{})
	same(t, harvest(t, h, root, nil, "."),
		`a.xml:1 fragment "<h1>A</h1>\nOne."`, `a.xml:2! the feed has no text of "B" (invalid)`,
		`b.json:1 fragment "J."`,
		`e.eml txt "The ferry ran.\n"`,
		`f.mbox:1 txt "The ferry ran.\n\n"`, `f.mbox:2 txt "The ferry ran.\n"`,
		`g.warc.gz:1 html "<p>Web."`,
		`h.zip/z.txt txt "z" + {"outlet":"Z"}`, `h.zip/p/q.html.gz html "<p>q"`, `h.zip/feed.rss:1 fragment "<h1>A</h1>\nOne."`, `h.zip/feed.rss:2! the feed has no text of "B" (invalid)`,
		`h.zip/inner.zip/deep.txt txt "deep"`, `h.zip/out.txt! its name "../out.txt" leads out of the archive (invalid)`,
		`i.tar.gz/t.txt txt "t"`, `i.tar.gz/w.warc:1 html "<p>Web."`)
	if h.Unknown() != 3 {
		t.Errorf("%d files of unknown type, want 3", h.Unknown())
	}
	same(t, harvest(t, New(Options{}), root, nil, "h.zip/z.txt", "h.zip/inner.zip/deep.txt", "h.zip/none.txt", "c.json", "d.xml"),
		`h.zip/z.txt txt "z" + {"outlet":"Z"}`, `h.zip/inner.zip/deep.txt txt "deep"`, "h.zip/none.txt! no such file in the archive (unreadable)",
		"c.json! neither a feed nor a page: for articles as lines of JSON use --type jsonl (unsupported)", "d.xml! neither a feed nor a page: for articles as lines of JSON use --type jsonl (unsupported)")
}

func TestTypesByContent(t *testing.T) {
	for content, want := range map[string]string{
		oneFeed: `-:1 fragment "<h1>A</h1>\nOne."`, oneLetter: `- txt "The ferry ran.\n"`, packed(oneRecord): `-:1 html "<p>Web."`,
		zipped(t, "a.txt", "a"): `-/a.txt txt "a"`, "%PDF-1.4\nonce": `-! broken PDF: it has no pages (invalid)`,
	} {
		got := harvest(t, New(Options{}), "", strings.NewReader(content), "-")
		if len(got) == 0 || strings.TrimPrefix(got[0], "../") != want && got[0] != want {
			t.Errorf("%.20q gives %q, want %q", content, got, want)
		}
	}
}

func TestWhatACarrierTells(t *testing.T) {
	root := tree(t, map[string]string{"a.xml": oneFeed, "g.warc": oneRecord})
	var urls []string
	for p := range New(Options{}).Pages(context.Background(), []string{root}, nil) {
		if p.Refusal == nil {
			urls = append(urls, p.Told.URL+" "+p.Told.Outlet+" "+string(p.Type))
		}
	}
	same(t, urls, "https://orsa.example/a Orsa Courier fragment", "https://orsa.example/w  html")
}

func TestArchivesInArchives(t *testing.T) {
	bomb := zipped(t, "a.txt", "a")
	for range 6 {
		bomb = zipped(t, "a.zip", bomb)
	}
	got := harvest(t, New(Options{Type: article.Zip}), "", strings.NewReader(bomb), "-")
	if len(got) != 1 || !strings.Contains(got[0], "archives nested too deep") {
		t.Errorf("%q", got)
	}
}
