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

// judging fills in what a person needs to decide about talks.
func (d *desk) judging(r *http.Request, v *negotiationPage) error {
	ctx := r.Context()
	v.Author = d.author(r)
	var err error
	if v.Last, err = d.lastOf(ctx, v.Author); err != nil {
		return err
	}
	for t, err := range d.store.Talks(ctx, store.Filter{Newest: true, Limit: talksToChoose}) {
		if err != nil {
			return fmt.Errorf("web: talks to merge: %w", err)
		}
		if t.ID != v.Talks.ID {
			v.Others = append(v.Others, choice{Value: t.ID, Label: t.Name})
		}
	}
	return nil
}

// expected lists what was said to come: what is due first, then what is open,
// then what was answered, each by day.
func (d *desk) expected(ctx context.Context, v *negotiationPage, f store.Filter) error {
	var err error
	if v.Expectations, _, err = collect(d.store.Expectations(ctx, f), mostEntries); err != nil {
		return fmt.Errorf("web: expectations of talks %s: %w", v.Talks.ID, err)
	}
	rank := []string{record.ExpectationDue, record.ExpectationOpen, record.ExpectationAnswered}
	slices.SortStableFunc(v.Expectations, func(a, b record.Expectation) int {
		return cmp.Compare(slices.Index(rank, a.State), slices.Index(rank, b.State))
	})
	if n := len(v.Expectations) - expectationsShown; n > 0 && !v.All.Expectations {
		v.Hidden.Expectations, v.Expectations = n, v.Expectations[:expectationsShown]
	}
	return nil
}
