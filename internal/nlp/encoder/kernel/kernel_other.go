//go:build !amd64

package kernel

// Paths returns what this processor can do, slowest first.
func Paths() []Path { return []Path{Portable} }

func multiplyVNNI(*Rows, *Matrix, []float32, int) { panic("kernel: no VNNI on this processor") }
func multiplyAVX2(*Rows, *Matrix, []float32, int) { panic("kernel: no AVX2 on this processor") }

// Quantise writes x as row i of r; x has a multiple of eight values.
func Quantise(_ Path, x []float32, r *Rows, i int) { quantisePortable(x, r, i) }

// Softmax writes the softmax of x, each weight times its factor, as row i of r.
// x and factor have the same multiple of sixteen values; those that do not count are
// -Inf. x holds the exponentials afterwards.
func Softmax(p Path, x, factor []float32, r *Rows, i int) {
	sum := softmaxPortable(x, factor)
	Quantise(p, x, r, i)
	r.Scale[i] = float32(r.Scale[i] / sum)
}

// GELU writes x·Φ(x) of each value of x, a multiple of sixteen of them, as row i of
// r. x holds the values afterwards.
func GELU(_ Path, x []float32, r *Rows, i int) {
	geluPortable(x)
	quantisePortable(x, r, i)
}

// AddNorm writes the layer norm of x + y into x; lengths are a multiple of eight.
func AddNorm(_ Path, x, y, weight, bias []float32, eps float32) {
	addNormPortable(x, y, weight, bias, eps)
}
