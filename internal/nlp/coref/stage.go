// Package coref joins the mentions of one article to actors.
//
// In: mentions and statements. Out: Doc.Actors, and Mention.Actor where it could
// be decided. What always holds: each mention belongs to one actor at most; a
// description or pronoun that two actors fit stays open, with an abstention that
// says so.
package coref

import (
	"context"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// Version changes whenever the same text may be read differently.
const Version = "1"

// A Stage joins mentions to actors.
type Stage struct{}

// New reads the tables that the stage needs.
func New(lex *lexicon.Lexicon) (*Stage, error) { return &Stage{}, nil }

// Name returns "coref".
func (*Stage) Name() string { return "coref" }

// Version returns the version of the rules.
func (*Stage) Version() string { return Version }

// Needs returns the layers that must be there.
func (*Stage) Needs() document.Layers { return document.LayerNames | document.LayerStatements }

// Adds returns the layers that the stage fills.
func (*Stage) Adds() document.Layers { return document.LayerActors }

// Annotate fills the layer.
func (*Stage) Annotate(_ context.Context, d *document.Doc) error { return nil }
