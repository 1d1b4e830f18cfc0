//go:build !amd64

package kernel

// Paths returns what this processor can do, slowest first.
func Paths() []Path { return []Path{Portable} }

func multiplyVNNI(*Rows, *Matrix, []float32, int) { panic("kernel: no VNNI on this processor") }
func multiplyAVX2(*Rows, *Matrix, []float32, int) { panic("kernel: no AVX2 on this processor") }

// Quantise writes x as row i of r; x has a multiple of eight values.
func Quantise(_ Path, x []float32, r *Rows, i int) { quantisePortable(x, r, i) }

// Softmax writes the softmax of x, each weight times its factor, as row i of r.
// x and factor have the same multiple of eight values; those that do not count are
// -Inf. x holds the exponentials afterwards.
func Softmax(p Path, x, factor []float32, r *Rows, i int) {
	sum := softmaxPortable(x, factor)
	Quantise(p, x, r, i)
	r.Scale[i] = float32(r.Scale[i] / sum)
}

// GELU replaces each value x, a multiple of eight of them, by x·Φ(x).
func GELU(_ Path, x []float32) { geluPortable(x) }

// AddNorm writes the layer norm of x + y into x; lengths are a multiple of eight.
func AddNorm(_ Path, x, y, weight, bias []float32, eps float32) {
	addNormPortable(x, y, weight, bias, eps)
}
