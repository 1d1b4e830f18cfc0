package engine

import (
	"context"
	"fmt"

	"rapporteur/internal/document"
	"rapporteur/internal/nlp/decode"
	"rapporteur/internal/nlp/encoder/kernel"
)

// longestTree is the number of tokens above which a sentence is parsed in parts:
// the search for the best tree takes cubic time in the worst case.
const longestTree = 160

// trees are the biaffine heads (Dozat and Manning 2017): arc scores between the
// vectors of dependents and heads, relation scores of chosen pairs.
type trees struct {
	labels                           []string
	arc, rel                         int
	root                             []float32
	arcDep, arcHead, relDep, relHead *kernel.Matrix
	arcs, rels                       *kernel.Matrix
}

type treeBuffers struct {
	chain                        decode.Chain
	words, small                 *kernel.Rows
	arcDep, arcHead              []float32
	relDep, relHead, met, scores []float32
}

// parse gives each token its head and relation.
func (w *worker) parse(ctx context.Context, s *Stage, d *document.Doc) error {
	for _, sentence := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("engine: %w", err)
		}
		root := document.NoToken
		for first := sentence.Tokens.First; first < sentence.Tokens.End; first += longestTree {
			part := document.Range{First: first, End: min(first+longestTree, sentence.Tokens.End)}
			w.parsePart(s, d, part)
			for t := part.First; t < part.End; t++ {
				if d.Tokens[t].Head != document.NoToken {
					continue
				}
				if root == document.NoToken {
					root = t
				} else {
					d.Tokens[t].Head, d.Tokens[t].DepRel = root, "parataxis"
				}
			}
		}
	}
	return nil
}

func (w *worker) parsePart(s *Stage, d *document.Doc, r document.Range) {
	t, b, n, hidden := s.tree, &w.tree, int(r.End-r.First), s.enc.Size().Hidden
	path := s.enc.Path()
	b.words = room(b.words, path, n+1, hidden)
	for i := range n {
		kernel.Quantise(path, d.Vectors[(int(r.First)+i)*hidden:(int(r.First)+i+1)*hidden], b.words, i)
	}
	kernel.Quantise(path, t.root, b.words, n)
	b.arcDep, b.arcHead = layerOf(b.arcDep, b.words, t.arcDep), layerOf(b.arcHead, b.words, t.arcHead)
	b.relDep, b.relHead = layerOf(b.relDep, b.words, t.relDep), layerOf(b.relHead, b.words, t.relHead)
	met := w.meet(s, b.arcDep, t.arcs, t.arc, n)
	b.scores = grow(b.scores, n*(n+1))
	for i := range n {
		row := met[i*roundUp(t.arc, 16):][:t.arc]
		b.scores[i*(n+1)] = dot(row, b.arcHead[n*roundUp(t.arc, 16):][:t.arc])
		for h := range n {
			b.scores[i*(n+1)+1+h] = dot(row, b.arcHead[h*roundUp(t.arc, 16):][:t.arc])
		}
	}
	heads := decode.Tree(b.scores, n)
	met = w.meet(s, b.relDep, t.rels, t.rel, n)
	for i, h := range heads {
		token := &d.Tokens[int(r.First)+i]
		token.Head = document.NoToken
		place := n
		if h > 0 {
			token.Head, place = r.First+document.TokenID(h-1), h-1
		}
		token.DepRel = t.relation(met[i*roundUp(t.rels.N, 16):], b.relHead[place*roundUp(t.rel, 16):][:t.rel], h == 0)
	}
}

// layerOf runs one linear layer with ReLU over all rows.
func layerOf(out []float32, rows *kernel.Rows, m *kernel.Matrix) []float32 {
	wide := roundUp(m.N, 16)
	out = grow(out, roundUp(rows.N, 8)*wide)
	kernel.Multiply(rows, m, out, wide)
	for i, v := range out[:rows.N*wide] {
		out[i] = max(v, 0)
	}
	return out
}

// meet multiplies the vectors of n dependents, width wide each, with a matrix.
func (w *worker) meet(s *Stage, x []float32, m *kernel.Matrix, width, n int) []float32 {
	b := &w.tree
	b.small = room(b.small, s.enc.Path(), n, s.enc.Size().Hidden)
	b.small.Shape(n, width)
	distance, wide := roundUp(width, 16), roundUp(m.N, 16)
	for i := range n {
		kernel.Quantise(s.enc.Path(), x[i*distance:i*distance+width], b.small, i)
	}
	b.met = grow(b.met, roundUp(n, 8)*wide)
	kernel.Multiply(b.small, m, b.met, wide)
	return b.met
}

// relation is the best relation of a dependent to its head; "root" goes with the
// root alone.
func (t trees) relation(met, head []float32, isRoot bool) string {
	best, value := "dep", decode.Never
	for r, label := range t.labels {
		if (label == "root") != isRoot {
			continue
		}
		row := met[r*(t.rel+1) : (r+1)*(t.rel+1)]
		if v := dot(row[:t.rel], head) + row[t.rel]; v > value {
			best, value = label, v
		}
	}
	return best
}

// dot adds products in four lanes, in one order on every processor.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += float32(a[i] * b[i])
		s1 += float32(a[i+1] * b[i+1])
		s2 += float32(a[i+2] * b[i+2])
		s3 += float32(a[i+3] * b[i+3])
	}
	for ; i < len(a); i++ {
		s0 += float32(a[i] * b[i])
	}
	return float32(s0+s1) + float32(s2+s3)
}
