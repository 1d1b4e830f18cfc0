package decode

import (
	"math"
	"sort"
)

// rootsTried is how many words are tried as the single root when the best heads
// alone do not make a tree with one; the right one is nearly always among the first.
const rootsTried = 8

// Tree returns the heads of the best tree with one root over n words: 0 for the
// root, else 1 + the place of the head. scores has a row of 1 + n a word, column 0
// for the root (Chu and Liu 1965, Edmonds 1967).
func Tree(scores []float32, n int) []int {
	g := graph{n: n, score: make([]float64, n*(n+1))}
	for i, v := range scores[:n*(n+1)] {
		g.score[i] = float64(v)
	}
	for i := range n {
		g.set(i, i+1, math.Inf(-1))
	}
	heads := g.greedy()
	if roots(heads) == 1 && cycle(heads) == nil {
		return heads
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return g.at(order[a], 0) > g.at(order[b], 0) })
	best, value := heads, math.Inf(-1)
	for _, root := range order[:min(rootsTried, n)] {
		one := g.rootedAt(root)
		found := one.edmonds()
		if total := one.total(found); total > value {
			best, value = found, total
		}
	}
	return best
}

// A graph holds arc scores: a row of 1 + n heads a word.
type graph struct {
	n     int
	score []float64
}

func (g graph) at(word, head int) float64         { return g.score[word*(g.n+1)+head] }
func (g graph) set(word, head int, value float64) { g.score[word*(g.n+1)+head] = value }

func (g graph) greedy() []int {
	heads := make([]int, g.n)
	for w := range heads {
		for h := 1; h <= g.n; h++ {
			if g.at(w, h) > g.at(w, heads[w]) {
				heads[w] = h
			}
		}
	}
	return heads
}

// rootedAt returns a copy in which one word alone may hang from the root.
func (g graph) rootedAt(root int) graph {
	one := graph{g.n, append([]float64(nil), g.score...)}
	for w := range g.n {
		if w != root {
			one.set(w, 0, -1e6)
		} else {
			for h := 1; h <= g.n; h++ {
				one.set(w, h, math.Inf(-1))
			}
		}
	}
	return one
}

func (g graph) total(heads []int) float64 {
	sum := 0.0
	for w, h := range heads {
		sum += g.at(w, h)
	}
	return sum
}

func roots(heads []int) int {
	n := 0
	for _, h := range heads {
		if h == 0 {
			n++
		}
	}
	return n
}

// cycle returns the words of a cycle, or nil.
func cycle(heads []int) []int {
	state := make([]int, len(heads)) // 0 not seen, else 1 + the walk that saw it
	for first := range heads {
		w := first
		for w >= 0 && state[w] == 0 {
			state[w] = first + 1
			w = heads[w] - 1
		}
		if w < 0 || state[w] != first+1 {
			continue
		}
		ring := []int{w}
		for v := heads[w] - 1; v != w; v = heads[v] - 1 {
			ring = append(ring, v)
		}
		return ring
	}
	return nil
}

// edmonds returns the best heads without cycle. It contracts one ring at a time.
func (g graph) edmonds() []int {
	heads := g.greedy()
	ring := cycle(heads)
	if ring == nil {
		return heads
	}
	c := g.contract(ring, heads)
	found := c.small.edmonds()
	return c.expand(heads, found)
}

// A contraction is a graph in which a ring has become the last word.
type contraction struct {
	ring, rest []int // words of the old graph
	small      graph
	leaving    []int // per word of rest: the word of the ring it would hang from
	entering   []int // per head of the small graph: the word of the ring that would hang from it
}

func (g graph) contract(ring, heads []int) contraction {
	inside := make([]bool, g.n)
	for _, w := range ring {
		inside[w] = true
	}
	c := contraction{ring: ring}
	for w := range g.n {
		if !inside[w] {
			c.rest = append(c.rest, w)
		}
	}
	last := len(c.rest)
	c.small = graph{last + 1, make([]float64, (last+1)*(last+2))}
	c.leaving, c.entering = make([]int, last), make([]int, last+1)
	for i, w := range c.rest {
		for j := range last + 1 {
			c.small.set(i, j, g.at(w, c.column(j)))
		}
		best := math.Inf(-1)
		for _, r := range ring {
			if v := g.at(w, r+1); v > best {
				best, c.leaving[i] = v, r
			}
		}
		c.small.set(i, last+1, best)
	}
	for j := range last + 1 {
		best := math.Inf(-1)
		c.entering[j] = ring[0]
		for _, r := range ring {
			if v := g.at(r, c.column(j)) - g.at(r, heads[r]); v > best {
				best, c.entering[j] = v, r
			}
		}
		c.small.set(last, j, best)
	}
	c.small.set(last, last+1, math.Inf(-1))
	return c
}

// column is the old head that column j of the small graph stands for.
func (c contraction) column(j int) int {
	if j == 0 {
		return 0
	}
	return c.rest[j-1] + 1
}

func (c contraction) expand(heads, found []int) []int {
	last := len(c.rest)
	for i, w := range c.rest {
		if found[i] == last+1 {
			heads[w] = c.leaving[i] + 1
		} else {
			heads[w] = c.column(found[i])
		}
	}
	into := found[last]
	heads[c.entering[into]] = c.column(into)
	return heads
}
