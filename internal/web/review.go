package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// reviewPage goes through what nobody judged, from unsure to sure.
type reviewPage struct {
	Kind    string // narrows to one kind of entry
	Talks   string // narrows to one negotiation
	AllOf   []record.Talks
	Items   []reviewItem
	Author  string
	Last    *record.Decision // the author's last decision that stands
	Pager   pager
	Counted store.Pulse
}

// A reviewItem is an entry to judge.
type reviewItem struct {
	entry
	Anchor string
	Values map[string]string // what the entry says now, by field
	Merge  string            // the kind of entry that can be one with others; "" for none
	Whole  string            // its ID, which becomes part of one of Others
	Others []choice
}

// Bounds of the review page.
const (
	reviewSize    = 8
	talksToChoose = 50
	othersShown   = 60
	othersSought  = 500 // positions whose points are offered
	decisionsBack = 50  // among which the author's last is looked for
)

func (d *desk) review(r *http.Request) (page, error) {
	ctx, q := r.Context(), r.URL.Query()
	v := reviewPage{Kind: q.Get("kind"), Talks: q.Get("talks"), Author: d.author(r)}
	f := store.Filter{Talks: v.Talks}
	v.Pager = pageOf(r, &f, reviewSize)
	var kinds []string
	if v.Kind != "" {
		kinds = []string{v.Kind}
	}
	list, more, err := collect(d.store.Unjudged(ctx, f, kinds...), reviewSize)
	if err != nil {
		return page{}, fmt.Errorf("web: review: %w", err)
	}
	v.Pager.More = more
	shelf, others := d.shelf(), map[string][]choice{}
	for _, u := range list {
		item, err := d.reviewItem(ctx, shelf, u, others)
		if err != nil {
			return page{}, err
		}
		item.Anchor = fmt.Sprintf("judge-%d", len(v.Items)+1)
		v.Items = append(v.Items, item)
	}
	if v.AllOf, _, err = collect(d.store.Talks(ctx, store.Filter{Newest: true, Limit: talksToChoose}), talksToChoose); err != nil {
		return page{}, fmt.Errorf("web: talks to review: %w", err)
	}
	if v.Talks != "" && !slices.ContainsFunc(v.AllOf, func(t record.Talks) bool { return t.ID == v.Talks }) {
		v.AllOf = append(v.AllOf, record.Talks{ID: v.Talks, Name: d.talksName(ctx, v.Talks)})
	}
	if v.Last, err = d.lastOf(ctx, v.Author); err != nil {
		return page{}, err
	}
	if v.Counted, err = d.store.Pulse(ctx); err != nil {
		return page{}, fmt.Errorf("web: counts: %w", err)
	}
	return page{Title: d.words.T("review.title"), Section: "review", Body: d.reviewView(v)}, nil
}

func (d *desk) reviewItem(ctx context.Context, shelf *shelf, u store.Unjudged, others map[string][]choice) (reviewItem, error) {
	e, err := d.entry(ctx, u.Kind, u.ID)
	if err != nil {
		return reviewItem{}, err
	}
	shelf.prove(ctx, &e)
	item := reviewItem{entry: e}
	if item.Values, err = e.values(); err != nil {
		return item, err
	}
	if e.Talks == "" {
		return item, nil
	}
	item.Merge, item.Whole = e.Kind, e.ID
	switch x := e.Entry.(type) {
	case *record.Position:
		item.Merge, item.Whole = store.PointEntry, x.Point.ID
	case *record.Statement:
		item.Merge = ""
		return item, nil
	}
	key := item.Merge + " " + e.Talks
	if _, known := others[key]; !known {
		if others[key], err = d.others(ctx, item.Merge, e.Talks); err != nil {
			return item, err
		}
	}
	for _, o := range others[key] {
		if o.Value != item.Whole && len(item.Others) < othersShown {
			item.Others = append(item.Others, o)
		}
	}
	return item, nil
}

// others lists what an entry of the same talks may be one with: points most
// spoken of first, meetings and documents by day.
func (d *desk) others(ctx context.Context, kind, talks string) ([]choice, error) {
	var all []choice
	f := store.Filter{Talks: talks, Newest: true, Limit: othersSought}
	switch kind {
	case store.MeetingEntry:
		for m, err := range d.store.Meetings(ctx, f) {
			if err != nil {
				return nil, fmt.Errorf("web: meetings of talks %s: %w", talks, err)
			}
			all = append(all, choice{Value: m.ID, Label: d.words.entryWords(&m)})
		}
	case store.DocumentEntry:
		for x, err := range d.store.Documents(ctx, f) {
			if err != nil {
				return nil, fmt.Errorf("web: documents of talks %s: %w", talks, err)
			}
			all = append(all, choice{Value: x.ID, Label: x.Name})
		}
	case store.PointEntry:
		at := map[string]int{}
		for p, err := range d.store.Positions(ctx, f) {
			if err != nil {
				return nil, fmt.Errorf("web: points of talks %s: %w", talks, err)
			}
			i, known := at[p.Point.ID]
			if !known {
				i = len(all)
				at[p.Point.ID] = i
				all = append(all, choice{Value: p.Point.ID, Label: p.Point.Label})
			}
			all[i].N++
		}
		slices.SortStableFunc(all, func(a, b choice) int { return cmp.Compare(b.N, a.N) })
	}
	return all, nil
}

// lastOf returns the author's last decision that stands, or nil.
func (d *desk) lastOf(ctx context.Context, author string) (*record.Decision, error) {
	for x, err := range d.store.Decisions(ctx, store.Filter{Limit: decisionsBack}) {
		if err != nil {
			return nil, fmt.Errorf("web: decisions: %w", err)
		}
		if x.UndoneAt == "" && x.Author == author {
			return &x, nil
		}
	}
	return nil, nil
}

// decisionsPage lists what persons decided, newest first.
type decisionsPage struct {
	Items  []decisionItem
	Author string
	Last   *record.Decision
	Pager  pager
}

// A decisionItem is a decision with what the entry said.
type decisionItem struct {
	record.Decision
	What string
}

func (d *desk) decisions(r *http.Request) (page, error) {
	ctx := r.Context()
	v := decisionsPage{Author: d.author(r)}
	var f store.Filter
	v.Pager = pageOf(r, &f, pageSize)
	list, more, err := collect(d.store.Decisions(ctx, f), pageSize)
	if err != nil {
		return page{}, fmt.Errorf("web: decisions: %w", err)
	}
	v.Pager.More = more
	for _, x := range list {
		v.Items = append(v.Items, decisionItem{x, d.words.whatOf(&x)})
	}
	if v.Last, err = d.lastOf(ctx, v.Author); err != nil {
		return page{}, err
	}
	return page{Title: d.words.T("decisions.title"), Section: "review", Body: d.decisionsView(v)}, nil
}
