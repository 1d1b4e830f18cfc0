// Package grammar puts the stages together on which all others stand: those that read
// words, from bytes to names.
//
// In: word lists, a weights file, a path of the kernels. Out: the stages that give
// tokens, paragraphs, sentences, tags, trees, lemmas, names and the parts of
// attributions, in the order in which they run. What always holds: every reader of
// articles (the binary, tools, tests) has its words from here, so that all see the
// same ones.
package grammar

import (
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/encoder/kernel"
	"rapporteur/internal/nlp/engine"
	"rapporteur/internal/nlp/lemma"
	"rapporteur/internal/nlp/names"
	"rapporteur/internal/nlp/sentence"
	"rapporteur/internal/nlp/tokenize"
	"rapporteur/internal/weights"
)

// Stages returns the stages with the given weights on the given path.
func Stages(lex *lexicon.Lexicon, file *weights.File, path kernel.Path) ([]nlp.Stage, error) {
	tokens, err := tokenize.New(lex)
	if err != nil {
		return nil, err
	}
	rules, err := sentence.New(lex)
	if err != nil {
		return nil, err
	}
	reader, err := engine.New(file, path)
	if err != nil {
		return nil, err
	}
	reader.Divider = rules
	forms, err := lemma.New(lex)
	if err != nil {
		return nil, err
	}
	fuse, err := names.NewFuse(lex)
	if err != nil {
		return nil, err
	}
	return []nlp.Stage{tokens, reader, forms, fuse}, nil
}

// Embedded returns the stages with the weights of the binary on the fastest path
// that this processor has.
func Embedded(lex *lexicon.Lexicon) ([]nlp.Stage, error) {
	file, err := weights.Embedded()
	if err != nil {
		return nil, err
	}
	paths := kernel.Paths()
	return Stages(lex, file, paths[len(paths)-1])
}
