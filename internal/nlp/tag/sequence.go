package tag

import (
	"math"
	"sort"
)

// Weights of the three kinds of step, and how many tags a word may have. Found by
// deleted interpolation on the training text (Brants 2000, section 2.2).
const (
	byTriple = 0.5
	byPair   = 0.4
	byPrior  = 0.1
	maxTags  = 10
)

// cell is the best way to a pair of tags at one token.
type cell struct {
	prev, tag int
	score     float64
	back      int // index of the cell at the token before
}

// best returns the best sequence of tags (Viterbi over pairs of tags).
func (s *Stage) best(candidates [][]share) []int {
	start, end := s.id("^"), s.id("$end")
	rows := make([][]cell, len(candidates)+1)
	rows[0] = []cell{{prev: start, tag: start}}
	for i, tags := range candidates {
		rows[i+1] = s.extend(rows[i], tags)
	}
	last := rows[len(candidates)]
	top, topScore := 0, math.Inf(-1)
	for i, c := range last {
		if score := c.score + s.step(c.prev, c.tag, end); score > topScore {
			top, topScore = i, score
		}
	}
	out := make([]int, len(candidates))
	for i := len(candidates); i > 0; i-- {
		c := rows[i][top]
		out[i-1], top = c.tag, c.back
	}
	return out
}

func (s *Stage) extend(row []cell, tags []share) []cell {
	var out []cell
	for _, t := range tags {
		emission := math.Log(t.p)
		first := len(out)
		for back, c := range row {
			score := c.score + s.step(c.prev, c.tag, t.tag) + emission
			at := first
			for at < len(out) && out[at].prev != c.tag {
				at++
			}
			switch {
			case at == len(out):
				out = append(out, cell{prev: c.tag, tag: t.tag, score: score, back: back})
			case score > out[at].score:
				out[at].score, out[at].back = score, back
			}
		}
	}
	return prune(out)
}

// width is how far behind the best way another one may lie.
const width = 12.0

func prune(cells []cell) []cell {
	best := math.Inf(-1)
	for _, c := range cells {
		best = math.Max(best, c.score)
	}
	out := cells[:0]
	for _, c := range cells {
		if c.score > best-width {
			out = append(out, c)
		}
	}
	return out
}

// step returns the log share of the tag next after prev and tag.
func (s *Stage) step(prev, tag, next int) float64 {
	return s.rows[prev*len(s.tags)+tag][next]
}

// mix fills the rows of steps: for each two tags the log shares of all next ones.
func (s *Stage) mix() {
	n := len(s.tags)
	s.rows = make([][]float64, n*n)
	for tag := range n {
		common := s.row(tag, nil)
		for prev := range n {
			s.rows[prev*n+tag] = common
			if next, ok := s.triple[[2]int{prev, tag}]; ok {
				s.rows[prev*n+tag] = s.row(tag, next)
			}
		}
	}
}

func (s *Stage) row(tag int, triple []share) []float64 {
	row := make([]float64, len(s.tags))
	for next := range row {
		row[next] = byPrior * s.prior[next]
		if pair := s.pairs[tag]; next < len(pair) {
			row[next] += byPair * pair[next]
		}
	}
	for _, t := range triple {
		row[t.tag] += byTriple * t.p
	}
	for next := range row {
		row[next] = math.Log(row[next])
	}
	return row
}

// weigh turns tags of a word into shares by Bayes, best first, at most maxTags.
func (s *Stage) weigh(tags []share) []share {
	out := make([]share, len(tags))
	for i, t := range tags {
		out[i] = share{t.tag, t.p / s.prior[t.tag]}
	}
	if len(out) > maxTags {
		order := append([]share(nil), tags...)
		sort.SliceStable(order, func(i, j int) bool { return order[i].p > order[j].p })
		out = out[:0]
		for _, t := range order[:maxTags] {
			out = append(out, share{t.tag, t.p / s.prior[t.tag]})
		}
	}
	return out
}
