// Package position finds moves and positions in an article.
//
// In: a document with times, names, actors and speakers. Out: the same document
// with the layers of this room. What always holds: each annotation points at words
// of the text.
package position

import (
	"context"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// Version changes whenever the same text may be read differently.
const Version = "1"

// A Stage is the nlp.Stage of this room.
type Stage struct{}

// New returns the stage with its word lists from lex.
func New(lex *lexicon.Lexicon) (*Stage, error) { return &Stage{}, nil }

// Name returns "position".
func (s *Stage) Name() string { return "position" }

// Version returns the version of the rules.
func (s *Stage) Version() string { return Version }

// Needs returns the layers that the rules look at.
func (s *Stage) Needs() document.Layers {
	return document.LayerSentences | document.LayerTimes | document.LayerNames | document.LayerActors |
		document.LayerStatements | document.LayerSpeakers
}

// Adds returns the layers of this room.
func (s *Stage) Adds() document.Layers { return document.LayerPositions }

// Annotate adds what it finds to d.
func (s *Stage) Annotate(ctx context.Context, d *document.Doc) error { return ctx.Err() }
