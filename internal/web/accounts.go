package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// contradictionsPage sets side by side all that cannot both be so in one
// negotiation: claims, words of one speaker, accounts of one fact, blame and stands.
type contradictionsPage struct {
	Talks  record.Talks
	Likely bool
	Items  []contradictionItem
	Pager  pager
}

// A contradictionItem is a contradiction with where its sides stand.
type contradictionItem struct {
	record.Contradiction
	Party string
	Sides [2]contradictionSide
}

// A contradictionSide is one entry with its words, marked where the article has them.
type contradictionSide struct {
	record.ContradictionSide
	Position *record.Position // where the entry is one
	Outlet   string
	Quote    []node
	Link     string
}

// contradictionsSize is how many stand on one page.
const contradictionsSize = 12

func (d *desk) allContradictions(r *http.Request) (page, error) {
	ctx := r.Context()
	t, err := d.oneTalks(ctx, r.PathValue("id"))
	if err != nil {
		return page{}, err
	}
	v := contradictionsPage{Talks: t, Likely: r.URL.Query().Get("likely") == "1"}
	f := store.Filter{Talks: t.ID, Sure: !v.Likely}
	v.Pager = pageOf(r, &f, contradictionsSize)
	list, more, err := collect(d.store.Contradictions(ctx, f), contradictionsSize)
	if err != nil {
		return page{}, fmt.Errorf("web: contradictions of talks %s: %w", t.ID, err)
	}
	v.Pager.More = more
	if v.Items, err = d.contradictionItems(ctx, list); err != nil {
		return page{}, err
	}
	title := d.words.T("contradictions.of", "Talks", t.Name)
	return page{Title: title, Section: "talks", Body: d.contradictionsView(v)}, nil
}

// contradictionItems sets the sides of contradictions beside each other.
func (d *desk) contradictionItems(ctx context.Context, list []record.Contradiction) ([]contradictionItem, error) {
	var out []contradictionItem
	shelf := d.shelf()
	for _, c := range list {
		item := contradictionItem{Contradiction: c, Party: cmp.Or(deref(c.Party), c.A.By)}
		for i, side := range []record.ContradictionSide{c.A, c.B} {
			var err error
			if item.Sides[i], err = d.side(ctx, shelf, side); err != nil {
				return nil, err
			}
		}
		out = append(out, item)
	}
	return out, nil
}

func (d *desk) side(ctx context.Context, shelf *shelf, c record.ContradictionSide) (contradictionSide, error) {
	out := contradictionSide{ContradictionSide: c, Quote: []node{{Text: c.Text}}, Link: place(c.Article, c.Evidence.Span)}
	a := shelf.article(ctx, c.Article)
	if a != nil {
		out.Outlet = a.Outlet
	}
	if c.Entry != store.PositionEntry {
		if a != nil && fits(a.Text, c.Evidence.Span) {
			out.Quote = nodes(a.Text, c.Evidence.Span, nil)
		}
		return out, nil
	}
	e, err := d.entry(ctx, store.PositionEntry, c.ID)
	if err != nil {
		return out, err
	}
	out.Position, _ = e.Entry.(*record.Position)
	out.Quote = shelf.sentence(ctx, out.Position)
	return out, nil
}
