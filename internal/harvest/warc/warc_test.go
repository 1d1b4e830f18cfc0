package warc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"

	"rapporteur/internal/article"
	"rapporteur/internal/text"
)

// record writes a record of WARC; a length below 0 is the right one.
func record(kind, uri string, length int, more, block string) string {
	if length < 0 {
		length = len(block)
	}
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, more, length, block)
}

func answer(head, body string) string {
	return "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + head + "\r\n" + body
}

func packed(parts ...string) string {
	var b bytes.Buffer
	for _, part := range parts {
		w := gzip.NewWriter(&b)
		io.WriteString(w, part)
		w.Close()
	}
	return b.String()
}

// read lists pages as "number url type bytes" or "! number reason", and how many
// records were skipped.
func read(t *testing.T, archive string) string {
	t.Helper()
	h := New("a.warc", func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(archive)), nil })
	var b strings.Builder
	_, err := h.Pages(context.Background(), func(p article.Page) bool {
		if p.Refusal != nil {
			fmt.Fprintf(&b, "! %d %s\n", p.Line, p.Refusal.Reason)
			return true
		}
		fmt.Fprintf(&b, "%d %s %s %s\n", p.Line, p.Told.URL, p.Type, p.Bytes)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "%d skipped", h.Skipped())
	return b.String()
}

func TestPages(t *testing.T) {
	const a, b = "https://orsa.example/a", "https://orsa.example/b"
	one, two := record("response", a, -1, "", answer("", "<p>One.")), record("response", b, -1, "", answer("", "<p>Two."))
	both := "1 " + a + " html <p>One.\n2 " + b + " html <p>Two.\n0 skipped"
	damaged := packed(record("response", "https://orsa.example/x", -1, "", answer("", strings.Repeat("<p>Lost words of this page. ", 50))))
	damaged = damaged[:len(damaged)-8] + "\x00\xff\x00\xff" + damaged[len(damaged)-4:] // its checksum
	for name, c := range map[string]struct{ archive, want string }{
		"plain":                       {one + two, both},
		"packed, by members":          {packed(one, two), both},
		"packed as one":               {packed(one + two), both},
		"a length too short":          {record("response", a, 60, "", answer("", "<p>One.")) + two, both},
		"a length too long":           {record("response", a, 400, "", answer("", "<p>One.")) + two, both},
		"the last length too long":    {one + record("response", b, 4000, "", answer("", "<p>Two.")), both},
		"no length":                   {record("response", a, -1, "", "x")[:100] + "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + two, "! 1 " + a + ": the record has no length\n2 " + b + " html <p>Two.\n0 skipped"},
		"cut off":                     {one + two[:len(two)-9], "1 " + a + " html <p>One.\n! 2 " + b + ": the archive is cut off here: 61 of 66 bytes\n0 skipped"},
		"a damaged member":            {packed(one) + damaged + packed(two), "1 " + a + " html <p>One.\n! 2 https://orsa.example/x: broken gzip: gzip: invalid checksum\n3 " + b + " html <p>Two.\n0 skipped"},
		"bytes between":               {one + "garbage here\n" + two, "1 " + a + " html <p>One.\r\n\r\ngarbage here\n2 " + b + " html <p>Two.\n0 skipped"},
		"no archive":                  {"once upon a time", "! 1 no record of an archive: it begins with \"once upon a time\"\n0 skipped"},
		"empty":                       {"", "0 skipped"},
		"chunked":                     {record("response", a, -1, "", answer("Transfer-Encoding: chunked\r\n", "7\r\n<p>One.\r\n5;x=y\r\n Two.\r\n0\r\n\r\n")), "1 " + a + " html <p>One. Two.\n0 skipped"},
		"not chunked as it says":      {record("response", a, -1, "", answer("Transfer-Encoding: chunked\r\n", "<p>One.")), "1 " + a + " html <p>One.\n0 skipped"},
		"a broken chunk":              {record("response", a, -1, "", answer("Transfer-Encoding: chunked\r\n", "7\r\n<p>One.\r\nxyz Two.")), "1 " + a + " html <p>One.xyz Two.\n0 skipped"},
		"more than the page's length": {record("response", a, -1, "", answer("Content-Length: 7\r\n", "<p>One.<p>Other.")), "1 " + a + " html <p>One.\n0 skipped"},
		"unpacked, with the length of the packed": {record("response", a, -1, "", answer("Content-Encoding: gzip\r\nContent-Length: 7\r\n", "<p>One. Two.")), "1 " + a + " html <p>One. Two.\n0 skipped"},
		"packed page":           {record("response", a, -1, "", answer("Content-Encoding: gzip\r\n", packed("<p>One."))), "1 " + a + " html <p>One.\n0 skipped"},
		"not packed as it says": {record("response", a, -1, "", answer("Content-Encoding: gzip\r\n", "<p>One.")), "1 " + a + " html <p>One.\n0 skipped"},
		"resource":              {record("resource", "<"+a+">", -1, "Content-Type: text/html\r\n", "<p>One."), "1 " + a + " html <p>One.\n0 skipped"},
		"what is no page": {record("warcinfo", "", -1, "", "x") + record("request", a, -1, "", "GET /") + record("resource", "https://orsa.example/i.png", -1, "Content-Type: image/png\r\n", "x") +
			record("response", a, -1, "", "HTTP/1.1 302 Found\r\nContent-Type: text/html\r\n\r\nmoved") + record("response", "https://orsa.example/robots.txt", -1, "", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *"), "5 skipped"},
		"revisits": {one + record("revisit", a, -1, "Content-Type: application/http\r\n", answer("", "")) +
			record("revisit", b, -1, "WARC-Refers-To-Target-URI: "+a+"\r\n", answer("", "")) + record("revisit", "https://orsa.example/c", -1, "", answer("", "")) +
			record("revisit", "https://orsa.example/i.png", -1, "", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"),
			"1 " + a + " html <p>One.\n! 4 https://orsa.example/c: a revisit record, and its original is not in this archive\n3 " + b + " html <p>One.\n3 skipped"},
		"ARC": {"filedesc://x.arc 127.0.0.1 20140216050221 text/plain 30\n1 0 X\nURL IP date type length\n\n" +
			"https://orsa.example/a b 192.0.2.1 20140216050221 text/html 35\nHTTP/1.1 200 OK\r\nX: y\r\n\r\n<html>One.\n\nhttps://orsa.example/c 192.0.2.1 20140216050221 text/html 999\nHTTP/1.1 200 OK\r\n\r\n<html>Two.\n",
			"2 https://orsa.example/a%20b html <html>One.\n! 3 https://orsa.example/c: the archive is cut off here: 30 of 999 bytes\n1 skipped"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(t, c.archive); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestAReaderThatFailsIsToldOnce(t *testing.T) {
	one := record("response", "https://orsa.example/a", -1, "", answer("", "<p>One."))
	h := New("a", func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader(one), iotest.ErrReader(errors.New("disk on fire")))), nil
	})
	var list []string
	if _, err := h.Pages(context.Background(), func(p article.Page) bool {
		if p.Refusal != nil {
			list = append(list, p.Refusal.Reason)
		}
		return true
	}); err != nil || len(list) != 1 || !strings.Contains(list[0], "disk on fire") {
		t.Errorf("%v, %q", err, list)
	}
}

func TestBackLeadsIntoTheArchive(t *testing.T) {
	archive := record("warcinfo", "", -1, "", "x") + record("response", "https://orsa.example/a", -1, "", answer("Transfer-Encoding: chunked\r\n", "7\r\n<p>One.\r\n5\r\n Two.\r\n0\r\n\r\n"))
	h := New("a.warc", func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(archive)), nil })
	_, err := h.Pages(context.Background(), func(p article.Page) bool {
		for _, word := range []string{"One", "Two"} {
			at := bytes.Index(p.Bytes, []byte(word))
			if got := p.Back.Back(text.Span{Start: at, End: at + 3}).In(archive); got != word {
				t.Errorf("%s leads to %q", word, got)
			}
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestArchivesOfOthers reads archives that another reader was tested with, most of
// them broken on purpose.
func TestArchivesOfOthers(t *testing.T) {
	root := shared(t, "data/warc")
	names, err := filepath.Glob(filepath.Join(root, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		pages, refusals := 0, 0
		h := New(name, func() (io.ReadCloser, error) { return os.Open(name) })
		_, err := h.Pages(context.Background(), func(p article.Page) bool {
			if p.Refusal != nil {
				t.Logf("    %s", p.Refusal.Reason)
				refusals++
			} else {
				pages++
			}
			return true
		})
		if err != nil {
			t.Error(err)
		}
		t.Logf("%s: %d pages, %d refusals, %d skipped", filepath.Base(name), pages, refusals, h.Skipped())
	}
}

// shared returns a folder beside the project, or skips the test.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir, _ := os.Getwd()
	for ; dir != "/"; dir = filepath.Dir(dir) {
		path := filepath.Join(dir, "shared", name)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("../shared/%s is missing", name)
	}
	t.Skipf("../shared/%s is missing: this test reads it", name)
	return ""
}

func FuzzPages(f *testing.F) {
	one := record("response", "https://orsa.example/a", -1, "", answer("Transfer-Encoding: chunked\r\n", "3\r\n<p>\r\n0\r\n\r\n"))
	for _, s := range []string{one, packed(one, one), record("revisit", "https://orsa.example/a", 3, "", ""), "http://a.example/ 192.0.2.1 20140216050221 text/html 3\nabc\n", "WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n", "\x1f\x8b\x08"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, archive []byte) {
		h := New("a", func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(archive)), nil })
		_, err := h.Pages(context.Background(), func(p article.Page) bool {
			for i := range p.Bytes {
				if back := p.Back.Back(text.Span{Start: i, End: i + 1}); back.Start < 0 || back.End < back.Start {
					t.Fatalf("byte %d leads to %v", i, back)
				}
			}
			return true
		})
		if err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
	})
}

// BenchmarkScan reads an archive of pages of usual size, unpacked and packed.
func BenchmarkScan(b *testing.B) {
	chance := rand.New(rand.NewPCG(1, 2))
	var plain strings.Builder
	var parts []string
	for i := range 400 {
		var page strings.Builder
		for page.Len() < 60_000 {
			fmt.Fprintf(&page, "<p class=%q>Words of page %d about ferry %x and its toll, number %d, and %x.</p>\n", "text", i, chance.Uint32(), chance.IntN(1000), chance.Uint64())
		}
		body := page.String()
		part := record("request", "https://orsa.example/", -1, "", "GET / HTTP/1.1\r\nHost: orsa.example\r\n\r\n") + record("response", fmt.Sprintf("https://orsa.example/%d", i), -1, "", answer("", body))
		plain.WriteString(part)
		parts = append(parts, part)
	}
	for name, archive := range map[string]string{"plain": plain.String(), "gzip": packed(parts...)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(plain.Len()))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				h := New("a", func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(archive)), nil })
				if _, err := h.Pages(context.Background(), func(article.Page) bool { n++; return true }); err != nil || n != 400 {
					b.Fatal(n, err)
				}
			}
		})
	}
}
