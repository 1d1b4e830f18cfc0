package feed

import (
	"html"
	"strings"

	"rapporteur/internal/text"
)

// maxNodes bounds how many elements of a feed are kept; what nests deeper than
// maxDepth is part of the element around it.
const (
	maxNodes = 2_000_000
	maxDepth = 64
)

// A node is an element with its children. Its content is source[start:end].
type node struct {
	prefix, local string
	tag           token
	start, end    int
	children      []*node
	parent        *node
}

// A document is the source of a feed and its tree.
type document struct {
	source string
	root   *node
}

// isEntry reports names of items: one never lies in another.
func isEntry(local string) bool { return local == "item" || local == "entry" }

// treeOf reads the elements of a source. An end tag closes what it names and all
// inside; one that names nothing open is left out; an item closes the item before it.
func treeOf(source string) document {
	root := &node{end: len(source)}
	open, depth, count := root, 0, 0
	up := func(to *node, end int) {
		for open != to {
			open.end = end
			open = open.parent
			depth--
		}
	}
	for t := range scan(source) {
		switch t.kind {
		case startTag:
			prefix, local := names(t.name)
			if isEntry(local) {
				if inner := ancestor(open, func(n *node) bool { return isEntry(n.local) && n.prefix == prefix }); inner != nil {
					up(inner.parent, t.start)
				}
			}
			if count++; depth >= maxDepth || count > maxNodes {
				continue
			}
			n := &node{prefix: prefix, local: local, tag: t, start: t.end, end: t.end, parent: open}
			open.children = append(open.children, n)
			if !t.empty {
				open = n
				depth++
			}
		case endTag:
			prefix, local := names(t.name)
			if n := ancestor(open, func(n *node) bool { return n.local == local && n.prefix == prefix }); n != nil {
				up(n.parent, t.start)
			}
		}
	}
	up(root, len(source))
	return document{source, root}
}

// ancestor returns the innermost of n and what lies around it that fits, nil for none.
func ancestor(n *node, fits func(*node) bool) *node {
	for ; n.parent != nil; n = n.parent {
		if fits(n) {
			return n
		}
	}
	return nil
}

// attrs returns the attributes of an element.
func (d document) attrs(n *node) map[string]string {
	if n == nil {
		return nil
	}
	return attributes(d.source[n.tag.start:n.tag.end])
}

// How the content of an element is written.
type form int

const (
	escaped form = iota // markup, escaped once or in CDATA: RSS, type="html"
	plain               // text: type="text"
	naked               // markup as elements of the feed: type="xhtml"
)

// markup writes the content of an element as HTML, with the way back.
func (d document) markup(b *text.Builder, n *node, f form) {
	if len(n.children) > 0 && f == escaped {
		f = naked
	}
	inner := d.source[n.start:n.end]
	for t := range scan(inner) {
		at := n.start + t.start
		piece := inner[t.start:t.end]
		switch {
		case t.kind == cdata && f == plain:
			escape(b, piece, at)
		case t.kind == cdata, t.kind != words && f != escaped:
			b.Copy(piece, at)
		case t.kind == words && f == escaped:
			unescapeTo(b, piece, at)
		case t.kind == words:
			b.Copy(piece, at)
		}
	}
}

// escape writes text as HTML.
func escape(b *text.Builder, s string, at int) {
	start := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '<' && s[i] != '&' {
			continue
		}
		b.Copy(s[start:i], at+start)
		b.Replace(html.EscapeString(s[i:i+1]), at+i, 1)
		start = i + 1
	}
	b.Copy(s[start:], at+start)
}

// maxEntity is the length of the longest entity of HTML.
const maxEntity = 40

// unescapeTo decodes the entities of text, those of HTML too; a bare "&" stays.
func unescapeTo(b *text.Builder, s string, at int) {
	start := 0
	for i := 0; i < len(s); {
		next := strings.IndexByte(s[i:], '&')
		if next < 0 {
			break
		}
		i += next
		end := strings.IndexByte(s[i:min(len(s), i+maxEntity)], ';')
		if end < 0 {
			i++
			continue
		}
		end += i + 1
		if decoded := html.UnescapeString(s[i:end]); decoded != s[i:end] && !strings.ContainsAny(s[i+1:end], "& <") {
			b.Copy(s[start:i], at+start)
			b.Replace(decoded, at+i, end-i)
			start = end
			i = end
			continue
		}
		i++
	}
	b.Copy(s[start:], at+start)
}

func unescape(s string) string {
	var b text.Builder
	unescapeTo(&b, s, 0)
	return b.String()
}

// value returns the words of an element in one line, "" for nil.
func (d document) value(n *node) string {
	if n == nil {
		return ""
	}
	var b text.Builder
	d.markup(&b, n, d.formOf(n))
	return bare(b.String())
}

// address returns the content of an element that holds an address or a name.
func (d document) address(n *node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	inner := d.source[n.start:n.end]
	for t := range scan(inner) {
		switch t.kind {
		case words:
			b.WriteString(unescape(inner[t.start:t.end]))
		case cdata:
			b.WriteString(inner[t.start:t.end])
		}
	}
	return strings.Join(strings.Fields(b.String()), "")
}

// formOf tells how the content of an element is written, by its type (Atom) or mode
// (Atom 0.3).
func (d document) formOf(n *node) form {
	a := d.attrs(n)
	switch kind, mode := strings.ToLower(a["type"]), strings.ToLower(a["mode"]); {
	case mode == "escaped" || kind == "html":
		return escaped
	case kind == "xhtml" || kind == "application/xhtml+xml" || mode == "xml" && len(n.children) > 0:
		return naked
	case kind == "text" || kind == "text/plain":
		return plain
	}
	return escaped
}
