package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// statementsPage is the search over everything that anybody said.
type statementsPage struct {
	Filter  store.Filter
	Month   string
	Likely  bool
	TalksOf string // name of the negotiation that narrows the list
	Items   []statementItem
	Facets  []facet
	Active  []choice // what narrows the list now; following one takes it away
	Pager   pager
}

// A statementItem is one statement with its hits marked.
type statementItem struct {
	record.Statement
	Pieces [][]node
	Link   string
}

// A facet is one way to narrow the list.
type facet struct {
	Name    string
	Choices []choice
	More    int
}

// A choice is one value of a facet, with the address that takes or leaves it.
type choice struct {
	Facet, Value, Label, URL string
	N                        int
	Taken                    bool
}

// choicesShown bounds one facet.
const choicesShown = 8

func (d *desk) statements(r *http.Request) (page, error) {
	ctx, q := r.Context(), r.URL.Query()
	v := statementsPage{Month: q.Get("month"), Likely: q.Get("likely") == "1"}
	v.Filter = store.Filter{
		Search: strings.TrimSpace(q.Get("q")), Speaker: q.Get("speaker"), Party: q.Get("party"), Outlet: q.Get("outlet"),
		Form: q.Get("form"), Talks: q.Get("talks"), Sure: !v.Likely, Newest: true,
	}
	if err := setMonth(&v.Filter, v.Month); err != nil {
		return page{}, err
	}
	facets, err := d.store.Facets(ctx, v.Filter)
	if err != nil {
		return page{}, fmt.Errorf("web: facets: %w", err)
	}
	v.Pager = pageOf(r, &v.Filter, pageSize)
	items, more, err := collect(d.store.Statements(ctx, v.Filter), pageSize)
	if err != nil {
		return page{}, fmt.Errorf("web: statements: %w", err)
	}
	v.Pager.More = more
	for _, s := range items {
		v.Items = append(v.Items, newStatementItem(s, v.Filter.Search))
	}
	if v.Filter.Talks != "" {
		v.TalksOf = d.talksName(ctx, v.Filter.Talks)
	}
	d.narrow(&v, facets)
	return page{Title: d.words.T("statements.title"), Section: "statements", Search: v.Filter.Search, Body: d.statementsView(v)}, nil
}

// setMonth narrows a filter to the days of a month, "2024-04".
func setMonth(f *store.Filter, month string) error {
	if month == "" {
		return nil
	}
	first, err := time.Parse("2006-01", month)
	if err != nil {
		return fmt.Errorf("web: month %q: want YYYY-MM: %w", month, record.ErrInvalid)
	}
	f.Since, f.Until = first.Format(time.DateOnly), first.AddDate(0, 1, -1).Format(time.DateOnly)
	return nil
}

func (d *desk) talksName(ctx context.Context, id string) string {
	if t, err := d.oneTalks(ctx, id); err == nil {
		return t.Name
	}
	return id
}

func newStatementItem(s record.Statement, search string) statementItem {
	item := statementItem{Statement: s, Link: place(s.Article, coverOf(s.Pieces))}
	for _, piece := range s.Content {
		item.Pieces = append(item.Pieces, nodes(piece, text.Span{End: len(piece)}, matches(piece, search)))
	}
	if len(s.Pieces) == 0 {
		item.Link = placeOf(s.Evidence)
	}
	return item
}

func coverOf(spans []text.Span) text.Span {
	var out text.Span
	for i, s := range spans {
		if i == 0 {
			out = s
		}
		out = out.Cover(s)
	}
	return out
}

// narrow fills in facets and the choices taken.
func (d *desk) narrow(v *statementsPage, counts store.Facets) {
	w := d.words
	label := map[string]func(string) string{
		"form":  func(s string) string { return w.Name("form", s) },
		"month": w.Day,
	}
	for _, g := range []struct {
		name, taken string
		counts      []store.Count
	}{
		{"speaker", v.Filter.Speaker, counts.Speakers},
		{"party", v.Filter.Party, counts.Parties},
		{"outlet", v.Filter.Outlet, counts.Outlets},
		{"form", v.Filter.Form, counts.Forms},
		{"month", v.Month, counts.Months},
	} {
		name := func(s string) string {
			if f := label[g.name]; f != nil {
				return f(s)
			}
			return s
		}
		if g.taken != "" {
			v.Active = append(v.Active, choice{Facet: g.name, Value: g.taken, Label: name(g.taken), URL: with(v.Pager.url, g.name, "", "page", ""), Taken: true})
			continue
		}
		f := facet{Name: g.name}
		for _, c := range g.counts {
			if c.Value == "" {
				continue
			}
			if len(f.Choices) == choicesShown {
				f.More++
				continue
			}
			f.Choices = append(f.Choices, choice{Facet: g.name, Value: c.Value, Label: name(c.Value), N: c.N, URL: with(v.Pager.url, g.name, c.Value, "page", "")})
		}
		if len(f.Choices) > 1 {
			v.Facets = append(v.Facets, f)
		}
	}
	if v.Filter.Talks != "" {
		v.Active = append(v.Active, choice{Facet: "talks", Label: v.TalksOf, URL: with(v.Pager.url, "talks", "", "page", ""), Taken: true})
	}
}
