package store

import (
	"context"
	"iter"
)

// An Overview tells in short what the record holds and how it grows.
type Overview interface {
	// CopiedStories lists the stories that several articles carry, those with the
	// newest article first. Of the filter it heeds Limit and Offset.
	CopiedStories(ctx context.Context, f Filter) iter.Seq2[StoryHead, error]
	// Pulse counts what is cheap to count, for those who look again and again.
	Pulse(ctx context.Context) (Pulse, error)
}

// A StoryHead names a story without its texts.
type StoryHead struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"` // of its first article
	Articles int      `json:"articles"`
	Wordings int      `json:"wordings"` // 1: all carry the same words
	Outlets  []string `json:"outlets"`
	First    *string  `json:"first"` // day of its first and last article
	Last     *string  `json:"last"`
}

// A Pulse is how much was read so far.
type Pulse struct {
	Articles int    `json:"articles"`
	Refusals int    `json:"refusals"`
	Newest   string `json:"newest"` // title of the article that came last
}
