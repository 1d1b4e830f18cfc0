// Package engine is the stage that reads language: one small encoder with a head
// for each task.
//
// In: a document with paragraphs and tokens. Out: sentences, parts of speech,
// features, heads and relations, names and the parts of attributions as chunks with
// the links between them, and a vector a token. What always holds: the same layers
// on every processor and with any number of workers; sentences cover all tokens and
// cross no paragraph; each sentence has one root.
package engine

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"rapporteur/internal/document"
	"rapporteur/internal/nlp/decode"
	"rapporteur/internal/nlp/encoder"
	"rapporteur/internal/nlp/encoder/kernel"
	"rapporteur/internal/nlp/wordpiece"
	"rapporteur/internal/weights"
)

// A Divider adds sentences to a document by its own rules and the margin with which
// the engine says that a token is the last of its sentence.
type Divider interface {
	Divide(d *document.Doc, ends func(document.TokenID) float32)
	Version() string // a number
}

// Stage reads with the weights of one file. It is safe for use by several workers.
type Stage struct {
	// Divider divides sentences; nil: the engine alone does. It is set before use.
	Divider Divider

	file    *weights.File
	enc     *encoder.Encoder
	cutter  *wordpiece.Cutter
	heads   *kernel.Matrix // all linear heads side by side
	at      map[string]column
	chains  map[string]decode.Transitions
	tree    trees
	links   links
	workers sync.Pool
}

// A column is the place of one head's outputs in a row of scores.
type column struct{ first, n int }

// linear names the heads that are one linear layer each, in the order of columns.
var linear = []string{"upos", "xpos", "feats", "breaks", "names", "kind", "attr", "gold", "nest"}

// chained names the heads that a linear chain decodes.
var chained = []string{"attr", "gold", "nest"}

// New makes a stage that runs on a path.
func New(file *weights.File, path kernel.Path) (*Stage, error) {
	s := &Stage{file: file, at: map[string]column{}, chains: map[string]decode.Transitions{}}
	l := loader{file: file}
	s.enc = l.encoder(path)
	s.heads = l.heads(s, path)
	for _, name := range chained {
		s.chains[name] = decode.Transitions{Start: l.floats("crf." + name + ".start"), From: l.floats("crf." + name + ".trans")}
	}
	s.chains["names"] = bio(file.Tasks["names"].Labels)
	s.tree = l.trees(path)
	s.links = l.links()
	vocabulary, err := file.Words()
	if l.err == nil {
		l.err = err
	}
	if l.err != nil {
		return nil, fmt.Errorf("engine: %w", l.err)
	}
	s.cutter = wordpiece.New(vocabulary, file.Vocabulary.Unk)
	s.workers.New = func() any { return s.newWorker() }
	return s, nil
}

// Name returns "engine".
func (s *Stage) Name() string { return "engine" }

// Version changes with the code, the rules of sentences and the weights.
func (s *Stage) Version() string {
	number := version
	if s.Divider != nil {
		rules, err := strconv.Atoi(s.Divider.Version())
		if err == nil {
			number += rules
		}
	}
	return strconv.Itoa(number) + "+" + s.file.Digest[:min(8, len(s.file.Digest))]
}

// version of the code alone.
const version = 2

// Needs returns the layers that must be there.
func (s *Stage) Needs() document.Layers { return document.LayerTokens | document.LayerParagraphs }

// Adds returns the layers that the stage adds.
func (s *Stage) Adds() document.Layers {
	return document.LayerSentences | document.LayerTags | document.LayerParse | document.LayerChunks
}

// Annotate reads the document. Sentences and tags that are
// there already stay as they are.
func (s *Stage) Annotate(ctx context.Context, d *document.Doc) error {
	w := s.workers.Get().(*worker)
	defer s.workers.Put(w)
	if err := w.vectors(ctx, s, d); err != nil {
		return err
	}
	w.score(s, d)
	switch {
	case d.Layers.Has(document.LayerSentences):
	case s.Divider != nil:
		s.Divider.Divide(d, func(t document.TokenID) float32 { return w.ends(s, t) })
	default:
		w.sentences(s, d)
	}
	if !d.Layers.Has(document.LayerTags) {
		w.tags(s, d)
	}
	if err := w.parse(ctx, s, d); err != nil {
		return err
	}
	w.chunks(s, d)
	s.links.find(d)
	return nil
}
