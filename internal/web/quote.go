package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// quotePage shows where the same words stand, and how they differ.
type quotePage struct {
	Words    string
	Quote    store.Quote
	Variants []variant
	Hidden   int
}

// A variant is one wording with the articles that carry it.
type variant struct {
	Nodes    []node
	Articles []record.Article
	Hidden   int
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
	for _, x := range v.Quote.Variants[:len(v.Quote.Variants)-v.Hidden] {
		v.Variants = append(v.Variants, shelf.variant(ctx, x, v.Words))
	}
	p.Body = d.quoteView(v)
	return p, nil
}

func (s *shelf) variant(ctx context.Context, x store.Variant, sought string) variant {
	hits := matches(x.Text, `"`+strings.ReplaceAll(sought, `"`, " ")+`"`)
	if len(hits) == 0 {
		hits = matches(x.Text, sought)
	}
	out := variant{Nodes: nodes(x.Text, text.Span{End: len(x.Text)}, hits)}
	out.Hidden = max(0, len(x.Articles)-carriersShown)
	for _, id := range x.Articles[:len(x.Articles)-out.Hidden] {
		if a := s.article(ctx, id); a != nil {
			out.Articles = append(out.Articles, *a)
		}
	}
	return out
}

func (d *desk) help(*http.Request) (page, error) {
	return page{Title: d.words.T("help.title"), Body: d.helpView()}, nil
}
