package names

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// apposition looks at what stands beside the name atom i and notes which role or
// name tells of the same actor.
// Guideline: OntoNotes coreference 3.5 (APPOS); UD relation appos.
func (s *scan) apposition(i int) {
	s.bracket(i)
	s.knownAs(i)
	if s.atoms[i].kind == hit && s.atoms[i].entry.kind == document.State {
		return
	}
	if s.listed(i) {
		return
	}
	if s.isPersonal(i) && (s.heads(i, i+1) || s.ledBy(i)) {
		return
	}
	if s.at(i+1).kind == comma {
		if s.whoHeads(i) || !s.isPlaced(i) && s.roleBehind(i, i+2) {
			return
		}
	}
	s.roleBefore(i)
}

// isPlaced reports whether a name of one word says where: "In Orsa, the spokeswoman …".
func (s *scan) isPlaced(i int) bool {
	r := s.atoms[i].r
	switch s.lower(r.First - 1) {
	case "in", "at", "near", "outside":
		return r.End-r.First == 1
	}
	return false
}

// bracket joins a name and the acronym in brackets behind it: "Strait Workers'
// Union (SWU)".
//
// Behind a person's name the brackets hold the party: "Ilan Moreau (Harbour List)".
func (s *scan) bracket(i int) {
	if s.form(s.atoms[i].r.End) != "(" {
		return
	}
	k := i + 2
	a := s.at(k)
	if s.isPersonal(i) && (a.kind == name || a.kind == org || a.kind == hit && !a.place) && s.form(a.r.End) == ")" {
		s.party[i] = s.span(k)
		return
	}
	if (a.kind == name || a.kind == org || a.kind == hit) && s.form(a.r.End) == ")" && a.r.End-a.r.First == 1 && s.isAcronymOf(s.form(a.r.First), s.atoms[i].r) {
		s.same[k] = s.span(i)
	}
}

// roleLeft reports whether a person's role or a title stands right before a name.
func (s *scan) roleLeft(i int) bool {
	p := s.at(i - 1)
	return i > 0 && (p.kind == title || p.kind == roleAtom && p.role.kind == "person")
}

// isAcronymOf reports whether the letters of word are initials of the name's words,
// in their order: "SWU" of "Strait Workers' Union".
func (s *scan) isAcronymOf(word string, r document.Range) bool {
	if len(word) < 2 || len(word) > 8 || strings.ToUpper(word) != word {
		return false
	}
	at := 0
	for i := r.First; i < r.End && at < len(word); i++ {
		if f := s.form(i); f != "" && strings.EqualFold(f[:1], word[at:at+1]) {
			at++
		}
	}
	return at == len(word) || at > 0 && at == len(word)-1
}

// knownAs joins a description and a name in marks: "a commander known as “Heron”".
func (s *scan) knownAs(i int) {
	first := s.atoms[i].r.First
	back := first - 1
	if strings.ContainsAny(s.form(back), "\"“'‘") {
		back--
	}
	if s.form(back) == "as" && (s.lower(back-1) == "known") {
		back--
	}
	if !s.t.is("called", s.lower(back)) {
		return
	}
	for k := i - 1; k >= 0 && i-k < 8; k-- {
		if a := s.atoms[k]; a.kind == roleAtom {
			s.same[i] = s.headSpan(k)
			s.roleOf[i] = s.factsOf(k)
			return
		}
	}
}

// roleBehind reads the apposition that begins at atom k: ", Tolmark's chief
// negotiator,"; ", a former judge and now deputy to …".
func (s *scan) roleBehind(i, k int) bool {
	for j := k; j < len(s.atoms) && j-k < 8; j++ {
		switch a := s.atoms[j]; a.kind {
		case roleAtom:
			if s.isBodyOfNext(j) {
				continue
			}
			if !s.closes(j) || s.nameAfter(j) > 0 || a.plural || s.upos(s.atoms[k].r.First) == document.VERB ||
				(a.role.kind == "person") != (s.atoms[i].kind == name) && !(s.atoms[i].kind == name && s.at(k).kind == det) {
				return false
			}
			s.roleOf[i] = s.factsOf(j)
			s.same[j] = s.span(i)
			s.secondRole(i, j)
			return true
		case det, modifier, possessed, hit, org:
		case other:
			if w := s.lower(a.r.First); j == k || w != "and" && w != "now" {
				return false
			}
		case joiner:
			if j == k {
				return false
			}
		case name:
			if next := s.at(j + 1).kind; next != possessed && next != roleAtom && next != modifier {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// isBodyOfNext reports whether the role at j only says whose role comes next:
// "the ministry's spokesman", "Foreign Ministry spokesman".
func (s *scan) isBodyOfNext(j int) bool {
	next := s.at(j + 1)
	return s.atoms[j].role.kind != "person" && (next.kind == roleAtom || next.kind == possessed)
}

// closes reports whether an apposition with role j is one, and not a new clause: a
// verb must not follow the role at once.
func (s *scan) closes(j int) bool {
	next := s.at(j + 1)
	return next.kind != verb && next.kind != possessed
}

// secondRole reads "and now deputy foreign minister" behind a first role; the later
// role is the one that holds.
func (s *scan) secondRole(i, j int) {
	for k := j + 1; k < len(s.atoms) && k-j < 9; k++ {
		a := s.atoms[k]
		if a.kind == comma || a.kind == verb {
			return
		}
		if w := s.lower(a.r.First); w == "and" || w == "now" || w == "currently" {
			if n := s.at(k + 1); n.kind == roleAtom && n.role.kind == "person" && s.nameAfter(k+1) == 0 {
				s.same[k+1] = s.span(i)
				old := s.roleOf[i]
				s.roleOf[i] = s.factsOf(k + 1)
				if s.roleOf[i].of.IsEmpty() {
					s.roleOf[i] = facts{s.roleOf[i].role, old.of, old.gender, true, old.body}
				}
			}
		}
	}
}

func (s *scan) factsOf(j int) facts {
	a := s.atoms[j]
	f := facts{role: s.roleSpan(j), of: s.bodyLeft(j), gender: a.role.gender, person: a.role.kind == "person", body: roleKind(a.role)}
	if f.of.IsEmpty() || s.isPronounAt(f.of) {
		if right := s.bodyRight(j + 1); !right.IsEmpty() {
			f.of = right
		}
	}
	return f
}

func (s *scan) isPronounAt(span text.Span) bool {
	_, ok := pronouns[strings.ToLower(s.d.In(span))]
	return ok
}

// whoHeads reads ", who heads the union's delegation,".
func (s *scan) whoHeads(i int) bool {
	k := i + 2
	if s.lower(s.at(k).r.First) != "who" {
		return false
	}
	return s.heads(i, k+1)
}

// heads reads "will lead the Veyran delegation" at atom k behind the name i.
func (s *scan) heads(i, k int) bool {
	for j := k; j < len(s.atoms) && j-k < 3; j++ {
		if s.atoms[j].kind != verb && s.atoms[j].kind != modifier {
			return false
		}
		if a := s.atoms[j]; s.in(a.r.First) && s.t.is("heads", s.d.Tokens[a.r.First].Lemma) {
			for n := j + 1; n < len(s.atoms) && n-j < 6; n++ {
				switch b := s.atoms[n]; b.kind {
				case det, modifier, possessed:
				case hit, org, name:
					if nx := s.at(n + 1).kind; nx != possessed && nx != roleAtom {
						s.roleOf[i] = facts{of: s.span(n), person: true}
						return true
					}
				case roleAtom:
					if s.at(n+1).kind != possessed {
						s.roleOf[i] = facts{of: s.headSpan(n), person: true}
						return true
					}
				default:
					return false
				}
			}
		}
	}
	return false
}

// listed reads the names behind several who hold a role: "the foreign ministers of
// Veyra and Sund, Oda Brask and Rufus Tal, spoke". The first is of the first state.
func (s *scan) listed(i int) bool {
	n, first := 0, i
	if s.lower(s.at(i-1).r.First) == "and" && i >= 2 && s.atoms[i-2].kind == name {
		n, first = 1, i-2
	}
	if s.atoms[i].kind != name || s.at(first-1).kind != comma || n == 0 && (s.lower(s.at(i+1).r.First) != "and" || s.at(i+2).kind != name) {
		return false
	}
	var of []int
	for k := first - 2; k >= 0 && first-k < 12; k-- {
		switch a := s.atoms[k]; a.kind {
		case hit, org, name:
			of = append([]int{k}, of...)
		case roleAtom:
			if a.role.kind == "person" && a.plural || a.role.kind == "group" && a.role.voice == "of" {
				f := facts{role: s.span(k), person: true}
				if len(of) == 2 {
					f.of = s.span(of[n])
				} else if len(of) == 1 {
					f.of = s.span(of[0])
				}
				s.roleOf[i] = f
				return true
			}
			return false
		case det, modifier, possessed, joiner:
		default:
			if w := s.lower(a.r.First); w != "and" {
				return false
			}
		}
	}
	return false
}

// isPersonal reports whether the words of the name i and before it tell of a person.
func (s *scan) isPersonal(i int) bool {
	return s.atoms[i].kind == name && (s.roleLeft(i) || s.looksPersonal(i))
}

// ledBy reads "the Veyran delegation, led by" in front of the name i and of its role.
func (s *scan) ledBy(i int) bool {
	k := s.phraseEdge(i) - 1
	if s.lower(s.at(k).r.First) != "by" || k < 1 || !s.t.is("heads", s.d.Tokens[s.atoms[k-1].r.First].Lemma) {
		return false
	}
	for j := k - 2; j >= 0 && k-j < 6; j-- {
		switch a := s.atoms[j]; a.kind {
		case comma, verb:
		case hit, org, name:
			s.roleOf[i] = facts{of: s.span(j), person: true}
			return true
		case roleAtom:
			if a.role.kind == "person" || a.role.kind == "group" {
				return false
			}
			s.roleOf[i] = facts{of: s.headSpan(j), person: true}
			return true
		default:
			return false
		}
	}
	return false
}

// roleBefore reads a description in front of a name: "its spokesman, Corvin Dale,",
// "the energy minister of Veyra, Ruth Adeyemi-Kolb, arrived".
func (s *scan) roleBefore(i int) {
	edge := s.phraseEdge(i)
	if s.atoms[i].kind != name || s.at(edge-1).kind != comma || !s.endsAt(i) {
		return
	}
	for k := edge - 2; k >= 0 && edge-k < 9; k-- {
		switch a := s.atoms[k]; a.kind {
		case roleAtom:
			if a.role.kind != "person" && s.at(k-1).kind != det {
				continue
			}
			if a.role.kind != "person" || a.plural || !s.same[k].IsEmpty() || s.nameAfter(k) > 0 || s.roleOf[i].person {
				return
			}
			s.roleOf[i] = s.factsOf(k)
			s.same[i] = s.headSpan(k)
			return
		case det, modifier, possessed, hit, org, joiner, name:
		default:
			return
		}
	}
}

// phraseEdge returns the first atom of the phrase that ends with the name at i:
// "Ismeran Foreign Minister Sigra Vandelin".
func (s *scan) phraseEdge(i int) int {
	k := i
	for k > 0 && i-k < 6 {
		switch p := s.at(k - 1); {
		case p.kind == title, p.kind == roleAtom && p.role.kind == "person":
		case (p.kind == hit || p.kind == org || p.kind == modifier || s.isAdjective(p)) && k < i && s.at(k).kind != title:
		default:
			return k
		}
		k--
	}
	return k
}

// endsAt reports whether the name at i ends its apposition: a comma, a full stop or
// a verb comes next.
func (s *scan) endsAt(i int) bool {
	next := s.at(i + 1)
	if i+1 >= len(s.atoms) || next.kind == comma || next.kind == verb {
		return true
	}
	w := s.form(next.r.First)
	return w == "." || w == ":" || w == ";" || w == "\"" || w == "”"
}
