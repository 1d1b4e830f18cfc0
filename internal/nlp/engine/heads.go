package engine

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/nlp/encoder/kernel"
	"rapporteur/internal/text"
)

// score runs all linear heads over all tokens.
func (w *worker) score(s *Stage, d *document.Doc) {
	n, hidden := len(d.Tokens), s.enc.Size().Hidden
	w.rows = room(w.rows, s.enc.Path(), n, hidden)
	for i := range n {
		kernel.Quantise(s.enc.Path(), d.Vectors[i*hidden:(i+1)*hidden], w.rows, i)
	}
	w.wide = roundUp(s.heads.N, 16)
	w.scores = grow(w.scores, roundUp(n, 8)*w.wide)
	if n > 0 {
		kernel.Multiply(w.rows, s.heads, w.scores, w.wide)
	}
}

// room returns rows with place for n of k integers, the old ones where they do.
func room(r *kernel.Rows, path kernel.Path, n, k int) *kernel.Rows {
	if r == nil || len(r.Scale) < roundUp(n, 8) {
		r = kernel.NewRows(path, max(n, 512), k)
	}
	r.Shape(n, k)
	return r
}

func roundUp(n, m int) int { return (n + m - 1) / m * m }

// of returns the scores of one head for a token.
func (w *worker) of(s *Stage, head string, t document.TokenID) []float32 {
	c := s.at[head]
	first := int(t)*w.wide + c.first
	return w.scores[first : first+c.n]
}

func (w *worker) best(s *Stage, head string, t document.TokenID) int {
	scores, best := w.of(s, head, t), 0
	for i, v := range scores {
		if v > scores[best] {
			best = i
		}
	}
	return best
}

// ends returns the margin with which a token is the last of its sentence.
func (w *worker) ends(s *Stage, t document.TokenID) float32 {
	scores := w.of(s, "breaks", t)
	return scores[1] - scores[0]
}

// sentences divides the tokens after each one that ends a sentence, and at the end
// of each paragraph.
func (w *worker) sentences(s *Stage, d *document.Doc) {
	d.Sentences = d.Sentences[:0]
	for _, p := range paragraphs(d) {
		first := p.First
		for t := p.First; t < p.End; t++ {
			if t == p.End-1 || w.ends(s, t) > 0 {
				d.Sentences = append(d.Sentences, document.Sentence{
					Span:   text.Span{Start: d.Tokens[first].Span.Start, End: d.Tokens[t].Span.End},
					Tokens: document.Range{First: first, End: t + 1},
				})
				first = t + 1
			}
		}
	}
	d.PlaceSentences()
}

// tags fills parts of speech and features.
func (w *worker) tags(s *Stage, d *document.Doc) {
	upos, xpos, feats := s.file.Tasks["upos"].Labels, s.file.Tasks["xpos"].Labels, s.file.Tasks["feats"].Labels
	for i := range d.Tokens {
		t := &d.Tokens[i]
		id := document.TokenID(i)
		t.UPOS = document.UPOS(upos[w.best(s, "upos", id)])
		t.XPOS = xpos[w.best(s, "xpos", id)]
		if t.Feats = feats[w.best(s, "feats", id)]; t.Feats == "_" {
			t.Feats = ""
		}
	}
}

// chunks collects names and the parts of attributions, layer by layer.
func (w *worker) chunks(s *Stage, d *document.Doc) {
	d.Chunks = d.Chunks[:0]
	names := s.file.Tasks["names"].Labels
	for _, sentence := range d.Sentences {
		path := w.chain(s, "names", sentence.Tokens)
		w.collect(s, d, document.NameLayer, sentence.Tokens, func(t document.TokenID) string { return names[path[t-sentence.Tokens.First]] })
	}
	for _, layer := range []document.ChunkLayer{document.StatementLayer, document.PolNeARLayer, document.NestedLayer} {
		labels := s.file.Tasks[string(layer)].Labels
		for _, p := range paragraphs(d) {
			path := w.chain(s, string(layer), p)
			w.collect(s, d, layer, p, func(t document.TokenID) string { return labels[path[t-p.First]] })
		}
	}
}

// chain decodes one layer over a range of tokens.
func (w *worker) chain(s *Stage, layer string, p document.Range) []int {
	n := s.at[layer].n
	scores := make([]float32, 0, int(p.End-p.First)*n)
	for t := p.First; t < p.End; t++ {
		scores = append(scores, w.of(s, layer, t)...)
	}
	w.path = grow(w.path, int(p.End-p.First))
	w.tree.chain.Best(scores, s.chains[layer], w.path)
	return w.path
}

// collect turns the BIO tags of a range into chunks.
func (w *worker) collect(s *Stage, d *document.Doc, layer document.ChunkLayer, r document.Range, tag func(document.TokenID) string) {
	for t := r.First; t < r.End; {
		_, kind, inside := strings.Cut(tag(t), "-")
		end := t + 1
		for inside && end < r.End && tag(end) == "I-"+kind {
			end++
		}
		if inside {
			c := document.Chunk{Kind: document.ChunkKind(kind), Tokens: document.Range{First: t, End: end}, Layer: layer}
			c.Speech = c.Kind == document.CueChunk && w.best(s, "kind", t) == 0
			d.Chunks = append(d.Chunks, c)
		}
		t = end
	}
}
