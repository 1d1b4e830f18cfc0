package contradiction

import (
	"slices"

	"rapporteur/internal/lexicon"
	"rapporteur/internal/record"
)

// wishOf is 1 for a statement by which its side wants its content, -1 for one by which
// it wants the contrary, 0 for others. The cue tells, or "not" with "will" ("it will
// not hold talks"); what is to end turns the wish ("demands a halt of the talks").
func (s *scene) wishOf(a *said) int {
	turned := len(a.not) > 0 && a.not[0] < 6
	side := 1
	if at, _ := s.find("halt", a.words[:min(len(a.words), 4)]); at == 0 || at > 0 && (at == 1 || a.words[at-1].form != "to") {
		side = -1
	}
	switch {
	case s.has("refuse", a.cue):
		if len(a.not) > 0 {
			return 0
		}
		return -side
	case s.has("halt", a.cue):
		return 0 // "pulls support for"
	case s.has("want", a.cue):
		if turned {
			return -side
		}
		return side
	case turned && a.not[0] > 0 && lexicon.OneOf(a.words[a.not[0]-1].form, "will shall") && !slices.ContainsFunc(a.words, func(w word) bool { return lexicon.OneOf(w.form, "before until") }):
		return -side
	}
	return 0
}

// stands pairs statements of two sides that exclude each other: one wants what the
// other refuses; or wants it without conditions while the other sets conditions.
func (s *scene) stands() []record.Contradiction {
	var out []record.Contradiction
	seen := map[string]bool{}
	var all []*said
	for _, a := range s.said {
		if a.ForID != nil && (a.wish != 0 || s.has("bound", a.words)) {
			all = append(all, a)
		}
	}
	for i := len(all) - 1; i >= 0; i-- {
		b := all[i]
		for j := i - 1; j >= 0; j-- {
			a := all[j]
			if a.Article == b.Article && inside(a, b) {
				continue
			}
			rule := s.excludes(a, b)
			if rule == "" {
				continue
			}
			about := shared(a, b)
			kind := record.Stands
			if *a.ForID == *b.ForID {
				if rule == "condition" || deref(a.Published) == deref(b.Published) {
					continue
				}
				kind, rule = record.AgainstHimself, "turn"
			}
			key := kind + "\x00" + min(*a.ForID, *b.ForID) + "\x00" + max(*a.ForID, *b.ForID) + "\x00" + about
			if seen[key] {
				continue
			}
			seen[key] = true
			out = append(out, s.pair(rule, kind, about, a, b))
		}
	}
	return out
}

// excludes names the rule by which two wishes cannot both come true, "" for none.
func (s *scene) excludes(a, b *said) string {
	if x, y := core(a), core(b); a.wish*b.wish == -1 && alike(x, y, 2, 0.6) && leads(x, y) && leads(y, x) {
		return "wish"
	}
	if s.isConditional(a, b) || s.isConditional(b, a) {
		return "condition"
	}
	return ""
}

// leads reports whether the first words of a, which tell what is wanted, are in b.
func leads(a, b []string) bool { return len(common(a[:min(len(a), 2)], b)) > 0 }

// core returns the matter of a wish up to its first clause of another sort: what is
// wanted, without when and why.
func core(a *said) []string {
	end := len(a.words)
	for i, w := range a.words {
		if i > 2 && lexicon.OneOf(w.form, "as if while after before because unless until when which who although though") {
			end = i
			break
		}
	}
	begin := 0
	if a.wish < 0 && len(a.not) > 0 {
		begin = min(end, a.not[0])
	}
	return slices.DeleteFunc(matter(a.words[begin:end], nil), func(stem string) bool { return !slices.Contains(a.matter, stem) })
}

// isConditional reports whether free wants something without conditions that bound
// makes depend on some: "an unconditional truce", "a truce would depend on the toll".
func (s *scene) isConditional(free, bound *said) bool {
	_, end := s.find("free", free.words)
	if end < 0 || free.wish != 1 || !s.has("bound", bound.words) || s.has("free", bound.words) {
		return false
	}
	at, _ := s.find("bound", bound.words)
	for _, w := range free.words[end:min(len(free.words), end+3)] {
		if slices.Contains(free.matter, w.stem) {
			return slices.ContainsFunc(bound.words[:at], func(o word) bool { return o.stem == w.stem })
		}
	}
	return false
}
