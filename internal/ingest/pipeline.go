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
	"rapporteur/internal/nlp/engine"
	"rapporteur/internal/nlp/lemma"
	"rapporteur/internal/nlp/names"
	"rapporteur/internal/nlp/sentence"
	"rapporteur/internal/nlp/times"
	"rapporteur/internal/nlp/tokenize"
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
	return buildAll([]func() (nlp.Stage, error){
		func() (nlp.Stage, error) { return tokenize.NewWith(lex) },
		func() (nlp.Stage, error) { return e.reader(lex) },
		func() (nlp.Stage, error) { return lemma.New(lex) },
		func() (nlp.Stage, error) { return names.NewFuse(lex) },
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
	})
}

// wordStages returns the stages that read words, trees and attributions with the
// learned engine alone.
func wordStages(lex *lexicon.Lexicon, e Engine) ([]nlp.Stage, error) {
	return buildAll([]func() (nlp.Stage, error){
		func() (nlp.Stage, error) { return tokenize.NewWith(lex) },
		func() (nlp.Stage, error) { return e.reader(lex) },
		func() (nlp.Stage, error) { return lemma.New(lex) },
		func() (nlp.Stage, error) { return names.NewFuse(lex) },
		func() (nlp.Stage, error) { return quote.NewMarks(lex) },
		func() (nlp.Stage, error) { return quote.NewAttributions(), nil },
	})
}

// reader makes the learned engine with the rules that divide sentences.
func (e Engine) reader(lex *lexicon.Lexicon) (nlp.Stage, error) {
	rules, err := sentence.New(lex)
	if err != nil {
		return nil, err
	}
	stage, err := e.stage()
	if err != nil {
		return nil, err
	}
	stage.Divider = rules
	return stage, nil
}

// stage makes the learned engine.
func (e Engine) stage() (*engine.Stage, error) {
	file := e.Weights
	if file == nil {
		var err error
		if file, err = weights.Embedded(); err != nil {
			return nil, err
		}
	}
	paths := kernel.Paths()
	path := paths[len(paths)-1]
	if e.Processor != "" {
		at := slices.IndexFunc(paths, func(p kernel.Path) bool { return p.Key() == e.Processor })
		if at < 0 {
			return nil, fmt.Errorf("engine: this processor has no %s: %w", e.Processor, record.ErrInvalid)
		}
		path = paths[at]
	}
	return engine.New(file, path)
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
