package markup

import (
	"strings"

	"golang.org/x/net/html"
)

// maxMetas and maxHeadings bound what a hostile page can make us keep.
const (
	maxMetas    = 2000
	maxHeadings = 50
)

// A walker follows the tokens of a page and knows the byte offset of each.
type walker struct {
	page    *Page
	open    []int32 // indexes of the open elements
	gap     uint8
	silent  string // the element whose text is not shown, "" outside
	heading int    // first atom of the h1 or h2 being read, -1 outside
	time    int    // first atom of the time element being read, -1 outside
	timeAt  int    // how many elements were open with it
}

// Walk reads a page.
func Walk(source string) *Page {
	w := &walker{page: &Page{}, heading: -1, time: -1, gap: blocked}
	f := &w.page.flow
	f.elements = append(f.elements, element{parent: -1})
	w.open = []int32{0}
	tokens := html.NewTokenizer(strings.NewReader(source))
	for offset := 0; ; {
		kind := tokens.Next()
		size := len(tokens.Raw())
		if kind == html.ErrorToken {
			break
		}
		size = min(size, len(source)-offset)
		raw := source[offset : offset+size]
		switch kind {
		case html.TextToken:
			w.text(raw, offset)
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(tokens.Token(), offset, size)
		case html.EndTagToken:
			name, _ := tokens.TagName()
			w.end(string(name))
		}
		offset += size
	}
	w.page.Paragraphs = f.paragraphs(func(i int) bool { return f.placeOf(i)&InHidden == 0 })
	return w.page
}

func (f *flow) placeOf(i int) Place { return f.elements[f.atoms[i].element].place }

func (w *walker) top() int32 { return w.open[len(w.open)-1] }

// text takes a token of text.
func (w *walker) text(raw string, offset int) {
	switch w.silent {
	case "":
		w.page.flow.add(raw, offset, w.top(), &w.gap, w.page.flow.elements[w.top()].tag == "pre")
	case "title":
		if len(w.page.Title.Pieces) == 0 {
			w.page.Title = titleOf(raw, offset)
		}
	case "application/ld+json":
		w.page.Data = append(w.page.Data, Data{Text: raw, File: offset})
	}
}

// titleOf reads the text of the title element.
func titleOf(raw string, offset int) Paragraph {
	f := flow{elements: []element{{tag: "title", parent: -1, block: true}}}
	var gap uint8
	f.add(raw, offset, 0, &gap, false)
	if list := f.paragraphs(func(int) bool { return true }); len(list) > 0 {
		return list[0]
	}
	return Paragraph{}
}

// start takes a start tag.
func (w *walker) start(t html.Token, offset, size int) {
	attrs := attributes(t.Attr)
	w.head(t.Data, attrs, offset, size)
	if t.Data == "br" || t.Data == "hr" {
		w.lineBreak(t.Data)
		return
	}
	if isVoid[t.Data] {
		return
	}
	if w.silent == "" {
		switch {
		case t.Data == "script" && strings.Contains(strings.ToLower(attrs["type"]), "ld+json"):
			w.silent = "application/ld+json"
		case isSilent[t.Data]:
			w.silent = t.Data
		}
	}
	if t.Type == html.SelfClosingTagToken && isSilent[t.Data] {
		w.silent = "" // <svg/>, <title/> in XHTML
		return
	}
	w.push(t.Data, attrs)
}

// push opens an element.
func (w *walker) push(tag string, attrs map[string]string) {
	f := &w.page.flow
	if closesParagraph[tag] {
		w.closeParagraph()
	}
	if closesItself[tag] && f.elements[w.top()].tag == tag {
		w.closed(tag)
		w.open = w.open[:len(w.open)-1]
	}
	e := element{tag: tag, parent: w.top(), block: isBlock[tag], place: f.elements[w.top()].place | places[tag]}
	e.class = strings.ToLower(strings.TrimSpace(attrs["class"] + " " + attrs["id"]))
	if _, hidden := attrs["hidden"]; hidden || strings.Contains(strings.ReplaceAll(attrs["style"], " ", ""), "display:none") || attrs["aria-hidden"] == "true" && tag != "body" && tag != "main" && tag != "article" {
		e.place |= InHidden
	}
	if e.block {
		w.gap = blocked
	}
	f.elements = append(f.elements, e)
	w.open = append(w.open, int32(len(f.elements)-1))
	w.page.Depth = max(w.page.Depth, len(w.open))
	switch {
	case tag == "h1" || tag == "h2":
		w.heading = len(f.atoms)
	case tag == "time" || attrs["datetime"] != "" || strings.HasPrefix(attrs["itemprop"], "date"):
		w.startTime(attrs, e)
	}
}

func (w *walker) startTime(attrs map[string]string, e element) {
	if len(w.page.Times) >= maxMetas {
		return
	}
	t := Time{Stamp: attrs["datetime"], Prop: strings.ToLower(attrs["itemprop"]), Class: e.class, Place: e.place}
	if t.Stamp == "" {
		t.Stamp = attrs["content"]
	}
	if _, pub := attrs["pubdate"]; pub {
		t.Prop = strings.TrimSpace("pubdate " + t.Prop)
	}
	w.page.Times = append(w.page.Times, t)
	w.time, w.timeAt = len(w.page.flow.atoms), len(w.open)
}

// end takes an end tag: it closes the nearest open element of that name, if there
// is one near enough to be meant.
func (w *walker) end(tag string) {
	f := &w.page.flow
	if tag == w.silent || w.silent == "application/ld+json" && tag == "script" {
		w.silent = ""
	}
	if tag == "p" || tag == "br" {
		w.gap = blocked
	}
	for i := len(w.open) - 1; i > 0 && i > len(w.open)-40; i-- {
		e := f.elements[w.open[i]]
		if e.tag == tag {
			for ; len(w.open) > i; w.open = w.open[:len(w.open)-1] {
				w.closed(f.elements[w.top()].tag)
			}
			return
		}
		if e.block && !isBlock[tag] {
			return // a stray </span> does not close the paragraph around it
		}
	}
}

// closed notes what follows from the end of an element.
func (w *walker) closed(tag string) {
	f := &w.page.flow
	if isBlock[tag] {
		w.gap = blocked
	}
	if tag == "td" || tag == "th" || tag == "button" || tag == "label" || tag == "option" {
		w.gap = max(w.gap, spaced)
	}
	if (tag == "h1" || tag == "h2") && w.heading >= 0 {
		if list := f.paragraphsFrom(w.heading); len(w.page.Headings) < maxHeadings {
			w.page.Headings = append(w.page.Headings, list...)
		}
		w.heading = -1
	}
	if w.time >= 0 && len(w.open) <= w.timeAt {
		w.endTime()
	}
}

// endTime gives the time element its words, if it is short enough to be a date.
func (w *walker) endTime() {
	f := &w.page.flow
	if n := len(f.atoms) - w.time; n > 0 && n < 30 {
		var words []string
		for _, p := range f.paragraphsFrom(w.time) {
			words = append(words, p.Text())
		}
		w.page.Times[len(w.page.Times)-1].Text = strings.Join(words, " ")
	}
	w.time = -1
}

// paragraphsFrom returns the paragraphs of the atoms from one on.
func (f *flow) paragraphsFrom(from int) []Paragraph {
	part := flow{text: f.text, atoms: f.atoms[from:], elements: f.elements}
	return part.paragraphs(func(int) bool { return true })
}

// closeParagraph ends an open p, as a block inside it does.
func (w *walker) closeParagraph() {
	f := &w.page.flow
	for i := len(w.open) - 1; i > 0 && i > len(w.open)-8; i-- {
		if f.elements[w.open[i]].tag == "p" {
			w.open = w.open[:i]
			w.gap = blocked
			return
		}
		if f.elements[w.open[i]].block {
			return
		}
	}
}

// lineBreak takes br and hr; two br in a row end the paragraph.
func (w *walker) lineBreak(tag string) {
	if tag == "hr" || w.gap >= lined {
		w.gap = blocked
		return
	}
	w.gap = lined
}

// head takes what the elements of the head say.
func (w *walker) head(tag string, attrs map[string]string, offset, size int) {
	p := w.page
	switch tag {
	case "html":
		if p.Language == "" {
			p.Language = attrs["lang"]
			if p.Language == "" {
				p.Language = attrs["xml:lang"]
			}
		}
	case "base":
		p.Base = attrs["href"]
	case "link":
		if p.Canonical == "" && strings.EqualFold(strings.TrimSpace(attrs["rel"]), "canonical") {
			p.Canonical = strings.TrimSpace(attrs["href"])
		}
	case "meta":
		for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
			if name := strings.ToLower(strings.TrimSpace(attrs[key])); name != "" && attrs["content"] != "" && len(p.Metas) < maxMetas {
				p.Metas = append(p.Metas, Meta{Name: name, Content: attrs["content"], File: offset, Length: size})
				break
			}
		}
	}
}

func attributes(list []html.Attribute) map[string]string {
	if len(list) == 0 {
		return nil
	}
	m := make(map[string]string, len(list))
	for _, a := range list {
		if _, twice := m[a.Key]; !twice {
			m[a.Key] = a.Val
		}
	}
	return m
}
