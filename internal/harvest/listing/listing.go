// Package listing finds the articles that a page lists, and the feeds that it
// names.
//
// In: a page of HTML and its address. Out: addresses on the same site whose links
// look like headlines, in the order of the page. What always holds: http and https
// alone, each address once, no more than 200; nothing is fetched.
package listing

import (
	"bytes"
	"io"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/decode"
)

// maxLinks bounds what one page may list.
const maxLinks = 200

// A Page is what was found.
type Page struct {
	Title    string
	Articles []article.Told // URL and Title
	Feeds    []string       // that <link rel="alternate"> names
}

// Parse reads a page; address is where it was fetched, charset what the server
// said of it. Its error is an *article.Refusal.
func Parse(raw []byte, address, charset string) (*Page, error) {
	text, err := decode.Bytes(raw, charset)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(address)
	if err != nil {
		return nil, article.Refuse(article.Invalid, "this is no address")
	}
	r := &reader{page: &Page{}, own: base, base: base, seen: map[string]bool{article.PlainURL(address): true}}
	z := html.NewTokenizer(bytes.NewReader([]byte(text.Text)))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() == io.EOF {
				r.end()
			}
			return r.page, nil
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(z.Token())
		case html.EndTagToken:
			r.close(z.Token())
		case html.TextToken:
			r.words(string(z.Text()))
		}
	}
}

// A reader goes through the tokens of a page.
type reader struct {
	page  *Page
	own   *url.URL // the page's
	base  *url.URL // of relative links
	seen  map[string]bool
	skip  int       // open elements of navigation
	raw   atom.Atom // script or style that is open
	title bool
	link  string
	label strings.Builder
}

// furniture are elements whose links lead to sections, not to articles.
var furniture = map[atom.Atom]bool{atom.Nav: true, atom.Footer: true, atom.Form: true, atom.Dialog: true}

func (r *reader) start(t html.Token) {
	switch {
	case furniture[t.DataAtom] && t.Type == html.StartTagToken:
		r.skip++
	case t.DataAtom == atom.Script, t.DataAtom == atom.Style:
		r.raw = t.DataAtom
	case t.DataAtom == atom.Title:
		r.title = r.page.Title == ""
	case t.DataAtom == atom.Base:
		if u, err := r.own.Parse(attribute(t, "href")); err == nil {
			r.base = u
		}
	case t.DataAtom == atom.Link:
		r.alternate(t)
	case t.DataAtom == atom.A:
		r.end()
		if r.skip == 0 {
			r.link = attribute(t, "href")
		}
	}
}

func (r *reader) close(t html.Token) {
	switch {
	case furniture[t.DataAtom]:
		r.skip = max(0, r.skip-1)
	case t.DataAtom == r.raw:
		r.raw = 0
	case t.DataAtom == atom.Title:
		r.title = false
	case t.DataAtom == atom.A:
		r.end()
	}
}

func (r *reader) words(s string) {
	switch {
	case r.raw != 0:
	case r.title:
		r.page.Title = strings.Join(strings.Fields(r.page.Title+s), " ")
	case r.link != "" && r.label.Len() < 1000:
		r.label.WriteString(s)
		r.label.WriteByte(' ')
	}
}

// end takes the link that is open, if it looks like one to an article.
func (r *reader) end() {
	link, label := r.link, strings.Join(strings.Fields(r.label.String()), " ")
	r.link = ""
	r.label.Reset()
	if link == "" || len(r.page.Articles) >= maxLinks {
		return
	}
	u, err := r.base.Parse(strings.TrimSpace(link))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || !article.SameSite(u.Hostname(), r.own.Hostname()) || !leadsToArticle(u, label) {
		return
	}
	u.Fragment = ""
	key := article.PlainURL(u.String())
	if r.seen[key] {
		return
	}
	r.seen[key] = true
	r.page.Articles = append(r.page.Articles, article.Told{URL: u.String(), Title: label})
}

// alternate notes the feed that a page names (RSS autodiscovery; HTML, 4.6.7.1).
func (r *reader) alternate(t html.Token) {
	kind := strings.ToLower(strings.TrimSpace(attribute(t, "type")))
	feed := kind == "application/rss+xml" || kind == "application/atom+xml" || kind == "application/feed+json" || kind == "application/rdf+xml"
	if !feed || !strings.Contains(" "+strings.ToLower(attribute(t, "rel"))+" ", " alternate ") {
		return
	}
	u, err := r.base.Parse(strings.TrimSpace(attribute(t, "href")))
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.User == nil && len(r.page.Feeds) < 20 {
		r.page.Feeds = append(r.page.Feeds, u.String())
	}
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// leadsToArticle tells a headline from the name of a section: it has four words or
// more, or two and an address that ends in a slug, a number or a day.
func leadsToArticle(u *url.URL, label string) bool {
	path := strings.Trim(u.Path, "/")
	if path == "" && u.RawQuery == "" {
		return false
	}
	words := len(strings.Fields(label))
	last := path[strings.LastIndexByte(path, '/')+1:]
	digits := strings.IndexFunc(path, unicode.IsDigit) >= 0 || strings.IndexFunc(u.RawQuery, unicode.IsDigit) >= 0
	slug := strings.Count(last, "-")+strings.Count(last, "_") >= 2
	switch {
	case words >= 6:
		return true
	case words >= 4:
		return digits || slug || strings.Count(path, "/") >= 1
	case words >= 2:
		return slug && (digits || strings.Count(last, "-") >= 3)
	}
	return false
}
