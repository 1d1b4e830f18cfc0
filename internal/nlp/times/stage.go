// Package times finds expressions of days and intervals and resolves them
// against the day of publication.
//
// In: tagged tokens and sentences. Out: Doc.Times. What always holds: spans do
// not overlap and stand in reading order; without a day of publication only full
// dates are resolved.
package times

import (
	"context"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// Version changes whenever the same text may be read differently.
const Version = "1"

// A Stage finds expressions of time.
type Stage struct{}

// New reads the tables that the stage needs.
func New(lex *lexicon.Lexicon) (*Stage, error) { return &Stage{}, nil }

// Name returns "times".
func (*Stage) Name() string { return "times" }

// Version returns the version of the rules.
func (*Stage) Version() string { return Version }

// Needs returns the layers that must be there.
func (*Stage) Needs() document.Layers { return document.LayerTags }

// Adds returns the layers that the stage fills.
func (*Stage) Adds() document.Layers { return document.LayerTimes }

// Annotate fills the layer.
func (*Stage) Annotate(_ context.Context, d *document.Doc) error { return nil }
