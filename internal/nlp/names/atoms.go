package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// atomKind sorts the units that a sentence is cut into before mentions are read.
type atomKind uint8

const (
	other     atomKind = iota
	hit                // a name of the gazetteer
	org                // a body known by one of its words: "Orsa Harbour Council"
	name               // another run of capitalised words
	title              // "Mr"
	roleAtom           // "deputy foreign minister"
	det                // "the", "a", "its"
	modifier           // adjective or noun without capital
	possessed          // "'s"
	joiner             // "of", "for", "at", "from"
	comma
	pronoun
	verb
	thing // a named place, treaty or day: no actor
)

// An atom is one unit of a sentence.
type atom struct {
	kind   atomKind
	r      document.Range
	entry  entry  // of a hit
	org    string // kind of an org
	role   role
	head   document.TokenID // head noun of a role
	plural bool
	place  bool // a hit that stands for a place here: "in Moscow"
}

// A scan reads one sentence.
type scan struct {
	t      *tables
	d      *document.Doc
	lo, hi document.TokenID
	titled bool            // a headline in title case: capitals tell nothing
	known  map[string]bool // words of names that the rest of the article gives
	atoms  []atom
	out    []document.Mention
	same   map[int]text.Span // atom → head of the mention it is in apposition with
	roleOf map[int]facts     // name atom → what its apposition tells
	done   map[int]bool
	party  map[int]text.Span                   // name atom → the party in brackets behind it
	chunks map[document.TokenID]document.Chunk // names that the learned engine marks, by first token
	lasts  map[string]bool                     // last words of those of persons
	parts  map[string]bool                     // all their words
	marked map[document.TokenID]bool           // tokens of the engine's names of persons and bodies
}

func (s *scan) in(i document.TokenID) bool { return i >= s.lo && i < s.hi }

func (s *scan) form(i document.TokenID) string {
	if !s.in(i) {
		return ""
	}
	if w := s.d.Form(i); w != "–" || !s.glued(i) {
		return strings.ReplaceAll(w, "’", "'")
	}
	return "-"
}

func (s *scan) lower(i document.TokenID) string { return strings.ToLower(s.form(i)) }

func (s *scan) upos(i document.TokenID) document.UPOS {
	if !s.in(i) {
		return ""
	}
	return s.d.Tokens[i].UPOS
}

// glued reports whether no white space divides token i from the one before.
func (s *scan) glued(i document.TokenID) bool {
	return s.in(i) && s.in(i-1) && s.d.Tokens[i-1].Span.End == s.d.Tokens[i].Span.Start
}

func isCapital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

// cut divides the sentence into atoms.
func (s *scan) cut() {
	for i := s.lo; i < s.hi; {
		a := atom{r: document.Range{First: i, End: i + 1}}
		if !s.inDateline(i) {
			a = s.learned(s.atomAt(i))
		}
		s.atoms = append(s.atoms, a)
		i = a.r.End
	}
}

func (s *scan) atomAt(i document.TokenID) atom {
	if s.form(i+1) == "-" && s.glued(i+1) {
		if a, ok := s.orgAt(i); ok {
			return a // "Veyra-Tolmark Council" is one body
		}
	}
	if a, ok := s.hitAt(i); ok {
		if w := s.t.orgWords[s.form(a.r.End)]; w.kind == "media" && a.entry.kind == document.State && a.entry.use == useName && !s.titled {
			return atom{kind: org, r: document.Range{First: i, End: a.r.End + 1}, org: w.kind} // "the Veyra Herald"
		}
		if o, ok := s.orgBehind(a); ok {
			return o
		}
		return a
	}
	if s.isTitled(i) && isCapital(s.form(i+1)) && (!s.isRoleWord(i+1) || s.isTitled(i+1) || s.t.titles[s.form(i)] != "") {
		return atom{kind: title, r: document.Range{First: i, End: i + 1}}
	}
	if a, ok := s.orgAt(i); ok {
		return a
	}
	if a, ok := s.roleAt(i); ok {
		return a
	}
	if end := s.nameEnd(i); end > i {
		return atom{kind: name, r: document.Range{First: i, End: end}}
	}
	return atom{kind: s.plainKind(i), r: document.Range{First: i, End: i + 1}}
}

var joiners = map[string]bool{"of": true, "for": true, "at": true, "from": true}

func (s *scan) plainKind(i document.TokenID) atomKind {
	w := s.lower(i)
	switch s.upos(i) {
	case document.PRON:
		if s.d.Tokens[i].XPOS == "PRP$" {
			return det
		}
		return pronoun
	case document.DET, document.NUM:
		return det
	case document.ADJ, document.NOUN, document.PROPN:
		return modifier
	case document.VERB, document.AUX:
		if xpos := s.d.Tokens[i].XPOS; xpos == "VBN" || xpos == "VBG" {
			return modifier
		}
		return verb
	}
	switch {
	case w == "'s" || w == "'":
		return possessed
	case joiners[w]:
		return joiner
	case w == ",":
		return comma
	case w == "-" && s.glued(i):
		return modifier
	}
	return other
}

// hitAt finds the longest name of the gazetteer at token i.
func (s *scan) hitAt(i document.TokenID) (atom, bool) {
	best, found := phrase{}, false
	for _, p := range s.t.gazetteer[s.form(i)] {
		if len(p.words) > len(best.words) && s.matches(p.words, i) {
			best, found = p, true
		}
	}
	end := i + document.TokenID(len(best.words))
	if !found || s.isFirstName(i, end, best.entry) || s.isSecondHalf(i) || s.inDateline(i) {
		return atom{}, false
	}
	a := atom{kind: hit, r: document.Range{First: i, End: end}, entry: best.entry}
	if best.entry.place {
		a.kind = thing
	}
	a.place = s.isPlace(a)
	return a, true
}

// isSecondHalf reports whether a hyphen joins token i to a word that is no name of
// the gazetteer: "anti-Russian", but not "Russia-US".
func (s *scan) isSecondHalf(i document.TokenID) bool {
	return s.glued(i) && s.form(i-1) == "-" && s.glued(i-1) && len(s.t.gazetteer[s.form(i-2)]) == 0
}

func (s *scan) inDateline(i document.TokenID) bool {
	return s.in(i) && s.d.Article.Dateline.Span.Contains(s.d.Tokens[i].Span)
}

func (s *scan) matches(words []string, i document.TokenID) bool {
	for n, w := range words {
		if s.form(i+document.TokenID(n)) != w {
			return false
		}
	}
	return true
}

// isFirstName reports whether a name of the gazetteer begins the name of a person
// or place here: "Jordan Moss", "Georgia Street".
func (s *scan) isFirstName(i, end document.TokenID, e entry) bool {
	if e.use != useName || end-i != 1 || s.titled || !s.isNameWord(end) || s.isRoleWord(end) {
		return false
	}
	if _, ok := s.t.orgWords[s.form(end)]; ok {
		return s.t.orgWords[s.form(end)].kind == "place"
	}
	if len(s.t.gazetteer[s.form(end)]) > 0 {
		return false
	}
	_, first := s.t.first[s.form(i)]
	return first
}

// orgBehind takes the name of a state into the name of the body that goes on behind
// it: "Veyra Solidarity Campaign". Organs stay apart: "Veyra Foreign Ministry".
func (s *scan) orgBehind(a atom) (atom, bool) {
	if a.entry.kind != document.State || a.entry.use != useName || strings.ToUpper(s.form(a.r.First)) == s.form(a.r.First) {
		return atom{}, false
	}
	next := a.r.End
	if h, ok := s.hitAt(next); ok && h.entry.kind == document.State {
		next = h.r.End
	}
	o, ok := s.orgAt(next)
	if !ok || o.org != "organisation" && o.org != "study" && o.org != "armed group" || o.r.End-o.r.First < 2 {
		return atom{}, false
	}
	o.r.First = a.r.First
	return o, true
}

// isPlace reports whether a seat of government stands for the town itself.
// Guideline: ACE 2008 entities 4.2 (GPE with role LOC). "They met in Moscow."
func (s *scan) isPlace(a atom) bool {
	if a.entry.use != useMetonym {
		return false
	}
	return s.t.is("place", s.lower(a.r.First-1)) || s.form(a.r.End) == "," && len(s.t.gazetteer[s.form(a.r.End+1)]) > 0 && s.form(a.r.First-1) != ","
}

func (s *scan) isRoleWord(i document.TokenID) bool {
	w := s.lower(i)
	if _, ok := s.t.roles[w]; ok {
		return true
	}
	return s.t.roleWords[w] != ""
}

// isNameWord reports whether token i can be part of a name.
func (s *scan) isNameWord(i document.TokenID) bool {
	w := s.form(i)
	if !isCapital(w) || w == "I" {
		return false
	}
	if s.titled {
		return s.known[w] || s.marked[i]
	}
	switch s.upos(i) {
	case document.DET, document.PRON, document.ADP, document.AUX, document.CCONJ, document.SCONJ, document.PART, document.INTJ:
		return s.known[w] && !s.starts(i)
	}
	if s.starts(i) && s.upos(i) != document.PROPN {
		if s.looksDemonym(w) && isCapital(s.form(i+1)) && s.isRoleWord(i+1) {
			return true
		}
		return s.known[w] || s.marked[i] || s.t.first[w] != "" && isCapital(s.form(i+1))
	}
	return true
}

// looksDemonym reports whether a word has the ending of an adjective of a state and
// is no word of roles: "Draskian Deputy Minister", but not "Senior Deputy Minister".
func (s *scan) looksDemonym(w string) bool {
	lower := strings.ToLower(w)
	if s.t.roleWords[lower] != "" || s.hasRole(lower) {
		return false
	}
	for _, end := range s.t.demonyms {
		if strings.HasSuffix(lower, end) && len(lower) > len(end)+2 {
			return true
		}
	}
	return false
}

var openers = []string{"\"", "“", "‘", "'", "''", "``", "(", "[", ":", "«", "-", "–", "—", "•", "*"}

// starts reports whether a capital at token i tells nothing, because a sentence or
// quotation begins there.
func (s *scan) starts(i document.TokenID) bool {
	return i == s.lo || slices.Contains(openers, s.form(i-1))
}

// nameEnd returns the token after the run of name words that begins at i, or i.
// Particles and hyphens belong to it: "Amira al-Haddad", "Ruth Adeyemi-Kolb".
func (s *scan) nameEnd(i document.TokenID) document.TokenID {
	if !s.isNameWord(i) || s.isBareNoName(i) || s.inDateline(i) || s.isTitled(i) && !isCapital(s.form(i+1)) {
		return i
	}
	end := i + 1
	if s.starts(i) && !s.known[s.form(i)] && !s.isNickname(i) && (!s.opensName(i) || s.t.roleWords[s.lower(i)] != "") {
		return i
	}
	for s.in(end) {
		next := s.nextNameWord(end)
		if next == end {
			break
		}
		end = next
	}
	return end
}

// nextNameWord returns the token after the next word of a name at end, or end.
func (s *scan) nextNameWord(end document.TokenID) document.TokenID {
	w := s.form(end)
	switch {
	case w == "-" && s.glued(end) && s.glued(end+1) && (isCapital(s.form(end+1)) || s.t.particles[s.lower(end+1)]):
		return end + 2
	case w == "-" && s.glued(end) && s.glued(end+1) && s.isNameWord(end-2) && !s.isCompoundTail(s.form(end+1)):
		return end + 2 // given names of two syllables: "Han Jae-min"
	case s.t.particles[w] && s.isParticleAt(end):
		return end + 1
	case (w == "\"" || w == "“" || w == "'" || w == "‘") && isCapital(s.form(end+1)) && len(s.form(end+2)) <= 3 && isCapital(s.form(end+3)) && strings.ContainsAny(s.form(end+2), "\"”'’"):
		return end + 3 // a nickname inside the name: Anna “Crane” Dole
	case !s.titled && s.isCapitalPreposition(end) && isCapital(s.form(end-1)) && s.isNameWord(end+1):
		return end + 2 // "Captains Without Harbours"
	case !s.isNameWord(end) || s.t.noNames[w] && !s.known[w] && s.isDateNear(end):
		return end
	case isCapital(w) && s.isRoleWord(end) && s.isHeadAhead(end):
		return end
	}
	if _, ok := s.t.titles[w]; ok {
		return end
	}
	if a, ok := s.hitAt(end); ok {
		_, first := s.t.first[s.form(end-1)]
		if !first || a.r.End-a.r.First > 1 || a.entry.use == useAdjective {
			return end
		}
	}
	return end + 1
}

// isCompoundTail reports whether a word in small letters behind a hyphen makes an
// adjective of the name: "Orsa-based", "Veyra-led".
func (s *scan) isCompoundTail(w string) bool {
	for _, tail := range s.t.tails {
		if strings.HasSuffix(w, tail) {
			return true
		}
	}
	return s.t.roleWords[w] != "" || s.hasRole(w) || len(w) > 6
}

// opensName reports whether what follows the first word of a sentence lets it be a
// name of one word.
func (s *scan) opensName(i document.TokenID) bool {
	w := s.form(i + 1)
	switch s.upos(i + 1) {
	case document.VERB, document.AUX, document.CCONJ, document.PROPN:
		return true
	}
	return isCapital(w) || s.t.particles[w] || w == "'s" || w == "'" || w == "," || w == "(" || w == "-" || s.isRoleWord(i+1)
}

// isNickname reports whether a word in marks at i is said to be a name: "known as
// “Heron”".
func (s *scan) isNickname(i document.TokenID) bool {
	w := s.lower(i - 2)
	return (w == "as" || s.t.is("called", w)) && strings.ContainsAny(s.form(i-1), "\"“'‘")
}

// isCapitalPreposition reports whether a preposition is written like a part of a
// name: "Without".
func (s *scan) isCapitalPreposition(i document.TokenID) bool {
	u := s.upos(i)
	return isCapital(s.form(i)) && (u == document.ADP || u == document.SCONJ)
}

func (s *scan) isParticleAt(i document.TokenID) bool {
	next := i + 1
	if s.form(next) == "-" && s.glued(next) {
		next++
	}
	return isCapital(s.form(next)) || s.t.particles[s.form(next)] && isCapital(s.form(next+1))
}

func (s *scan) isHeadAhead(i document.TokenID) bool {
	_, ok := s.roleAt(i)
	return ok
}

// isDateNear reports whether a month or weekday belongs to a date: "March 3".
func (s *scan) isDateNear(i document.TokenID) bool {
	return s.upos(i+1) == document.NUM || s.upos(i-1) == document.NUM || s.upos(i-1) == document.ADP || s.t.first[s.form(i-1)] == "" && !s.known[s.form(i-1)]
}

// isBareNoName reports whether a word that names no actor stands alone at i.
func (s *scan) isBareNoName(i document.TokenID) bool {
	w := s.form(i)
	if !s.t.noNames[w] || !s.t.days[w] && s.isNameWord(i+1) && !s.t.noNames[s.form(i+1)] && !s.isRoleWord(i+1) && !s.isTitled(i+1) {
		return false
	}
	return !s.known[w] || s.upos(i+1) == document.NUM || s.upos(i-1) == document.NUM || s.upos(i-1) == document.ADP && s.form(i+1) != "'s"
}
