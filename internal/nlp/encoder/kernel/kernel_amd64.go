package kernel

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

//go:generate go run ./gen -out kernel_amd64.s -stubs stub_amd64.go

// Paths returns what this processor can do, slowest first.
func Paths() []Path {
	paths := []Path{Portable}
	if cpu.X86.HasAVX2 {
		paths = append(paths, AVX2)
	}
	if cpu.X86.HasAVX2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512VNNI {
		paths = append(paths, VNNI)
	}
	return paths
}

type tileFunc func(a *byte, aStride int, w *byte, unit int, steps int, rowScale *float32, rowSum *int32, scale *float32, bias *float32, out *float32, outStride int)

func multiplyVNNI(r *Rows, m *Matrix, out []float32, distance int) {
	unit := m.stride * 16
	for u := 0; u < m.units; {
		run, tile := 3, tileFunc(tileVNNI3)
		switch m.units - u {
		case 1:
			run, tile = 1, tileVNNI1
		case 2:
			run, tile = 2, tileVNNI2
		}
		for i := 0; i < r.N; i += 8 {
			tile((*byte)(unsafe.Pointer(&r.Q8[i*r.stride])), r.stride, &m.bytes[u*unit], unit, m.stride/4, &r.Scale[i], &r.Sum[i],
				&m.Scale[u*16], &m.Bias[u*16], &out[i*distance+u*16], 4*distance)
		}
		u += run
	}
}

func multiplyAVX2(r *Rows, m *Matrix, out []float32, distance int) {
	unit := m.stride * 8
	for u := 0; u < m.units; {
		run, tile := 3, tileFunc(tileAVX2x3)
		switch m.units - u {
		case 1:
			run, tile = 1, tileAVX2x1
		case 2:
			run, tile = 2, tileAVX2x2
		}
		for i := 0; i < r.N; i += 4 {
			tile((*byte)(unsafe.Pointer(&r.Q16[i*r.stride])), 2*r.stride, (*byte)(unsafe.Pointer(&m.words[u*unit])), 2*unit, m.stride/2, &r.Scale[i], &r.Sum[i],
				&m.Scale[u*8], &m.Bias[u*8], &out[i*distance+u*8], 4*distance)
		}
		u += run
	}
}

// Quantise writes x as row i of r; x has a multiple of eight values.
func Quantise(p Path, x []float32, r *Rows, i int) {
	switch {
	case p == AVX2:
		r.Scale[i], r.Sum[i] = quantise16(&x[0], len(x), (*byte)(unsafe.Pointer(&r.Q16[i*r.stride])))
	case p == VNNI && len(x)%16 == 0:
		r.Scale[i], r.Sum[i] = quantiseWide(&x[0], len(x), (*byte)(unsafe.Pointer(&r.Q8[i*r.stride])))
	case p == VNNI:
		r.Scale[i], r.Sum[i] = quantise8(&x[0], len(x), (*byte)(unsafe.Pointer(&r.Q8[i*r.stride])))
	default:
		quantisePortable(x, r, i)
	}
}

// Softmax writes the softmax of x, each weight times its factor, as row i of r.
// x and factor have the same multiple of sixteen values; those that do not count are
// -Inf. x holds the exponentials afterwards.
func Softmax(p Path, x, factor []float32, r *Rows, i int) {
	total := float32(0)
	switch p {
	case Portable:
		total = softmaxPortable(x, factor)
		Quantise(p, x, r, i)
	case AVX2:
		total = softmaxAVX2(&x[0], &factor[0], len(x))
		Quantise(p, x, r, i)
	default:
		total, r.Scale[i], r.Sum[i] = softmaxWide(&x[0], &factor[0], len(x), (*byte)(unsafe.Pointer(&r.Q8[i*r.stride])))
	}
	r.Scale[i] = float32(r.Scale[i] / total)
}

// GELU writes x·Φ(x) of each value of x, a multiple of sixteen of them, as row i of
// r. x holds the values afterwards.
func GELU(p Path, x []float32, r *Rows, i int) {
	switch p {
	case Portable:
		geluPortable(x)
		Quantise(p, x, r, i)
	case AVX2:
		geluAVX2(&x[0], len(x))
		Quantise(p, x, r, i)
	default:
		r.Scale[i], r.Sum[i] = geluWide(&x[0], len(x), (*byte)(unsafe.Pointer(&r.Q8[i*r.stride])))
	}
}

// AddNorm writes the layer norm of x + y into x; lengths are a multiple of eight.
func AddNorm(p Path, x, y, weight, bias []float32, eps float32) {
	if p == Portable {
		addNormPortable(x, y, weight, bias, eps)
		return
	}
	addNormAVX2(&x[0], &y[0], &weight[0], &bias[0], len(x), float32(len(x)), eps)
}
