package story

import (
	"slices"

	"rapporteur/internal/text"
)

// A run is a stretch of equal words: those of a from A, those of b from B.
type run struct{ a, b, length int }

// dense is the product of lengths up to which two stretches are aligned by their
// longest common subsequence.
const dense = 1 << 14

// align returns runs of equal words in the order of both texts. Words that stand
// once in both texts, in rows of four, two and one, are anchors; what lies between
// them is aligned in turn.
func align(a, b []Word) []run {
	var out []run
	alignBetween(a, b, 0, 0, 4, &out)
	return joined(out)
}

func alignBetween(a, b []Word, atA, atB, width int, out *[]run) {
	start := 0
	for start < len(a) && start < len(b) && a[start].Form == b[start].Form {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end].Form == b[len(b)-1-end].Form {
		end++
	}
	if start > 0 {
		*out = append(*out, run{atA, atB, start})
	}
	alignMiddle(a[start:len(a)-end], b[start:len(b)-end], atA+start, atB+start, width, out)
	if end > 0 {
		*out = append(*out, run{atA + len(a) - end, atB + len(b) - end, end})
	}
}

func alignMiddle(a, b []Word, atA, atB, width int, out *[]run) {
	switch {
	case len(a) == 0 || len(b) == 0:
		return
	case len(a)*len(b) <= dense:
		subsequence(a, b, atA, atB, out)
		return
	case width == 0:
		return
	}
	anchors := anchorsOf(a, b, width)
	if len(anchors) == 0 {
		alignMiddle(a, b, atA, atB, width/2, out)
		return
	}
	lastA, lastB := 0, 0
	for _, r := range anchors {
		alignMiddle(a[lastA:r.a], b[lastB:r.b], atA+lastA, atB+lastB, width, out)
		*out = append(*out, run{atA + r.a, atB + r.b, r.length})
		lastA, lastB = r.a+r.length, r.b+r.length
	}
	alignMiddle(a[lastA:], b[lastB:], atA+lastA, atB+lastB, width, out)
}

// anchorsOf returns rows of words that stand once in a and once in b, as many as
// can be in the order of both, grown as far as the words are equal.
func anchorsOf(a, b []Word, width int) []run {
	type place struct{ a, b, inA, inB int }
	places := map[string]*place{}
	key := func(words []Word) string {
		k := ""
		for _, w := range words {
			k += w.Form + " "
		}
		return k
	}
	for i := 0; i+width <= len(a); i++ {
		p := places[key(a[i:i+width])]
		if p == nil {
			p = &place{}
			places[key(a[i:i+width])] = p
		}
		p.a, p.inA = i, p.inA+1
	}
	for k := 0; k+width <= len(b); k++ {
		if p := places[key(b[k:k+width])]; p != nil {
			p.b, p.inB = k, p.inB+1
		}
	}
	var once []run
	for _, p := range places {
		if p.inA == 1 && p.inB == 1 {
			once = append(once, run{p.a, p.b, width})
		}
	}
	slices.SortFunc(once, func(x, y run) int { return x.a - y.a })
	return grown(a, b, increasing(once))
}

// increasing returns the longest chain of runs whose places grow in both texts.
func increasing(runs []run) []run {
	last := []int{} // last[n] is the run that ends the chain of n+1 with the least place in b
	before := make([]int, len(runs))
	for i, r := range runs {
		n, _ := slices.BinarySearchFunc(last, r.b, func(k, b int) int { return runs[k].b - b })
		before[i] = -1
		if n > 0 {
			before[i] = last[n-1]
		}
		if n == len(last) {
			last = append(last, i)
		} else {
			last[n] = i
		}
	}
	var out []run
	if len(last) > 0 {
		for i := last[len(last)-1]; i >= 0; i = before[i] {
			out = append(out, runs[i])
		}
	}
	slices.Reverse(out)
	return out
}

// grown extends runs in both directions as far as words are equal and drops what
// an earlier one covers.
func grown(a, b []Word, runs []run) []run {
	var out []run
	endA, endB := 0, 0
	for _, r := range runs {
		if over := max(endA-r.a, endB-r.b); over > 0 {
			r.a, r.b, r.length = r.a+over, r.b+over, r.length-over
		}
		if r.length <= 0 {
			continue
		}
		for r.a > endA && r.b > endB && a[r.a-1].Form == b[r.b-1].Form {
			r.a, r.b, r.length = r.a-1, r.b-1, r.length+1
		}
		for r.a+r.length < len(a) && r.b+r.length < len(b) && a[r.a+r.length].Form == b[r.b+r.length].Form {
			r.length++
		}
		out = append(out, r)
		endA, endB = r.a+r.length, r.b+r.length
	}
	return out
}

// subsequence aligns two short stretches by their longest common subsequence.
func subsequence(a, b []Word, atA, atB int, out *[]run) {
	width := len(b) + 1
	common := make([]uint16, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for k := len(b) - 1; k >= 0; k-- {
			if a[i].Form == b[k].Form {
				common[i*width+k] = common[(i+1)*width+k+1] + 1
			} else {
				common[i*width+k] = max(common[(i+1)*width+k], common[i*width+k+1])
			}
		}
	}
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i].Form == b[k].Form:
			*out = append(*out, run{atA + i, atB + k, 1})
			i, k = i+1, k+1
		case common[(i+1)*width+k] >= common[i*width+k+1]:
			i++
		default:
			k++
		}
	}
}

// joined makes one run of runs that follow on each other.
func joined(runs []run) []run {
	var out []run
	for _, r := range runs {
		if n := len(out) - 1; n >= 0 && out[n].a+out[n].length == r.a && out[n].b+out[n].length == r.b {
			out[n].length += r.length
			continue
		}
		out = append(out, r)
	}
	return out
}

// A Difference says in what a text differs from another: spans of the other that
// it cut, spans of itself that it added, and spans of itself that stand where the
// other has different words.
type Difference struct{ Cut, Added, Changed []text.Span }

// Compare says in what b differs from a.
func Compare(a, b []Word) Difference {
	var d Difference
	atA, atB := 0, 0
	for _, r := range append(align(a, b), run{len(a), len(b), 0}) {
		x, y := a[atA:r.a], b[atB:r.b]
		switch {
		case len(x) == 0 && len(y) == 0:
		case len(y) == 0:
			d.Cut = append(d.Cut, cover(x))
		case len(x) == 0:
			d.Added = append(d.Added, cover(y))
		default:
			d.Changed = append(d.Changed, cover(y))
		}
		atA, atB = r.a+r.length, r.b+r.length
	}
	return d
}

func cover(words []Word) text.Span { return words[0].Span.Cover(words[len(words)-1].Span) }
