package names

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// Version changes whenever the same text may be read differently.
const Version = "4"

// facts is what an apposition tells of a name.
type facts struct {
	role, of text.Span
	gender   string
	person   bool
	body     document.ActorKind
}

// read turns the atoms of the sentence into mentions.
func (s *scan) read() {
	s.same, s.roleOf, s.done = map[int]text.Span{}, map[int]facts{}, map[int]bool{}
	s.party = map[int]text.Span{}
	for i := range s.atoms {
		if s.atoms[i].kind == name || s.atoms[i].kind == org || s.atoms[i].kind == hit {
			s.apposition(i)
		}
	}
	for i := range s.atoms {
		if s.done[i] {
			continue
		}
		switch a := s.atoms[i]; a.kind {
		case pronoun, det:
			s.pronoun(i)
		case hit:
			s.hit(i)
		case org:
			s.org(i)
		case name:
			s.name(i)
		case roleAtom:
			s.describe(i)
		}
	}
}

func (s *scan) at(i int) atom {
	if i < 0 || i >= len(s.atoms) {
		return atom{}
	}
	return s.atoms[i]
}

func (s *scan) span(i int) text.Span { return s.d.SpanOf(s.atoms[i].r) }

func (s *scan) add(m document.Mention, rule string) {
	m.Actor = document.NoActor
	m.Made = document.Made{Stage: "names", Rule: rule, Version: Version}
	s.out = append(s.out, m)
}

var pronouns = map[string]string{"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
	"it": "", "its": "", "itself": "", "they": "", "them": "", "their": "", "themselves": ""}

func (s *scan) pronoun(i int) {
	w := s.lower(s.atoms[i].r.First)
	gender, ok := pronouns[w]
	if !ok {
		return
	}
	m := document.Mention{Span: s.span(i), Head: s.span(i), Form: document.Pronoun, Gender: gender, Plural: strings.HasPrefix(w, "the")}
	if gender != "" {
		m.Kind = document.Person
	}
	s.add(m, "pronoun")
}

func (s *scan) hit(i int) {
	a := s.atoms[i]
	if a.place {
		return
	}
	m := document.Mention{Span: s.span(i), Head: s.span(i), Kind: a.entry.kind, Name: a.entry.name, Key: a.entry.key, Same: s.same[i]}
	if a.entry.use == usePeople && s.at(i+1).kind != name && s.at(i+1).kind != roleAtom && s.at(i+1).kind != modifier {
		m.Kind, m.Name, m.Plural = document.Group, s.d.In(m.Head), true // "Veyrans": the people, not the state
		m.Key = "people:" + strings.TrimPrefix(m.Key, "state:")
	}
	if f, ok := s.roleOf[i]; ok && f.role.Start > m.Head.End {
		m.Role = f.role
	}
	s.add(m, "gazetteer-"+string(a.entry.use))
}

var orgKinds = map[string]document.ActorKind{"organ": document.Organ, "court": document.Organ, "organisation": document.Organisation,
	"media": document.Organisation, "study": document.Organisation, "armed group": document.ArmedGroup}

func (s *scan) org(i int) {
	a := s.atoms[i]
	m := document.Mention{Span: s.leftOf(i), Head: s.span(i), Kind: orgKinds[a.org], Same: s.same[i]}
	m.Of = s.bodyLeft(i)
	if m.Of.IsEmpty() {
		m.Of = s.bodyRight(i + 1)
	}
	s.add(m, "body-word")
}

// name adds a capitalised name that no role word precedes.
func (s *scan) name(i int) {
	m := document.Mention{Span: s.span(i), Head: s.span(i), Same: s.same[i]}
	rule := "capitals"
	if t := s.at(i - 1); t.kind == title {
		m.Span, m.Kind, rule = m.Span.Cover(s.span(i-1)), document.Person, "title"
		m.Gender = s.t.titles[s.form(t.r.First)]
	}
	s.personFacts(i, &m)
	if m.Kind == document.Unclear && s.looksPersonal(i) {
		m.Kind, rule = document.Person, "first-name"
	}
	if m.Kind == document.Unclear && m.Same.IsEmpty() && s.isPerson(i) {
		m.Kind, rule = document.Person, "engine"
	}
	s.add(m, rule)
}

// personFacts adds to a name what its apposition and its "of X" tell.
func (s *scan) personFacts(i int, m *document.Mention) {
	if m.Gender == "" {
		m.Gender = s.t.first[s.form(s.atoms[i].r.First)]
	}
	f, ok := s.roleOf[i]
	if ok {
		if f.person {
			m.Kind = document.Person
		} else if m.Kind == document.Unclear {
			m.Kind = f.body
		}
		if m.Role.IsEmpty() {
			m.Role = f.role
		}
		if m.Of.IsEmpty() {
			m.Of = f.of
		}
		if f.gender != "" {
			m.Gender = f.gender
		}
	}
	if p := s.party[i]; !p.IsEmpty() && !s.isActorOf(m.Of) {
		m.Of = p
	}
	w := s.lower(s.at(i + 1).r.First)
	if m.Of.IsEmpty() && m.Same.IsEmpty() && (w == "of" || w == "for" && !m.Role.IsEmpty()) {
		m.Of = s.bodyRight(i + 1)
	}
}

// isActorOf reports whether a body was found that the role belongs to more closely
// than a party in brackets would: an organ or a body, not a region or state.
func (s *scan) isActorOf(of text.Span) bool {
	for i, a := range s.atoms {
		if s.span(i) == of {
			return a.kind == org || a.kind == hit && a.entry.kind != document.State
		}
	}
	return false
}

// looksPersonal reports whether a name without a role has a known first name or an
// initial in front.
func (s *scan) looksPersonal(i int) bool {
	a := s.atoms[i]
	if a.r.End-a.r.First < 2 {
		return false
	}
	first := s.form(a.r.First)
	if _, ok := s.t.first[first]; ok {
		return true
	}
	second := s.form(a.r.First + 1)
	switch s.lower(a.r.First + 1) {
	case "al", "bin", "ibn", "ben", "van", "von", "el":
		return true
	}
	return len(second) == 2 && second[1] == '.'
}

// leftOf returns the span of the phrase that ends with atom i: determiner,
// modifiers and the body before it.
//
// A participle opens it only behind a determiner or a name: "the detained envoy",
// but "met | reporters".
func (s *scan) leftOf(i int) text.Span {
	out := s.leftEdge(i)
	first := s.d.TokensIn(out).First
	for first < s.atoms[i].r.First && s.upos(first) == document.VERB && !isCapital(s.form(first)) {
		first++
	}
	return text.Span{Start: s.d.Tokens[first].Span.Start, End: out.End}
}

func (s *scan) leftEdge(i int) text.Span {
	out := s.span(i)
	for k := i - 1; k >= 0 && i-k < 8; k-- {
		switch a := s.atoms[k]; a.kind {
		case modifier, possessed, hit, org, det:
			if s.isVerbal(k) {
				return out
			}
			if a.kind == det && s.isOtherDet(k) {
				return out
			}
			out = out.Cover(s.span(k))
			if a.kind == det {
				return out
			}
		case name:
			if k+1 < i || s.atoms[i].kind != roleAtom {
				if s.atoms[k+1].kind != possessed {
					return out
				}
			}
			out = out.Cover(s.span(k))
		case roleAtom:
			if s.atoms[k].role.kind == "person" && s.atoms[k+1].kind != possessed {
				return out
			}
			out = out.Cover(s.span(k))
		default:
			return out
		}
	}
	return out
}

// isVerbal reports whether a participle at k is the verb of the words before it and
// no modifier: "the delegation thanked | President Brask", but "the detained envoy".
func (s *scan) isVerbal(k int) bool {
	a := s.atoms[k]
	if a.kind != modifier || s.upos(a.r.First) != document.VERB || k == 0 {
		return false
	}
	switch p := s.atoms[k-1]; p.kind {
	case det, possessed:
		return false
	case modifier:
		u := s.upos(p.r.First)
		return u == document.NOUN && s.form(p.r.First) != "-" || s.isVerbal(k-1)
	case other:
		return s.upos(p.r.First) != document.ADV
	}
	return true
}

// isOtherDet reports whether a determiner opens another phrase: "that officials".
func (s *scan) isOtherDet(k int) bool {
	w := s.lower(s.atoms[k].r.First)
	return w == "that" || w == "which" || w == "what"
}

// bodyLeft returns the head of the body named before atom i: "Veyra" in "Veyra's
// chief negotiator", "Foreign Ministry" in "Foreign Ministry spokeswoman".
func (s *scan) bodyLeft(i int) text.Span {
	for k := i - 1; k >= 0 && i-k < 6; k-- {
		if s.isVerbal(k) {
			return text.Span{}
		}
		switch a := s.atoms[k]; a.kind {
		case modifier, possessed:
		case hit, org, name:
			return s.span(k)
		case roleAtom:
			if a.role.kind == "person" && s.atoms[k+1].kind != possessed {
				return text.Span{}
			}
			return s.headSpan(k)
		case det:
			if w := s.lower(a.r.First); w == "its" || w == "his" || w == "her" || w == "their" {
				return s.span(k)
			}
			if s.upos(a.r.First) == document.NUM {
				continue
			}
			return text.Span{}
		default:
			return text.Span{}
		}
	}
	return text.Span{}
}

// bodyRight returns the head of the body named after token position k: "of the
// Veyra Harbour Council", "for the ministry".
func (s *scan) bodyRight(k int) text.Span {
	if s.at(k).kind != joiner && !(k > 0 && s.lower(s.at(k).r.First) == "to" && s.atoms[k-1].kind == roleAtom && s.atoms[k-1].role.to) {
		return text.Span{}
	}
	for j := k + 1; j < len(s.atoms) && j-k < 7; j++ {
		switch a := s.atoms[j]; a.kind {
		case det, modifier:
		case hit, org, name:
			next := s.at(j + 1)
			if (next.kind == roleAtom || next.kind == org) && !(next.kind == roleAtom && next.role.kind == "person") || next.kind == possessed {
				continue
			}
			if next.kind == modifier && s.upos(next.r.First) == document.NOUN && s.isAdjective(a) {
				continue // "the union of Sundian | railway workers"
			}
			return s.span(j)
		case possessed:
		case roleAtom:
			if n := s.nameAfter(j); n > 0 {
				return s.span(n)
			}
			if a.role.kind == "person" {
				return text.Span{}
			}
			if s.at(j+1).kind == possessed {
				continue
			}
			return s.headSpan(j)
		default:
			return text.Span{}
		}
	}
	return text.Span{}
}

// isAdjective reports whether an atom is, or looks like, the adjective of a state.
func (s *scan) isAdjective(a atom) bool {
	if a.kind == name {
		return a.r.End-a.r.First == 1 && s.looksDemonym(s.form(a.r.First))
	}
	return a.kind == hit && a.entry.use == useAdjective
}

func (s *scan) headSpan(i int) text.Span {
	return s.d.Tokens[s.atoms[i].head].Span
}

// describe adds the mention of a role atom: with the name that follows it, a named
// person, else a description.
func (s *scan) describe(i int) {
	a := s.atoms[i]
	m := document.Mention{Span: s.leftOf(i), Head: s.headSpan(i), Form: document.Described, Role: s.span(i), Of: s.bodyLeft(i),
		Gender: a.role.gender, Plural: a.plural, Same: s.same[i], Kind: roleKind(a.role)}
	if m.Of.IsEmpty() {
		m.Of = s.bodyRight(i + 1)
	}
	if p := s.at(i - 1); i > 0 && p.kind == name && a.role.kind == "organ" && !a.role.state || i > 0 && p.kind == name && s.lower(a.head) == "ministry" {
		m.Form, m.Head = document.Named, s.span(i).Cover(s.span(i-1)) // "Sea Trade ministry"
		m.Of = s.bodyLeft(i - 1)
		s.add(m, "role-organ")
		return
	}
	if m.Kind == document.Organ && isCapital(s.form(a.head)) && a.r.End-a.r.First > 1 {
		m.Form, m.Head = document.Named, s.span(i)
	}
	m.Role = s.roleSpan(i)
	if k := s.nameAfter(i); k > 0 {
		s.roleAndName(i, k, m)
		return
	}
	if k := s.nameAfterAnd(i); k > 0 && m.Same.IsEmpty() {
		m.Same = s.span(k)
	}
	if m.Of.Start > m.Head.End && m.Form == document.Described {
		m.Span = m.Span.Cover(m.Of)
	}
	s.add(m, "role")
}

func roleKind(r role) document.ActorKind {
	switch r.kind {
	case "person":
		return document.Person
	case "organ":
		return document.Organ
	case "body":
		return document.Organisation
	case "group":
		return document.Group
	}
	return document.Unclear
}

// nameAfter returns the atom of the name that a role stands before, over a title or
// over the body: "President of the United States Amara Okafor", "ambassador to the
// league Ilan Moreau", "the airline Veyra Air". 0 when none.
func (s *scan) nameAfter(i int) int {
	a := s.atoms[i]
	if a.plural || a.role.kind != "person" && a.role.kind != "body" {
		return 0
	}
	k := i + 1
	for s.at(k).kind == title {
		k++
	}
	if next := s.at(k); a.role.kind == "person" && next.kind == roleAtom && next.role.kind == "person" && isCapital(s.form(next.r.First)) {
		return s.nameAfter(k) // "league chairwoman President Okafor"
	}
	if a.role.kind == "body" {
		if next := s.at(k); isCapital(s.form(a.head)) || next.kind != name && next.kind != org && !(next.kind == hit && next.entry.kind == document.Organisation) {
			return 0
		}
		return k
	}
	if s.at(k).kind == name {
		if p := s.at(k + 1); p.kind == roleAtom && p.role.kind == "organ" && k == i+1 {
			return 0
		}
		return k
	}
	if s.at(i+1).kind != joiner && s.lower(s.at(i+1).r.First) != "to" {
		return 0
	}
	for k = i + 2; k < len(s.atoms) && k-i < 8; k++ {
		switch b := s.at(k); {
		case b.kind == det, b.kind == modifier, b.kind == hit, b.kind == org, b.kind == possessed, b.kind == roleAtom && b.role.kind != "person":
		case b.kind == name && s.at(k+1).kind != possessed && s.at(k+1).kind != modifier:
			if p := s.at(k - 1).kind; p == hit || p == org || p == roleAtom || p == modifier && k-i > 3 {
				return k
			}
			return 0
		default:
			return 0
		}
	}
	return 0
}

// nameAfterAnd returns the name behind a second role that "and" joins to the one at
// i: "the cleric and militia leader Idris Kanu". 0 when none.
func (s *scan) nameAfterAnd(i int) int {
	if s.lower(s.at(i+1).r.First) != "and" || s.atoms[i].role.kind != "person" {
		return 0
	}
	for k := i + 2; k < len(s.atoms) && k-i < 7; k++ {
		switch a := s.at(k); a.kind {
		case modifier, hit, org, possessed:
		case roleAtom:
			if a.role.kind == "person" {
				return s.nameAfter(k)
			}
		default:
			return 0
		}
	}
	return 0
}

// roleSpan returns the words of a role; a word that makes it a former one belongs
// to it over the body: "former Veyran ambassador".
func (s *scan) roleSpan(i int) text.Span {
	out := s.span(i)
	for k := i - 1; k >= 0 && i-k < 6; k-- {
		a := s.atoms[k]
		if a.kind != modifier && a.kind != hit && a.kind != org && a.kind != name {
			break
		}
		if s.t.roleWords[s.lower(a.r.First)] == "past" {
			return out.Cover(s.span(k))
		}
	}
	return out
}

func (s *scan) roleAndName(i, k int, m document.Mention) {
	m.Form, m.Plural = document.Named, false
	m.Span, m.Head = m.Span.Cover(s.span(k)), s.span(k)
	if m.Kind == document.Person {
		if m.Same.IsEmpty() {
			m.Same = s.same[k]
		}
		s.personFacts(k, &m)
	} else if e := s.atoms[k].entry; e.key != "" {
		m.Kind, m.Name, m.Key = e.kind, e.name, e.key
	}
	s.done[k] = true
	s.add(m, "role-name")
}
