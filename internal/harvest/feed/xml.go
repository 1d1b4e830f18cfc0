package feed

import (
	"net/url"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/decode"
	"rapporteur/internal/text"
)

// parseXML reads RSS, RDF and Atom: what is common to them is told by the same names.
func parseXML(d decode.Decoded, source string) (*Feed, error) {
	doc := treeOf(d.Text)
	root := doc.rootOf()
	if root == nil {
		return nil, article.Refuse(article.Invalid, "no feed: neither RSS, Atom nor JSON Feed")
	}
	head := root
	if channel := child(root, is("channel")); channel != nil {
		head = channel
	}
	r := reader{document: doc, home: root.prefix}
	if root.local == "rdf" {
		r.home = head.prefix
	}
	f := &Feed{Title: doc.value(r.title(head)), Language: firstOf(doc.value(r.own(head, "language")), doc.value(child(head, is("language"))), doc.attrs(root)["xml:lang"], doc.attrs(head)["xml:lang"])}
	base := firstOf(doc.attrs(root)["xml:base"], doc.attrs(head)["xml:base"])
	f.Link = resolve(r.link(head), base, source)
	r.base, r.feed = firstOf(base, f.Link, source), f
	for _, parent := range []*node{head, root} {
		for _, n := range parent.children {
			if isEntry(n.local) && len(f.Items) < maxItems {
				f.Items = append(f.Items, r.item(n, d.Map))
			}
		}
		if head == root {
			break
		}
	}
	f.ownAddresses()
	return f, nil
}

// rootOf returns the element that makes a document a feed.
func (d document) rootOf() *node {
	for _, n := range d.root.children {
		switch n.local {
		case "rss", "feed", "rdf", "channel":
			return n
		}
	}
	return nil
}

// A reader reads the items of one feed.
type reader struct {
	document
	home string // prefix of the feed's own elements
	base string
	feed *Feed
}

func is(local string) func(*node) bool { return func(n *node) bool { return n.local == local } }

func child(n *node, fits func(*node) bool) *node {
	for _, c := range n.children {
		if fits(c) {
			return c
		}
	}
	return nil
}

// own returns the child of one of the names, the first name first, that is the feed's
// own element: without prefix, or of Atom where Atom stands in RSS.
func (r reader) own(n *node, locals ...string) *node {
	for _, local := range locals {
		for _, ours := range []func(*node) bool{
			func(c *node) bool { return c.prefix == r.home || c.prefix == "" },
			func(c *node) bool { return strings.HasPrefix(c.prefix, "atom") || c.prefix == "a10" },
		} {
			if c := child(n, func(c *node) bool { return c.local == local && ours(c) && c.end > c.start }); c != nil {
				return c
			}
		}
	}
	return nil
}

// foreign returns the child of one of the names under the usual prefix of its
// vocabulary, such as "dc:creator".
func foreign(n *node, full ...string) *node {
	for _, name := range full {
		prefix, local := names(name)
		if c := child(n, func(c *node) bool { return c.local == local && c.prefix == prefix }); c != nil {
			return c
		}
	}
	return nil
}

// link returns the address of the page that an element is about.
func (r reader) link(n *node) string {
	if c := foreign(n, "feedburner:origlink"); c != nil {
		return r.address(c)
	}
	best, rank := "", 0
	for _, c := range n.children {
		if c.local != "link" {
			continue
		}
		a := r.attrs(c)
		address, value := a["href"], r.address(c)
		rel, kind := strings.ToLower(a["rel"]), strings.ToLower(a["type"])
		here := 0
		switch {
		case address == "" && value != "" && c.prefix == r.home:
			address, here = value, 4
		case address == "":
		case rel != "" && rel != "alternate":
		case kind == "" || strings.Contains(kind, "html"):
			here = 3
		default:
			here = 2
		}
		if here > rank {
			best, rank = address, here
		}
	}
	return best
}

// item reads one item; back leads from the decoded feed to its bytes.
func (r reader) item(n *node, back text.Map) Item {
	told := article.Told{Title: r.value(r.title(n)), GUID: r.address(r.own(n, "guid", "id")), Outlet: r.feed.Title, Language: r.language(n)}
	told.URL = resolve(r.link(n), firstOf(r.attrs(n)["xml:base"], r.base))
	if told.URL == "" && r.attrs(r.own(n, "guid", "id"))["ispermalink"] != "false" {
		told.URL = resolve(told.GUID)
	}
	if told.URL == "" {
		told.URL = resolve(r.attrs(n)["rdf:about"], r.base)
	}
	if source := r.own(n, "source"); source != nil {
		if t := r.own(source, "title"); t != nil {
			source = t
		}
		if len(source.children) == 0 {
			told.Outlet = firstOf(r.value(source), told.Outlet)
		}
	}
	told.Published = firstOf(r.value(r.own(n, "published", "issued", "pubdate", "created")), r.value(foreign(n, "dc:date", "dcterms:issued", "dcterms:created")))
	told.Updated = firstOf(r.value(r.own(n, "updated", "modified")), r.value(foreign(n, "dcterms:modified", "dcterms:updated")))
	told.Author = r.author(n)
	for _, c := range n.children {
		if c.local == "category" && (c.prefix == r.home || c.prefix == "") || c.local == "subject" && c.prefix == "dc" {
			if topic := firstOf(r.attrs(c)["label"], r.attrs(c)["term"], r.value(c)); topic != "" {
				told.Topics = append(told.Topics, topic)
			}
		}
	}
	it := Item{Told: told}
	body, f, carrier := r.body(n)
	if body == nil {
		return it
	}
	it.Told.Carrier = carrier
	var b text.Builder
	if t := r.title(n); t != nil && told.Title != "" {
		b.Replace("<h1>", t.start, 0)
		r.markup(&b, t, r.formOf(t))
		b.Replace("</h1>\n", t.end, 0)
	}
	r.text(&b, body, f)
	it.HTML = b.String()
	it.Back = b.Map().Then(back, len(it.HTML))
	return it
}

func (r reader) title(n *node) *node {
	if t := r.own(n, "title"); t != nil {
		return t
	}
	return foreign(n, "dc:title", "media:title", "itunes:title")
}

func (r reader) language(n *node) string {
	return firstOf(r.attrs(n)["xml:lang"], r.value(foreign(n, "dc:language")), r.feed.Language)
}

// author returns the name of the first author; an address of mail is none.
func (r reader) author(n *node) string {
	list := []*node{r.own(n, "author"), foreign(n, "dc:creator", "dc:author", "itunes:author")}
	for _, c := range list {
		if c == nil {
			continue
		}
		if name := r.own(c, "name"); name != nil {
			c = name
		}
		name := r.value(c)
		switch open, rest, ok := strings.Cut(name, "("); {
		case ok && strings.Contains(open, "@"): // "desk@orsa.example (Amara Okafor)"
			name = strings.TrimRight(rest, ") ")
		case ok && strings.Contains(rest, "@"):
			name = strings.TrimSpace(open)
		}
		if name != "" && !strings.Contains(name, "@") {
			return name
		}
	}
	return ""
}

// body returns the element that holds the most of an item's text, and how it is
// written.
func (r reader) body(n *node) (body *node, f form, carrier string) {
	size := 0
	take := func(c *node, f2 form, what string) {
		kind := strings.ToLower(r.attrs(c)["type"])
		if c == nil || strings.EqualFold(r.attrs(c)["mode"], "base64") || strings.HasPrefix(kind, "application/octet") || strings.HasPrefix(kind, "image/") || r.attrs(c)["src"] != "" {
			return
		}
		var b text.Builder
		r.markup(&b, c, f2)
		if n := len(bare(b.String())); n > size {
			body, f, carrier, size = c, f2, what, n
		}
	}
	for _, c := range n.children {
		switch {
		case c.local == "encoded" && c.prefix != "excerpt", c.local == "content" && (c.prefix == r.home || c.prefix == "" || strings.HasPrefix(c.prefix, "atom")), c.local == "body" && c.prefix == "xhtml":
			take(c, r.formOf(c), CarrierFull)
		case (c.local == "description" || c.local == "summary") && (c.prefix == r.home || c.prefix == "" || strings.HasPrefix(c.prefix, "atom")):
			take(c, r.formOf(c), CarrierSummary)
		}
	}
	if body == nil {
		if c := foreign(n, "dc:description", "media:description", "itunes:summary"); c != nil {
			take(c, escaped, CarrierSummary)
		}
	}
	return body, f, carrier
}

// text writes the text of an item; where it has no markup at all its lines are
// paragraphs.
func (r reader) text(b *text.Builder, n *node, f form) {
	var inner text.Builder
	r.markup(&inner, n, f)
	markup := inner.String()
	if strings.Contains(markup, "<") || !strings.Contains(strings.TrimSpace(markup), "\n") {
		r.markup(b, n, f)
		return
	}
	back := inner.Map()
	for at := 0; at < len(markup); {
		end := len(markup)
		if i := strings.IndexByte(markup[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		copySpan(b, markup, back, text.Span{Start: at, End: end})
		if end < len(markup) {
			b.Replace("<br>", back.Back(text.Span{Start: end - 1, End: end}).End, 0)
		}
		at = end
	}
}

// copySpan appends a part of a text that was built before, with its way back.
func copySpan(b *text.Builder, s string, back text.Map, span text.Span) {
	if back.IsIdentity() {
		b.Copy(span.In(s), span.Start)
		return
	}
	for _, g := range back.Segments {
		from, to := max(g.Stored, span.Start), min(g.Stored+g.Length, span.End)
		switch {
		case from >= to:
		case g.Same:
			b.Copy(s[from:to], g.File+from-g.Stored)
		default:
			b.Replace(s[from:to], g.File, g.FileLength)
		}
	}
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}

// resolve makes a full address of one that may be relative, "" for what is none.
func resolve(address string, bases ...string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || address == "" {
		return ""
	}
	for _, base := range bases {
		if u.IsAbs() {
			break
		}
		if b, err := url.Parse(base); err == nil && b.IsAbs() {
			u = b.ResolveReference(u)
		}
	}
	if u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
