// Package sitemap reads sitemaps, news sitemaps and indexes of sitemaps
// (sitemaps.org 0.9, Google's news extension 0.9).
//
// In: the bytes that a server gives. Out: the pages that they list, with what a
// news sitemap tells of them, or further sitemaps. What always holds: bytes that
// are no XML cost what stands behind them and no more; nothing is fetched; every
// address is http or https.
package sitemap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/decode"
)

// maxEntries bounds what one sitemap may list; the protocol allows 50,000.
const maxEntries = 50000

// A Map is what one file lists.
type Map struct {
	Pages  []article.Told // in the order of the file
	Maps   []Sub          // of an index
	Broken string         // why the end is missing, "" where nothing is
}

// A Sub is a sitemap that an index names.
type Sub struct {
	URL      string
	Modified string // W3C time as it stands there
}

// entry is a <url> or a <sitemap>.
type entry struct {
	Location string `xml:"loc"`
	Modified string `xml:"lastmod"`
	News     struct {
		Publication struct {
			Name     string `xml:"name"`
			Language string `xml:"language"`
		} `xml:"publication"`
		Published string `xml:"publication_date"`
		Title     string `xml:"title"`
	} `xml:"news"`
}

// Is reports whether the beginning of a file is that of a sitemap.
func Is(head []byte) bool {
	head = head[:min(len(head), 4096)]
	at := func(name string) int { return bytes.Index(head, []byte(name)) }
	for _, root := range [...]string{"<urlset", "<sitemapindex", ":urlset", ":sitemapindex"} {
		if i := at(root); i >= 0 && !bytes.Contains(bytes.ToLower(head[:i]), []byte("<html")) {
			return true
		}
	}
	return false
}

// Parse reads a sitemap. Its error is an *article.Refusal.
func Parse(raw []byte) (*Map, error) {
	text, err := decode.Bytes(raw, "")
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(strings.NewReader(text.Text))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is decoded already
	m, rooted := &Map{}, false
	for len(m.Pages)+len(m.Maps) < maxEntries {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			m.Broken = "the sitemap is broken: " + brief(err)
			break
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch name := strings.ToLower(start.Name.Local); {
		case name == "urlset" || name == "sitemapindex":
			rooted = true
		case rooted && (name == "url" || name == "sitemap"):
			var e entry
			if err := d.DecodeElement(&e, &start); err != nil {
				m.Broken = "the sitemap is broken: " + brief(err)
			} else {
				m.add(name, e)
			}
		}
		if m.Broken != "" {
			break
		}
	}
	if !rooted {
		return nil, article.Refuse(article.Invalid, "this is no sitemap")
	}
	return m, nil
}

func (m *Map) add(kind string, e entry) {
	address := strings.TrimSpace(e.Location)
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return
	}
	if kind == "sitemap" {
		m.Maps = append(m.Maps, Sub{URL: address, Modified: strings.TrimSpace(e.Modified)})
		return
	}
	told := article.Told{
		URL: address, Title: line(e.News.Title), Outlet: line(e.News.Publication.Name), Language: line(e.News.Publication.Language),
		Published: strings.TrimSpace(e.News.Published), Updated: strings.TrimSpace(e.Modified),
	}
	m.Pages = append(m.Pages, told)
}

func line(s string) string { return strings.Join(strings.Fields(s), " ") }

func brief(err error) string {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Msg
	}
	return "it ends too early"
}
