// Package nlp runs the stages of reading over a document, in an order in which
// each finds the layers it needs.
//
// In: a document without layers and a list of stages. Out: the same document with
// the layers of all of them. What always holds: a stage adds the layers it
// announces and touches no others; a stage that lacks a layer is not run.
package nlp

import (
	"context"
	"fmt"

	"rapporteur/internal/document"
)

// A Stage adds layers to a document and touches no others.
type Stage interface {
	Name() string
	Version() string // changes whenever the same text may be read differently
	Needs() document.Layers
	Adds() document.Layers
	Annotate(context.Context, *document.Doc) error
}

// Run lets the stages annotate d in the order given. It stops with an error when
// a stage needs a layer that nobody before it added, or when a stage fails.
func Run(ctx context.Context, d *document.Doc, stages ...Stage) error {
	for _, s := range stages {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("nlp: before %s: %w", s.Name(), err)
		}
		if !d.Layers.Has(s.Needs()) {
			return fmt.Errorf("nlp: %s on article %s: a layer it needs is missing", s.Name(), d.Article.ID)
		}
		if err := s.Annotate(ctx, d); err != nil {
			return fmt.Errorf("nlp: %s on article %s: %w", s.Name(), d.Article.ID, err)
		}
		d.Layers |= s.Adds()
	}
	return nil
}
