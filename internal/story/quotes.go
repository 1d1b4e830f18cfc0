package story

import (
	"strings"

	"rapporteur/internal/text"
)

// A Likeness says how one quotation stands to another with the same words.
type Likeness string

// The likenesses, in the order in which they are asked for: what is both cut and
// changed is Changed.
const (
	Same    Likeness = "same"    // marks and white space aside
	Cut     Likeness = "cut"     // it begins later or ends earlier
	Longer  Likeness = "longer"  // it begins earlier or ends later
	Elided  Likeness = "elided"  // words in its midst are left out
	Changed Likeness = "changed" // it has other words in places
)

// LeastQuoted is the number of words from which a quotation is found in other
// words than its own; fewer could be anybody's.
const LeastQuoted = 5

const (
	// agreed is the part of the shorter quotation that must stand in the longer one
	// in the same order.
	agreed = 0.7
	// closeBy is the part of the longer one, between the first and the last word that
	// both have, that both must have.
	closeBy = 0.3
)

// Quoted reports whether two quotations are the same words, and how b stands to a.
func Quoted(a, b []Word) (Likeness, bool) {
	shorter := min(len(a), len(b))
	if shorter == 0 {
		return "", false
	}
	runs := solid(align(a, b), shorter)
	if len(runs) == 0 {
		return "", false
	}
	matched := 0
	for _, r := range runs {
		matched += r.length
	}
	if shorter < LeastQuoted && (len(a) != len(b) || matched < shorter) {
		return "", false
	}
	first, last := runs[0], runs[len(runs)-1]
	stretch := last.b + last.length - first.b
	if len(a) > len(b) {
		stretch = last.a + last.length - first.a
	}
	if float64(matched) < agreed*float64(shorter) || float64(matched) < closeBy*float64(stretch) {
		return "", false
	}
	return likeness(a, b, runs), true
}

// solid leaves out single words that agree by chance: runs of one word count only
// where the quotation is so short that every word does.
func solid(runs []run, shorter int) []run {
	if shorter < LeastQuoted {
		return runs
	}
	var out []run
	for _, r := range runs {
		if r.length > 1 {
			out = append(out, r)
		}
	}
	return out
}

func likeness(a, b []Word, runs []run) Likeness {
	missing, other := false, false // in the midst: words of a alone, words of b
	for i := 1; i < len(runs); i++ {
		last := runs[i-1]
		gapA, gapB := runs[i].a-last.a-last.length, runs[i].b-last.b-last.length
		missing, other = missing || gapA > 0, other || gapB > 0
	}
	first, last := runs[0], runs[len(runs)-1]
	restA, restB := len(a)-last.a-last.length, len(b)-last.b-last.length
	switch {
	case other, first.a > 0 && first.b > 0, restA > 0 && restB > 0:
		return Changed
	case missing:
		return Elided
	case first.b > 0 || restB > 0:
		return Longer
	case first.a > 0 || restA > 0:
		return Cut
	}
	return Same
}

// Holds reports whether the words sought stand in a row in a text.
func Holds(words, sought []Word) bool {
	for i := 0; i+len(sought) <= len(words); i++ {
		equal := true
		for k := 0; equal && k < len(sought); k++ {
			equal = words[i+k].Form == sought[k].Form
		}
		if equal {
			return true
		}
	}
	return false
}

// Spelled returns the words that stand in each of the spans.
func Spelled(words []Word, spans []text.Span) []string {
	var out []string
	at := 0
	for _, s := range spans {
		var forms []string
		for ; at < len(words) && words[at].Span.End <= s.End; at++ {
			if words[at].Span.Start >= s.Start {
				forms = append(forms, words[at].Form)
			}
		}
		out = append(out, strings.Join(forms, " "))
	}
	return out
}
