package quote

import (
	"context"
	"slices"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// Attributions is the stage that makes statements of the chunks that the engine
// marks by the habits of PolNeAR: speech and attitudes, content with its quotation
// marks, everything that belongs to one cue in one statement (PolNeAR guidelines,
// "Attributions": one cue, its source and its content).
//
// Example: “We will wait,” she said. “But not for ever.” is one cue with two pieces.
type Attributions struct{}

// NewAttributions returns the stage.
func NewAttributions() *Attributions { return &Attributions{} }

// Name returns "attributions".
func (*Attributions) Name() string { return "attributions" }

// Version changes whenever the same chunks may give other statements.
func (*Attributions) Version() string { return "1" }

// Needs returns chunks and sentences.
func (*Attributions) Needs() document.Layers {
	return document.LayerTokens | document.LayerSentences | document.LayerChunks
}

// Adds returns statements.
func (*Attributions) Adds() document.Layers { return document.LayerStatements }

// Annotate adds statements to d, in the order of their first words.
func (*Attributions) Annotate(_ context.Context, d *document.Doc) error {
	r := &gathering{d: d, of: map[int]*document.Statement{}}
	for i, c := range d.Chunks {
		if c.Layer == document.PolNeARLayer && c.Kind == document.CueChunk {
			r.cue(i)
		}
	}
	linked := map[int]int{}
	for _, link := range d.Links {
		if d.Chunks[link.Cue].Layer == document.PolNeARLayer {
			linked[link.Other] = link.Cue
		}
	}
	for i, c := range d.Chunks {
		if c.Layer != document.PolNeARLayer || c.Kind == document.CueChunk {
			continue
		}
		cue, ok := linked[i]
		if !ok {
			cue, ok = r.nearest(i)
		}
		r.put(i, cue, ok)
	}
	slices.SortStableFunc(r.statements, func(a, b *document.Statement) int { return start(a) - start(b) })
	for _, s := range r.statements {
		d.Statements = append(d.Statements, *s)
	}
	return nil
}

// A gathering puts sources and contents to their cues.
type gathering struct {
	d          *document.Doc
	of         map[int]*document.Statement // by chunk of the cue
	statements []*document.Statement
}

func (r *gathering) add() *document.Statement {
	s := &document.Statement{
		Kind: document.Speech, Within: document.NoStatement, Follows: document.NoStatement,
		Speaker: document.NoActor, For: document.NoActor, Addressee: document.NoActor,
		Made: document.Made{Stage: "attributions", Rule: "engine", Version: "1"},
	}
	r.statements = append(r.statements, s)
	return s
}

func (r *gathering) cue(i int) {
	s := r.add()
	r.of[i] = s
	s.Cue, s.Sentence = r.span(i), r.sentence(i)
	if !r.d.Chunks[i].Speech {
		s.Kind = document.Attitude
	}
}

func (r *gathering) span(i int) text.Span { return r.d.SpanOf(r.d.Chunks[i].Tokens) }

func (r *gathering) sentence(i int) document.SentenceID {
	return r.d.Tokens[r.d.Chunks[i].Tokens.First].Sentence
}

// put gives a chunk to a cue, or makes a statement of a content without one. A
// second source of a cue is one that speaks jointly.
func (r *gathering) put(i, cue int, ok bool) {
	c := r.d.Chunks[i]
	s := r.of[cue]
	if !ok || s == nil {
		if c.Kind == document.SourceChunk {
			return
		}
		s = r.add()
		s.Sentence = r.sentence(i)
	}
	switch {
	case c.Kind == document.ContentChunk:
		s.Content = append(s.Content, r.span(i))
	case s.Source.IsEmpty():
		s.Source = r.span(i)
	default:
		s.Joint = append(s.Joint, r.span(i))
	}
}

// nearest returns the nearest cue of the chunk's sentence.
func (r *gathering) nearest(i int) (cue int, ok bool) {
	best := 0
	at := r.d.Chunks[i].Tokens.First
	for j := range r.of {
		away := int(r.d.Chunks[j].Tokens.First - at)
		away = max(away, -away)
		if r.sentence(j) == r.sentence(i) && (!ok || away < best || away == best && j < cue) {
			cue, best, ok = j, away, true
		}
	}
	return cue, ok
}

func start(s *document.Statement) int {
	first := -1
	for _, span := range append([]text.Span{s.Source, s.Cue}, s.Content...) {
		if !span.IsEmpty() && (first < 0 || span.Start < first) {
			first = span.Start
		}
	}
	return first
}
