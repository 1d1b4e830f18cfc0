package quote

import (
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// words are the small lists that the reading of clauses needs, from the table
// "clauses": venue (nouns that a place of saying is named by), cut (words that after
// a comma begin what the reporter adds), cut-bare (words that do so without a comma
// after an object), addressee (people who are told things: reporters, parliament).
type words map[string]map[string]bool

func loadWords(lex *lexicon.Lexicon) (words, error) {
	table, err := lex.Table("clauses")
	if err != nil {
		return nil, err
	}
	out := words{}
	for _, row := range table.Rows {
		kind := row.Get("kind")
		if out[kind] == nil {
			out[kind] = map[string]bool{}
		}
		out[kind][row.Get("word")] = true
	}
	return out, nil
}

// isVenue reports whether a preposition at i leads to a place of saying: "in an
// interview with", "at a press conference".
func (v *view) isVenue(i, high int) bool {
	if !v.is(i, "in", "at", "during", "on", "after", "before", "via", "through", "to") {
		return false
	}
	for j := i + 1; j < high && j < i+6; j++ {
		if v.upos(j) == document.NOUN && v.words["venue"][v.lower[j]] {
			return true
		}
		if v.upos(j) == document.ADP || v.upos(j) == document.VERB || v.upos(j) == document.PUNCT {
			return false
		}
	}
	return false
}

// An after is what stands between a cue and its content.
type after struct {
	at    int // where the content, "that", a mark or the end of the clause begins
	to    run
	place run
}

// afterCue steps over what may stand between a cue and its content: adverbs, days,
// the addressee and the place of saying. With clause the steps are taken only as far
// as "that", a mark or the clause's end shows that they are no content.
func (v *view) afterCue(g group, high int) after {
	a := after{at: g.end}
	if g.cue.has("to-np") || g.cue.has("np-to") {
		a = v.addressee(a, g, high)
	}
	for a.at < high {
		if v.leadsContent(a.at, g.cue) {
			return a
		}
		switch next := v.stepAdverbial(a.at, high); {
		case next > a.at:
			a.at = next
			continue
		case v.upos(a.at) == document.ADP && v.free(a.at):
			end := v.phraseAfter(a.at+1, high, true).end
			if end <= a.at+1 {
				return a
			}
			rest := v.skipPhrases(end, high)
			if !(v.is(rest, "that", ":", ",") || rest >= high || v.endsPiece(rest)) || v.is(a.at, "of", "for", "as", "by") {
				if !v.isVenue(a.at, high) {
					a.at = v.jumpToThat(a.at, high)
					return a
				}
			}
			if v.is(a.at, "to") && a.to.isEmpty() {
				a.to = run{a.at + 1, end}
			} else if a.place.isEmpty() && v.is(a.at, "in", "at", "on", "during", "to", "via") {
				a.place = run{a.at, end}
			}
			a.at = end
			continue
		}
		break
	}
	a.at = v.jumpToThat(a.at, high)
	return a
}

// leadsContent reports whether a preposition at i is one that the cue asks for.
func (v *view) leadsContent(i int, c *cue) bool {
	if c.has("on-to") && v.is(i, "on", "upon") {
		return true
	}
	for _, prep := range c.preps {
		if v.matches(i, prep) > 0 {
			return true
		}
	}
	return false
}

// maxJump is how many tokens may stand between a cue and its "that".
const maxJump = 10

// jumpToThat steps from a preposition or participle at i to the "that" of the
// content, if no verb or mark stands between: "told reporters travelling with her
// that".
func (v *view) jumpToThat(i, high int) int {
	if i >= high || v.upos(i) != document.ADP && v.xpos(i) != "VBG" && v.xpos(i) != "VBN" && v.upos(i) != document.ADV {
		return i
	}
	for j := i; j < high && j < i+maxJump; j++ {
		switch {
		case v.opens[j] != none, v.is(j, "that") && v.upos(j) == document.SCONJ:
			return j
		case v.isFinite(j), v.endsPiece(j), !v.free(j), v.is(j, "and", "to") && v.upos(j) != document.ADP:
			return i
		}
	}
	return i
}

// skipPhrases steps over further prepositional phrases, days and adverbs.
func (v *view) skipPhrases(i, high int) int {
	for i < high {
		if next := v.stepAdverbial(i, high); next > i {
			i = next
			continue
		}
		if v.upos(i) != document.ADP || !v.free(i) {
			break
		}
		end := v.phraseAfter(i+1, high, true).end
		if end <= i+1 {
			break
		}
		i = end
	}
	return i
}

// stepAdverbial steps over one adverb or one expression of a day with its
// preposition; it returns i when there is none.
func (v *view) stepAdverbial(i, high int) int {
	j := i
	if v.upos(j) == document.ADP && j+1 < high && (v.isTime[j+1] || v.is(j+1, "the", "a", "early", "late") && j+2 < high && v.isTime[j+2]) {
		j++
		if !v.isTime[j] {
			j++
		}
	}
	if v.isTime[j] {
		for j < high && v.isTime[j] {
			j++
		}
		return j
	}
	if v.upos(i) == document.ADV && v.free(i) && !v.is(i, "here", "when", "where", "why", "how", "not", "only", "even", "just", "about", "almost", "nearly", "more") && (v.xpos(i) == "RB" || v.is(i, "later", "earlier")) {
		return i + 1
	}
	return i
}

// addressee reads whom somebody told: a pronoun, or a phrase without article inside.
func (v *view) addressee(a after, g group, high int) after {
	if g.passive {
		return a
	}
	np := v.phraseAfter(a.at, high, false)
	if np.isEmpty() || v.is(np.first, "that") {
		return a
	}
	end := np.end
	for next := v.bindingAfter(np.first, end, high); next > end && v.is(end, "of", "and", "from", "at"); next = v.bindingAfter(np.first, end, high) {
		end = next
	}
	if v.is(end, ",") {
		long := v.subjectAfter(a.at, high).end
		if v.is(long, ",") && v.is(long+1, "to", "that") {
			end = long + 1
			np.end = long
		}
	}
	a.to, a.at = run{np.first, end}, end
	if v.is(end-1, ",") {
		a.to.end--
	}
	return a
}

// contentEnd returns where a content that begins at first ends, no further than
// high: at the next reporting clause, at what the reporter adds in his own voice, at
// a semicolon. A quotation that begins inside is taken whole. isObject is true for
// an object rather than a clause, which ends sooner.
func (s *scan) contentEnd(first, high int, g group, isObject bool) int {
	v := s.view
	for i := first; i < high; i++ {
		if q := v.opens[i]; q != none && v.last[q] != none {
			i = v.last[q]
			if i+1 < len(v.d.Tokens) && v.closes[i+1] == q {
				i++
			}
			if i+1 < high && v.opens[first] == q && v.is(i+1, ",") && i+2 < high && v.opens[i+2] == none {
				return i + 1
			}
			if i+1 >= high || v.is(v.last[q], ",", ".", "!", "?") && (v.opens[first] == q || v.cutsAfter(i, high, isObject) || v.upos(i+1) == document.VERB) {
				return i + 1
			}
			continue
		}
		if i == first {
			continue
		}
		if v.is(i, ";") && !v.is(i+1, "that") || s.nextCueAt(i, high, g) {
			return i
		}
		if v.cutsAt(i, high, isObject) && (isObject || v.hasHead(first, i)) {
			return i
		}
	}
	return v.withoutStop(first, high)
}

// hasHead reports whether a clause has got its verb in [first, end), so that what
// follows a comma is no clause inside its subject.
func (v *view) hasHead(first, end int) bool {
	for i := first; i < end; i++ {
		if v.isFinite(i) || v.xpos(i) == "VBN" || v.xpos(i) == "VB" {
			return true
		}
	}
	return v.hasQuotation(run{first, end})
}

// withoutStop takes the end mark of the sentence off.
func (v *view) withoutStop(first, high int) int {
	for high > first+1 && v.is(high-1, ".", "!", "?", "…", ",", ":") && v.closes[high-1] == none && v.free(high-1) {
		high--
	}
	return high
}

// cutsAt reports whether the reporter's own words begin at i: ", despite …", ", but".
func (v *view) cutsAt(i, high int, isObject bool) bool {
	switch {
	case v.is(i, ",") && i+1 < high:
		return v.cutsAfter(i, high, isObject)
	case v.is(i, "according") && v.is(i+1, "to"):
		return !v.is(i+2, "plan", "plans", "schedule")
	case !isObject:
		return false
	case v.is(i, "and", "but") && !v.is(i-1, "between", "both") && v.clauseFollows(i+1, high):
		return true
	case v.is(i, "as"):
		return v.upos(i) == document.SCONJ && !v.is(i-1, "such", "as") && v.subjectThenVerb(i+1, high, high)
	case v.isVenue(i, high) && !v.is(i, "to", "on", "after", "before", "via", "through"):
		return true
	}
	if v.is(i, "before", "until", "when", "because") && !v.clauseFollows(i+1, high) {
		return false
	}
	return v.words["cut-bare"][v.lower[i]] && v.upos(i) != document.NOUN && v.upos(i) != document.PROPN
}

// cutsAfter reports whether the reporter's own words begin after the comma at i.
func (v *view) cutsAfter(i, high int, isObject bool) bool {
	if i+1 >= high {
		return false
	}
	if v.is(i+1, "to", "in", "for", "from", "of", "by") && v.is(i+2, "which", "whom") {
		return true
	}
	if (v.is(i+1, "but") && !v.clauseFollows(i+2, high) || v.is(i+1, "though", "although") && v.is(i+2, "not")) && i+2 < high {
		return isObject
	}
	if isObject && (v.xpos(i+1) == "VBZ" || v.xpos(i+1) == "VBD") && v.upos(i+1) == document.VERB {
		return true
	}
	if isObject && v.xpos(i+1) == "VBG" && !v.is(i+1, "including", "starting", "beginning", "ranging") {
		return true
	}
	pair := v.lower[i+1]
	if i+2 < high {
		pair += " " + v.lower[i+2]
	}
	if v.words["cut"][v.lower[i+1]] || v.words["cut"][pair] {
		return true
	}
	if !isObject {
		return false
	}
	return v.words["cut-object"][v.lower[i+1]] || v.words["cut-object"][pair] || v.is(i+1, "and") && v.clauseFollows(i+2, high)
}

// clauseFollows reports whether a new main clause begins at i.
func (v *view) clauseFollows(i, high int) bool {
	return i < high && v.subjectThenVerb(i, high, high)
}
