package extract

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/decode"
	"rapporteur/internal/extract/markup"
)

// Limits of a page of HTML: what is longer is cut, what takes longer is refused.
const (
	maxPage  = 4 << 20
	pageTime = 20 * time.Second
)

// page reads a page of HTML.
func (x *Extractor) page(ctx context.Context, d *draft, source, given string) error {
	if len(source) > maxPage {
		source = source[:maxPage]
		source = source[:strings.LastIndexByte(source, '<')+1]
	}
	ctx, cancel := context.WithTimeoutCause(ctx, pageTime, errSlow)
	defer cancel()
	p := markup.Walk(source)
	main, err := p.Main(ctx, source)
	switch {
	case errors.Is(err, markup.ErrDeep):
		return article.Refuse(article.TooLarge, err.Error())
	case err != nil && errors.Is(context.Cause(ctx), errSlow):
		return article.Refuse(article.TooLarge, fmt.Sprintf("finding its main text takes longer than %s", pageTime))
	case err != nil:
		return err
	}
	x = x.inOrder(p, d.article.URL)
	ours := x.describe(d, p, given)
	for _, paragraph := range x.text(d, main.Paragraphs, p.Paragraphs) {
		d.body = append(d.body, block{pieces: paragraph.Pieces})
	}
	d.body = orScript(d.body, ours, source)
	d.article.Kind = x.shape(d, p, main.Paragraphs)
	if len(d.body) == 0 {
		if d.article.Kind != "" {
			return article.Refuse(article.Invalid, fmt.Sprintf("no text found in the page: it looks like a page of the kind %q", d.article.Kind))
		}
		return article.Refuse(article.Invalid, "no text found in the page")
	}
	d.article.Language = pageLanguage(d.article.Language, p.Language, main)
	return nil
}

var errSlow = errors.New("slow")

// pageLanguage prefers what the words say, where there are enough of them, over
// what the page says, which is often that of the template.
func pageLanguage(given, declared string, main markup.Main) string {
	letters := 0
	for _, p := range main.Paragraphs {
		letters += len(p.Text())
	}
	switch said := language(declared); {
	case given != "":
		return given
	case main.Language != "" && (letters >= minLanguage || said == ""):
		return main.Language
	default:
		return said
	}
}

// describe fills in what the page says about its article, and returns the node of
// structured data that describes it, if there is one.
func (x *Extractor) describe(d *draft, p *markup.Page, given string) node {
	a := d.article
	meta := metaOf(p.Metas)
	nodes := nodesOf(p.Data)
	address := firstURL(p.Canonical, meta.first("og:url"), a.URL)
	ours, found := articleNode(nodes, firstURL(address))
	if address == "" && found {
		for _, u := range ours.addresses() {
			address = firstURL(address, u)
		}
	}
	if a.URL == "" || a.URL == d.fetched && standsFor(address, d.fetched) {
		a.URL = address
	}
	if a.Outlet == "" {
		a.Outlet = x.outlet(hostOf(a.URL), ours.name("publisher"), meta.first("og:site_name"), meta.first("application-name"), meta.first("dc.publisher", "publisher"), meta.first("apple-mobile-web-app-title"))
	}
	suffix := x.headline(d, p, meta, ours, given)
	if a.Outlet == "" {
		a.Outlet = firstOf(suffix, publisherOf(nodes), hostOf(a.URL))
	}
	if a.Author == "" {
		a.Author = firstOf(ours.name("author"), meta.name("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"))
	}
	if a.Section == "" {
		a.Section = firstOf(ours.name("articleSection"), meta.first("article:section", "section", "parsely-section"))
	}
	x.pageDays(a, p, meta, nodes, ours)
	return ours
}

// headline sets the title; it returns what the title element says after it.
func (x *Extractor) headline(d *draft, p *markup.Page, meta metas, ours node, given string) string {
	var headings, told []candidate
	for _, h := range p.Headings {
		if t := strings.Join(strings.Fields(h.Text()), " "); t != "" && x.tables.kindOf(t) == "" {
			headings = append(headings, candidate{t, h.Pieces, h.Tag != "h1"})
		}
	}
	if t := ours.text("headline"); t != "" {
		told = append(told, candidate{t, []markup.Piece{{Text: t, File: ours.file.File, Length: len(ours.file.Text)}}, false})
	}
	for _, name := range []string{"og:title", "twitter:title", "dc.title"} {
		if m, ok := meta.get(name); ok {
			t := strings.Join(strings.Fields(m.Content), " ")
			told = append(told, candidate{t, []markup.Piece{{Text: t, File: m.File, Length: m.Length}}, false})
		}
	}
	document := candidate{strings.Join(strings.Fields(p.Title.Text()), " "), p.Title.Pieces, false}
	title, suffix := chooseTitle(headings, told, document, d.article.Outlet)
	d.title = oneLine(title.pieces)
	if given != "" {
		d.title = recut(append(title.pieces, p.Title.Pieces...), given)
		if d.title == nil {
			d.title = []markup.Piece{{Text: given}}
		}
	}
	return suffix
}

// oneLine makes spaces of the line breaks of a headline.
func oneLine(pieces []markup.Piece) []markup.Piece {
	line := append([]markup.Piece(nil), pieces...)
	for i := range line {
		if line[i].Text == "\n" {
			line[i].Text = " "
		}
	}
	return line
}

// outlet chooses between the names that a page gives of its publisher. An agency is
// the outlet on its own site alone: elsewhere it only wrote the text.
func (x *Extractor) outlet(host string, names ...string) string {
	for _, name := range names {
		name = firstOf(name)
		u, err := url.Parse(name)
		agency := x.tables.agencies[name] || strings.Contains(name, "News Service")
		if name == "" || err == nil && u.Host != "" || agency && !strings.Contains(squeeze(host), squeeze(name)) && differs(name, names) {
			continue
		}
		return name
	}
	return ""
}

// differs reports whether another name is given beside this one.
func differs(name string, names []string) bool {
	for _, other := range names {
		if other != "" && squeeze(other) != squeeze(name) && !strings.Contains(other, "://") {
			return true
		}
	}
	return false
}

// publisherOf returns the name of the site or organisation that a page describes.
func publisherOf(nodes []node) string {
	for _, n := range nodes {
		for _, kind := range typesOf(n.fields) {
			if (kind == "NewsMediaOrganization" || kind == "WebSite" || kind == "Organization") && !n.listed && n.name("name") != "" {
				return n.name("name")
			}
		}
	}
	return ""
}

// metas are the meta elements of a page by name, the first of each.
type metas map[string]markup.Meta

func metaOf(list []markup.Meta) metas {
	m := metas{}
	for _, meta := range list {
		if _, twice := m[meta.Name]; !twice && strings.TrimSpace(meta.Content) != "" {
			m[meta.Name] = meta
		}
	}
	return m
}

func (m metas) get(name string) (markup.Meta, bool) {
	meta, ok := m[name]
	return meta, ok
}

// first returns the content of the first of the names that the page has.
func (m metas) first(names ...string) string {
	for _, name := range names {
		if meta, ok := m[name]; ok {
			return strings.Join(strings.Fields(meta.Content), " ")
		}
	}
	return ""
}

// name is first for names of persons: addresses are none.
func (m metas) name(names ...string) string {
	for _, name := range names {
		if value := m.first(name); value != "" && !strings.Contains(value, "://") && !strings.HasPrefix(value, "@") {
			return value
		}
	}
	return ""
}

func firstOf(values ...string) string {
	for _, v := range values {
		if clean, _ := decode.Clean(v); clean != "" {
			return clean
		}
	}
	return ""
}

// firstURL returns the first full address.
func firstURL(values ...string) string {
	for _, v := range values {
		v = strings.TrimSpace(v)
		if strings.HasPrefix(v, "//") {
			v = "https:" + v
		}
		if article.PlainURL(v) != "" {
			return v
		}
	}
	return ""
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
