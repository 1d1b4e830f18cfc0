package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/story"
	"rapporteur/internal/text"
)

// quotePage shows where the same words stand, and how they differ.
type quotePage struct {
	Words    string
	Quote    store.Quote
	Variants []variant
	Hidden   int
}

// A variant is one wording with the articles that carry it, and the wording that
// was seen first beside it.
type variant struct {
	store.Variant
	Nodes    []node // its words; what the first lacks or has otherwise is marked
	First    []node // the first wording; what this one lacks or has otherwise is marked
	Carriers []record.Article
	Hidden   int
}

// how names in the catalogue how a variant stands to the first wording.
func (v *variant) how() string {
	switch story.Likeness(v.Likeness) {
	case story.Cut, story.Elided, story.Longer, story.Changed:
		return v.Likeness
	}
	return string(story.Same)
}

// Bounds of the quote page.
const (
	variantsShown = 20
	carriersShown = 10
)

func (d *desk) quote(r *http.Request) (page, error) {
	ctx := r.Context()
	v := quotePage{Words: strings.TrimSpace(r.URL.Query().Get("words"))}
	p := page{Title: d.words.T("quote.title"), Section: "statements"}
	if v.Words != "" {
		var err error
		if v.Quote, err = d.store.Quote(ctx, v.Words); err != nil {
			return page{}, fmt.Errorf("web: quote %q: %w", v.Words, err)
		}
	}
	v.Hidden = max(0, len(v.Quote.Variants)-variantsShown)
	shelf := d.shelf()
	for i, x := range v.Quote.Variants[:len(v.Quote.Variants)-v.Hidden] {
		item := shelf.variant(ctx, x)
		if i == 0 {
			item.Nodes = nodes(x.Text, text.Span{End: len(x.Text)}, hits(x.Text, v.Words))
		} else {
			item.beside(v.Quote.Variants[0].Text)
		}
		v.Variants = append(v.Variants, item)
	}
	p.Body = d.quoteView(v)
	return p, nil
}

// hits marks the words of a quotation, together where they stand so.
func hits(in, sought string) []annotation {
	if found := matches(in, `"`+strings.ReplaceAll(sought, `"`, " ")+`"`); len(found) > 0 {
		return found
	}
	return matches(in, sought)
}

func (s *shelf) variant(ctx context.Context, x store.Variant) variant {
	out := variant{Variant: x}
	out.Hidden = max(0, len(x.Articles)-carriersShown)
	for _, id := range x.Articles[:len(x.Articles)-out.Hidden] {
		if a := s.article(ctx, id); a != nil {
			out.Carriers = append(out.Carriers, *a)
		}
	}
	return out
}

// beside marks the differences between the first wording and this one in both.
func (v *variant) beside(first string) {
	x, y := story.Words(first, 0), story.Words(v.Text, 0)
	there, back := story.Compare(x, y), story.Compare(y, x)
	v.First = nodes(first, text.Span{End: len(first)}, append(marked(there.Cut, "cut"), marked(back.Changed, "changed")...))
	v.Nodes = nodes(v.Text, text.Span{End: len(v.Text)}, append(marked(there.Added, "added"), marked(there.Changed, "changed")...))
}

func (d *desk) help(*http.Request) (page, error) {
	return page{Title: d.words.T("help.title"), Body: d.helpView()}, nil
}
