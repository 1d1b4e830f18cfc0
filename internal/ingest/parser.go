package ingest

import (
	"context"

	"rapporteur/internal/document"
	"rapporteur/internal/nlp"
	"rapporteur/internal/weights"
)

// A Parser tags and parses sentences and tokens that are given.
type Parser struct{ engine nlp.Stage }

// NewParser makes a parser of the weights of one file.
func NewParser(file *weights.File) (*Parser, error) {
	engine, err := newEngine(file)
	if err != nil {
		return nil, err
	}
	return &Parser{engine}, nil
}

// Parse adds parts of speech, lemmas, heads and relations to d.
func (p *Parser) Parse(ctx context.Context, d *document.Doc) error {
	return nlp.Run(ctx, d, p.engine)
}
