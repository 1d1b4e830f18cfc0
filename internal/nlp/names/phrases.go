package names

import (
	"strings"

	"rapporteur/internal/document"
)

// orgAt finds a body known by one of its words: "Orsa Harbour Council", "Ministry
// of Sea Trade", "Movement for the Strait".
func (s *scan) orgAt(i document.TokenID) (atom, bool) {
	if !isCapital(s.form(i)) || s.titled && !s.known[s.form(i)] || !s.isNameWord(i) && !s.isOrgStart(i) {
		return atom{}, false
	}
	last := document.NoToken
	for j := i; s.in(j) && (s.isNameWord(j) || s.form(j) == "-" || s.form(j) == "&" || s.isOwnerMark(j) || j > i && s.form(j) == "and" && s.isNameWord(j+1) && s.isOrgAhead(j+1)); j++ {
		if w, ok := s.t.orgWords[s.form(j)]; ok && w.last && j > i {
			last = j
		}
		if r, ok := s.t.roles[s.lower(j)]; ok && r.kind == "person" && j > i {
			break
		}
		if a, ok := s.hitAt(j); ok && j > i && a.entry.kind == document.State && a.entry.use == useName {
			break
		}
	}
	w := s.t.orgWords[s.form(max(last, i))]
	end := last + 1
	if last == document.NoToken {
		if !s.isOrgStart(i) {
			return atom{}, false
		}
		w, end = s.t.orgWords[s.form(i)], i+1
	}
	end = s.orgTail(i, end, w.kind)
	a := atom{kind: org, r: document.Range{First: i, End: end}, org: w.kind}
	if w.kind == "place" || w.kind == "event" {
		a.kind = thing
	}
	return a, true
}

// isOwnerMark reports whether the possessive at j stands inside a name: "Harbour
// Workers' Union", "People's Front"; "Veyra's Harbour Council" has it outside.
func (s *scan) isOwnerMark(j document.TokenID) bool {
	if w := s.form(j); w != "'s" && w != "'" {
		return false
	}
	return s.t.orgWords[s.form(j-1)].owner && isCapital(s.form(j+1)) && s.isOrgAhead(j+1)
}

// isOrgAhead reports whether an org word follows within the capitalised run at j.
func (s *scan) isOrgAhead(j document.TokenID) bool {
	for ; s.in(j) && isCapital(s.form(j)); j++ {
		if w, ok := s.t.orgWords[s.form(j)]; ok && w.last && w.kind != "place" {
			return true
		}
	}
	return false
}

// isOrgStart reports whether token i begins a name like "Ministry of Trade".
func (s *scan) isOrgStart(i document.TokenID) bool {
	w, ok := s.t.orgWords[s.form(i)]
	return ok && w.first && s.tailStart(i+1) > i+1
}

// tailStart returns the first capitalised token of a tail "of the Strait" at i, or i.
func (s *scan) tailStart(i document.TokenID) document.TokenID {
	switch s.form(i) {
	case "of", "for", "on", "against", "to":
		j := i + 1
		if s.form(j) == "the" && s.form(i) != "to" {
			j++
		}
		if isCapital(s.form(j)) && !s.isTitled(j) && !s.t.noNames[s.form(j)] {
			return j
		}
	}
	return i
}

func (s *scan) isTitled(i document.TokenID) bool { _, ok := s.t.titles[s.form(i)]; return ok }

// orgTail extends a name over "of X and Y". The state in "Government of India" is
// left outside: it is the body that the organ belongs to; so is what no table knows
// behind a whole name: "Foreign Ministry of Sund".
func (s *scan) orgTail(first, end document.TokenID, kind string) document.TokenID {
	for {
		j := s.tailStart(end)
		if j == end {
			return end
		}
		if a, ok := s.hitAt(j); ok && kind == "organ" && a.entry.kind == document.State && s.form(end) == "of" {
			return end
		}
		if kind == "organ" && s.form(end) == "of" && end-first > 1 && s.form(j-1) == "of" && !isCapital(s.form(j+1)) && !s.isRoleWord(j) && s.form(j+1) != "and" {
			return end
		}
		for s.in(j) && (isCapital(s.form(j)) || s.form(j) == "-" && s.glued(j) || s.form(j) == "and" && s.isTailAnd(j)) {
			j++
		}
		end = j
	}
}

func (s *scan) isTailAnd(i document.TokenID) bool {
	if _, ok := s.hitAt(i + 1); ok {
		return false
	}
	_, isRole := s.t.roles[s.lower(i+1)]
	return isCapital(s.form(i+1)) && !isRole && !s.isOrgStart(i+1) && s.t.first[s.form(i+1)] == ""
}

// longestRole is the most tokens that the words of a role have; it bounds the time.
const longestRole = 16

// roleAt finds words that say what somebody is: "deputy foreign minister", "chief
// negotiator", "Foreign Ministry". A capitalised organ before a person's role is an
// atom of its own: "Foreign Ministry | Spokeswoman".
func (s *scan) roleAt(i document.TokenID) (atom, bool) {
	a := atom{kind: roleAtom, head: document.NoToken}
	for j := i; s.in(j) && j-i < longestRole; j++ {
		w := s.lower(j)
		if j > i && isCapital(s.form(j)) && !isCapital(s.form(j-1)) && s.form(j-1) != "-" && a.head != document.NoToken {
			break // "the opposition party | Movement for the Strait"
		}
		if isCapital(s.form(j)) && s.isCapitalPreposition(j+1) {
			break // "Captains Without Harbours" is a name
		}
		if w == "-" && s.glued(j) && s.isRoleWord(j+1) || w == "and" && j > i && s.isRoleWord(j+1) && s.t.roleWords[s.lower(j-1)] == "role" && a.head == document.NoToken {
			continue
		}
		compound := s.compound(j)
		r, isHead := s.t.roles[compound]
		if !isHead || !s.isNoun(j) {
			if s.t.roleWords[w] == "" || s.upos(j) == document.VERB && s.d.Tokens[j].XPOS != "VBN" {
				break
			}
			continue
		}
		if strings.Contains(compound, "-") && compound != w {
			j += 2
		}
		a.role, a.head = r, j
		if (r.kind == "organ" || r.kind == "body") && isCapital(s.form(j)) {
			break
		}
	}
	if a.head == document.NoToken {
		return atom{}, false
	}
	a.plural = a.role.kind == "group" || s.d.Tokens[a.head].XPOS == "NNS"
	a.r = document.Range{First: i, End: s.roleTail(i, a.head, a.role)}
	return a, true
}

// compound returns "vice-president" for three tokens, else the token itself; the
// singular where only that is a role.
func (s *scan) compound(j document.TokenID) string {
	w := s.lower(j)
	if s.form(j+1) == "-" && s.glued(j+1) && s.glued(j+2) {
		if c := w + "-" + s.lower(j+2); s.hasRole(c) {
			return c
		}
	}
	if at := strings.LastIndexByte(w, '-'); at > 0 && !s.hasRole(w) && s.hasRole(w[at+1:]) {
		return w[at+1:] // "co-founder" is one token
	}
	if !s.hasRole(w) && s.hasRole(s.d.Tokens[j].Lemma) && s.d.Tokens[j].XPOS == "NNS" {
		return s.d.Tokens[j].Lemma
	}
	return w
}

func (s *scan) hasRole(w string) bool { _, ok := s.t.roles[w]; return ok }

func (s *scan) isNoun(i document.TokenID) bool {
	switch s.upos(i) {
	case document.NOUN, document.PROPN, document.ADJ, document.X, "":
		return true
	}
	return s.titled || isCapital(s.form(i))
}

// roleTail extends a minister's role over its field: "Secretary of State",
// "minister of foreign affairs", "Minister for Sea Trade".
// A capitalised word that tells no field is the body instead: "energy minister of
// Veyra", "Prime Minister of Veyra".
func (s *scan) roleTail(first, head document.TokenID, r role) document.TokenID {
	w := s.lower(head)
	if r.kind != "person" || w != "secretary" && w != "minister" && w != "undersecretary" && w != "commissioner" {
		return head + 1
	}
	open := isCapital(s.form(head)) && (first == head || s.isRank(s.lower(head-1)))
	end := s.fieldEnd(head+1, open)
	if next := s.fieldEnd(end, open); next > end && s.form(end) == "for" {
		return next // "secretary of state for sea trade"
	}
	return end
}

// isRank reports whether a word in front of a minister tells rank and no field.
func (s *scan) isRank(w string) bool {
	return s.t.is("rank", w)
}

// fieldEnd returns the token after a minister's field that begins with the
// preposition at i, or i.
func (s *scan) fieldEnd(i document.TokenID, open bool) document.TokenID {
	prep := s.form(i)
	if prep != "of" && prep != "for" {
		return i
	}
	end := i + 1
	if s.form(end) == "the" {
		end++
	}
	for j := end; s.in(j); j++ {
		_, isHit := s.hitAt(j)
		_, first := s.t.first[s.form(j)]
		isField := s.t.roleWords[s.lower(j)] == "role" || s.lower(j) == "affairs" || s.lower(j) == "state" || open && isCapital(s.form(j)) && !first && s.upos(j) != document.VERB
		if s.form(j) == "and" && s.t.roleWords[s.lower(j+1)] == "role" {
			continue
		}
		if isHit || !isField {
			break
		}
		end = j + 1
	}
	if end <= i+1 || s.form(end-1) == "the" {
		return i
	}
	return end
}
