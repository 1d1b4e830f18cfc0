package quote

import "rapporteur/internal/document"

// readBeforeContent reads "Okafor said that …", where the content follows the cue.
func (sc *scan) readBeforeContent(g group, source run, high int) {
	v := sc.view
	a := v.afterCue(g, high)
	f := &found{kind: g.cue.kind, source: source, cue: run{g.verb, g.end}, to: a.to, place: a.place}
	f.clause = run{min(source.first, g.first), a.at}
	if source.first > g.first || source.end < f.clause.first {
		f.clause.first = g.first
	}
	if !sc.complement(f, g, a, high) {
		return
	}
	sc.nest(f)
	if g.modal && f.within != nil {
		return // what somebody says that he or another would say
	}
	sc.addEach(f)
}

// addEach adds a statement once for each speaker of "both A and B", who speak
// separately; others with "and" speak jointly.
func (sc *scan) addEach(f *found) {
	v := sc.view
	within := v.is(f.source.first, "both")
	apart := within || f.source.first > 0 && v.is(f.source.first-1, "both")
	for i := f.source.end; i < f.cue.first; i++ {
		apart = apart || v.is(i, "both") // "Tolmark and Veyra both denied"
	}
	if apart {
		for i := f.source.end - 2; i > f.source.first; i-- {
			if v.is(i, "and") && v.free(i) {
				second := *f
				second.content = append([]run(nil), f.content...)
				if within {
					f.source.first++
				}
				f.source.end = i
				second.source = run{i + 1, second.source.end}
				sc.add(f)
				sc.add(&second)
				return
			}
		}
	}
	sc.add(f)
}

// nest notes the statement whose content holds this one: "Okafor said that Veyra had
// told her that …".
func (sc *scan) nest(f *found) {
	for _, other := range sc.inSentence(f.cue.first) {
		for _, c := range other.content {
			if c.first <= f.cue.first && f.cue.end <= c.end && !other.cue.isEmpty() {
				f.within = other
			}
		}
	}
}

// complement fills in the content by the frames of the cue; false when none fits.
func (sc *scan) complement(f *found, g group, a after, high int) bool {
	v := sc.view
	if !a.to.isEmpty() && (a.at >= high || v.isFinite(a.at) || v.upos(a.at) == document.AUX || v.endsPiece(a.at) && sc.quotationAt(a.at, high) == none) {
		// what looked like the addressee begins the content: "warned Tolmark would leave"
		f.to, a.to, a.at = run{}, run{}, g.end
	}
	at := a.at
	if at >= high {
		return false
	}
	c := g.cue
	toNP := !a.to.isEmpty() && c.has("to-np")
	clausal := c.has("that") || toNP
	switch {
	case v.is(at, "that") && clausal && at+1 < high:
		return sc.clause(f, g, at+1, high, "that-clause")
	case c.isClausal() && sc.quotationAt(at, high) != none && v.opens[at] == none:
		return sc.quotation(f, sc.quotationAt(at, high), "quotation")
	case v.is(at, ":") && c.isClausal():
		return sc.clause(f, g, at+1, high, "colon")
	case v.opens[at] != none && (c.isClausal() || c.has("np") || c.has("np-quote")):
		return sc.clause(f, g, at, high, "quotation")
	case v.is(at, ",") && c.has("bare") && c.word == "say":
		return sc.bareClause(f, g, at+1, high)
	case (c.has("to") && a.to.isEmpty() || !a.to.isEmpty() && c.has("np-to")) && v.isInfinitive(at, high):
		if v.words["refuse"][c.word] && sc.isSpeaking(run{at, high}) {
			return false
		}
		return sc.object(f, g, at, high, "infinitive")
	case c.has("wh") && v.is(at, "whether", "if", "how", "why", "what", "when", "where", "who", "which"):
		return sc.clause(f, g, at, high, "question")
	}
	if sc.prepositional(f, g, at, high) {
		return true
	}
	if !a.to.isEmpty() && !toNP {
		f.to, at = run{}, g.end
	}
	return sc.objectOrClause(f, g, at, high)
}

// isInfinitive reports whether "to" and a verb stand at i, with "not" before perhaps.
func (v *view) isInfinitive(i, high int) bool {
	if v.is(i, "not", "never") {
		i++
	}
	if !v.is(i, "to") || i+1 >= high {
		return false
	}
	i++
	if v.upos(i) == document.ADV && i+1 < high {
		i++
	}
	if v.opens[i] != none && i+1 < high {
		return true
	}
	return v.xpos(i) == "VB" || v.upos(i) == document.VERB && v.xpos(i) != "VBG" || v.is(i, "be", "have", "do") ||
		v.upos(i) == document.NOUN && i+1 < high && (v.upos(i+1) == document.DET || v.xpos(i+1) == "PRP$")
}

func (sc *scan) clause(f *found, g group, at, high int, rule string) bool {
	f.rule = rule
	f.content = []run{{at, sc.contentEnd(at, high, g, false)}}
	return true
}

func (sc *scan) object(f *found, g group, at, high int, rule string) bool {
	f.rule = rule
	end := sc.contentEnd(at, high, g, true)
	for i := at + 1; i < end; i++ {
		if v := sc.view; v.is(i, ":") && v.opens[i+1] != none && v.last[v.opens[i+1]]-i > bareWords {
			return sc.quotation(f, v.opens[i+1], "object-quotation") // "defended the plan: “…”"
		}
	}
	f.content = []run{{at, end}}
	return true
}

func (sc *scan) quotation(f *found, q int, rule string) bool {
	f.rule = rule
	f.content = []run{{sc.view.first[q], sc.view.last[q] + 1}}
	return true
}

// bareClause takes a clause without "that", if it has a verb; in headlines the verb
// may be missing: "Moscow says talks deadlocked".
func (sc *scan) bareClause(f *found, g group, at, high int) bool {
	v := sc.view
	end := sc.contentEnd(at, high, g, false)
	if end-at < 2 {
		return false
	}
	verbless := sc.isTitle(at) && (g.cue.word == "say" || v.hasParticiple(at, end))
	opens := v.upos(at) == document.SCONJ || v.upos(at) == document.ADV || v.upos(at) == document.ADP || v.xpos(at) == "EX" || v.xpos(at) == "VBG"
	if !verbless && !v.subjectThenVerb(at, end, high) && !v.hasQuotation(run{at, end}) && !(opens && sc.isClause(at, end)) && !(g.cue.word == "say" && (sc.isClause(at, end) || v.hasParticiple(at, end))) {
		return false
	}
	return sc.clause(f, g, at, high, "clause")
}

func (v *view) hasParticiple(first, end int) bool {
	for i := first + 1; i < end; i++ {
		if v.xpos(i) == "VBN" || v.quote[i] != none && v.isFinite(i) {
			return true
		}
	}
	return false
}

// prepositional reads what follows a preposition that the cue asks for: "called for
// talks", "called on Tolmark to sign", "warned of a walk-out".
func (sc *scan) prepositional(f *found, g group, at, high int) bool {
	v := sc.view
	for _, frame := range []struct{ name, prep string }{{"on-to", "on"}, {"on-to", "upon"}, {"to-to", "to"}, {"to-to", "for"}} {
		if !g.cue.has(frame.name) || !v.is(at, frame.prep) {
			continue
		}
		np := v.phraseAfter(at+1, high, true)
		if to := v.skipPhrases(np.end, high); !np.isEmpty() && v.isInfinitive(to, high) {
			f.to, f.cue.end = np, max(f.cue.end, at+1)
			if frame.prep == "to" || frame.prep == "for" {
				f.cue.end = g.end
			}
			return sc.object(f, g, to, high, "appeal")
		}
	}
	if g.cue.has("to-pp") && v.is(at, "to") {
		np := v.phraseAfter(at+1, high, true)
		if !np.isEmpty() && (v.is(np.end, "that") || sc.quotationAt(np.end, high) != none) {
			f.to = np
			return sc.complement(f, g, after{at: np.end}, high)
		}
	}
	for _, prep := range g.cue.preps {
		if g.cue.quoted && !v.hasQuotation(run{at, high}) {
			continue
		}
		if n := v.matches(at, prep); n > 0 && at+n < high && (at == g.end || v.upos(at-1) == document.ADV || !f.to.isEmpty()) {
			f.cue.end = max(f.cue.end, at+n)
			if !f.to.isEmpty() {
				f.cue.end = g.end
				return sc.object(f, g, at, high, "preposition")
			}
			return sc.object(f, g, at+n, high, "preposition")
		}
	}
	return false
}

// matches returns how many tokens at i are the words of phrase, or 0.
func (v *view) matches(i int, phrase string) int {
	n, start := 0, 0
	for j := 0; j <= len(phrase); j++ {
		if j == len(phrase) || phrase[j] == ' ' {
			if !v.is(i+n, phrase[start:j]) {
				return 0
			}
			n++
			start = j + 1
		}
	}
	return n
}

// objectOrClause reads a content without a word before it: a clause, or an object
// where the cue takes one.
func (sc *scan) objectOrClause(f *found, g group, at, high int) bool {
	v := sc.view
	if v.endsPiece(at) && v.opens[at] == none || !v.startsContent(at) {
		return false
	}
	if g.cue.has("np") && v.is(at, "of", "as") && v.is(f.source.first-1, "whom", "which", "that") {
		return sc.object(f, g, at, high, "relative") // "whom they accuse of fraud"
	}
	if g.cue.has("bare") && v.isFinite(at) && v.is(f.source.first-1, "which", "who", "that") {
		return sc.clause(f, g, at, high, "relative") // "which they say sank two boats"
	}
	if g.cue.has("bare") || !f.to.isEmpty() && g.cue.has("to-np") {
		end := sc.contentEnd(at, high, g, false)
		if v.subjectThenVerb(at, end, high) || sc.isTitle(at) && !g.cue.has("np") && end-at > 1 {
			return sc.bareClause(f, g, at, high)
		}
	}
	end := sc.contentEnd(at, high, g, true)
	switch {
	case (g.cue.has("np") || g.cue.has("bare")) && (v.xpos(at) == "VBG" || v.is(at, "not") && v.xpos(at+1) == "VBG"):
		return sc.object(f, g, at, high, "object")
	case g.cue.word == "call" && v.namesAs(at, end):
		return sc.object(f, g, at, high, "object")
	case g.cue.has("np") && v.upos(at) != document.ADP && v.upos(at) != document.SCONJ:
		return sc.object(f, g, at, high, "object")
	case g.cue.has("np-quote") && v.hasQuotation(run{at, end}):
		return sc.object(f, g, at, high, "object")
	case g.cue.has("bare"):
		return sc.bareClause(f, g, at, high)
	}
	return false
}

// namesAs reports whether [first, end) is an object and what it is called: "the
// claims false", "her a friend".
func (v *view) namesAs(first, end int) bool {
	np := v.phraseAfter(first, end, false)
	if np.isEmpty() || np.end >= end {
		return false
	}
	return v.is(np.end, "a", "an") || v.upos(np.end) == document.ADJ || v.upos(np.end) == document.ADV && np.end+1 < end && v.upos(np.end+1) == document.ADJ
}

func (v *view) startsContent(i int) bool {
	switch v.upos(i) {
	case document.DET, document.ADJ, document.NOUN, document.PROPN, document.PRON, document.NUM, document.X, document.SYM:
		return true
	case document.ADV, document.SCONJ, document.VERB, document.AUX, document.INTJ:
		return true
	case document.ADP:
		return true
	}
	if v.is(i, "not") {
		return true
	}
	return v.opens[i] != none || v.is(i, "(", "[", "both", "either", "neither")
}

// subjectThenVerb reports whether a noun phrase and then a finite verb begin at i, so
// that what follows is a clause: "the deal was thin".
func (v *view) subjectThenVerb(i, end, high int) bool {
	np := v.phraseAfter(i, min(end, high), true)
	j := np.end
	if np.isEmpty() {
		return false
	}
	for j < end && v.free(j) && v.upos(j) == document.ADV {
		j++
	}
	if j < end && v.xpos(np.first) == "PRP" && v.upos(j) == document.VERB && v.xpos(j) != "VBG" {
		return true
	}
	return j < end && (v.isFinite(j) || v.xpos(j) == "VB" || v.upos(j) == document.AUX)
}

// readPassive reads "The attack was claimed by the movement" and "Okafor was quoted
// as saying".
func (sc *scan) readPassive(g group, low, high int) {
	v := sc.view
	subject := v.subject(g, low)
	if subject.isEmpty() {
		return
	}
	f := &found{kind: g.cue.kind, cue: run{g.verb, g.end}, rule: "passive", clause: run{subject.first, g.end}}
	if g.cue.rest != nil && v.is(g.end-1, "saying") {
		f.source = subject
		if sc.complement(f, g, after{at: g.end}, high) {
			sc.add(f)
		}
		return
	}
	if !g.cue.has("np") && !v.is(g.verb, "claimed") {
		return
	}
	by, rest := sc.agent(g.end, high)
	if by.isEmpty() {
		return
	}
	f.source = by
	f.content = []run{subject}
	if rest.end > rest.first {
		f.content = append(f.content, rest)
	}
	if v.is(by.end, "for", "of", "as") {
		f.content = append(f.content, run{by.end, sc.contentEnd(by.end, high, g, true)})
	}
	sc.add(f)
}

// agent returns the phrase after "by" in a passive clause that goes on at i, and the
// words between the verb and "by".
func (sc *scan) agent(i, high int) (by, between run) {
	v := sc.view
	for j := i; j < high && j < i+12 && v.free(j) && !v.endsPiece(j); j++ {
		if v.is(j, "by") {
			np := v.subjectAfter(j+1, high)
			if np.isEmpty() || v.xpos(np.first) == "VBG" || v.isTime[j+1] || v.upos(np.end-1) == document.NUM {
				return run{}, run{}
			}
			return np, run{i, j}
		}
		if v.isFinite(j) {
			break
		}
	}
	return run{}, run{}
}

// readReduced reads "the plan announced by Tolmark": the noun phrase is the content.
func (sc *scan) readReduced(g group, low, high int) {
	v := sc.view
	if !g.cue.has("np") || g.first <= low {
		return
	}
	end := g.first
	if v.is(end-1, ",") {
		end--
	}
	np := v.phraseBefore(end, low)
	by, between := sc.agent(g.end, high)
	if np.isEmpty() || by.isEmpty() || !between.isEmpty() {
		return
	}
	sc.add(&found{kind: g.cue.kind, rule: "reduced-passive", source: by, cue: run{g.verb, g.end}, clause: run{g.verb, by.end}, content: []run{np}})
}

// nextCueAt reports whether another reporting clause begins at token i, while the
// content of g is being read: ", adding that", "and said", ", and Okafor said".
func (sc *scan) nextCueAt(i, high int, g group) bool {
	v := sc.view
	j := i
	comma := v.is(j, ",")
	if comma {
		j++
	}
	for j < high && v.upos(j) == document.ADV && v.free(j) && !v.is(j, "not", "when", "where") {
		j++
	}
	if !comma && j > i && !sc.isParticipleCue(j) {
		return false
	}
	if j < high && sc.isParticipleCue(j) && (comma || v.words["participle"][v.lower[j]] && v.upos(j-1) != document.ADP && v.upos(j-1) != document.AUX) {
		return true
	}
	if comma && j == i+1 && sc.isTitle(i) && v.clauseFollows(j, high) {
		return true // "Veyra says lock to reopen, Tolmark rejects toll"
	}
	if j >= high || !v.is(j, "and", "but", "while") || g.cue == nil {
		return false
	}
	conj := j
	j++
	for j < high && (v.upos(j) == document.ADV || v.is(j, "has", "have", "had", "did", ",")) && v.free(j) {
		j++
	}
	if j < high && sc.groupOf[j] != none {
		next := sc.groups[sc.groupOf[j]]
		return v.sameTense(g, next) && next.cue.kind == document.Speech || next.part && g.part || g.part && v.isFinite(next.verb)
	}
	np := v.phraseAfter(conj+1, high, true)
	if !comma || np.isEmpty() {
		return false
	}
	for k := np.end; k < high && k < np.end+4; k++ {
		if sc.groupOf[k] != none && sc.groups[sc.groupOf[k]].cue.isClausal() && !sc.groups[sc.groupOf[k]].part && sc.groups[sc.groupOf[k]].cue.kind == document.Speech {
			return true
		}
		if v.upos(k) != document.ADV && v.upos(k) != document.AUX {
			break
		}
	}
	return false
}

// isPlain reports whether token i is a present-tense verb that looks like a bare one,
// with no "to" or modal verb near before it.
func (v *view) isPlain(i int) bool {
	if v.xpos(i) != "VB" {
		return false
	}
	for j := i - 1; j >= 0 && j > i-4; j-- {
		if v.is(j, "to") || v.xpos(j) == "MD" {
			return false
		}
	}
	return true
}

// sameTense reports whether two verbs can share a subject.
func (v *view) sameTense(a, b group) bool {
	finite := func(g group) bool { return v.isFinite(g.verb) || v.xpos(g.verb) == "VBN" || v.xpos(g.verb) == "NNS" }
	return finite(a) && finite(b) || v.xpos(a.verb) == v.xpos(b.verb) || b.modal || b.cue.word == "say" && v.isPlain(b.verb) && finite(a) && !v.is(a.end, "to")
}
