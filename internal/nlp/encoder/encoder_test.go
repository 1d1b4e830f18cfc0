package encoder

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"rapporteur/internal/nlp/encoder/kernel"
)

// random makes an encoder with weights drawn from a fixed seed.
func random(layers int) Parameters {
	rng := rand.New(rand.NewSource(1))
	floats := func(n int, mean, spread float32) []float32 {
		out := make([]float32, n)
		for i := range out {
			out[i] = mean + spread*float32(rng.NormFloat64())
		}
		return out
	}
	bytes := func(n int) []int8 {
		out := make([]int8, n)
		for i := range out {
			out[i] = int8(rng.Intn(255) - 127)
		}
		return out
	}
	scales := func(n int) []float32 {
		out := floats(n, 7e-4, 1e-4)
		return out
	}
	s := Size{Layers: layers, Hidden: 384, Heads: 12, Inner: 1536, Positions: 512, Eps: 1e-12}
	linear := func(n, k int) Linear {
		return Linear{Quantised{bytes(n * k), scales(n)}, floats(n, 0, .1)}
	}
	norm := func() Norm { return Norm{floats(s.Hidden, 1, .1), floats(s.Hidden, 0, .1)} }
	p := Parameters{Size: s, Pieces: Quantised{bytes(100 * s.Hidden), scales(100)}, Places: floats(s.Positions*s.Hidden, 0, .05),
		Shapes: floats(7*s.Hidden, 0, .05), Norm: norm()}
	for range layers {
		p.Layers = append(p.Layers, LayerParameters{linear(3*s.Hidden, s.Hidden), linear(s.Hidden, s.Hidden), linear(s.Inner, s.Hidden), linear(s.Hidden, s.Inner), norm(), norm()})
	}
	return p
}

func window(n int) (ids, shapes []int32) {
	rng := rand.New(rand.NewSource(int64(n)))
	for range n {
		ids, shapes = append(ids, int32(rng.Intn(100))), append(shapes, int32(rng.Intn(7)))
	}
	return ids, shapes
}

func TestPathsAgree(t *testing.T) {
	p := random(2)
	want := map[int][]float32{}
	for _, path := range kernel.Paths() {
		e, err := New(p, path)
		if err != nil {
			t.Fatal(err)
		}
		arena := e.NewArena(384)
		for _, n := range []int{384, 1, 7, 8, 100} {
			ids, shapes := window(n)
			got := slices.Clone(e.Encode(arena, ids, shapes))
			if path == kernel.Portable {
				want[n] = got
			} else if !slices.Equal(got, want[n]) {
				t.Errorf("%v: a window of %d pieces differs from the portable path", path, n)
			}
		}
	}
}

func TestEncodeAllocatesNothing(t *testing.T) {
	for _, path := range kernel.Paths() {
		e, err := New(random(1), path)
		if err != nil {
			t.Fatal(err)
		}
		arena := e.NewArena(64)
		ids, shapes := window(64)
		if n := testing.AllocsPerRun(3, func() { e.Encode(arena, ids, shapes) }); n > 0 {
			t.Errorf("%v: %v allocations", path, n)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	p := random(6)
	for _, path := range kernel.Paths() {
		e, err := New(p, path)
		if err != nil {
			b.Fatal(err)
		}
		for _, n := range []int{128, 384} {
			b.Run(fmt.Sprintf("%v/%d", path, n), func(b *testing.B) {
				arena := e.NewArena(n)
				ids, shapes := window(n)
				for b.Loop() {
					e.Encode(arena, ids, shapes)
				}
				b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "pieces/s")
			})
		}
	}
}
