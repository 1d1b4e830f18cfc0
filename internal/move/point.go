package move

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// point returns the words that a predicate is about: what stands behind it, up to
// the next predicate of an actor or the end of its clause.
func (s *sentence) point(p *predicate, after []*predicate) text.Span {
	from := s.pointFrom(p.at + 1)
	end := s.Hi
	for _, next := range after {
		if next.from > p.at && !next.nested && !next.inner {
			end = next.from
			break
		}
	}
	end = s.clauseEnd(p.at, from, end)
	for i := from + 1; i < end; i++ {
		if s.Form(i) == "as" && s.Form(i+1) == "being" && !s.inQuotes(i) {
			end = i
		}
	}
	return s.trim(from, end)
}

// pointFrom passes over adverbs and what stands between commas behind a verb:
// "highlighted, inter alia, the delay".
func (s *sentence) pointFrom(i int) int {
	for s.Has(i) {
		f := s.Form(i)
		switch {
		case f == "inter" && s.Form(i+1) == "alia":
			i += 2
		case s.UPOS(i) == document.ADV && (s.Form(i+1) == "," || s.Form(i+1) == "that"), f == ",", f == ":":
			i++
		default:
			return i
		}
	}
	return i
}

// causes are words that begin a clause beside the point: why, or in spite of what.
const causes = " because since as while although though whereas "

// clauseEnd returns where the clause of the verb ends: before a clause of its own
// subject that is joined to the verb, and before one that gives a reason (UD:
// conj, parataxis, advcl with its mark).
func (s *sentence) clauseEnd(v, from, end int) int {
	act := s.child(v, "xcomp", "advcl")
	for i := from + 1; i < end; i++ {
		t := &s.Doc.Tokens[i]
		if !s.isClause(i) || s.inQuotes(i) || int(t.Head) != v && (int(t.Head) != act || t.DepRel != "advcl") {
			continue
		}
		switch t.DepRel {
		case "conj", "parataxis":
			if s.hasSubject(i) {
				end = min(end, max(from+1, s.leftmost(i)))
			}
		case "advcl":
			if m := s.markOf(i); m >= from && strings.Contains(causes, " "+s.Form(m)+" ") {
				end = min(end, max(from+1, m))
			}
		}
	}
	return end
}

func (s *sentence) isClause(i int) bool {
	return s.UPOS(i) == document.VERB || s.UPOS(i) == document.AUX || s.UPOS(i) == document.ADJ || s.UPOS(i) == document.NOUN
}

// child returns the first token that hangs on i by one of the relations, or -1.
func (s *sentence) child(i int, relations ...string) int {
	for k := s.Lo; k < s.Hi; k++ {
		if int(s.Doc.Tokens[k].Head) != i {
			continue
		}
		for _, r := range relations {
			if s.Doc.Tokens[k].DepRel == r {
				return k
			}
		}
	}
	return -1
}

func (s *sentence) hasSubject(i int) bool { return s.child(i, "nsubj", "nsubj:pass", "expl") >= 0 }

func (s *sentence) markOf(i int) int { return s.child(i, "mark") }

// leftmost returns the first token of the tree below i.
func (s *sentence) leftmost(i int) int {
	first := i
	for k := i - 1; k >= s.Lo; k-- {
		if s.isBelow(k, i) {
			first = k
		}
	}
	return first
}

// isBelow reports whether token k hangs on token i, however far.
func (s *sentence) isBelow(k, i int) bool {
	for range s.Hi - s.Lo {
		h := int(s.Doc.Tokens[k].Head)
		if h == i {
			return true
		}
		if !s.Has(h) {
			return false
		}
		k = h
	}
	return false
}

// trim takes off marks and joining words at both ends.
func (s *sentence) trim(from, end int) text.Span {
	for end > from {
		switch f := s.Form(end - 1); f {
		case ",", ";", ":", ".", "and", "but", "while", "-", "–", "—", "(", "?", "!", "or":
			end--
			continue
		case "”", "\"", "''", "'", "’":
			if s.isLoose(from, end) {
				end--
				continue
			}
		}
		break
	}
	if end <= from {
		return text.Span{}
	}
	return s.Span(from, end)
}

// isLoose reports whether the closing mark before end has no opening one behind
// from.
func (s *sentence) isLoose(from, end int) bool {
	n := 0
	for i := from; i < end; i++ {
		switch s.Form(i) {
		case "“", "``", "‘":
			n++
		case "”", "''", "’":
			n--
		case "\"", "'":
			n = 1 - n
		}
	}
	return n < 0 || n == 1 && (s.Form(end-1) == "\"" || s.Form(end-1) == "'")
}

// passivePoint returns what stands before a passive verb, its auxiliaries
// beginning at token at: "A contact group was supported by …".
func (s *sentence) passivePoint(v, at int) text.Span {
	n := s.child(v, "nsubj:pass", "nsubj")
	if n < 0 || n > at {
		return text.Span{}
	}
	return s.trim(s.leftmost(n), at)
}
