package engine

import (
	"math"
	"slices"
	"sort"

	"rapporteur/internal/document"
)

// reach is how many sources, or cues, on each side are tried.
const reach = 8

// links choose a source for each cue and a cue for each content by a small net over
// the vectors of their first, last and mean token and plain facts about the pair
// (tools/train/links.py, whose order of facts this repeats).
type links struct {
	hidden int
	kinds  map[string]pairNet
}

type pairNet struct{ cue, span, number, last layer }

type layer struct{ weight, bias []float32 }

// add adds the layer's outputs for x to out.
func (l layer) add(out, x []float32) {
	for i := range out {
		out[i] += dot(l.weight[i*len(x):(i+1)*len(x)], x) + l.bias[i]
	}
}

// find fills d.Links for the layer of statements and that of PolNeAR.
func (l links) find(d *document.Doc) {
	d.Links = d.Links[:0]
	for _, name := range []document.ChunkLayer{document.StatementLayer, document.PolNeARLayer, document.NestedLayer} {
		p := pairs{links: l, doc: d, cache: map[cached][]float32{}}
		for i, c := range d.Chunks {
			if c.Layer != name {
				continue
			}
			switch c.Kind {
			case document.CueChunk:
				p.cues = append(p.cues, i)
			case document.SourceChunk:
				p.sources = append(p.sources, i)
			case document.ContentChunk:
				p.contents = append(p.contents, i)
			}
		}
		for _, cue := range p.cues {
			p.choose("source", cue, p.sources, true)
		}
		for _, content := range p.contents {
			p.choose("content", content, p.cues, false)
		}
	}
}

// pairs are the chunks of one layer under choice.
type pairs struct {
	links
	doc                     *document.Doc
	cues, sources, contents []int
	cache                   map[cached][]float32
}

// A cached vector is a chunk's share of the net's inner layer.
type cached struct {
	kind  string
	chunk int
	cue   bool
}

// choose links the anchor (a cue, or a content) with the best of the pool.
func (p *pairs) choose(kind string, anchor int, pool []int, anchorIsCue bool) {
	first := func(i int) int { return int(p.doc.Chunks[i].Tokens.First) }
	at := sort.Search(len(pool), func(k int) bool { return first(pool[k]) >= first(anchor) })
	near := slices.Clone(pool[max(0, at-2*reach):min(len(pool), at+2*reach)])
	slices.SortStableFunc(near, func(a, b int) int {
		return abs(first(a)-first(anchor)) - abs(first(b)-first(anchor))
	})
	near = near[:min(len(near), 2*reach)]
	best, second, chosen := float32(math.Inf(-1)), float32(math.Inf(-1)), -1
	for _, other := range near {
		cue, span := anchor, other
		if !anchorIsCue {
			cue, span = other, anchor
		}
		switch v := p.score(kind, cue, span); {
		case v > best:
			best, second, chosen = v, best, other
		case v > second:
			second = v
		}
	}
	if chosen < 0 {
		return
	}
	link := document.ChunkLink{Cue: anchor, Other: chosen, Margin: best - second}
	if len(near) == 1 {
		link.Margin = best
	}
	if !anchorIsCue {
		link.Cue, link.Other = chosen, anchor
	}
	p.doc.Links = append(p.doc.Links, link)
}

func (p *pairs) score(kind string, cue, span int) float32 {
	net := p.kinds[kind]
	inner := slices.Clone(p.part(net.cue, cached{kind, cue, true}))
	for i, v := range p.part(net.span, cached{kind, span, false}) {
		inner[i] += v
	}
	net.number.add(inner, p.facts(cue, span))
	for i, v := range inner {
		inner[i] = max(v, 0)
	}
	return dot(net.last.weight, inner) + net.last.bias[0]
}

func (p *pairs) part(l layer, key cached) []float32 {
	if v, ok := p.cache[key]; ok {
		return v
	}
	out := make([]float32, len(l.bias))
	l.add(out, p.vector(p.doc.Chunks[key.chunk].Tokens))
	p.cache[key] = out
	return out
}

// vector is a chunk's first, last and mean token vector.
func (p *pairs) vector(r document.Range) []float32 {
	row := func(t document.TokenID) []float32 { return p.doc.Vectors[int(t)*p.hidden : (int(t)+1)*p.hidden] }
	out := make([]float32, 3*p.hidden)
	copy(out, row(r.First))
	copy(out[p.hidden:], row(r.End-1))
	mean := out[2*p.hidden:]
	for t := r.First; t < r.End; t++ {
		for i, v := range row(t) {
			mean[i] += v
		}
	}
	for i := range mean {
		mean[i] /= float32(r.End - r.First)
	}
	return out
}

// facts are the plain facts about a pair, in the order of the net's inputs.
func (p *pairs) facts(cue, span int) []float32 {
	c, s := p.doc.Chunks[cue].Tokens, p.doc.Chunks[span].Tokens
	before := s.First < c.First
	one, two := c, s
	if before {
		one, two = s, c
	}
	between := func(of []int) float32 {
		from := sort.Search(len(of), func(k int) bool { return p.doc.Chunks[of[k]].Tokens.First >= one.End })
		to := sort.Search(len(of), func(k int) bool { return p.doc.Chunks[of[k]].Tokens.End > two.First })
		return float32(min(max(0, to-from), 5)) / 2
	}
	lines := p.paragraphsBetween(one.First, two.First)
	return []float32{
		float32(math.Log1p(float64(max(0, two.First-one.End)))), truth(before), float32(min(lines, 5)) / 2,
		between(p.cues), between(p.sources), between(p.contents), truth(lines == 0),
		float32(min(c.End-c.First, 8)) / 4, float32(min(s.End-s.First, 60)) / 30,
	}
}

func (p *pairs) paragraphsBetween(a, b document.TokenID) int {
	of := func(t document.TokenID) int { return int(p.doc.Sentences[p.doc.Tokens[t].Sentence].Paragraph) }
	return of(b) - of(a)
}

func truth(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
