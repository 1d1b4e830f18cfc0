package move

import (
	"slices"
	"strings"

	"rapporteur/internal/document"
)

// who holds the actors of a predicate: those it is told of, with those who speak
// with, for or in support of them, and those who stand against them.
type who struct {
	with, against []string
}

func (w who) isNone() bool { return len(w.with) == 0 }

// A piece is part of the list of actors before a predicate.
type piece struct {
	names  []string // of an actor
	mark   mark
	from   int
	breaks bool // a comma, "and" or "but"
	comma  bool // a comma
	known  bool // the tables know the name
}

// mark is a word that tells what the actors behind it have to do with the first.
type mark uint8

const (
	noMark   mark = iota
	speaks        // "for", "on behalf of", "also speaking for"
	joins         // "with", "supported by"
	opposes       // "opposed by"
	stranger      // somebody who gets no line: "Chair Okoro", "several parties"
)

// A sentence is a sentence with the names that stand in it.
type sentence struct {
	*document.View
	r       *Reader
	names   map[int][]string // by first token
	starts  map[int]int      // first token of a name by its last
	persons map[int]bool     // tokens of names of persons
}

func newSentence(r *Reader, d *document.Doc, id document.SentenceID) *sentence {
	s := &sentence{View: d.ViewOf(id), r: r, names: map[int][]string{}, starts: map[int]int{}, persons: map[int]bool{}}
	for i := s.Lo; i < s.Hi; i++ {
		names, end := r.names.at(s.View, i)
		if end == i {
			continue
		}
		if !s.goesOn(end) {
			s.names[i], s.starts[end-1] = names, i
		}
		i = end - 1
	}
	for _, c := range d.Chunks {
		if c.Kind == document.PersonName && (c.Tokens.End-c.Tokens.First > 1 || d.Form(c.Tokens.First) != strings.ToUpper(d.Form(c.Tokens.First))) {
			for t := c.Tokens.First; t < c.Tokens.End; t++ {
				s.persons[int(t)] = true
			}
		}
	}
	return s
}

// goesOn reports whether the name that ends before token i is only the beginning of
// a longer one: "CONGO" of "CONGO BASIN COUNTRIES".
func (s *sentence) goesOn(i int) bool {
	if !isCapital(s.View, i) || !s.isNominal(i) {
		return false
	}
	_, end := s.r.names.at(s.View, i)
	return end == i
}

// endsName reports whether a known name ends with token i.
func (s *sentence) endsName(i int) bool {
	_, ok := s.starts[i]
	return ok
}

// generic are words of actors without a name and of the marks around actors.
const generic = "many several some most other others all both numerous various number parties party countries country delegates delegations " +
	"participants members states nations developing developed few two three four five six member a an the each any every no group groups speakers ministers observers organizations organisations"

// subject reads the list of actors that ends before token v, a verb: "AUSTRALIA,
// supported by NORWAY, but opposed by BOLIVIA," of "… suggested". It returns the
// token at which the list begins, and v where there is none.
//
// The list is read from right to left over names, commas and marks: trees attach
// long lists of actors with appositions in many ways (UD, conj and appos).
func (s *sentence) subject(v int) (found who, stranger bool, from int) {
	pieces := s.pieces(v)
	if len(pieces) == 0 {
		return who{}, false, v
	}
	if alone(pieces) {
		return who{}, true, pieces[0].from
	}
	slices.Reverse(pieces)
	if s.isGoverned(pieces[0].from) {
		pieces = afterBreak(pieces)
		if len(pieces) == 0 {
			return who{}, false, v
		}
	}
	found, stranger = divide(pieces)
	return found, stranger, pieces[0].from
}

// alone reports whether somebody without a line stands right before the verb and
// not at the end of a list: "After talks of Sund and Veyra, the Chair noted …". The
// pieces are from right to left.
func alone(pieces []piece) bool {
	return pieces[0].mark == stranger && len(pieces) > 1 && pieces[1].comma
}

// divide goes through the pieces from left to right and gives each actor its side.
func divide(pieces []piece) (found who, strangers bool) {
	against := false
	for _, p := range pieces {
		switch p.mark {
		case opposes:
			against = true
		case joins:
			against = false
		case stranger:
			strangers = strangers || !against
		}
		if against {
			found.against = append(found.against, p.names...)
		} else {
			found.with = append(found.with, p.names...)
		}
	}
	return found, strangers
}

// afterBreak drops what a preposition before the list governs, up to the first
// comma: "On the draft presented by Belmora, Tolmark suggested …".
func afterBreak(pieces []piece) []piece {
	for i, p := range pieces {
		if p.breaks && p.mark == noMark {
			return pieces[i+1:]
		}
	}
	return nil
}

// isGoverned reports whether a preposition stands before token i: what follows it
// is not who acts.
func (s *sentence) isGoverned(i int) bool {
	p := i - 1
	for s.Form(p) == "the" || s.Form(p) == "a" || s.UPOS(p) == document.ADJ {
		p--
	}
	switch s.Form(p) {
	case "for", "with":
		return false
	}
	return s.UPOS(p) == document.ADP || s.Form(p) == "'s" || s.Form(p) == "'"
}

// pieces reads the list before token v from right to left. A name that no table
// knows at the end of a list of nouns is one of those: "text on costs and MRV".
func (s *sentence) pieces(v int) []piece {
	var out []piece
	i := s.beforeVerb(v) - 1
	switch s.Form(i) {
	case "and", "but", "or":
		return nil
	}
	for i >= s.Lo {
		p, next, ok := s.piece(i, v)
		if !ok {
			break
		}
		p.from = next + 1
		out = append(out, p)
		i = next
	}
	joined := false
	for len(out) > 0 && out[len(out)-1].names == nil && out[len(out)-1].mark == noMark {
		joined = joined || out[len(out)-1].breaks && !out[len(out)-1].comma
		out = out[:len(out)-1]
	}
	if joined && s.UPOS(i) == document.NOUN && !slices.ContainsFunc(out, func(p piece) bool { return p.known || p.mark != noMark }) {
		return nil
	}
	return out
}

// beforeVerb returns the first of the auxiliaries, negations and adverbs before v.
func (s *sentence) beforeVerb(v int) int {
	i := v
	for s.Has(i-1) && !s.endsName(i-1) {
		f := s.Form(i - 1)
		if s.UPOS(i-1) != document.AUX && f != "not" && f != "n't" && (s.UPOS(i-1) != document.ADV || isCapital(s.View, i-1)) {
			break
		}
		i--
	}
	return i
}

// piece reads the piece that ends at token i of the list before the verb v and
// returns the token before it.
func (s *sentence) piece(i, v int) (p piece, next int, ok bool) {
	f := s.Form(i)
	if from, known := s.starts[i]; known {
		return piece{names: s.names[from], known: true}, s.beforeArticle(from), true
	}
	switch f {
	case ",", "and", "&", "or", "as", "well", "/", "but", "while":
		return piece{breaks: true, comma: f == ","}, i - 1, f != "while"
	case ")":
		return s.bracket(i)
	case "for":
		return piece{mark: speaks}, s.skip(i-1, "also speaking"), true
	case "with":
		return piece{mark: joins}, s.skip(i-1, "along together speaking"), true
	case "of":
		if s.Form(i-1) == "behalf" {
			return piece{mark: speaks}, s.skip(i-2, "on also speaking"), true
		}
		return p, i, s.Form(i-1) == "number" || s.Form(i-1) == "group"
	case "by":
		return s.agent(i)
	}
	return s.other(i, v)
}

// agent reads "supported by", "joined by", "opposed by".
func (s *sentence) agent(i int) (piece, int, bool) {
	switch s.r.verbs[s.Form(i-1)].polarity {
	case Support:
		return piece{mark: joins}, i - 2, true
	case Oppose:
		return piece{mark: opposes}, i - 2, true
	}
	switch s.Form(i - 1) {
	case "joined", "echoed", "seconded", "followed":
		return piece{mark: joins}, i - 2, true
	}
	return piece{}, i, false
}

// bracket passes over what stands in brackets.
func (s *sentence) bracket(i int) (piece, int, bool) {
	for k := i - 1; k >= max(s.Lo, i-12); k-- {
		if s.Form(k) == "(" {
			return piece{}, k - 1, true
		}
	}
	return piece{}, i, false
}

// other reads a name that no table knows, or words for actors without a name.
func (s *sentence) other(i, v int) (piece, int, bool) {
	if slices.Contains(strings.Fields(generic), s.Form(i)) && !(isCapital(s.View, i) && i > s.Lo && s.UPOS(i) == document.PROPN) {
		k := i
		for s.Has(k) && slices.Contains(strings.Fields(generic), s.Form(k)) && !s.endsName(k) {
			k--
		}
		return piece{mark: stranger}, k, true
	}
	if !isCapital(s.View, i) || s.UPOS(i) == document.PRON {
		return piece{}, i, false
	}
	from := s.nameFrom(i)
	if !s.acts(from, i+1, v) {
		return piece{}, i, false
	}
	p := piece{mark: stranger}
	if name := s.nameOf(from, i+1); name != "" {
		p = piece{names: []string{name}}
	}
	return p, s.beforeArticle(from), true
}

// nameFrom returns the first token of the run of capital words that ends at i.
func (s *sentence) nameFrom(i int) int {
	k := i
	for s.Has(k-1) && !s.endsName(k-1) {
		switch f := s.Form(k - 1); {
		case isCapital(s.View, k-1) && s.isNominal(k-1), f == "-", f == "/":
			k--
		case (f == "of" || f == "on" || f == "for") && isCapital(s.View, k-2) && !s.endsName(k-2) && s.UPOS(k-2) != document.VERB && f != "for":
			k -= 2
		default:
			return k
		}
	}
	return k
}

func (s *sentence) isNominal(i int) bool {
	switch s.UPOS(i) {
	case document.PROPN, document.NOUN, document.ADJ, document.X, document.NUM:
		return true
	}
	return false
}

// acts reports whether the tree makes the name at tokens [i, j) the subject of a
// verb or one of a list of subjects: no table vouches for it. UD: nsubj, conj,
// appos, flat.
func (s *sentence) acts(i, j, v int) bool {
	top := j - 1
	for h := int(s.Doc.Tokens[top].Head); h >= i && h < j; h = int(s.Doc.Tokens[top].Head) {
		top = h
	}
	for k := top; s.Has(k); k = int(s.Doc.Tokens[k].Head) {
		switch s.Doc.Tokens[k].DepRel {
		case "nsubj", "obl:agent":
			return true
		case "conj", "flat", "compound", "appos", "nmod:desc", "nmod:unmarked", "list":
		case "nmod", "obl":
			return k >= i && k < j && s.marked(i)
		default:
			return k >= i && k < j && int(s.Doc.Tokens[k].Head) == v
		}
	}
	return false
}

// marked reports whether a mark of actors stands before token i.
func (s *sentence) marked(i int) bool {
	switch s.Form(s.beforeArticle(i)) {
	case "for", "with", "by", "of":
		return true
	}
	return false
}

// nameOf returns the name that tokens [i, j) write, "" where it is a person, an
// office or a heading.
func (s *sentence) nameOf(i, j int) string {
	for k := i; k < j; k++ {
		if s.persons[k] || s.r.names.persons[s.Form(k)] || isOffice(s.Form(k)) {
			return ""
		}
	}
	if s.Form(j) == ":" || s.UPOS(j-1) == document.ADP {
		return ""
	}
	words := s.Doc.In(s.Span(i, j))
	if strings.Contains(words, " ") && words == strings.ToUpper(words) {
		return title(words)
	}
	return words
}

// isOffice reports whether a word names who runs the talks.
func isOffice(w string) bool {
	switch w {
	case "chair", "co", "chairs", "chairperson", "facilitator", "facilitators", "moderator", "secretariat", "delegates", "parties", "president", "he", "she", "they", "it", "we",
		"this", "these", "those", "i", "who", "which", "that", "there", "coordinator", "rapporteur", "contact", "group", "committee":
		return true
	}
	return false
}

// title writes a name in capitals as names are written: "CONGO BASIN COUNTRIES"
// gives "Congo Basin Countries".
func title(words string) string {
	fields := strings.Fields(strings.ToLower(words))
	for i, f := range fields {
		if i > 0 && (f == "of" || f == "and" || f == "the" || f == "on" || f == "for" || f == "in") {
			continue
		}
		parts := strings.Split(f, "-")
		for k, p := range parts {
			if p != "" {
				parts[k] = strings.ToUpper(p[:1]) + p[1:]
			}
		}
		fields[i] = strings.Join(parts, "-")
	}
	return strings.Join(fields, " ")
}

func (s *sentence) beforeArticle(i int) int { return s.skip(i-1, "the") }

// skip passes backwards over the words of list.
func (s *sentence) skip(i int, list string) int {
	for s.Has(i) && slices.Contains(strings.Fields(list), s.Form(i)) {
		i--
	}
	return i
}
