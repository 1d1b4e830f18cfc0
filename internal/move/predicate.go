package move

import (
	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// A predicate is a verb of the table with the actors it is told of.
type predicate struct {
	verb    form
	at      int // the verb
	from    int // where its clause begins: what stands before belongs to others
	who     who
	negated bool
	nested  bool // told by another predicate
	inner   bool // part of the point of another predicate, of the same actors
	point   text.Span
}

// predicates reads the predicates of the sentence in order.
func (s *sentence) predicates() []*predicate {
	var all []*predicate
	for i := s.Lo; i < s.Hi; i++ {
		f, ok := s.r.verbs[s.Form(i)]
		if !ok || s.inName(i) || s.inQuotes(i) {
			continue
		}
		if p := s.predicate(f, i, outer(all)); p != nil {
			all = append(all, p)
		}
	}
	s.opening(all)
	for i, p := range all {
		if p.point.IsEmpty() {
			p.point = s.point(p, all[i+1:])
		}
	}
	return told(all)
}

// outer returns the predicates that are no part of another's point.
func outer(all []*predicate) []*predicate {
	var out []*predicate
	for _, p := range all {
		if !p.inner {
			out = append(out, p)
		}
	}
	return out
}

// told drops predicates whose actor nobody knows and those that others tell.
func told(all []*predicate) []*predicate {
	var out []*predicate
	for _, p := range all {
		if !p.who.isNone() && !p.nested {
			out = append(out, p)
		}
	}
	return out
}

// predicate returns the predicate of the verb at i, or nil where the word is none.
func (s *sentence) predicate(f form, i int, before []*predicate) *predicate {
	p := &predicate{verb: f, at: i, from: i, negated: s.isNegated(i)}
	switch {
	case f.shapes&past != 0 && s.Form(i+1) == "by":
		return s.passive(p, before)
	case f.shapes == gerund:
		return s.participle(p, before)
	case f.shapes&past != 0 && s.isPassiveVerb(i):
		return nil
	case s.Form(i-1) == "to", s.Form(i-1) == "as", s.UPOS(i-1) == document.DET, s.UPOS(i) == document.NOUN && f.shapes&past == 0, s.UPOS(i) == document.ADJ:
		return nil
	case f.shapes&past == 0 && s.XPOS(i) == "VB" && s.UPOS(s.beforeVerb(i)) != document.AUX:
		return nil
	}
	who, stranger, from := s.subject(i)
	if from < i && (!who.isNone() || stranger) {
		return s.withSubject(p, who, stranger, from, before)
	}
	if s.isPronoun(from-1) || s.isPronoun(s.beforeVerb(i)-1) {
		return s.ofPronoun(p, before)
	}
	return s.joined(p, before)
}

func (s *sentence) isPronoun(i int) bool {
	switch s.Form(i) {
	case "he", "she", "they", "it":
		return true
	}
	return false
}

// ofPronoun completes a predicate whose subject is a pronoun: "Sund said it could
// not accept the text" tells of Sund, and "With Veyra, she supported it" of Veyra.
// Who else the pronoun means stands in no line, and what would be hangs on something.
func (s *sentence) ofPronoun(p *predicate, before []*predicate) *predicate {
	at := s.beforeVerb(p.at)
	if found, _, from := s.subject(at - 1); from < at-1 && (from == s.Lo || s.isCoordinated(from)) && s.isMark(from) && !found.isNone() {
		p.who, p.from = found, s.coordination(from)
		return p
	}
	p.from = at
	if len(before) == 0 {
		return p
	}
	last := before[len(before)-1]
	if p.verb.polarity == Report || !last.verb.says || last.nested || last.inner || at-1-last.at > 3 || len(last.who.with) == 0 {
		return nil
	}
	if s.Form(at) == "would" && !p.negated {
		return nil
	}
	p.who, p.inner = who{with: last.who.with}, true
	return p
}

// isMark reports whether "with", "for" or "supported by" begins at token i.
func (s *sentence) isMark(i int) bool {
	f := s.Form(i)
	return f == "with" || s.r.verbs[f].polarity == Support && s.Form(i+1) == "by"
}

// withSubject completes a predicate whose actors stand before it. Where those
// only join the subject of the predicate before ("… and, with Sund, said"), that
// one's stand with them.
func (s *sentence) withSubject(p *predicate, found who, stranger bool, from int, before []*predicate) *predicate {
	p.who, p.from = found, from
	joins := s.isMark(from) || s.r.verbs[s.Form(from)].polarity == Oppose && s.Form(from+1) == "by"
	if joins && len(before) > 0 && s.isCoordinated(from) {
		last := before[len(before)-1]
		p.who.with = append(append([]string{}, last.who.with...), found.with...)
	}
	p.nested = !joins && s.isNested(from)
	p.from = s.coordination(from)
	return p
}

// joined completes a predicate without a subject of its own: the one before has
// its subject where "and" or "but" joins them.
func (s *sentence) joined(p *predicate, before []*predicate) *predicate {
	at := s.beforeVerb(p.at)
	if !s.isCoordinated(at) || len(before) == 0 || s.verbIsNoun(p.at) {
		if len(before) == 0 && s.UPOS(p.at) == document.VERB && s.verbIsFinite(p) {
			p.from = at
			return p
		}
		return nil
	}
	last := before[len(before)-1]
	if s.isOtherClause(p, last) {
		return nil
	}
	p.who, p.from, p.nested = last.who, s.coordination(at), last.nested
	return p
}

// isOtherClause reports whether a verb of another tense makes p part of what the
// last predicate tells: "said that the text is weak and needs …".
func (s *sentence) isOtherClause(p, last *predicate) bool {
	return p.verb.shapes&past == 0 && last.verb.shapes&past != 0
}

func (s *sentence) verbIsFinite(p *predicate) bool {
	return p.verb.shapes&past != 0 || s.IsFinite(p.at)
}

// verbIsNoun reports whether an article or an adjective before the verb makes it a
// noun or a participle that modifies one: "the proposed text".
func (s *sentence) verbIsNoun(i int) bool {
	switch s.UPOS(i - 1) {
	case document.DET, document.ADJ, document.ADP, document.NUM:
		return true
	}
	return s.Doc.Tokens[i].DepRel == "amod" && s.UPOS(i+1) == document.NOUN && s.Form(i-1) != "and"
}

// participle completes "…, noting that the talks go on" and "with Sund supporting
// the text".
func (s *sentence) participle(p *predicate, before []*predicate) *predicate {
	i := s.beforeVerb(p.at)
	if found, _, from := s.subject(p.at); from < p.at && s.Form(from) == "with" {
		p.who, p.from = found, s.coordination(from)
		return p
	}
	opens := s.Form(i-1) == "," || i == s.Lo
	if !opens && !(p.verb.says && len(before) > 0 && s.Doc.Tokens[p.at].DepRel == "advcl" && int(s.Doc.Tokens[p.at].Head) == before[len(before)-1].at && s.markOf(p.at) < 0) {
		return nil
	}
	if len(before) > 0 {
		last := before[len(before)-1]
		p.who, p.nested = last.who, last.nested
	}
	p.from = i
	if s.Form(i-1) == "," {
		p.from = i - 1
	}
	return p
}

// opening gives participles that open the sentence the subject of what follows:
// "Noting the delay, Tolmark urged …".
func (s *sentence) opening(all []*predicate) {
	for i, p := range all {
		if p.verb.shapes == gerund && p.who.isNone() && p.from == s.Lo && i+1 < len(all) {
			p.who, p.nested = all[i+1].who, all[i+1].nested
		}
	}
}

// passive completes "the text was supported by Sund"; "but was opposed by Sund"
// behind an active predicate adds Sund to that one. What only describes an actor
// ("Tolmark, supported by Sund, said") is no predicate.
func (s *sentence) passive(p *predicate, before []*predicate) *predicate {
	at := s.beforeVerb(p.at)
	again := at == p.at && s.isCoordinated(at) && len(before) > 0 && s.isPassive(before[len(before)-1])
	if !again && (at == p.at || s.UPOS(at) != document.AUX && s.Form(at) != "also") {
		return nil
	}
	found := s.agents(p.at + 2)
	if found.isNone() && len(found.against) == 0 {
		return nil
	}
	if s.isCoordinated(at) && len(before) > 0 && p.verb.polarity != Report && !s.isPassive(before[len(before)-1]) {
		last := before[len(before)-1]
		if p.verb.polarity == Oppose {
			last.who.against = append(last.who.against, found.with...)
		} else {
			last.who.with = append(last.who.with, found.with...)
		}
		return &predicate{verb: p.verb, at: p.at, from: s.coordination(at)}
	}
	p.who, p.from = found, s.coordination(at)
	if s.isCoordinated(at) && len(before) > 0 {
		p.point = before[len(before)-1].point
		return p
	}
	p.point = s.passivePoint(p.at, at)
	return p
}

// isPassiveVerb reports whether a form of "be" stands before the participle at i.
func (s *sentence) isPassiveVerb(i int) bool {
	for k := s.beforeVerb(i); k < i; k++ {
		switch s.Form(k) {
		case "be", "been", "being", "is", "are", "was", "were", "'s":
			return true
		}
	}
	return false
}

func (s *sentence) isPassive(p *predicate) bool { return s.Form(p.at+1) == "by" }

// agents reads the list of actors that begins at token i.
func (s *sentence) agents(i int) who {
	end := i
	for k := i; k < s.Hi; k++ {
		if s.names[k] != nil {
			for end = k + 1; s.Has(end) && !(s.endsName(end-1) && s.starts[end-1] == k); end++ {
			}
			k = end - 1
			continue
		}
		switch f := s.Form(k); f {
		case ",", "and", "the", "for", "with", "on", "behalf", "of", "as", "well", "by", "but", "others", "several", "many", "other", "countries", "parties", "developing":
		default:
			k = s.Hi
		}
	}
	pieces := s.pieces(end)
	for n, p := range pieces {
		if p.from < i {
			pieces = pieces[:n]
			break
		}
	}
	for a, b := 0, len(pieces)-1; a < b; a, b = a+1, b-1 {
		pieces[a], pieces[b] = pieces[b], pieces[a]
	}
	found, _ := divide(pieces)
	return found
}

// isNegated reports whether a negation stands before the verb. UD: advmod with the
// lemma not, or the determiner of "no longer".
func (s *sentence) isNegated(i int) bool {
	for k := s.beforeVerb(i); k < i; k++ {
		switch s.Form(k) {
		case "not", "n't", "never", "cannot":
			return true
		}
		if s.Form(k) == "no" && s.Form(k+1) == "longer" {
			return true
		}
	}
	return false
}

// isNested reports whether the clause that begins at token i is what somebody
// else says.
func (s *sentence) isNested(i int) bool {
	switch s.Form(i - 1) {
	case "that", "whether", "if", "which", "who", "how", "why", "where":
		return true
	}
	f, ok := s.r.verbs[s.Form(i-1)]
	return ok && f.says
}

// isCoordinated reports whether "and", "but" or a comma stands before token i.
func (s *sentence) isCoordinated(i int) bool { return s.coordination(i) < i }

// coordination returns the first token of ", and" before token i.
func (s *sentence) coordination(i int) int {
	k := i
	for {
		switch s.Form(k - 1) {
		case "and", "but", ",", ";", "while", "then", "or", "whereas", "although", "with":
			k--
			continue
		}
		return k
	}
}

// inName reports whether token i is part of a name of the tables.
func (s *sentence) inName(i int) bool {
	for k := i; k >= max(s.Lo, i-longest); k-- {
		if s.names[k] != nil {
			for e := i; e < min(s.Hi, i+longest); e++ {
				if from, ok := s.starts[e]; ok {
					return from == k
				}
			}
		}
	}
	return false
}

// inQuotes reports whether token i stands inside quotation marks.
func (s *sentence) inQuotes(i int) bool {
	open := 0
	for k := s.Lo; k < i; k++ {
		switch s.Form(k) {
		case "“", "``":
			open++
		case "”", "''":
			open--
		case "\"":
			open = 1 - open
		}
	}
	return open > 0
}
