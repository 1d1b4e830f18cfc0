package extract

import (
	"strings"

	"rapporteur/internal/extract/markup"
)

// text returns the paragraphs of the main text without the furniture that was left
// in it: the title again, date lines, buttons, bylines, captions.
func (x *Extractor) text(d *draft, list []markup.Paragraph) []markup.Paragraph {
	title := squeeze(block{pieces: d.title}.text())
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
	return trimTail(kept)
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
	case button, caption, stamp:
		return true
	}
	return false
}

// trimTail drops headings that nothing follows.
func trimTail(list []markup.Paragraph) []markup.Paragraph {
	for len(list) > 1 && isHeading(list[len(list)-1].Tag) {
		list = list[:len(list)-1]
	}
	return list
}

func isHeading(tag string) bool {
	return len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6'
}
