package store

import (
	"context"
	"iter"

	"rapporteur/internal/record"
)

// A Reviewer lists what a person should look at first.
type Reviewer interface {
	// Unjudged lists the entries of the kinds given (StatementEntry,
	// PositionEntry, MeetingEntry, DocumentEntry; none given: all four) that
	// nobody judged yet: likely ones first, and of each lot the least certain
	// first, then by ID. Of the filter it heeds Talks, Limit and Offset.
	Unjudged(ctx context.Context, f Filter, kinds ...string) iter.Seq2[Unjudged, error]
}

// Unjudged names an entry that no person confirmed, corrected or rejected.
type Unjudged struct {
	Kind string `json:"kind"` // a target of decisions
	ID   string `json:"id"`
	record.Confidence
}

// ReviewedKinds returns the kinds of entries that have a confidence, in the order
// in which a review names them.
func ReviewedKinds() []string {
	return []string{PositionEntry, StatementEntry, MeetingEntry, DocumentEntry}
}
