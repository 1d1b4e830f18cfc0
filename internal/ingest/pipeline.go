package ingest

import (
	"fmt"

	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/sentence"
	"rapporteur/internal/nlp/tokenize"
)

// pipeline returns the stages in the order in which each finds the layers it needs.
func pipeline(lex *lexicon.Lexicon) ([]nlp.Stage, error) {
	var stages []nlp.Stage
	for _, build := range []func() (nlp.Stage, error){
		func() (nlp.Stage, error) { return tokenize.New(), nil },
		func() (nlp.Stage, error) { return sentence.New(lex) },
	} {
		stage, err := build()
		if err != nil {
			return nil, fmt.Errorf("pipeline: %w", err)
		}
		stages = append(stages, stage)
	}
	return stages, nil
}
