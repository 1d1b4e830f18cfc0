package encoder

import "rapporteur/internal/nlp/encoder/kernel"

const (
	headSize = 32  // dimensions of one attention head
	feedRows = 128 // rows that go through the feed-forward half together
)

// An Arena holds one worker's buffers for windows of up to a number of pieces.
type Arena struct {
	x, wide, mixed, inner, score, zero []float32
	factor                             []float32 // scales of the values
	rows, innerRows, small, weight     *kernel.Rows
	key, value                         *kernel.Matrix
}

// NewArena makes buffers for windows of up to limit pieces.
func (e *Encoder) NewArena(limit int) *Arena {
	n, s := roundUp(limit, 16), e.p.Size
	return &Arena{
		x: make([]float32, n*s.Hidden), wide: make([]float32, n*3*s.Hidden), mixed: make([]float32, (n+8)*s.Hidden),
		inner: make([]float32, feedRows*s.Inner), score: make([]float32, n*n), zero: make([]float32, s.Hidden),
		rows: kernel.NewRows(e.path, n, s.Hidden), innerRows: kernel.NewRows(e.path, feedRows, s.Inner),
		small: kernel.NewRows(e.path, n, headSize), weight: kernel.NewRows(e.path, n, n),
		key: kernel.NewMatrix(e.path, n, headSize), value: kernel.NewMatrix(e.path, headSize, n),
		factor: make([]float32, n),
	}
}

func roundUp(n, m int) int { return (n + m - 1) / m * m }

// quantise fills r with n rows of k floats that stand distance apart.
func (a *Arena) quantise(path kernel.Path, r *kernel.Rows, x []float32, n, k, distance int) {
	r.Shape(n, k)
	for i := range n {
		kernel.Quantise(path, x[i*distance:i*distance+k], r, i)
	}
}
