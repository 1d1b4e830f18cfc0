// Package decode turns scores into the best tags and trees.
//
// In: scores of words. Out: one tag a word, or one head a word. What always holds:
// ties go to the lower index; a tree has one root and no cycle, whatever the scores.
package decode

import "math"

// Never is the score of what may not be.
const Never = float32(-1e4)

// Transitions are the scores of a linear chain: From[a·n+b] for tag b after tag a.
type Transitions struct {
	Start []float32
	From  []float32
}

// A Chain finds best paths; its buffers grow with the longest sequence.
type Chain struct {
	back []int32
	now  []float32
	next []float32
}

// Best writes the best path over the rows of scores (one row of len(t.Start) a
// word) into path, which has one place a word.
func (c *Chain) Best(scores []float32, t Transitions, path []int) {
	n, words := len(t.Start), len(path)
	if words == 0 {
		return
	}
	c.back = grow(c.back, words*n)
	c.now, c.next = grow(c.now, n), grow(c.next, n)
	for k := range n {
		c.now[k] = t.Start[k] + scores[k]
	}
	for w := 1; w < words; w++ {
		for b := range n {
			best, from := float32(math.Inf(-1)), 0
			for a := range n {
				if v := c.now[a] + t.From[a*n+b]; v > best {
					best, from = v, a
				}
			}
			c.back[w*n+b], c.next[b] = int32(from), best+scores[w*n+b]
		}
		c.now, c.next = c.next, c.now
	}
	path[words-1] = largest(c.now[:n])
	for w := words - 1; w > 0; w-- {
		path[w-1] = int(c.back[w*n+path[w]])
	}
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// largest returns the index of the largest value, the first of several.
func largest(values []float32) int {
	best := 0
	for i, v := range values {
		if v > values[best] {
			best = i
		}
	}
	return best
}
