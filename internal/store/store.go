// Package store says what a record's store can do, for every backend.
//
// In: readings of single articles, refusals, and decisions of persons. Out: the
// joined record, filtered. What always holds: an article is stored whole in a
// transaction, so that a killed process leaves nothing half; the record does not depend on the
// order in which articles came; a person's decision outranks what the program
// read and is applied again whenever an article is read anew; lists come in a
// fixed order (day of publication or date, then ID).
//
// Errors wrap record.ErrNotFound, record.ErrInvalid, record.ErrUnavailable or
// record.ErrConflict.
package store

import (
	"context"
	"iter"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
)

// A Store keeps one record.
type Store interface {
	Writer
	Reader
	Close() error
}

// A Writer changes the record.
type Writer interface {
	// Has reports what the store already holds of an article with this ID and
	// digest of the text, so that a killed read can go on where it was.
	Has(ctx context.Context, id, digest string) (Presence, error)
	// Put stores an article with all that it gives, in one transaction. An
	// article of the same ID and text has its entries replaced; one of the same
	// ID and another text or title becomes its next version.
	Put(ctx context.Context, r *record.Reading) (Put, error)
	// Refuse stores a refusal; the same source, line and reason is stored once.
	Refuse(ctx context.Context, r article.Refusal) error
	// Forget removes an article and all that rests on it alone.
	Forget(ctx context.Context, id string) error
	// Decide stores a person's decision and applies it. It returns the decision
	// with ID, time and Before filled in.
	Decide(ctx context.Context, d record.Decision) (record.Decision, error)
	// Undo takes back the author's last decision that still stands; with an
	// empty author, the last of all.
	Undo(ctx context.Context, author string) (record.Decision, error)
	SourceWriter
	Batcher
}

// Presence is how much of an article the store holds.
type Presence uint8

// The presences.
const (
	Absent   Presence = iota
	OldText           // the ID is there with another text
	SameText          // ID and text are there
)

// Put tells what became of a reading.
type Put struct {
	ID      string
	New     bool // the article was not there before
	Version int  // version of its text, from 1
}

// A Reader asks the record. Every list is streamed; breaking off the loop frees
// its resources. An error ends the list as its last pair.
type Reader interface {
	Article(ctx context.Context, id string) (record.Article, error)    // with text
	Versions(ctx context.Context, id string) ([]record.Article, error) // oldest first, with text
	Reading(ctx context.Context, id string) (*record.Reading, error)   // all entries of one article, decisions applied, IDs of joined entries filled in
	Articles(ctx context.Context, f Filter) iter.Seq2[record.Article, error]
	Statements(ctx context.Context, f Filter) iter.Seq2[record.Statement, error]
	Positions(ctx context.Context, f Filter) iter.Seq2[record.Position, error]
	Moves(ctx context.Context, f Filter) iter.Seq2[record.Move, error]
	Meetings(ctx context.Context, f Filter) iter.Seq2[record.Meeting, error]
	Documents(ctx context.Context, f Filter) iter.Seq2[record.Document, error]
	Actors(ctx context.Context, f Filter) iter.Seq2[record.Actor, error]
	Talks(ctx context.Context, f Filter) iter.Seq2[record.Talks, error]
	Stories(ctx context.Context, f Filter) iter.Seq2[record.Story, error]
	Refusals(ctx context.Context, f Filter) iter.Seq2[article.Refusal, error]
	Decisions(ctx context.Context, f Filter) iter.Seq2[record.Decision, error] // newest first, undone ones too
	// Quote finds the words in statements of all articles.
	Quote(ctx context.Context, words string) (Quote, error)
	// Facets counts the statements that f selects by speaker, party, outlet, form and month.
	Facets(ctx context.Context, f Filter) (Facets, error)
	Counts(ctx context.Context) (Counts, error)
	// Outlets lists the outlets of all articles, most articles first, then by name.
	Outlets(ctx context.Context) ([]Outlet, error)
	Reviewer
	Expecter
	Contradictor
	Summer
	Overview
	Checker
	SourceReader
	Coder
}

// An Outlet is a publisher with how many articles of it the record holds, and
// the first and last day on which they were published ("" when not known).
type Outlet struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
	First    string `json:"first"`
	Last     string `json:"last"`
}

// A Filter narrows a list; zero fields do not. Names match without regard to
// case and accents, as a whole or by any alias of the actor.
type Filter struct {
	ID       string // one entry
	Talks    string // ID of one negotiation
	Article  string
	Party    string
	Point    string // words of the label, or a point's ID
	Speaker  string
	Outlet   string
	Form     string
	Once     bool // statements: what one article tells twice is listed and counted once
	State    string
	Stance   string
	Since    string // ISO day, inclusive
	Until    string
	Search   string // full text: words, "phrases", -without
	Sure     bool   // leave out likely entries
	Rejected bool   // show also what a person rejected
	Stale    string // articles whose reader differs from this
	Newest   bool   // newest first; else oldest first. Talks go by their last article, the most told first
	Limit    int    // 0: all
	Offset   int
	On       string // day on which expectations are looked at; "": the newest day of publication
}

// A Quote tells where the same words stand.
type Quote struct {
	Found     int       `json:"found"`
	FirstSeen string    `json:"first_seen"`
	Variants  []Variant `json:"variants"`
	Articles  []string  `json:"articles"`
	Stories   []string  `json:"stories"`
}

// A Variant is one wording of a quote, with who carried it when, and how it
// stands to the variant that was seen first: "same", "cut", "longer", "elided" or
// "changed". Cut are words of the first that it lacks, Added words that the first
// lacks, Changed words that stand where the first has others; folded.
type Variant struct {
	Text     string   `json:"text"`
	Articles []string `json:"articles"`
	Instants []string `json:"instants"`
	Outlets  []string `json:"outlets,omitempty"`
	Likeness string   `json:"likeness,omitempty"`
	Cut      []string `json:"cut,omitempty"`
	Added    []string `json:"added,omitempty"`
	Changed  []string `json:"changed,omitempty"`
}

// Facets are counts of statements by value, most first.
type Facets struct {
	Speakers, Parties, Outlets, Forms, Months []Count
}

// A Count is how often a value occurs.
type Count struct {
	Value string `json:"value"`
	N     int    `json:"n"`
}

// Counts are the sizes of the lists.
type Counts struct {
	Articles, Statements, Positions, Meetings, Documents, Actors, Talks, Stories, Refusals, Decisions int
}
