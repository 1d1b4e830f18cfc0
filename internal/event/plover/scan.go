package plover

import (
	"slices"
	"strings"

	"rapporteur/internal/codebook"
	"rapporteur/internal/document"
)

// A scan looks at one sentence.
type scan struct {
	*document.View
	c        *Coder
	bases    [][]string // by token from Lo
	children [][]int
	source   []int // tokens of the words of the actors; nil when they do not stand here
	target   []int
}

// found is an event with how well its predicate fits the two actors.
type found struct {
	cameo codebook.CAMEO
	mode  document.Mode
	at    int
	score int
}

// sentence returns what a sentence tells of the two actors.
func (c *Coder) sentence(d *document.Doc, id document.SentenceID, source, target string) []found {
	s := &scan{View: d.ViewOf(id), c: c}
	s.bases, s.children = make([][]string, s.Hi-s.Lo), make([][]int, s.Hi-s.Lo)
	for i := s.Lo; i < s.Hi; i++ {
		s.bases[i-s.Lo] = c.bases.Bases(s.Form(i))
		if h := int(d.Tokens[i].Head); s.Has(h) {
			s.children[h-s.Lo] = append(s.children[h-s.Lo], i)
		}
	}
	s.source, s.target = s.find(source), s.find(target)
	var out []found
	for i := s.Lo; i < s.Hi; i++ {
		if e := s.eval(i, 0); e.cameo != "" {
			out = append(out, found{cameo: e.cameo, mode: e.mode, at: i, score: s.fit(i) + e.sure})
		}
	}
	return slices.DeleteFunc(out, func(f found) bool { return s.isTaken(f.at, out) })
}

// isTaken reports whether an operator among the predicates governs the one at i:
// aid that is refused is no aid.
func (s *scan) isTaken(i int, all []found) bool {
	for k, up := i, 0; up < deepest; up++ {
		switch s.rel(k) {
		case "xcomp", "obj", "nsubj:pass", "nmod", "compound", "amod":
		case "ccomp", "advcl":
			if s.hasSubject(k) {
				return false
			}
		default:
			return false
		}
		if k = s.head(k); !s.Has(k) {
			return false
		}
		if m, ok := s.sense(k); ok && m.act != does && m.act != says && slices.ContainsFunc(all, func(f found) bool { return f.at == k }) {
			return true
		}
	}
	return false
}

// kids returns what hangs on token i.
func (s *scan) kids(i int) []int { return s.children[i-s.Lo] }

// rel returns the relation of token i.
func (s *scan) rel(i int) string { return s.Doc.Tokens[i].DepRel }

// head returns the head of token i; it is outside the sentence at the root.
func (s *scan) head(i int) int { return int(s.Doc.Tokens[i].Head) }

// is reports whether token i is a form of the word.
func (s *scan) is(i int, word string) bool {
	if !s.Has(i) {
		return false
	}
	for _, b := range s.bases[i-s.Lo] {
		if b == word {
			return true
		}
	}
	return false
}

// find returns the tokens of the first place where the words stand.
func (s *scan) find(words string) []int {
	words = strings.TrimSpace(words)
	if words == "" {
		return nil
	}
	span := s.Span(s.Lo, s.Hi)
	at := strings.Index(s.Doc.In(span), words)
	if at < 0 {
		at = strings.Index(strings.ToLower(s.Doc.In(span)), strings.ToLower(words))
	}
	if at < 0 {
		return nil
	}
	from, end := span.Start+at, span.Start+at+len(words)
	var out []int
	for i := s.Lo; i < s.Hi; i++ {
		if t := s.Doc.Tokens[i].Span; t.Start < end && t.End > from {
			out = append(out, i)
		}
	}
	return out
}

// top returns the token of a phrase whose head stands outside it, or -1.
func (s *scan) top(phrase []int) int {
	for _, i := range phrase {
		inside := false
		for _, k := range phrase {
			inside = inside || s.head(i) == k
		}
		if !inside && s.UPOS(i) != document.PUNCT && s.UPOS(i) != document.DET && s.UPOS(i) != document.ADP {
			return i
		}
	}
	return -1
}

// fit tells how well the predicate at i fits the actors: the source is its subject,
// or owns it, and the target stands below it. Schrodt's coders look for the verb
// between source and target in the same way (CAMEO manual 1.1b3, 1.2).
func (s *scan) fit(i int) int {
	score := 0
	source, target := s.top(s.source), s.top(s.target)
	switch {
	case source < 0:
		if !s.Has(s.head(i)) {
			score += 6
		}
	case s.actsIn(source, i):
		score += 8
	case s.shares(source, i):
		score += 6
	case s.owns(source, i):
		score += 5
	case s.below(source, i):
		score += 2
	}
	if target >= 0 && s.near(target, i) {
		score += 4
	} else if target >= 0 && s.below(target, i) {
		score += 2
	}
	if s.UPOS(i) == document.VERB {
		score++
	}
	return score
}

// actsIn reports whether the phrase headed by token n is, or is part of, the
// subject of i or its agent.
func (s *scan) actsIn(n, i int) bool {
	for s.Has(n) {
		if s.head(n) == i {
			switch s.rel(n) {
			case "nsubj", "obl:agent":
				return true
			case "nsubj:pass":
				return true
			case "obl":
				return s.preposition(n) == "by"
			}
			return false
		}
		switch s.rel(n) {
		case "conj", "appos", "flat", "compound", "nmod:poss", "nmod", "nmod:desc", "nmod:unmarked", "amod":
			n = s.head(n)
		default:
			return false
		}
	}
	return false
}

// shares reports whether i shares the subject n of another predicate: a verb
// joined to it, or one that it governs.
func (s *scan) shares(n, i int) bool {
	for k, up := i, 0; up < 4; up++ {
		switch s.rel(k) {
		case "conj", "xcomp", "advcl", "ccomp", "parataxis":
		case "acl", "acl:relcl":
			return s.head(k) == n
		default:
			return false
		}
		if k != i && s.hasSubject(k) || k == i && s.hasSubject(k) && s.rel(k) != "ccomp" {
			return false
		}
		k = s.head(k)
		if !s.Has(k) {
			return false
		}
		if s.actsIn(n, k) {
			return true
		}
	}
	return false
}

// owns reports whether the noun at i is the deed of n: "their attack", "the attack by".
func (s *scan) owns(n, i int) bool {
	return s.UPOS(i) != document.VERB && s.head(n) == i && (s.rel(n) == "nmod:poss" || s.rel(n) == "nmod" || s.rel(n) == "compound" || s.rel(n) == "amod")
}

func (s *scan) hasSubject(i int) bool {
	for _, k := range s.kids(i) {
		if r := s.rel(k); r == "nsubj" || r == "nsubj:pass" {
			return true
		}
	}
	return false
}

// preposition returns the case of token n.
func (s *scan) preposition(n int) string {
	for _, k := range s.kids(n) {
		if s.rel(k) == "case" {
			return s.Form(k)
		}
	}
	return ""
}

// below reports whether n hangs on i, however far.
func (s *scan) below(n, i int) bool {
	for range s.Hi - s.Lo {
		if n == i {
			return true
		}
		n = s.head(n)
		if !s.Has(n) {
			return false
		}
	}
	return false
}

// near reports whether n hangs on i without a further verb of its own subject, a
// joined one or a relative clause between them.
func (s *scan) near(n, i int) bool {
	for range s.Hi - s.Lo {
		if n == i {
			return true
		}
		switch s.rel(n) {
		case "conj":
			if s.UPOS(n) == document.VERB {
				return false
			}
		case "acl:relcl", "parataxis":
			return false
		}
		n = s.head(n)
		if !s.Has(n) {
			return false
		}
	}
	return false
}
