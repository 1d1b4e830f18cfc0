// Package again finds what one article tells twice: a statement in the headline and
// in the body, or in the reporter's words first and quoted then.
//
// In: a document with statements and, where it has them, speakers. Out: for each
// statement the telling that stands for all of them. What always holds: a statement
// that is told once stands for itself; the one that stands for others does too; both
// have the same speaker, or one is told of the party that the other speaks for.
package again

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// How much of two contents must be the same: at least so many words, and that part of
// the shorter; less where both are nearly as long.
const (
	least      = 3
	leastPlain = 2 // that are no names: two statements about one firm are not the same
	most       = 0.75
	oneLength  = 0.6 // shorter against longer
	leastOfOne = 0.6
	reach      = 200  // statements before one that it is compared with, so that hostile text takes bounded time
	tooLong    = 0.18 // a shorter one below this is a part of a speech, not the speech
)

// With returns, for each statement of d, the telling that stands for it.
func With(d *document.Doc) []document.StatementID {
	out := make([]document.StatementID, len(d.Statements))
	words := make([]map[string]bool, len(d.Statements))
	for i := range d.Statements {
		out[i], words[i] = document.StatementID(i), contentOf(d, &d.Statements[i])
	}
	for i := range d.Statements {
		for j := max(0, i-reach); j < i; j++ {
			a, b := out[i], out[j]
			if a != b && oneSpeaker(d, &d.Statements[i], &d.Statements[j]) && !overlap(&d.Statements[i], &d.Statements[j]) && alike(words[i], words[j]) {
				join(d, out, words, a, b)
			}
		}
	}
	return out
}

// join lets the better of two tellings stand for all that either stood for, where each
// of them tells the same as it: a chain of likenesses leads away from what was said.
func join(d *document.Doc, out []document.StatementID, words []map[string]bool, a, b document.StatementID) {
	if better(&d.Statements[b], &d.Statements[a]) {
		a, b = b, a
	}
	for k := range out {
		if out[k] == b && document.StatementID(k) != a && !alike(words[k], words[a]) {
			return
		}
	}
	for k := range out {
		if out[k] == b {
			out[k] = a
		}
	}
}

// better reports whether a is to stand for b: sure before likely, a quotation before
// what the reporter words, the longer before the shorter, the earlier.
func better(a, b *document.Statement) bool {
	switch quotedA, quotedB := a.Form != document.Indirect, b.Form != document.Indirect; {
	case a.Sure.Likely != b.Sure.Likely:
		return b.Sure.Likely
	case quotedA != quotedB:
		return quotedA
	case length(a) != length(b):
		return length(a) > length(b)
	}
	return a.Content[0].Start < b.Content[0].Start
}

func length(s *document.Statement) int {
	n := 0
	for _, c := range s.Content {
		n += c.Len()
	}
	return n
}

// oneSpeaker reports whether both are by one speaker, or one by the party that the
// other speaks for: a headline names the state, the body its minister.
func oneSpeaker(d *document.Doc, a, b *document.Statement) bool {
	if a.Kind != b.Kind || a.Speaker == document.NoActor || b.Speaker == document.NoActor {
		return false
	}
	if a.Speaker == b.Speaker {
		return true
	}
	return a.For != document.NoActor && a.For == b.For && (isBody(d, a.Speaker) || isBody(d, b.Speaker))
}

// isBody tells states and bodies from persons, of whom each speaks alone.
func isBody(d *document.Doc, a document.ActorID) bool {
	kind := d.Actors[a].Kind
	return d.Actors[a].Members == nil && (kind == document.State || kind == document.Organ || kind == document.Organisation || kind == document.ArmedGroup)
}

func overlap(a, b *document.Statement) bool {
	for _, x := range a.Content {
		for _, y := range b.Content {
			if x.Overlaps(y) {
				return true
			}
		}
	}
	return false
}

func alike(a, b map[string]bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	n, plain := 0, 0
	for w, isPlain := range a {
		if _, there := b[w]; there {
			n++
			if isPlain {
				plain++
			}
		}
	}
	share, ratio := float64(n)/float64(max(1, len(a))), float64(len(a))/float64(max(1, len(b)))
	return n >= least && plain >= leastPlain && ratio >= tooLong && (share >= most || share >= leastOfOne && ratio >= oneLength)
}

// contentOf returns the stems of what a statement tells of, true where they are no
// names.
func contentOf(d *document.Doc, s *document.Statement) map[string]bool {
	out := map[string]bool{}
	for _, piece := range s.Content {
		in := d.TokensIn(piece)
		for t := in.First; t < in.End; t++ {
			form := strings.ToLower(d.Form(t))
			switch d.Tokens[t].UPOS {
			case document.NOUN, document.PROPN, document.VERB, document.ADJ, document.NUM:
				if len(form) > 2 {
					out[lexicon.Stem(form)] = d.Tokens[t].UPOS != document.PROPN
				}
			}
		}
	}
	return out
}
