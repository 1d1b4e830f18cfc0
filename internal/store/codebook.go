package store

import (
	"context"

	"rapporteur/internal/codebook"
)

// CodebookEntry is the target of decisions on the user's codebook. Their act is
// Define, their entry Codebook, and After holds a CodebookChange. The last one
// that stands is the codebook of the record: it puts positions to points by their
// words, now and whenever an article is read, and outranks the points that the
// program finds. A position whose point a person corrected stays where it is.
const (
	CodebookEntry = "codebook"
	Codebook      = "codebook"
)

// A CodebookChange is the whole codebook after a change, and what was changed in
// the user's words ("rename Toll to Harbour toll").
type CodebookChange struct {
	Change string        `json:"change"`
	Book   codebook.Book `json:"book"`
}

// A Coder tells how the user's codebook stands.
type Coder interface {
	// Codebook returns the codebook, without points when there is none.
	Codebook(ctx context.Context) (codebook.Book, error)
	// CodebookUse counts the positions on each of its points, by name, in all talks.
	CodebookUse(ctx context.Context) (map[string]int, error)
}
