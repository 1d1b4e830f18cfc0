package store

import (
	"context"
	"iter"

	"rapporteur/internal/record"
)

// An Expecter lists what was said to come.
type Expecter interface {
	// Expectations lists what was said to come, by the last day on which it was
	// to come, then by ID. Each is open, due or answered as of a day: Filter.On,
	// else the newest day of publication in the record. It is answered when a
	// later article of the same talks tells that the same side has done such a
	// thing. Of the filter it heeds ID, Talks, Article, Party, Outlet, State,
	// Since and Until (days on which it was to come), Search, Sure, Newest, Limit
	// and Offset.
	Expectations(ctx context.Context, f Filter) iter.Seq2[record.Expectation, error]
}
