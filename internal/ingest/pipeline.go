package ingest

import (
	"fmt"

	"rapporteur/internal/event"
	"rapporteur/internal/event/status"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/coref"
	"rapporteur/internal/nlp/names"
	"rapporteur/internal/nlp/sentence"
	"rapporteur/internal/nlp/tag"
	"rapporteur/internal/nlp/times"
	"rapporteur/internal/nlp/tokenize"
	"rapporteur/internal/position"
	"rapporteur/internal/quote"
	"rapporteur/internal/quote/speaker"
)

// pipeline returns the stages in the order in which each finds the layers it needs.
func pipeline(lex *lexicon.Lexicon) ([]nlp.Stage, error) {
	var stages []nlp.Stage
	for _, build := range []func() (nlp.Stage, error){
		func() (nlp.Stage, error) { return tokenize.NewWith(lex) },
		func() (nlp.Stage, error) { return sentence.New(lex) },
		func() (nlp.Stage, error) { return tag.New(lex) },
		func() (nlp.Stage, error) { return quote.NewMarks(lex) },
		func() (nlp.Stage, error) { return times.New(lex) },
		func() (nlp.Stage, error) { return names.New(lex) },
		func() (nlp.Stage, error) { return quote.New(lex) },
		func() (nlp.Stage, error) { return coref.New(lex) },
		func() (nlp.Stage, error) { return speaker.New(lex) },
		func() (nlp.Stage, error) { return event.New(lex) },
		func() (nlp.Stage, error) { return position.New(lex) },
		func() (nlp.Stage, error) { return status.New(lex) },
	} {
		stage, err := build()
		if err != nil {
			return nil, fmt.Errorf("pipeline: %w", err)
		}
		stages = append(stages, stage)
	}
	return stages, nil
}
