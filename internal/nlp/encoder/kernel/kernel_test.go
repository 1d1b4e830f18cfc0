package kernel

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"
)

// floats gives n values of the size that occurs between the layers.
func floats(rng *rand.Rand, n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = float32(rng.NormFloat64() * 2)
	}
	return out
}

// product quantises rows and multiplies them on one path.
func product(p Path, x []float32, n, k int, weights []int8, outputs int, scale, bias []float32) []float32 {
	r, m := NewRows(p, n, k), NewMatrix(p, outputs, k)
	for i := range n {
		Quantise(p, x[i*k:(i+1)*k], r, i)
	}
	m.Pack(weights, outputs, k, k)
	copy(m.Scale, scale)
	copy(m.Bias, bias)
	wide := roundUp(outputs, 16)
	out := make([]float32, roundUp(n, 8)*wide)
	Multiply(r, m, out, wide)
	got := make([]float32, 0, n*outputs)
	for i := range n {
		got = append(got, out[i*wide:i*wide+outputs]...)
	}
	return got
}

func TestPathsAgreeOnProducts(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for _, size := range [][3]int{{1, 8, 1}, {3, 32, 17}, {8, 384, 48}, {21, 384, 1152}, {13, 1536, 384}, {50, 64, 32}} {
		n, k, outputs := size[0], size[1], size[2]
		x, weights := floats(rng, n*k), make([]int8, outputs*k)
		for i := range weights {
			weights[i] = int8(rng.Intn(255) - 127)
		}
		scale, bias := floats(rng, outputs), floats(rng, outputs)
		want := product(Portable, x, n, k, weights, outputs, scale, bias)
		for _, p := range Paths()[1:] {
			if got := product(p, x, n, k, weights, outputs, scale, bias); !slices.Equal(got, want) {
				t.Errorf("%v: product %v differs from the portable one", p, size)
			}
		}
	}
}

func TestPortableProductIsExact(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	n, k, outputs := 2, 96, 5
	r, m, weights := NewRows(Portable, n, k), NewMatrix(Portable, outputs, k), make([]int8, outputs*k)
	for i := range weights {
		weights[i] = int8(rng.Intn(255) - 127)
	}
	for i := range n {
		quantisePortable(floats(rng, k), r, i)
		r.Scale[i] = 1
	}
	m.Pack(weights, outputs, k, k)
	for i := range m.Scale {
		m.Scale[i] = 1
	}
	out := make([]float32, 8*16)
	Multiply(r, m, out, 16)
	for i := range n {
		for o := range outputs {
			want := 0
			for j := range k {
				want += int(r.Q8[i*r.stride+j]) * int(weights[o*k+j])
			}
			if got := out[i*16+o]; got != float32(want) {
				t.Errorf("row %d output %d: %v, not %d", i, o, got, want)
			}
		}
	}
}

func TestPathsAgreeOnFloatSteps(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	for _, n := range []int{16, 32, 384} {
		x, y, weight, bias := floats(rng, n), floats(rng, n), floats(rng, n), floats(rng, n)
		steps := map[string]func(p Path) []float32{
			"gelu":    func(p Path) []float32 { return integers(p, n, func(r *Rows) { GELU(p, slices.Clone(x), r, 0) }) },
			"addNorm": func(p Path) []float32 { v := slices.Clone(x); AddNorm(p, v, y, weight, bias, 1e-12); return v },
			"softmax": func(p Path) []float32 {
				v := slices.Clone(x)
				v[n-1] = float32(math.Inf(-1))
				return integers(p, n, func(r *Rows) { Softmax(p, v, y, r, 0) })
			},
			"quantise": func(p Path) []float32 { return integers(p, n, func(r *Rows) { Quantise(p, x, r, 0) }) },
			"half":     func(p Path) []float32 { return integers(p, n/2, func(r *Rows) { Quantise(p, x[:n/2], r, 0) }) },
			"nothing":  func(p Path) []float32 { return integers(p, n, func(r *Rows) { Quantise(p, make([]float32, n), r, 0) }) },
		}
		for name, step := range steps {
			want := step(Portable)
			for _, p := range Paths()[1:] {
				if got := step(p); !slices.Equal(got, want) {
					t.Errorf("%v: %s of %d values differs: %v, not %v", p, name, n, got[:8], want[:8])
				}
			}
		}
	}
}

// integers gives one quantised row with its scale and sum.
func integers(p Path, n int, fill func(*Rows)) []float32 {
	r := NewRows(p, 1, n)
	fill(r)
	out := []float32{r.Scale[0], float32(r.Sum[0])}
	for k := range n {
		if p == AVX2 {
			out = append(out, float32(r.Q16[k]))
		} else {
			out = append(out, float32(r.Q8[k]))
		}
	}
	return out
}

func TestGELUIsNearTheTruth(t *testing.T) {
	for x := -8.0; x <= 8; x += 0.01 {
		want := x / 2 * (1 + math.Erf(x/math.Sqrt2))
		if got := float64(gelu(float32(x))); math.Abs(got-want) > 1e-6*(1+math.Abs(x)) {
			t.Fatalf("gelu(%v) = %v, not %v", x, got, want)
		}
	}
}

func TestExpIsNearTheTruth(t *testing.T) {
	for x := -80.0; x <= 0; x += 0.01 {
		want := math.Exp(float64(float32(x)))
		if got := float64(exp(float32(x))); math.Abs(got-want) > 1e-6*want {
			t.Fatalf("exp(%v) = %v, not %v", x, got, want)
		}
	}
}

func BenchmarkMultiply(b *testing.B) {
	rng := rand.New(rand.NewSource(4))
	n, k, outputs := 256, 384, 1152
	for _, p := range Paths() {
		b.Run(fmt.Sprint(p), func(b *testing.B) {
			r, m := NewRows(p, n, k), NewMatrix(p, outputs, k)
			for i := range n {
				Quantise(p, floats(rng, k), r, i)
			}
			m.Pack(make([]int8, outputs*k), outputs, k, k)
			out := make([]float32, n*outputs)
			for b.Loop() {
				Multiply(r, m, out, outputs)
			}
			b.ReportMetric(float64(n*k*outputs)*2*float64(b.N)/b.Elapsed().Seconds()/1e9, "GOP/s")
		})
	}
}
