package quote

import (
	"context"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// A Stage reads statements.
type Stage struct{}

// New returns the stage that reads statements.
func New(*lexicon.Lexicon) (*Stage, error) {
	return &Stage{}, nil
}

// Name returns "quote".
func (s *Stage) Name() string { return "quote" }

// Version changes whenever the same text may be read differently.
func (s *Stage) Version() string { return "1" }

// Needs returns tokens, sentences, tags, marks, times and names.
func (s *Stage) Needs() document.Layers {
	return document.LayerTokens | document.LayerSentences | document.LayerTags | document.LayerMarks | document.LayerTimes | document.LayerNames
}

// Adds returns statements.
func (s *Stage) Adds() document.Layers { return document.LayerStatements }

// Annotate adds statements to d.
func (s *Stage) Annotate(context.Context, *document.Doc) error {
	return nil
}
