package quote

import "rapporteur/internal/document"

// A group is a verb group round a cue: "has also said".
type group struct {
	first    int // first token of the group: auxiliary, adverb or the verb
	verb     int
	end      int // after the last token of the cue
	cue      *cue
	negated  bool
	infinite bool // "to say"
	passive  bool
	modal    bool
	part     bool // participle without auxiliary: "saying", "announced by"
}

// groupAt reads the verb group whose cue starts at token i, looking back to low.
func (v *view) groupAt(i, end, low int, c *cue) group {
	g := group{first: i, verb: i, end: end, cue: c}
	perfect := false
	for j := i - 1; j >= low && v.free(j); j-- {
		switch w := v.lower[j]; {
		case w == "not" || w == "n't" || w == "never":
			g.negated = true
		case w == "to" && v.upos(j) == document.PART:
			g.infinite = true
		case w == "be" || w == "been" || w == "being" || w == "is" || w == "are" || w == "was" || w == "were" || w == "'s" && v.upos(j) == document.AUX:
			g.passive = !perfect && (g.passive || v.xpos(i) == "VBN" || v.xpos(i) == "VBD" && w != "'s")
		case w == "has" || w == "have" || w == "had" || w == "having":
			perfect = true
		case v.xpos(j) == "MD":
			g.modal = true
		case w == "do" || w == "does" || w == "did" || w == "both" && j == i-1:
		case v.isTime[j] && !v.inName(j):
			if j > low && v.is(j-1, "on", "earlier", "late", "early", "last", "this") {
				j--
			}
		case v.upos(j) == document.ADV && !v.is(j, "here", "there", "when", "where", "why", "how", "however", "so"):
		default:
			return v.finishGroup(g, perfect)
		}
		g.first = j
	}
	return v.finishGroup(g, perfect)
}

func (v *view) finishGroup(g group, perfect bool) group {
	bare := g.first == g.verb || v.upos(g.verb-1) == document.ADV && !perfect && !g.passive && !g.modal && !g.infinite
	g.part = bare && v.xpos(g.verb) == "VBG"
	return g
}

// subject returns the noun phrase that does the saying: the subject before the verb
// group with its appositions, or, where the verb shares it with one before, nothing.
// low bounds the search at the left.
func (v *view) subject(g group, low int) run {
	i := g.first - 1
	if i < low {
		return run{}
	}
	if v.is(i, ",") {
		return v.beforeParenthesis(i, low)
	}
	np := v.phraseBefore(i+1, low)
	if long := v.overParticiple(np, i+1, low); !long.isEmpty() {
		np = long
		if long.end == i+1 {
			np.end = v.beforeAuxiliaries(g.verb)
		}
	}
	if np.isEmpty() {
		return run{}
	}
	switch {
	case v.is(np.first, "who"):
		return v.antecedent(np.first, low)
	case v.is(np.first, "that", "which") && np.end-np.first == 1:
		return run{}
	}
	return v.withRoleBefore(v.withoutVenue(np), low)
}

// beforeAuxiliaries returns the first token of the verb group at verb without the
// days that may stand before it.
func (v *view) beforeAuxiliaries(verb int) int {
	for verb > 0 && (v.upos(verb-1) == document.AUX || v.xpos(verb-1) == "MD" || v.upos(verb-1) == document.ADV && !v.isTime[verb-1]) {
		verb--
	}
	return verb
}

// maxParticiple is how many tokens a participle and what belongs to it may have in a
// subject.
const maxParticiple = 12

// overParticiple returns the subject that goes on with a participle before the verb
// group at end: "a report released on Thursday", "officials backing the plan".
func (v *view) overParticiple(np run, end, low int) run {
	if !np.isEmpty() && (v.startsClause(np.first, low) || v.xpos(np.first) == "PRP") {
		return run{}
	}
	finite := false
	for i := end - 1; i > low && i > end-maxParticiple && v.free(i) && !v.endsPiece(i); i-- {
		switch v.xpos(i) {
		case "WP":
			if head := v.antecedent(i, low); v.is(i, "who") && v.startsClause(head.first, low) && !v.is(head.first, "who") {
				return head
			}
			return run{}
		case "CC", "WDT":
			return run{}
		case "VBD", "VBZ", "VBP", "MD", "VB":
			finite = true
		case "VBN", "VBG":
			if finite {
				return run{}
			}
			if v.upos(i-1) == document.AUX || v.upos(i-1) == document.ADV {
				continue
			}
			head := v.phraseBefore(i, low)
			if head.isEmpty() || !v.startsClause(head.first, low) || v.upos(head.end-1) == document.PRON {
				return run{}
			}
			return run{head.first, end}
		}
	}
	return run{}
}

// withoutVenue takes a place of saying off the end of a subject: "Okafor in a letter".
func (v *view) withoutVenue(np run) run {
	for i := np.first + 1; i < np.end; i++ {
		if v.is(i, "in", "at", "on") && v.isVenue(i, np.end) && v.upos(i-1) == document.PROPN {
			return run{np.first, i}
		}
	}
	return np
}

// antecedent returns the phrase that "who" at i stands for.
func (v *view) antecedent(i, low int) run {
	end := i
	if v.is(end-1, ",") {
		end--
	}
	np := v.phraseBefore(end, low)
	if np.isEmpty() {
		return run{i, i + 1}
	}
	for j := np.end - 1; j > np.first; j-- {
		if v.is(j, "with", "from", "by", "against", "to", "over") {
			return run{j + 1, np.end}
		}
	}
	return np
}

// withRoleBefore adds a role that stands before a name, divided by a comma: "the
// Tolmark envoy, Linnea March".
func (v *view) withRoleBefore(np run, low int) run {
	i := np.first - 1
	if i-1 < low || !v.is(i, ",") {
		return np
	}
	if v.is(np.first, "a", "an", "the") || v.upos(np.first) == document.NOUN {
		name := v.phraseBefore(i, low)
		if !name.isEmpty() && v.upos(name.end-1) == document.PROPN && v.startsClause(name.first, low) && (name.first == low || !v.is(name.first-1, ",", "and")) {
			return run{name.first, np.end} // the second comma of the apposition is missing
		}
		return np
	}
	if v.upos(np.first) != document.PROPN || v.upos(np.end-1) != document.PROPN && v.upos(np.end-1) != document.NUM {
		return np
	}
	role := v.phraseBefore(i, low)
	if role.isEmpty() || v.upos(role.first) == document.VERB || v.upos(role.end-1) != document.NOUN || !v.startsClause(role.first, low) || role.end-role.first < 2 || v.is(role.end-1, "statement", "interview", "conference", "speech", "report", "letter", "meeting", "week", "month", "year") {
		return np
	}
	if role.first > low && v.is(role.first-1, ",", "and") && !v.is(role.first, "the", "a", "an", "its", "his", "her", "their") {
		return np
	}
	return run{role.first, np.end}
}

// beforeParenthesis reads "X, a former judge, said": comma is the token before the
// verb group. An apposition belongs to the source, an adverbial ("however", "speaking
// in Orsa") does not.
func (v *view) beforeParenthesis(comma, low int) run {
	depth := 0
	for i := comma - 1; i > low; i-- {
		if v.closes[i] != none && v.first[v.closes[i]] > low {
			i = v.first[v.closes[i]] - 1
			continue
		}
		if !v.is(i, ",") {
			continue
		}
		depth++
		np := v.phraseBefore(i, low)
		if np.isEmpty() || depth > 6 {
			continue
		}
		inside := run{i + 1, comma}
		if v.isList(np, inside, low) {
			continue
		}
		np = v.withRoleBefore(np, low)
		switch {
		case v.is(i+1, "who", "whose", "which"):
			return run{np.first, comma}
		case !v.startsClause(np.first, low) && v.xpos(np.end-1) != "NNP":
			continue
		case v.hasFinite(inside):
			continue
		case v.isAdverbial(i+1) && depth == 1:
			return np
		}
		return run{np.first, comma}
	}
	return run{}
}

// isList reports whether the comma after np divides names of a list or places
// ("Geneva, Switzerland") rather than an apposition from its head.
func (v *view) isList(np, inside run, low int) bool {
	return np.first > low && v.upos(np.first-1) == document.ADP && inside.end-inside.first <= 2 && v.upos(inside.first) == document.PROPN && np.first-2 > low && v.isNominal(np.first-2)
}

func (v *view) isAdverbial(i int) bool {
	switch v.upos(i) {
	case document.VERB:
		return v.xpos(i) != "VBN" && v.xpos(i) != "VBD"
	case document.ADV, document.ADP, document.SCONJ:
		return !v.is(i, "now", "then", "formerly", "currently", "once", "also")
	}
	return v.isTime[i]
}

func (v *view) hasFinite(r run) bool {
	if !r.isEmpty() && v.xpos(r.first) == "VBD" {
		r.first++ // a participle: "proposed minister of trade"
	}
	for i := r.first; i < r.end; i++ {
		if v.is(i, "who", "which", "where", "whose", "whom") {
			return false
		}
		if v.free(i) && v.isFinite(i) {
			return true
		}
	}
	return false
}

// mainSubject returns the subject of the first finite verb of the clause that ends
// before token i, for participles: "Tolmark put off the vote, saying …".
func (v *view) mainSubject(i, low int) run {
	start := low
	for j := i - 1; j > low; j-- {
		if v.free(j) && (v.is(j, ";") || v.is(j, "while", "whereas", "but") && v.is(j-1, ",") || v.is(j, "that") && j > low && v.upos(j) == document.SCONJ) {
			if v.firstFinite(j+1, i) != none {
				start = j + 1
				break
			}
		}
	}
	for j := start; j < i; j++ {
		if !v.free(j) || !v.isFinite(j) && v.xpos(j) != "VBN" {
			continue
		}
		g := v.groupAt(j, j+1, start, nil)
		if np := v.subject(g, start); !np.isEmpty() && !v.is(np.first, "which", "that", "it") {
			return np
		}
	}
	return run{}
}

// nearestSubject returns the subject of the last finite verb before token i: "Okafor
// answered by saying".
func (v *view) nearestSubject(i, low int) run {
	for j := i - 1; j > low; j-- {
		if v.free(j) && v.isFinite(j) {
			if np := v.subject(v.groupAt(j, j+1, low, nil), low); !np.isEmpty() {
				return np
			}
		}
	}
	return run{}
}

func (v *view) firstFinite(first, end int) int {
	for j := first; j < end; j++ {
		if v.free(j) && v.isFinite(j) {
			return j
		}
	}
	return none
}

// subjectAfter returns the source of an inverted clause with its appositions: "said
// Ines Haldorn, Tolmark's chief negotiator".
func (v *view) subjectAfter(first, high int) run {
	np := v.phraseAfter(first, high, true)
	if np.isEmpty() {
		return np
	}
	if np.end < high && v.xpos(np.end) == "VBN" && v.upos(np.end-1) == document.NOUN && v.free(np.end) {
		np.end = v.participleEnd(np.end, high) // "a commander known as “Heron”"
	}
	for np.end < high && v.is(np.end, ",") {
		next := np.end + 1
		if next >= high || !v.free(next) {
			break
		}
		end := next
		switch {
		case v.is(next, "who", "whose"):
			end = v.clauseEnd(next, high)
		case v.is(next, "a", "an", "the", "his", "her", "its", "their", "one", "now", "then", "former"), v.upos(next) == document.NOUN, v.upos(next) == document.PROPN, v.upos(next) == document.ADJ:
			end = v.phraseAfter(next, high, true).end
			for end > next && end < high && v.is(end, "and") && v.is(end+1, "now", "then") {
				end = v.phraseAfter(end+2, high, true).end
			}
		}
		if end <= next || end < high && !v.endsPiece(end) && v.upos(end) != document.ADP {
			break
		}
		np.end = end
	}
	return np
}

// participleEnd returns where a participle phrase ends; names in marks belong to it.
func (v *view) participleEnd(i, high int) int {
	for ; i < high; i++ {
		if q := v.opens[i]; q != none && v.isShortMark(q) {
			i = v.last[q] + 1
			continue
		}
		if v.endsPiece(i) || v.isFinite(i) {
			break
		}
	}
	return i
}

// clauseEnd returns the next comma or end mark at or after i.
func (v *view) clauseEnd(i, high int) int {
	for ; i < high && !v.endsPiece(i); i++ {
	}
	return i
}

func (v *view) endsPiece(i int) bool {
	return v.is(i, ",", ".", ";", ":", "!", "?", "–", "—", "--") || v.opens[i] != none || v.closes[i] != none
}

// jointSpeakers returns the second and further names of a source whose speakers say
// one thing together: "Tolmark and Veyra said in a joint text".
func (v *view) jointSpeakers(source run) []run {
	var out []run
	for i := source.first + 1; i+1 < source.end; i++ {
		if !v.is(i, "and") || v.mention[i] != none || !v.isNamed(i-1) && !v.is(i-1, ",") {
			continue
		}
		next := i + 1
		if v.is(next, "the") {
			next++
		}
		if next < source.end && v.isNamed(next) && v.d.Mentions[v.mention[next]].Span.End >= v.d.Tokens[source.end-1].Span.Start {
			out = append(out, run{i + 1, source.end})
		}
	}
	return out
}

func (v *view) isNamed(i int) bool {
	return v.mention[i] != none && v.d.Mentions[v.mention[i]].Form == document.Named
}
