// Package markup reads pages of HTML.
//
// In: the decoded text of a page. Out: its paragraphs with the place of each piece
// of text in the page, what its head and its structured data say, and which of the
// paragraphs are the main text. What always holds: pieces come in the order of the
// page and no two share a byte of it; text is never changed but for entities and
// white space; broken and hostile markup gives less text or an error, never a panic
// or endless work.
package markup

import "strings"

// A Piece is text without white space at its ends that stands at [File,
// File+Length) of the page: unchanged where Same is set, else decoded.
type Piece struct {
	Text         string
	File, Length int
	Same         bool
}

// A Paragraph is a block of text as a browser would show it.
type Paragraph struct {
	Pieces []Piece
	Tag    string // the innermost block element: p, h1, li, div …
	Class  string // class and id of the elements around it, innermost first, lower case
	Place  Place
	Linked int // how many bytes of the text are links
}

// Place says in which part of the page a paragraph stands.
type Place uint16

// Parts of a page; a paragraph may stand in several.
const (
	InArticle Place = 1 << iota // article or main
	InHeader                    // header
	InAside                     // nav, aside, footer, menu, dialog
	InCaption                   // figure, figcaption
	InButton                    // button, label, option
	InTime                      // time
	InHidden                    // hidden from readers
	InSilent                    // noscript, svg, video and the like
	InLink                      // a
)

// Text returns the words of the paragraph, divided by single spaces and line feeds.
func (p Paragraph) Text() string {
	var b strings.Builder
	for _, piece := range p.Pieces {
		b.WriteString(piece.Text)
	}
	return b.String()
}

// A Page is what the markup says, before anybody judged it.
type Page struct {
	Language   string // of the html element
	Base       string // of the base element
	Canonical  string // of link rel=canonical
	Title      Paragraph
	Headings   []Paragraph // h1 and h2
	Metas      []Meta
	Data       []Data
	Times      []Time
	Paragraphs []Paragraph // all visible ones, in page order
	Depth      int         // deepest nesting of elements
	flow       flow
}

// A Meta is a meta element with a name.
type Meta struct {
	Name, Content string // name, property or itemprop, lower case
	File, Length  int    // the whole element
}

// Data is a script of JSON-LD.
type Data struct {
	Text string
	File int
}

// A Time is a time element, or another one with itemprop or datetime.
type Time struct {
	Stamp string // datetime attribute, or content
	Prop  string // itemprop, lower case, and "pubdate" where that attribute stands
	Class string
	Text  string
	Place Place
}
