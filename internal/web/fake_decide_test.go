package web

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// Decisions of the fake: it notes them, and judges and corrects positions.

func (f *fake) Decisions(_ context.Context, q store.Filter) iter.Seq2[record.Decision, error] {
	newest := slices.Clone(f.decided)
	slices.Reverse(newest)
	return items(f, store.Filter{Limit: q.Limit, Offset: q.Offset}, newest, noDay, func(record.Decision) bool { return true })
}

func (f *fake) position(id string) *record.Position {
	for _, a := range f.all {
		of := f.readings[a.ID].Positions
		if i := slices.IndexFunc(of, func(p record.Position) bool { return p.ID == id }); i >= 0 {
			return &of[i]
		}
	}
	return nil
}

func (f *fake) Decide(_ context.Context, d record.Decision) (record.Decision, error) {
	p := f.position(d.EntryID)
	if p == nil && d.Target == store.PositionEntry {
		return d, fmt.Errorf("position %s: %w", d.EntryID, record.ErrNotFound)
	}
	d.ID, d.At, d.Before = int64(len(f.decided)+1), "2031-03-10T09:00:00Z", "{}"
	if p != nil {
		b, _ := json.Marshal(p)
		d.Before = string(b)
		p.Decision = map[string]string{store.Confirm: "confirmed", store.Reject: "rejected", store.Correct: "corrected"}[d.Act]
		if d.Act == store.Correct {
			_ = json.Unmarshal([]byte(d.After), p)
		}
	}
	var change store.CodebookChange
	if d.Target == store.CodebookEntry && json.Unmarshal([]byte(d.After), &change) == nil {
		f.book = change.Book
	}
	f.decided = append(f.decided, d)
	return d, nil
}

func (f *fake) Undo(_ context.Context, author string) (record.Decision, error) {
	for i := len(f.decided) - 1; i >= 0; i-- {
		if d := &f.decided[i]; d.UndoneAt == "" && d.Author == author {
			d.UndoneAt = "2031-03-10T09:05:00Z"
			if p := f.position(d.EntryID); p != nil {
				p.Decision = ""
				_ = json.Unmarshal([]byte(d.Before), p)
			}
			return *d, nil
		}
	}
	return record.Decision{}, record.ErrNotFound
}

func (f *fake) Unjudged(_ context.Context, q store.Filter, kinds ...string) iter.Seq2[store.Unjudged, error] {
	if f.broken == nil && len(kinds) > 0 && !slices.Contains(store.ReviewedKinds(), kinds[0]) {
		return func(yield func(store.Unjudged, error) bool) { yield(store.Unjudged{}, record.ErrInvalid) }
	}
	var all []store.Unjudged
	for _, a := range f.all {
		for _, p := range f.readings[a.ID].Positions {
			if p.Decision == "" && is(q.Talks, deref(p.Talks)) {
				all = append(all, store.Unjudged{Kind: store.PositionEntry, ID: p.ID, Confidence: p.Confidence})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b store.Unjudged) int {
		rank := func(u store.Unjudged) int {
			if u.Likely {
				return 0
			}
			return 1
		}
		return cmp.Compare(rank(a), rank(b))
	})
	return items(f, store.Filter{Limit: q.Limit, Offset: q.Offset}, all, noDay, func(u store.Unjudged) bool {
		return len(kinds) == 0 || slices.Contains(kinds, u.Kind)
	})
}

func (f *fake) CopiedStories(_ context.Context, q store.Filter) iter.Seq2[store.StoryHead, error] {
	heads := []store.StoryHead{{ID: "y1", Title: "Sorland says toll is settled", Articles: 2, Wordings: 2, Outlets: []string{"Canal Post"}, First: ptr("2031-03-04"), Last: ptr("2031-03-09")}}
	return items(f, q, heads, noDay, func(store.StoryHead) bool { return true })
}
