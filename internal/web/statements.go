package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
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
	More    string // the facet that is shown whole
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
	Also   []string // where the same article tells it again
}

// A facet is one way to narrow the list.
type facet struct {
	Name    string
	Choices []choice
	More    int
	MoreURL string
}

// A choice is one value of a facet, with the address that takes or leaves it.
type choice struct {
	Facet, Value, Label, URL string
	N                        int
}

// Bounds of one facet, at first and when the reader asks for more.
const (
	choicesShown = 8
	choicesMost  = 300
)

func (d *desk) statements(r *http.Request) (page, error) {
	ctx, q := r.Context(), r.URL.Query()
	v := statementsPage{Month: q.Get("month"), More: q.Get("more"), Likely: q.Get("likely") == "1"}
	v.Filter = store.Filter{
		Search: strings.TrimSpace(q.Get("q")), Speaker: q.Get("speaker"), Party: q.Get("party"), Outlet: q.Get("outlet"),
		Form: q.Get("form"), Talks: q.Get("talks"), Sure: !v.Likely, Newest: true,
	}
	if err := setMonth(&v.Filter, v.Month); err != nil {
		return page{}, err
	}
	facets, err := d.facetsOf(ctx, v.Filter)
	if err != nil {
		return page{}, err
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
	if err := d.alsoTold(ctx, v.Items); err != nil {
		return page{}, err
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
	for i, piece := range s.Content {
		marks := matches(piece, search)
		if i < len(s.Pieces) && s.Pieces[i].Len() == len(piece) {
			marks = append(marks, editsIn(s.Edits, s.Pieces[i])...)
		}
		item.Pieces = append(item.Pieces, nodes(piece, text.Span{End: len(piece)}, marks))
	}
	if len(s.Pieces) == 0 {
		item.Link = placeOf(s.Evidence)
	}
	return item
}

// alsoTold fills in where the articles of the statements tell them again.
func (d *desk) alsoTold(ctx context.Context, items []statementItem) error {
	for i := range items {
		if len(items[i].AlsoTold) == 0 {
			continue
		}
		for s, err := range d.store.Statements(ctx, store.Filter{Article: items[i].Article}) {
			if err != nil {
				return fmt.Errorf("web: statements of article %s: %w", items[i].Article, err)
			}
			if slices.Contains(items[i].AlsoTold, s.ID) {
				items[i].Also = append(items[i].Also, place(s.Article, coverOf(s.Pieces)))
			}
		}
	}
	return nil
}

// editsIn marks what an editor put into a piece of a quotation: these are not the
// speaker's words.
func editsIn(edits []record.Edit, piece text.Span) []annotation {
	var marks []annotation
	for _, e := range edits {
		if piece.Contains(e.Span) {
			marks = append(marks, annotation{Span: text.Span{Start: e.Span.Start - piece.Start, End: e.Span.End - piece.Start}, Class: "edit"})
		}
	}
	return marks
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
	counts.Months = slices.Clone(counts.Months)
	slices.SortFunc(counts.Months, func(a, b store.Count) int { return cmp.Compare(b.Value, a.Value) })
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
		if g.taken != "" {
			v.Active = append(v.Active, choice{Facet: g.name, Value: g.taken, Label: d.choiceName(g.name, g.taken), URL: with(v.Pager.url, g.name, "", "page", "")})
			continue
		}
		if f := d.facet(v, g.name, g.counts); len(f.Choices) > 1 {
			v.Facets = append(v.Facets, f)
		}
	}
	if v.Filter.Talks != "" {
		v.Active = append(v.Active, choice{Facet: "talks", Value: v.Filter.Talks, Label: v.TalksOf, URL: with(v.Pager.url, "talks", "", "page", "")})
	}
}

func (d *desk) facet(v *statementsPage, name string, counts []store.Count) facet {
	f := facet{Name: name}
	most := choicesShown
	if v.More == name {
		most = choicesMost
	}
	for _, c := range counts {
		switch {
		case c.Value == "":
		case len(f.Choices) == most:
			f.More++
		default:
			f.Choices = append(f.Choices, choice{
				Facet: name, Value: c.Value, Label: d.choiceName(name, c.Value), N: c.N, URL: with(v.Pager.url, name, c.Value, "page", "", "more", ""),
			})
		}
	}
	if v.More != name {
		f.MoreURL = with(v.Pager.url, "more", name)
	}
	return f
}

func (d *desk) choiceName(facet, value string) string {
	switch facet {
	case "form":
		return d.words.Name("form", value)
	case "month":
		return d.words.Day(value)
	}
	return value
}
