package store

import "context"

// A Summer sums up moves over time.
type Summer interface {
	// Tallies sums up, day by day, the moves that were made (asserted, not
	// negated, planned or supposed) by their Goldstein weights. A move that
	// several copies of one story tell counts once, on the first of their days.
	// Of the filter it heeds Talks, Party, Since and Until; moves of unknown day
	// are left out.
	Tallies(ctx context.Context, f Filter) ([]Tally, error)
}

// A Tally is what one day's moves come to.
type Tally struct {
	Date   string `json:"date"`
	Sure   Weighed
	Likely Weighed // moves below the threshold of their kind, which Sure leaves out
}

// Weighed are moves counted and weighed by Goldstein's scale.
type Weighed struct {
	Moves       int     `json:"moves"`
	Cooperation float64 `json:"cooperation"` // sum of the weights above 0
	Conflict    float64 `json:"conflict"`    // sum of the weights below 0, itself 0 or less
}
