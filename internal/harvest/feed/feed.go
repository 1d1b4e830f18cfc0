// Package feed takes feeds apart: RSS, Atom, RDF and JSON Feed.
//
// In: the bytes of a feed as a file or a server gives them, however broken. Out: one
// page for each item, with what the feed says of it and the way of each byte back to
// the feed, or a refusal. What always holds: bytes that are no XML cost at most the
// item that they stand in; items come in the order of the feed; an item without text
// is refused by name; nothing panics, and time grows with the bytes alone.
package feed

import (
	"bytes"
	"fmt"
	"html"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/decode"
	"rapporteur/internal/text"
)

// maxItems bounds what one feed may bring.
const maxItems = 20000

// A Feed is what a feed says of itself, and its items.
type Feed struct {
	Title    string
	Link     string // the site's page
	Language string
	Items    []Item
	Broken   string // why the end is missing, "" where nothing is
}

// An Item is one entry of a feed.
type Item struct {
	Told article.Told
	HTML string   // title as <h1>, then the text; "" where the feed has no text of the item
	Back text.Map // from HTML to the feed's bytes
}

// Carriers of text, for [article.Told].
const (
	CarrierFull    = "feed"
	CarrierSummary = "feed summary"
)

// Items returns the items of a feed as pages; source is the file or address that
// refusals and pages name. Each item that has no text, and each feed that is none or
// has no items, is a page with a refusal.
func Items(raw []byte, source string) []article.Page {
	refuse := func(line int, told *article.Told, r *article.Refusal) article.Page {
		r.Source, r.Line, r.Bytes = source, line, int64(len(raw))
		return article.Page{Path: source, Line: line, Type: article.Feed, Told: told, Refusal: r}
	}
	f, err := Parse(raw, source)
	if err != nil {
		return []article.Page{refuse(0, nil, refusalOf(err))}
	}
	var pages []article.Page
	for i := range f.Items {
		it := &f.Items[i]
		if it.HTML == "" {
			pages = append(pages, refuse(i+1, &it.Told, article.Refuse(article.Invalid, fmt.Sprintf("the feed has no text of %s", it.name()))))
			continue
		}
		pages = append(pages, article.Page{Path: source, Line: i + 1, Type: article.Fragment, Bytes: []byte(it.HTML), Charset: "utf-8", Told: &it.Told, Back: it.Back})
	}
	switch {
	case f.Broken != "":
		pages = append(pages, refuse(len(pages)+1, nil, article.Refuse(article.Invalid, f.Broken)))
	case len(pages) == 0:
		pages = append(pages, refuse(0, nil, article.Refuse(article.Invalid, "the feed has no items")))
	}
	return pages
}

func refusalOf(err error) *article.Refusal {
	if r, ok := err.(*article.Refusal); ok {
		return r
	}
	return article.Refuse(article.Invalid, err.Error())
}

// name tells an item in a sentence.
func (it *Item) name() string {
	for _, s := range []string{it.Told.URL, it.Told.GUID} {
		if s != "" {
			return s
		}
	}
	if it.Told.Title != "" {
		return fmt.Sprintf("%q", it.Told.Title)
	}
	return "this item"
}

// Parse reads a feed. source is where it was fetched from: relative links are
// resolved against it where it is an address. The error is an *article.Refusal.
func Parse(raw []byte, source string) (*Feed, error) {
	d, err := decode.Bytes(raw, declared(raw))
	if err != nil {
		return nil, err
	}
	var f *Feed
	switch start := strings.TrimLeft(d.Text, " \t\n"); {
	case start == "":
		return nil, article.Refuse(article.Invalid, "empty")
	case start[0] == '{':
		f, err = parseJSON(d)
	default:
		f, err = parseXML(d, source)
	}
	return f, err
}

// sharing is how many items may have one address before it is none of theirs: two are
// an item and its correction.
const sharing = 2

// ownAddresses takes the address off items that share it with many, or have that of
// the whole site: it would make one article of all of them. The feed's name of the item
// stands for it, or else the title.
func (f *Feed) ownAddresses() {
	count := map[string]int{}
	for _, it := range f.Items {
		count[article.PlainURL(it.Told.URL)]++
	}
	site := article.PlainURL(f.Link)
	for i := range f.Items {
		t := &f.Items[i].Told
		plain := article.PlainURL(t.URL)
		if plain == "" || count[plain] <= sharing && (plain != site || len(f.Items) == 1) {
			continue
		}
		if t.URL == t.GUID || t.GUID == "" || article.PlainURL(t.GUID) == plain {
			t.GUID = t.URL + " " + t.Title
		}
		t.URL = ""
	}
}

// Is reports whether the beginning of a file is that of a feed.
func Is(head []byte) bool {
	low := bytes.ToLower(head[:min(len(head), 4096)])
	if i := bytes.IndexByte(low, '{'); i >= 0 && len(bytes.TrimLeft(low[:i], " \t\r\n\xef\xbb\xbf")) == 0 {
		return bytes.Contains(low, []byte("jsonfeed.org")) || bytes.Contains(low, []byte(`jsonfeed.org`))
	}
	if d, err := decode.Bytes(head[:min(len(head), 4096)&^1], ""); err == nil {
		low = []byte(strings.ToLower(d.Text))
	}
	root := rootName(string(low))
	return root == "rss" || root == "feed" || root == "rdf" || root == "channel"
}

// rootName returns the local name of the first element, in lower case.
func rootName(s string) string {
	for t := range scan(s) {
		if t.kind == startTag {
			_, local := names(t.name)
			return local
		}
	}
	return ""
}

// declared returns the encoding that the XML declaration names.
func declared(raw []byte) string {
	head := raw[:min(len(raw), 256)]
	i := bytes.Index(head, []byte("<?xml"))
	if i < 0 {
		return ""
	}
	head = head[i:]
	if end := bytes.Index(head, []byte("?>")); end > 0 {
		head = head[:end]
	}
	_, after, found := bytes.Cut(head, []byte("encoding"))
	if !found {
		return ""
	}
	after = bytes.TrimLeft(after, " \t\r\n=")
	if len(after) == 0 || after[0] != '"' && after[0] != '\'' {
		return ""
	}
	label, _, _ := bytes.Cut(after[1:], after[:1])
	return string(label)
}

// bare returns the words of a value: markup off, entities decoded, one line.
func bare(markup string) string {
	var b strings.Builder
	for t := range scan(markup) {
		switch t.kind {
		case words:
			b.WriteString(html.UnescapeString(markup[t.start:t.end]))
		case startTag, endTag:
			b.WriteByte(' ')
		}
	}
	clean, _ := decode.Clean(strings.Join(strings.Fields(b.String()), " "))
	return clean
}
