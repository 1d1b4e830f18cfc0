package ingest

import (
	"context"

	"rapporteur/internal/document"
	"rapporteur/internal/nlp"
)

// A Parser tags and parses sentences and tokens that are given.
type Parser struct{ engine nlp.Stage }

// NewParser makes a parser.
func NewParser(e Engine) (*Parser, error) {
	engine, err := e.stage()
	if err != nil {
		return nil, err
	}
	return &Parser{engine}, nil
}

// Parse adds parts of speech, lemmas, heads and relations to d.
func (p *Parser) Parse(ctx context.Context, d *document.Doc) error {
	return nlp.Run(ctx, d, p.engine)
}
