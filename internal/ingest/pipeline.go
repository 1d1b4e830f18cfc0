package ingest

import (
	"fmt"

	"rapporteur/internal/event"
	"rapporteur/internal/event/status"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/coref"
	"rapporteur/internal/nlp/encoder/kernel"
	"rapporteur/internal/nlp/engine"
	"rapporteur/internal/nlp/names"
	"rapporteur/internal/nlp/sentence"
	"rapporteur/internal/nlp/tag"
	"rapporteur/internal/nlp/times"
	"rapporteur/internal/nlp/tokenize"
	"rapporteur/internal/position"
	"rapporteur/internal/quote"
	"rapporteur/internal/quote/speaker"
	"rapporteur/internal/weights"
)

// stages returns what reads an article: everything, or its words alone.
func (o Options) stages(lex *lexicon.Lexicon) ([]nlp.Stage, error) {
	file := o.Weights
	if file == nil {
		var err error
		if file, err = weights.Embedded(); err != nil {
			return nil, err
		}
	}
	if o.Words {
		return wordStages(lex, file)
	}
	return allStages(lex, file)
}

// allStages returns the stages in the order in which each finds the layers it needs.
func allStages(lex *lexicon.Lexicon, file *weights.File) ([]nlp.Stage, error) {
	return buildAll([]func() (nlp.Stage, error){
		func() (nlp.Stage, error) { return tokenize.NewWith(lex) },
		func() (nlp.Stage, error) { return sentence.New(lex) },
		func() (nlp.Stage, error) { return tag.New(lex) },
		func() (nlp.Stage, error) { return newEngine(file) },
		func() (nlp.Stage, error) { return quote.NewMarks(lex) },
		func() (nlp.Stage, error) { return times.New(lex) },
		func() (nlp.Stage, error) { return names.New(lex) },
		func() (nlp.Stage, error) { return quote.New(lex) },
		func() (nlp.Stage, error) { return coref.New(lex) },
		func() (nlp.Stage, error) { return speaker.New(lex) },
		func() (nlp.Stage, error) { return event.New(lex) },
		func() (nlp.Stage, error) { return position.New(lex) },
		func() (nlp.Stage, error) { return status.New(lex) },
	})
}

// wordStages returns the stages that read words, trees and attributions with the
// learned engine alone.
func wordStages(lex *lexicon.Lexicon, file *weights.File) ([]nlp.Stage, error) {
	return buildAll([]func() (nlp.Stage, error){
		func() (nlp.Stage, error) { return tokenize.NewWith(lex) },
		func() (nlp.Stage, error) { return newEngine(file) },
		func() (nlp.Stage, error) { return quote.NewMarks(lex) },
		func() (nlp.Stage, error) { return quote.NewAttributions(), nil },
	})
}

// newEngine runs the weights on the fastest path of the processor.
func newEngine(file *weights.File) (nlp.Stage, error) {
	paths := kernel.Paths()
	return engine.New(file, paths[len(paths)-1])
}

func buildAll(builders []func() (nlp.Stage, error)) ([]nlp.Stage, error) {
	var stages []nlp.Stage
	for _, one := range builders {
		stage, err := one()
		if err != nil {
			return nil, fmt.Errorf("pipeline: %w", err)
		}
		stages = append(stages, stage)
	}
	return stages, nil
}
