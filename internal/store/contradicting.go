package store

import (
	"context"
	"iter"

	"rapporteur/internal/record"
)

// A Contradictor lists entries that cannot both be so.
type Contradictor interface {
	// Contradictions lists the contradictions within each negotiation, the surest
	// first, then the newest, then by ID. They are found when asked, among what
	// no person rejected. Of the filter it heeds ID, Talks, Party (of either
	// side, or who says so), State (the kind), Since and Until (the newer day of
	// publication), Sure, Limit and Offset.
	Contradictions(ctx context.Context, f Filter) iter.Seq2[record.Contradiction, error]
}
