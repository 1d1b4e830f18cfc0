package ingest

import (
	"fmt"
	"slices"

	"rapporteur/internal/event"
	"rapporteur/internal/event/status"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/move"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/coref"
	"rapporteur/internal/nlp/encoder/kernel"
	"rapporteur/internal/nlp/grammar"
	"rapporteur/internal/nlp/names"
	"rapporteur/internal/nlp/times"
	"rapporteur/internal/position"
	"rapporteur/internal/quote"
	"rapporteur/internal/quote/speaker"
	"rapporteur/internal/record"
	"rapporteur/internal/weights"
)

// stages returns what reads an article: everything, or its words alone.
func (o Options) stages(lex *lexicon.Lexicon) ([]nlp.Stage, error) {
	if o.Words {
		return wordStages(lex, o.Engine)
	}
	return allStages(lex, o.Engine)
}

// allStages returns the stages in the order in which each finds the layers it needs.
func allStages(lex *lexicon.Lexicon, e Engine) ([]nlp.Stage, error) {
	return e.before(lex,
		func() (nlp.Stage, error) { return quote.NewMarks(lex) },
		func() (nlp.Stage, error) { return times.New(lex) },
		func() (nlp.Stage, error) { return names.New(lex) },
		func() (nlp.Stage, error) { return quote.New(lex) },
		func() (nlp.Stage, error) { return coref.New(lex) },
		func() (nlp.Stage, error) { return speaker.New(lex) },
		func() (nlp.Stage, error) { return event.New(lex) },
		func() (nlp.Stage, error) { return position.New(lex) },
		func() (nlp.Stage, error) { return move.NewStage(lex) },
		func() (nlp.Stage, error) { return status.New(lex) },
	)
}

// wordStages returns the stages that read words, trees and attributions with the
// learned engine alone.
func wordStages(lex *lexicon.Lexicon, e Engine) ([]nlp.Stage, error) {
	return e.before(lex,
		func() (nlp.Stage, error) { return quote.NewMarks(lex) },
		func() (nlp.Stage, error) { return quote.NewAttributions(), nil },
	)
}

// before puts the stages that read words before those that builders make.
func (e Engine) before(lex *lexicon.Lexicon, builders ...func() (nlp.Stage, error)) ([]nlp.Stage, error) {
	file, path, err := e.choice()
	if err != nil {
		return nil, err
	}
	stages, err := grammar.Stages(lex, file, path)
	if err != nil {
		return nil, fmt.Errorf("pipeline: %w", err)
	}
	for _, one := range builders {
		stage, err := one()
		if err != nil {
			return nil, fmt.Errorf("pipeline: %w", err)
		}
		stages = append(stages, stage)
	}
	return stages, nil
}

// choice returns the weights and the path of the kernels.
func (e Engine) choice() (*weights.File, kernel.Path, error) {
	file := e.Weights
	if file == nil {
		var err error
		if file, err = weights.Embedded(); err != nil {
			return nil, 0, err
		}
	}
	paths := kernel.Paths()
	if e.Processor == "" {
		return file, paths[len(paths)-1], nil
	}
	at := slices.IndexFunc(paths, func(p kernel.Path) bool { return p.Key() == e.Processor })
	if at < 0 {
		return nil, 0, fmt.Errorf("engine: this processor has no %s: %w", e.Processor, record.ErrInvalid)
	}
	return file, paths[at], nil
}
