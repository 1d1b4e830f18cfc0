package extract

import (
	"fmt"
	"net/url"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/markup"
	"rapporteur/internal/text"
)

// carried gives the article what its carrier says of it: a feed of its item, an
// archive of the address that a page was fetched from, a letter of its subject. What
// the user says and the sidecar outrank it.
func (x *Extractor) carried(a *article.Article, t *article.Told) {
	if t == nil {
		return
	}
	fill := func(field *string, value string) {
		if *field == "" {
			*field = firstOf(value)
		}
	}
	fill(&a.URL, t.URL)
	fill(&a.GUID, t.GUID)
	fill(&a.Outlet, t.Outlet)
	fill(&a.Author, t.Author)
	fill(&a.Section, t.Section)
	if len(a.Topics) == 0 {
		a.Topics = t.Topics
	}
	if t.Carrier != "" {
		setMeta(a, "text", t.Carrier)
	}
	published, known := x.tables.dates.Stamp(t.Published)
	updated, changed := x.tables.dates.Stamp(t.Updated)
	if changed && a.Modified.IsZero() {
		a.Modified = updated.Day
	}
	if a.Published.IsZero() && (known || changed) {
		if !known { // Atom asks for the day of the last change alone
			published = updated
			setMeta(a, "published from", "updated")
		}
		a.Published, a.PublishedAt = published.Day, published.At
	}
}

// fetchedFrom notes the address that a page was fetched from, and returns it.
func fetchedFrom(a *article.Article, listed *article.Told) string {
	if listed == nil || a.URL != "" {
		return ""
	}
	a.URL = firstURL(listed.URL)
	return a.URL
}

// standsFor reports whether the address that a page gives itself is to be believed
// before the one that it was fetched from: a page may name another of its own site,
// but not one of somebody else's, nor the front page.
func standsFor(canonical, fetched string) bool {
	c, err := url.Parse(canonical)
	if err != nil || strings.Trim(c.Path, "/") == "" && c.RawQuery == "" {
		return false
	}
	f, err := url.Parse(fetched)
	return err == nil && article.SameSite(c.Hostname(), f.Hostname())
}

// fragment reads markup that is all text: the item of a feed, the body of a letter.
// A first heading that says what the carrier calls the title is the title.
func (x *Extractor) fragment(d *draft, source string, told *article.Told, given string) error {
	if len(source) > maxPage {
		source = source[:maxPage]
	}
	title := firstOf(given)
	if title == "" && told != nil {
		title = firstOf(told.Title)
	}
	paragraphs := markup.Walk(source).Paragraphs
	if len(paragraphs) > 0 && title != "" && squeeze(paragraphs[0].Text()) == squeeze(title) {
		d.title = oneLine(paragraphs[0].Pieces)
		paragraphs = paragraphs[1:]
	} else if title != "" {
		if len(paragraphs) > 0 && strings.HasPrefix(paragraphs[0].Tag, "h1") && given != "" {
			paragraphs = paragraphs[1:]
		}
		d.title = []markup.Piece{{Text: strings.Join(strings.Fields(title), " ")}}
	}
	for _, p := range trimTail(paragraphs) {
		s := p.Text()
		if p.Place&(markup.InButton|markup.InHidden) != 0 || x.isFurniture(s, p) || squeeze(s) == squeeze(title) || len(d.body) == 0 && x.isDateOnly(s) {
			continue
		}
		d.body = append(d.body, linesOfParagraph(p)...)
	}
	if len(d.body) > 0 {
		d.body[0].tight = false
	}
	if len(d.body) == 0 {
		return article.Refuse(article.Invalid, fmt.Sprintf("it has no text beside its title %q", title))
	}
	if told != nil && d.article.Language == "" {
		d.article.Language = fragmentLanguage(d.body, language(told.Language))
	}
	return nil
}

func (x *Extractor) isDateOnly(s string) bool {
	_, _, ok := x.tables.dateLine(s)
	return ok
}

// fragmentLanguage is what the words say where there are enough of them, else what
// the carrier says.
func fragmentLanguage(body []block, declared string) string {
	var words []string
	for _, b := range body {
		words = append(words, b.text())
	}
	if said := detect(strings.Join(words, "\n")); said != "" {
		return said
	}
	return declared
}

// linesOfParagraph makes blocks of the lines of a paragraph that breaks divide.
func linesOfParagraph(p markup.Paragraph) []block {
	list := []block{{}}
	for _, piece := range p.Pieces {
		if piece.Text == "\n" {
			list = append(list, block{tight: true})
			continue
		}
		last := &list[len(list)-1]
		last.pieces = append(last.pieces, piece)
	}
	return list
}

// letter reads the plain text of a letter whose subject is its title.
func (x *Extractor) letter(d *draft, source string, told *article.Told, given string) {
	title := firstOf(given, told.Title)
	for _, b := range blocksOf(source, linesOf(source)) {
		kind := x.tables.kindOf(b.text())
		if s := squeeze(b.text()); s != "" && (len(d.body) > 0 || s != squeeze(title)) && kind != button && kind != notice {
			d.body = append(d.body, b)
		}
	}
	if len(d.body) > 0 {
		d.body[0].tight = false
	}
	if title != "" {
		d.title = []markup.Piece{{Text: title}}
	}
	d.article.Language = firstOf(d.article.Language)
}

// lead returns m followed by the way from the page's bytes to the file as given.
// Where a carrier keeps title and text in another order than we do, what stands
// between them leads to where the first ends.
func lead(m, back text.Map, length int) text.Map {
	if back.IsIdentity() {
		return m
	}
	out := m.Then(back, length)
	for i := range out.Segments {
		out.Segments[i].FileLength = max(0, out.Segments[i].FileLength)
	}
	return out
}
