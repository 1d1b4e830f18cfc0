// Package encoder turns word pieces into vectors with a small transformer whose
// weights are int8, in pure Go.
//
// In: piece ids and shapes of one window. Out: one vector of float32 a piece. What
// always holds: the same vectors on every processor, bit for bit; an Encoder is
// read-only and shared, each worker brings its own Arena, and nothing is allocated
// once the arena stands.
package encoder

import (
	"fmt"
	"math"

	"rapporteur/internal/nlp/encoder/kernel"
)

// A Size gives the measures of an encoder.
type Size struct {
	Layers, Hidden, Heads, Inner, Positions int
	Eps                                     float32
}

// A Quantised is a matrix as the weights file holds it: rows of int8, each with a
// scale, so that value = scale × integer.
type Quantised struct {
	Data  []int8 // [rows][columns]
	Scale []float32
}

// A Linear is a quantised matrix of outputs × inputs with its bias.
type Linear struct {
	Quantised
	Bias []float32
}

// A Norm holds weight and bias of a layer norm.
type Norm struct{ Weight, Bias []float32 }

// Parameters are the weights of an encoder, as read from the file.
type Parameters struct {
	Size
	Pieces         Quantised // one row a piece of the vocabulary
	Places, Shapes []float32 // [positions][hidden], [shapes][hidden]
	Norm           Norm
	Layers         []LayerParameters
}

// LayerParameters are the weights of one layer; QKV holds the three projections
// one below the other.
type LayerParameters struct {
	QKV, Out, Up, Down Linear
	Norm1, Norm2       Norm
}

// An Encoder is ready to run on one path.
type Encoder struct {
	p      Parameters
	path   kernel.Path
	layers []layer
}

type layer struct {
	qkv, out, up, down *kernel.Matrix
	norm1, norm2       Norm
}

// New packs the weights for a path that the processor has.
func New(p Parameters, path kernel.Path) (*Encoder, error) {
	if p.Heads == 0 || p.Hidden%p.Heads != 0 || p.Hidden/p.Heads != headSize || p.Hidden%16 != 0 || p.Inner%16 != 0 {
		return nil, fmt.Errorf("encoder: %d heads in %d dimensions, %d inner ones: not a size this version runs", p.Heads, p.Hidden, p.Inner)
	}
	if len(p.Layers) != p.Size.Layers {
		return nil, fmt.Errorf("encoder: %d layers, not %d", len(p.Layers), p.Size.Layers)
	}
	e := &Encoder{p: p, path: path}
	for _, l := range p.Layers {
		e.layers = append(e.layers, layer{
			Pack(path, l.QKV, 3*p.Hidden, p.Hidden), Pack(path, l.Out, p.Hidden, p.Hidden),
			Pack(path, l.Up, p.Inner, p.Hidden), Pack(path, l.Down, p.Hidden, p.Inner), l.Norm1, l.Norm2,
		})
	}
	e.p.Layers = nil
	return e, nil
}

// Pack lays a linear layer of n outputs and k inputs out for a path.
func Pack(path kernel.Path, l Linear, n, k int) *kernel.Matrix {
	m := kernel.NewMatrix(path, n, k)
	m.Pack(l.Data, n, k, k)
	copy(m.Scale, l.Scale)
	copy(m.Bias, l.Bias)
	return m
}

// Path returns the path the encoder runs on.
func (e *Encoder) Path() kernel.Path { return e.path }

// Size returns the measures of the encoder.
func (e *Encoder) Size() Size { return e.p.Size }

// Encode returns one vector of Hidden floats a piece, one after the other. The
// slice belongs to the arena and holds until its next use. ids and shapes have the
// same length, at most the arena's.
func (e *Encoder) Encode(a *Arena, ids, shapes []int32) []float32 {
	n, hidden := len(ids), e.p.Hidden
	x := a.x[:roundUp(n, 8)*hidden]
	for i := range n {
		e.embed(x[i*hidden:(i+1)*hidden], a.zero, int(ids[i]), i, int(shapes[i]))
	}
	for _, l := range e.layers {
		e.attend(a, l, x, n)
		e.feed(a, l, x, n)
	}
	return x[:n*hidden]
}

func (e *Encoder) embed(x, zero []float32, id, place, shape int) {
	row, scale := e.p.Pieces.Data[id*len(x):(id+1)*len(x)], e.p.Pieces.Scale[id]
	places, shapes := e.p.Places[place*len(x):], e.p.Shapes[shape*len(x):]
	for i, q := range row {
		v := float32(float32(q) * scale)
		v = float32(v + places[i])
		x[i] = float32(v + shapes[i])
	}
	kernel.AddNorm(e.path, x, zero, e.p.Norm.Weight, e.p.Norm.Bias, e.p.Eps)
}

// attend adds what each piece takes from the others.
func (e *Encoder) attend(a *Arena, l layer, x []float32, n int) {
	hidden := e.p.Hidden
	a.quantise(e.path, a.rows, x, n, hidden, hidden)
	kernel.Multiply(a.rows, l.qkv, a.wide, 3*hidden)
	for h := range e.p.Heads {
		e.head(a, h, n)
	}
	a.quantise(e.path, a.rows, a.mixed, n, hidden, hidden)
	kernel.Multiply(a.rows, l.out, a.wide, hidden)
	e.addNorm(a, x, n, l.norm1)
}

// feed is the feed-forward half of a layer, in blocks of rows that stay in cache.
func (e *Encoder) feed(a *Arena, l layer, x []float32, n int) {
	hidden, inner := e.p.Hidden, e.p.Inner
	for first := 0; first < n; first += feedRows {
		m := min(feedRows, n-first)
		a.quantise(e.path, a.rows, x[first*hidden:], m, hidden, hidden)
		kernel.Multiply(a.rows, l.up, a.inner, inner)
		a.innerRows.Shape(m, inner)
		for i := range m {
			kernel.GELU(e.path, a.inner[i*inner:(i+1)*inner], a.innerRows, i)
		}
		kernel.Multiply(a.innerRows, l.down, a.wide[first*hidden:], hidden)
	}
	e.addNorm(a, x, n, l.norm2)
}

func (e *Encoder) addNorm(a *Arena, x []float32, n int, norm Norm) {
	hidden := e.p.Hidden
	for i := range n {
		kernel.AddNorm(e.path, x[i*hidden:(i+1)*hidden], a.wide[i*hidden:(i+1)*hidden], norm.Weight, norm.Bias, e.p.Eps)
	}
}

// head writes one head's mixture of values into a.mixed. Queries, keys and values
// are quantised a position each; the values' scales go into the weights.
func (e *Encoder) head(a *Arena, h, n int) {
	hidden, stride := e.p.Hidden, 3*e.p.Hidden
	wide, at := roundUp(n, 16), h*headSize
	a.quantise(e.path, a.small, a.wide[hidden+at:], n, headSize, stride)
	a.key.PackRows(a.small, 1/float32(math.Sqrt(headSize)))
	a.quantise(e.path, a.small, a.wide[at:], n, headSize, stride)
	kernel.Multiply(a.small, a.key, a.score, wide)
	a.quantise(e.path, a.small, a.wide[2*hidden+at:], n, headSize, stride)
	a.value.PackColumns(a.small)
	factor := a.factor[:wide]
	copy(factor, a.small.Scale[:n])
	clear(factor[n:])
	a.weight.Shape(n, wide)
	for i := range n {
		row := a.score[i*wide : (i+1)*wide]
		for k := n; k < wide; k++ {
			row[k] = float32(math.Inf(-1))
		}
		kernel.Softmax(e.path, row, factor, a.weight, i)
	}
	kernel.Multiply(a.weight, a.value, a.mixed[at:], hidden)
}
