// Package speaker resolves who made a statement, for whom, to whom, where and
// when.
//
// In: statements, actors and times. Out: Speaker, For, Addressee, Venue and
// SaidOn of each statement. What always holds: a field that could not be decided
// keeps its absent value, with an abstention where two readings were possible.
package speaker

import (
	"context"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// Version changes whenever the same text may be read differently.
const Version = "1"

// A Stage resolves speakers.
type Stage struct{}

// New reads the tables that the stage needs.
func New(lex *lexicon.Lexicon) (*Stage, error) { return &Stage{}, nil }

// Name returns "speaker".
func (*Stage) Name() string { return "speaker" }

// Version returns the version of the rules.
func (*Stage) Version() string { return Version }

// Needs returns the layers that must be there.
func (*Stage) Needs() document.Layers {
	return document.LayerActors | document.LayerStatements | document.LayerTimes
}

// Adds returns the layers that the stage fills.
func (*Stage) Adds() document.Layers { return document.LayerSpeakers }

// Annotate fills the layer.
func (*Stage) Annotate(_ context.Context, d *document.Doc) error { return nil }
