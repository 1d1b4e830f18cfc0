package ingest

import (
	"context"

	"rapporteur/data"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/engine"
	"rapporteur/internal/nlp/lemma"
	"rapporteur/internal/nlp/names"
)

// A Parser tags and parses sentences and tokens that are given.
type Parser struct{ stages []nlp.Stage }

// NewParser makes a parser.
func NewParser(e Engine) (*Parser, error) {
	file, path, err := e.choice()
	if err != nil {
		return nil, err
	}
	reader, err := engine.New(file, path)
	if err != nil {
		return nil, err
	}
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		return nil, err
	}
	lemmas, err := lemma.New(lex)
	if err != nil {
		return nil, err
	}
	fuse, err := names.NewFuse(lex)
	if err != nil {
		return nil, err
	}
	return &Parser{[]nlp.Stage{reader, lemmas, fuse}}, nil
}

// Parse adds parts of speech, lemmas, heads, relations and names to d.
func (p *Parser) Parse(ctx context.Context, d *document.Doc) error {
	return nlp.Run(ctx, d, p.stages...)
}
