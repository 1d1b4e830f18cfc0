package encoder

import (
	"math"

	"rapporteur/internal/nlp/encoder/kernel"
)

const (
	headSize = 32 // dimensions of one attention head
	feedRows = 64 // rows that go through the feed-forward half together
)

// An Arena holds one worker's buffers for windows of up to a number of pieces.
type Arena struct {
	x, wide, mixed, inner, score, zero []float32
	rows, innerRows, query, weight     *kernel.Rows
	key, value                         *kernel.Matrix
	small                              []int8 // quantised keys or values before packing
}

// NewArena makes buffers for windows of up to limit pieces.
func (e *Encoder) NewArena(limit int) *Arena {
	n, s := roundUp(limit, 16), e.p.Size
	return &Arena{
		x: make([]float32, n*s.Hidden), wide: make([]float32, n*3*s.Hidden), mixed: make([]float32, (n+8)*s.Hidden),
		inner: make([]float32, feedRows*s.Inner), score: make([]float32, n*n), zero: make([]float32, s.Hidden),
		rows: kernel.NewRows(e.path, n, s.Hidden), innerRows: kernel.NewRows(e.path, feedRows, s.Inner),
		query: kernel.NewRows(e.path, n, headSize), weight: kernel.NewRows(e.path, n, n),
		key: kernel.NewMatrix(e.path, n, headSize), value: kernel.NewMatrix(e.path, headSize, n),
		small: make([]int8, n*headSize),
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

// keys packs n positions as outputs over headSize inputs.
func (a *Arena) keys(x []float32, n, distance int, scale float32) {
	for i := range n {
		row := x[i*distance : i*distance+headSize]
		top := largest(row)
		inverse := float32(0)
		if top > 0 {
			inverse = 127 / top
		}
		for k, v := range row {
			a.small[i*headSize+k] = round(float32(v * inverse))
		}
		a.key.Scale[i] = float32(float32(top*(1.0/127)) * scale)
	}
	a.key.Pack(a.small, n, headSize, headSize)
}

// values packs headSize channels as outputs over n positions.
func (a *Arena) values(x []float32, n, distance int) {
	var top, inverse [headSize]float32
	for i := range n {
		for k, v := range x[i*distance : i*distance+headSize] {
			top[k] = max(top[k], float32(math.Abs(float64(v))))
		}
	}
	for k, t := range top {
		if t > 0 {
			inverse[k] = 127 / t
		}
		a.value.Scale[k] = float32(t * (1.0 / 127))
	}
	for i := range n {
		for k, v := range x[i*distance : i*distance+headSize] {
			a.small[k*n+i] = round(float32(v * inverse[k]))
		}
	}
	a.value.Pack(a.small, headSize, n, n)
}

func largest(x []float32) float32 {
	top := float32(0)
	for _, v := range x {
		top = max(top, float32(math.Abs(float64(v))))
	}
	return top
}

// round returns the nearest integer, halves to even, of a value within ±127. The
// large constant pushes the fraction out of the float's 24 bits.
func round(v float32) int8 {
	const shift = 3 << 22
	return int8(float32(v+shift) - shift)
}
