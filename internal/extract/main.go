package extract

import (
	"strings"

	"rapporteur/internal/extract/markup"
)

// text returns the paragraphs of the main text without the furniture that was left
// in it: the title again, date lines, buttons, bylines, captions. all are the
// paragraphs of the whole page.
func (x *Extractor) text(d *draft, list, all []markup.Paragraph) []markup.Paragraph {
	title := squeeze(block{pieces: d.title}.text())
	list = afterTitle(list, d.title)
	var kept []markup.Paragraph
	begun := false // a paragraph of running text was seen
	for _, p := range list {
		s := p.Text()
		if p.Place&(markup.InCaption|markup.InButton|markup.InAside) != 0 && p.Place&markup.InTime == 0 {
			continue
		}
		if !begun {
			if squeeze(s) == title && title != "" {
				continue
			}
			if x.isHeadMatter(d, s) {
				continue
			}
		}
		if x.isFurniture(s, p) {
			continue
		}
		begun = begun || len(s) >= 60
		kept = append(kept, p)
	}
	return x.trimRest(trimTail(kept), all)
}

// isHeadMatter reports what stands between title and text, and keeps the author.
func (x *Extractor) isHeadMatter(d *draft, s string) bool {
	if _, _, ok := x.tables.dateLine(s); ok {
		return true
	}
	if _, ok := x.shortDate(s); ok && len(s) < 80 {
		return true
	}
	switch x.tables.kindOf(s) {
	case section:
		return true
	case byline:
		if d.article.Author == "" {
			d.article.Author = x.tables.authorOf(s)
		}
		return true
	}
	return false
}

func (x *Extractor) isFurniture(s string, p markup.Paragraph) bool {
	if _, changed, ok := x.tables.dateLine(s); ok && (changed || strings.ContainsAny(s, ":|")) {
		return true
	}
	switch x.tables.kindOf(s) {
	case button, caption, stamp, notice:
		return true
	}
	return false
}

// afterTitle drops what stands before a visible headline, unless it is most of the
// text: lists of other news beside the article come first in the page's source.
func afterTitle(list []markup.Paragraph, title []markup.Piece) []markup.Paragraph {
	if len(title) == 0 {
		return list
	}
	at := title[len(title)-1].File
	before, after, first := 0, 0, 0
	for i, p := range list {
		size := len(p.Text())
		if len(p.Pieces) > 0 && p.Pieces[0].File < at {
			before += size
			first = i + 1
		} else {
			after += size
		}
	}
	if before*2 > after {
		return list
	}
	return list[first:]
}

// maxTail is the length from which a paragraph at the end is text, in bytes.
const maxTail = 160

// trimTail drops lists of links and headings that nothing follows.
func trimTail(list []markup.Paragraph) []markup.Paragraph {
	for len(list) > 1 {
		last := list[len(list)-1]
		s := last.Text()
		links := len(s) < maxTail && last.Linked*2 > len(s) && !endsSentence(s)
		if !links && !isHeading(last.Tag) {
			break
		}
		list = list[:len(list)-1]
	}
	return list
}

// Rests are what is left at the end of a main text behind share bars and lists of
// links: not more than so many paragraphs and bytes.
const (
	maxRest      = 3
	maxRestBytes = 300
)

// trimRest drops a rest: short paragraphs at the end that two pieces of furniture at
// least divide from the text.
func (x *Extractor) trimRest(list, all []markup.Paragraph) []markup.Paragraph {
	size := 0
	for i := len(list) - 1; i > 0 && len(list)-i <= maxRest; i-- {
		size += len(list[i].Text())
		if size > maxRestBytes {
			break
		}
		from, to := endOf(list[i-1]), list[i].Pieces[0].File
		furniture := 0
		for _, p := range all {
			if len(p.Pieces) > 0 && p.Pieces[0].File >= from && endOf(p) <= to && (p.Linked*2 > len(p.Text()) || x.tables.kindOf(p.Text()) != "") {
				furniture++
			}
		}
		if furniture >= 2 {
			return list[:i]
		}
	}
	return list
}

// endOf returns the offset after the last byte of a paragraph.
func endOf(p markup.Paragraph) int {
	last := p.Pieces[len(p.Pieces)-1]
	return last.File + last.Length
}

func isHeading(tag string) bool {
	return len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6'
}
