package engine

import (
	"context"
	"fmt"

	"rapporteur/internal/document"
	"rapporteur/internal/nlp/encoder"
	"rapporteur/internal/nlp/encoder/kernel"
	"rapporteur/internal/nlp/wordpiece"
)

// A worker holds the buffers of one document under annotation.
type worker struct {
	arena       *encoder.Arena
	room        int // pieces of a window beside its marks
	ids, shapes []int32
	owner       []int32 // token of each piece of the window, -1 for marks

	pieces []int32 // of all tokens, one after the other
	start  []int32 // first piece of each token, and the end of the last
	count  []float32

	rows   *kernel.Rows // quantised token vectors
	scores []float32    // a row of all linear heads a token
	wide   int
	tree   treeBuffers
	path   []int
}

func (s *Stage) newWorker() *worker {
	window := s.file.Encoder.Window
	return &worker{arena: s.enc.NewArena(window), room: window - 2}
}

// vectors fills d.Vectors: the mean of each token's pieces, read in windows of
// whole paragraphs, as in training (tools/train/windows.py).
func (w *worker) vectors(ctx context.Context, s *Stage, d *document.Doc) error {
	w.cut(s, d)
	hidden := s.enc.Size().Hidden
	d.Vectors = make([]float32, len(d.Tokens)*hidden)
	w.count = grow(w.count, len(d.Tokens))
	clear(w.count)
	w.open(s)
	for _, unit := range w.units(d) {
		size := min(int(w.start[unit.End]-w.start[unit.First]), w.room)
		if len(w.ids) > 1 && len(w.ids)-1+size > w.room {
			if err := w.run(ctx, s, d); err != nil {
				return err
			}
		}
		w.fill(s, d, unit, size)
	}
	if err := w.run(ctx, s, d); err != nil {
		return err
	}
	for t, n := range w.count {
		row := d.Vectors[t*hidden : (t+1)*hidden]
		for i := range row {
			row[i] /= max(n, 1)
		}
	}
	return nil
}

// cut gives each token its pieces.
func (w *worker) cut(s *Stage, d *document.Doc) {
	w.pieces, w.start = w.pieces[:0], w.start[:0]
	for _, t := range d.Tokens {
		w.start = append(w.start, int32(len(w.pieces)))
		w.pieces = s.cutter.Cut(w.pieces, d.In(t.Span))
	}
	w.start = append(w.start, int32(len(w.pieces)))
}

// units divides the tokens into paragraphs, and those that do not fit a window
// into parts, at the last end of a sentence that fits or else at a token.
func (w *worker) units(d *document.Doc) []document.Range {
	var out []document.Range
	for _, p := range paragraphs(d) {
		for int(w.start[p.End]-w.start[p.First]) > w.room {
			cut := w.cutAt(d, p)
			out = append(out, document.Range{First: p.First, End: cut})
			p.First = cut
		}
		if p.End > p.First {
			out = append(out, p)
		}
	}
	return out
}

func (w *worker) cutAt(d *document.Doc, p document.Range) document.TokenID {
	fits := p.First + 1
	for fits < p.End && int(w.start[fits+1]-w.start[p.First]) <= w.room {
		fits++
	}
	for cut := fits; cut > p.First+1; cut-- {
		switch d.Form(cut - 1) {
		case ".", "!", "?":
			return cut
		}
	}
	return fits
}

// paragraphs returns the ranges of tokens between paragraph borders.
func paragraphs(d *document.Doc) []document.Range {
	var out []document.Range
	next := document.TokenID(0)
	for _, p := range d.Paragraphs {
		first := next
		for int(next) < len(d.Tokens) && d.Tokens[next].Span.Start < p.Span.End {
			next++
		}
		if next > first {
			out = append(out, document.Range{First: first, End: next})
		}
	}
	if int(next) < len(d.Tokens) {
		out = append(out, document.Range{First: next, End: document.TokenID(len(d.Tokens))})
	}
	return out
}

// open begins a window.
func (w *worker) open(s *Stage) {
	w.ids = append(w.ids[:0], s.file.Vocabulary.Cls)
	w.shapes, w.owner = append(w.shapes[:0], 0), append(w.owner[:0], -1)
}

// fill adds a unit and the mark after it; a token longer than a window keeps the
// pieces that fit.
func (w *worker) fill(s *Stage, d *document.Doc, unit document.Range, size int) {
	first := int(w.start[unit.First])
	w.ids = append(w.ids, w.pieces[first:first+size]...)
	for t := unit.First; t < unit.End; t++ {
		shape := wordpiece.Shape(d.Form(t))
		for range min(int(w.start[t+1]), first+size) - int(w.start[t]) {
			w.shapes, w.owner = append(w.shapes, shape), append(w.owner, int32(t))
		}
	}
	w.ids = append(w.ids, s.file.Vocabulary.Sep)
	w.shapes, w.owner = append(w.shapes, 0), append(w.owner, -1)
}

// run reads the window, adds its pieces' vectors to those of their tokens, and
// begins the next one.
func (w *worker) run(ctx context.Context, s *Stage, d *document.Doc) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("engine: %w", err)
	}
	if len(w.ids) == 1 {
		return nil
	}
	x, hidden := s.enc.Encode(w.arena, w.ids, w.shapes), s.enc.Size().Hidden
	for i, t := range w.owner {
		if t < 0 {
			continue
		}
		w.count[t]++
		row := d.Vectors[int(t)*hidden : (int(t)+1)*hidden]
		for k, v := range x[i*hidden : (i+1)*hidden] {
			row[k] += v
		}
	}
	w.open(s)
	return nil
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
