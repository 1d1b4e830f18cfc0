package decode

import (
	"math"
	"math/rand"
	"slices"
	"testing"
)

func TestBestPathIsTheBestOfAll(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	var chain Chain
	for range 50 {
		n, words := 1+rng.Intn(3), 1+rng.Intn(5)
		tr := Transitions{draw(rng, n), draw(rng, n*n)}
		scores, path := draw(rng, n*words), make([]int, words)
		chain.Best(scores, tr, path)
		want, best := make([]int, words), float32(math.Inf(-1))
		for code := range int(math.Pow(float64(n), float64(words))) {
			try := make([]int, words)
			for w := range try {
				try[w] = code % n
				code /= n
			}
			if v := value(scores, tr, try); v > best {
				want, best = try, v
			}
		}
		if math.Abs(float64(value(scores, tr, path)-best)) > 1e-4 {
			t.Fatalf("path %v, not %v", path, want)
		}
	}
}

func value(scores []float32, t Transitions, path []int) float32 {
	n := len(t.Start)
	v := t.Start[path[0]]
	for w, k := range path {
		v += scores[w*n+k]
		if w > 0 {
			v += t.From[path[w-1]*n+k]
		}
	}
	return v
}

func draw(rng *rand.Rand, n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = float32(rng.NormFloat64())
	}
	return out
}

func TestTreeIsTheBestOfAll(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	for range 300 {
		n := 1 + rng.Intn(5)
		scores := draw(rng, n*(n+1))
		got := Tree(scores, n)
		best, want := math.Inf(-1), []int(nil)
		for code := range int(math.Pow(float64(n+1), float64(n))) {
			heads := make([]int, n)
			for w := range heads {
				heads[w] = code % (n + 1)
				code /= n + 1
			}
			if v := sum(scores, heads); isTree(heads) && v > best {
				best, want = v, heads
			}
		}
		if !isTree(got) || math.Abs(sum(scores, got)-best) > 1e-4 {
			t.Fatalf("heads %v (%.3f), not %v (%.3f)", got, sum(scores, got), want, best)
		}
	}
}

func sum(scores []float32, heads []int) float64 {
	v := 0.0
	for w, h := range heads {
		v += float64(scores[w*(len(heads)+1)+h])
	}
	return v
}

func isTree(heads []int) bool {
	for w, h := range heads {
		if h == w+1 {
			return false
		}
	}
	return roots(heads) == 1 && cycle(heads) == nil
}

func TestTreeOfAnyScores(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	for _, n := range []int{1, 2, 40, 120} {
		for _, scores := range [][]float32{make([]float32, n*(n+1)), draw(rng, n*(n+1))} {
			if heads := Tree(scores, n); !isTree(heads) {
				t.Errorf("%d words: no tree: %v", n, heads)
			}
		}
	}
	if heads := Tree(nil, 0); !slices.Equal(heads, []int{}) {
		t.Errorf("no words: %v", heads)
	}
}
