package quote

import "rapporteur/internal/document"

// findCues finds every cue outside quotations, in reading order.
func (sc *scan) findCues() {
	v := sc.view
	sc.groupOf = filled(len(v.d.Tokens))
	for i := range v.d.Tokens {
		if !v.free(i) {
			continue
		}
		c, end := sc.matchCue(i)
		if c == nil {
			continue
		}
		low, _ := sc.bounds(i)
		sc.groupOf[i] = len(sc.groups)
		sc.groups = append(sc.groups, v.groupAt(i, end, low, c))
	}
}

// bounds returns the tokens of the sentence that token i stands in, or those near to
// it where the sentence is huge.
func (sc *scan) bounds(i int) (low, high int) {
	r := sc.view.d.Sentences[sc.view.d.Tokens[i].Sentence].Tokens
	return max(int(r.First), i-maxBefore), min(int(r.End), i+maxAfter)
}

// How far from a cue its statement is looked for, in tokens: further than any
// sentence of a real article.
const (
	maxBefore = 250
	maxAfter  = 600
)

func (sc *scan) isTitle(i int) bool {
	d := sc.view.d
	return d.Paragraphs[d.Sentences[d.Tokens[i].Sentence].Paragraph].Kind == document.Title
}

// matchCue returns the longest cue that begins at token i, and the token after it.
func (sc *scan) matchCue(i int) (*cue, int) {
	v := sc.view
	for _, c := range sc.cues[v.lower[i]] {
		end := i + 1
		for _, w := range c.rest {
			if end >= len(v.d.Tokens) || v.lower[end] != w || !v.free(end) {
				end = none
				break
			}
			end++
		}
		if end != none && (len(c.rest) > 0 || sc.isVerb(i)) {
			return c, end
		}
	}
	return nil, 0
}

// isTopic reports whether a word that can be a noun ends the topic of a headline:
// "Toll talks: why the league needs a map".
func (sc *scan) isTopic(i int) bool {
	return sc.isTitle(i) && sc.view.is(i+1, ":") && sc.view.words["noun"][sc.view.lower[i]]
}

// isVerb reports whether the form at token i is used as a verb: by its tag, or, in a
// headline, by its place after a name.
func (sc *scan) isVerb(i int) bool {
	v := sc.view
	low, high := sc.bounds(i)
	if v.upos(i) == document.VERB {
		if sc.isTopic(i) {
			return false
		}
		if v.xpos(i) == "VBN" && i > low && (v.upos(i-1) == document.DET || v.upos(i-1) == document.ADJ || v.xpos(i-1) == "POS" || v.xpos(i-1) == "PRP$") {
			return false // "the proposed text"
		}
		if v.xpos(i) == "VBG" && i > low && v.upos(i-1) == document.DET {
			return false
		}
		return true
	}
	if i == low || i+1 >= high || v.upos(i) == document.ADP {
		return false
	}
	switch v.upos(i) {
	case document.NOUN, document.PROPN, document.AUX, document.X:
	default:
		return false
	}
	if !v.words["noun"][v.lower[i]] {
		return v.isNominal(i-1) || v.upos(i-1) == document.ADV || v.is(i-1, "and", ",", "to")
	}
	ends := v.lower[i][len(v.lower[i])-1]
	if sc.isTitle(i) && (ends == 's' || ends == 'd' || v.upos(i) == document.NOUN) {
		return v.isNominal(i-1) && !v.is(i+1, "of", "on", ",", ".", "'s") && !v.isNominalOnly(i)
	}
	if v.is(i-1, "and", "but") && v.is(i+1, "on", "for") && ends == 's' {
		return true
	}
	if !v.isNominal(i - 1) {
		return false
	}
	return ends == 's' && v.is(i+1, "that", "the", "a", "an", "it", "he", "she", "they", "its", "his", "her", "their") && (v.lower[i] != "states" || v.is(i+1, "that")) ||
		v.isMainVerb(i, low, high)
}

// isMainVerb reports whether the form at token i, which the tagger took for a noun,
// must be the verb of its clause, because there is a subject before it and no verb
// after: "The council calls for talks".
func (v *view) isMainVerb(i, low, high int) bool {
	np := v.phraseBefore(i, low)
	if np.isEmpty() || !v.startsClause(np.first, low) || v.xpos(i) != "NNS" && v.xpos(i) != "NNPS" {
		return false
	}
	for j := i + 1; j < high && !v.endsPiece(j) && !v.is(j, "and"); j++ {
		if v.isFinite(j) || v.upos(j) == document.AUX || v.xpos(j) == "VBN" {
			return false
		}
	}
	return i+2 < high && !v.endsPiece(i+1)
}

// isNominalOnly guards against plurals in headlines: "peace offers".
func (v *view) isNominalOnly(i int) bool {
	return v.upos(i) == document.NOUN && v.upos(i-1) == document.NOUN && v.xpos(i-1) == "NN" && v.xpos(i) == "NN"
}

// readCue reads the statement that a cue carries, if it carries one.
func (sc *scan) readCue(n int) {
	g := sc.groups[n]
	v := sc.view
	if sc.labels != nil && sc.labels[g.verb] || g.negated && !g.cue.has("np") {
		return
	}
	low, high := sc.bounds(g.verb)
	switch {
	case g.passive:
		sc.readPassive(g, low, high)
		return
	case v.xpos(g.verb) == "VBN" && v.is(g.end, "by") && g.first == g.verb:
		sc.readReduced(g, low, high)
		return
	case g.negated, v.isReduced(g, high):
		return
	case sc.readInverted(g, low, high):
		return
	case g.part && g.first == low:
		sc.readLeading(g, high)
		return
	}
	source, own := sc.sourceOf(g, low)
	if source.isEmpty() {
		return
	}
	if own && g.cue.isClausal() && sc.readAfterContent(g, source, low, high) {
		return
	}
	if g.infinite && len(g.cue.rest) == 0 {
		return
	}
	sc.readBeforeContent(g, source, high)
}

// readLeading reads "Citing a lack of funds, Tolmark …": the subject comes after.
func (sc *scan) readLeading(g group, high int) {
	v := sc.view
	for i := g.end; i < high; i++ {
		if v.free(i) && v.is(i, ",") && v.clauseFollows(i+1, high) {
			sc.readBeforeContent(g, v.phraseAfter(i+1, high, true), i)
			return
		}
	}
}

// isReduced reports whether a participle without auxiliary is passive though no "by"
// follows: "the clause added in Orsa was dropped".
func (v *view) isReduced(g group, high int) bool {
	if v.xpos(g.verb) == "VBN" && g.first == g.verb && v.is(g.end, "as") && v.isNominal(max(0, g.verb-1)) {
		return true // "a commander known as"
	}
	if v.xpos(g.verb) != "VBN" || g.first != g.verb || g.verb == 0 || v.is(g.verb-1, "and", "but") || !v.free(g.verb-1) {
		return false
	}
	for i := g.first - 1; i >= 0 && v.upos(i) == document.ADV; i-- {
		if v.upos(i-1) == document.AUX {
			return false
		}
	}
	apart := v.is(g.verb-1, ",")
	for i := g.end; i < high && !v.is(i, "that", "which", "who") && (apart || !v.endsPiece(i)); i++ {
		if v.isFinite(i) && v.free(i) {
			return true
		}
	}
	return false
}

// sourceOf returns who says what the cue carries. own is false where the subject is
// that of a verb before: "said A and added B", "put it off, saying C".
func (sc *scan) sourceOf(g group, low int) (source run, own bool) {
	v := sc.view
	before := g.first - 1
	if g.infinite || before < low || v.is(before, "and", "but", "or", "then") || v.is(before, ",") && g.part || g.part && v.upos(before) == document.ADP && !v.is(before, "with") || g.part && v.upos(before) == document.SCONJ {
		return sc.sharedSource(g, low), false
	}
	np := v.subject(g, low)
	if np.isEmpty() {
		if g.part || v.is(before, ",") {
			return sc.sharedSource(g, low), false
		}
		return run{}, false
	}
	says := v.words["participle"][v.lower[g.verb]] && !v.startsClause(np.first, low)
	if g.part && (says || v.words["document"][v.lower[np.end-1]]) && np.first > low && !v.is(np.first-1, "with", ",") {
		if shared := sc.sharedSource(g, low); !shared.isEmpty() {
			return shared, false
		}
	}
	return np, true
}

// sharedSource returns the source of the statement before in the same sentence, or
// the subject of the clause's first verb.
func (sc *scan) sharedSource(g group, low int) run {
	here := sc.inSentence(g.verb)
	for i := len(here) - 1; i >= 0; i-- {
		f := here[i]
		if f.cue.first >= low && !f.cue.isEmpty() && f.cue.first < g.verb && f.within == nil && f.rule != "passive" {
			if f.clause.end > g.verb || f.cue.first < low {
				continue
			}
			return f.source
		}
	}
	if g.part && g.first > low && sc.view.upos(g.first-1) == document.ADP {
		return sc.view.nearestSubject(g.first, low)
	}
	return sc.view.mainSubject(g.first, low)
}

// quotationBefore returns the quotation that ends right before token i+1, perhaps
// with a comma between, or none.
func (sc *scan) quotationBefore(i int) int {
	v := sc.view
	if i < 0 {
		return none
	}
	if v.closes[i] != none {
		return v.closes[i]
	}
	if i > 0 && v.is(i, ",", "–", "—", "-") && v.closes[i-1] != none {
		return v.closes[i-1]
	}
	return none
}

// endsClause reports whether a reporting clause may end before token i.
func (sc *scan) endsClause(i, high int) bool {
	v := sc.view
	return i >= high || v.endsPiece(i) || v.is(i, "(") || sc.isParticipleCue(i) || v.is(i, "and", "as", "after", "while", "when", "before", "but", "during", "following") && v.free(i)
}

func (sc *scan) isParticipleCue(i int) bool {
	return i < len(sc.groupOf) && sc.groupOf[i] != none && sc.groups[sc.groupOf[i]].part
}

// readInverted reads "…," said Okafor, the envoy.
func (sc *scan) readInverted(g group, low, high int) bool {
	v := sc.view
	if !g.cue.isClausal() || g.first != g.verb || g.part || v.xpos(g.verb) == "VB" || g.infinite {
		return false
	}
	before := g.first - 1
	q := sc.quotationBefore(before)
	if q == none && (!(before > low && v.is(before, ",")) || !g.cue.has("bare") || g.cue.has("np")) {
		return false
	}
	at := g.end
	for next := v.stepAdverbial(at, high); next > at; next = v.stepAdverbial(at, high) {
		at = next
	}
	source := v.subjectAfter(at, high)
	if source.isEmpty() || v.opens[g.end] != none {
		return false
	}
	end, to, place := sc.trailing(source.end, high)
	if q != none && v.is(v.last[q], ",") {
		end = v.clauseEnd(end, high)
	}
	if !sc.endsClause(end, high) || v.firstFinite(source.first, source.end) != none && q == none {
		return false
	}
	if q == none {
		lead := sc.comesBefore(low, before)
		if lead.isEmpty() || !sc.isClause(lead.first, lead.end) || !v.beforeParenthesis(before, low).isEmpty() {
			return false
		}
	}
	f := &found{rule: "inverted", kind: g.cue.kind, source: source, cue: run{g.verb, g.end}, clause: run{g.first, end}, to: to, place: place}
	f.content = sc.contentBefore(q, low, before)
	sc.goOnAfter(f, end, high)
	return sc.add(f) != nil
}

// trailing steps over what may follow an inverted source: days, the addressee and the
// place of saying, perhaps after a comma ("said Moyo, the chairman, to reporters").
func (sc *scan) trailing(end, high int) (after int, to, place run) {
	v := sc.view
	first := end
	if v.is(end, ",") && end+1 < high && v.upos(end+1) == document.ADP {
		first++
	}
	rest := v.skipPhrases(first, high)
	if rest == first || first > end && !v.endsPiece(rest) {
		return end, run{}, run{}
	}
	for i := first; i < rest; i++ {
		if v.is(i, "to") {
			to = v.phraseAfter(i+1, rest, true)
			break
		}
	}
	return rest, to, sc.placeIn(first, rest)
}

// placeIn returns the first prepositional phrase of [first, end) that is no day.
func (sc *scan) placeIn(first, end int) run {
	v := sc.view
	for i := first; i < end; i++ {
		if v.upos(i) == document.ADP && v.is(i, "in", "at", "on", "during", "to") && i+1 < end && !v.isTime[i+1] && v.isVenue(i, end) {
			return v.phraseWithPreposition(i, end)
		}
	}
	return run{}
}

func (v *view) phraseWithPreposition(i, end int) run {
	np := v.phraseAfter(i+1, end, true)
	if np.isEmpty() {
		return run{}
	}
	return run{i, np.end}
}

// readAfterContent reads "…," Okafor said, where the content stands before.
func (sc *scan) readAfterContent(g group, source run, low, high int) bool {
	v := sc.view
	left := source.first - 1
	q := sc.quotationBefore(left)
	a := v.afterCue(g, high)
	for _, prep := range g.cue.preps {
		if v.matches(g.end, prep) > 0 {
			return false
		}
	}
	if !sc.endsClause(a.at, high) {
		// a quotation that ends with a comma waits for its reporting clause
		if q == none || !v.is(v.last[q], ",") || v.is(a.at, "that") {
			return false
		}
		a.at = v.clauseEnd(a.at, high)
	}
	switch {
	case v.is(a.at, ":") && a.at < high:
		return false
	case q != none:
		if sc.claimed[q] && sc.claimedBefore(q, source.first) {
			return false
		}
		if opens := sc.quotationAt(a.at, high); opens != none && v.endsSentence(q) && v.isUpper(source.first) && !sc.endsAtQuotation(low, q) {
			return false
		}
	case left > low && v.is(left, ",") && a.at < high && sc.quotationAt(a.at, high) != none && sc.comesBefore(low, left) == (run{}):
		return false
	case left > low && v.is(left, ",") && v.is(a.at, ",") && sc.comesBefore(low, left).isEmpty() && v.isAdverbial(low) && v.clauseFollows(a.at+1, high):
		// "Too often, Okafor said, the debate goes astray."
		f := &found{rule: "content-first", kind: g.cue.kind, source: source, cue: run{g.verb, g.end}, to: a.to, place: a.place, clause: run{source.first, a.at}}
		f.content = []run{{low, left}, {a.at + 1, sc.contentEnd(a.at+1, high, group{}, false)}}
		return sc.add(f) != nil
	case left > low && v.is(left, ",", "–", "—"):
		if sc.comesBefore(low, left) == (run{}) || sc.quotationAt(a.at, high) != none && (!sc.isClause(low, left) || v.isAdverbial(low)) {
			return false
		}
	default:
		return false
	}
	f := &found{rule: "content-first", kind: g.cue.kind, source: source, cue: run{g.verb, g.end}, to: a.to, place: a.place, clause: run{source.first, a.at}}
	f.content = sc.contentBefore(q, low, left)
	sc.goOnAfter(f, a.at, high)
	return sc.add(f) != nil
}

// endsAtQuotation reports whether the sentence began with the quotation q.
func (sc *scan) endsAtQuotation(low, q int) bool {
	return low <= sc.view.last[q] && sc.view.first[q] <= low+1
}

// claimedBefore reports whether a statement whose cue stands before the quotation
// has it already.
func (sc *scan) claimedBefore(q, before int) bool {
	for _, f := range sc.near(before) {
		for _, c := range f.content {
			if c.first <= sc.view.last[q] && sc.view.first[q] < c.end && (f.cue.first < sc.view.first[q] || f.cue.first < before) {
				return true
			}
		}
	}
	return false
}

// endsSentence reports whether a quotation ends with a full stop.
func (v *view) endsSentence(q int) bool {
	return v.last[q] != none && v.is(v.last[q], ".", "!", "?", "…", "...")
}

// quotationAt returns the quotation that opens at token i, perhaps after a comma or
// colon, or none.
func (sc *scan) quotationAt(i, high int) int {
	v := sc.view
	if i < high && v.opens[i] != none {
		return v.opens[i]
	}
	if i+1 < high && v.is(i, ",", ":", "–", "—") && v.opens[i+1] != none {
		return v.opens[i+1]
	}
	return none
}

// isClause reports whether [first, end) has a finite verb outside quotations.
func (sc *scan) isClause(first, end int) bool { return sc.view.firstFinite(first, end) != none }
