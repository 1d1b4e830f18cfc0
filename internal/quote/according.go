package quote

import "rapporteur/internal/document"

// readPrepositional reads "according to Okafor" and its like, which carry a source
// and no verb (PolNeAR guidelines: an attribution's cue may be a preposition).
// Example: "The text is ready, according to the envoy."
func (sc *scan) readPrepositional() {
	v := sc.view
	for i := range v.d.Tokens {
		if !v.free(i) || sc.labels != nil && sc.labels[i] {
			continue
		}
		end := v.sourcePreposition(i)
		if end == none {
			continue
		}
		low, high := sc.bounds(i)
		if end >= high {
			continue
		}
		sc.readAccording(run{i, end}, low, high)
	}
}

// sourcePreposition returns the token after a preposition that names a source, or none.
func (v *view) sourcePreposition(i int) int {
	switch {
	case v.is(i, "according") && v.is(i+1, "to") && !v.is(i+2, "plan", "plans", "schedule"):
		return i + 2
	case v.is(i, "per") && v.is(i-1, ",") && i+1 < len(v.d.Tokens) && (v.upos(i+1) == document.PROPN || v.upos(i+1) == document.DET):
		return i + 1
	case v.is(i, "in") && v.is(i+1, "the") && v.is(i+2, "words", "opinion", "view") && v.is(i+3, "of"):
		return i + 4
	}
	return none
}

func (sc *scan) readAccording(cue run, low, high int) {
	v := sc.view
	source := v.subjectAfter(cue.end, high)
	if source.isEmpty() {
		return
	}
	f := &found{rule: "according-to", kind: document.Speech, source: source, cue: cue}
	if v.is(source.end-1, "who") || cue.first == low {
		source = v.plainApposition(cue.end, source, high)
		f.source = source
	}
	end := v.skipPhrases(source.end, high)
	f.clause = run{cue.first, end}
	if cue.first == low || v.startsClause(cue.first, low) && sc.wholeBefore(low, cue.first-1).isEmpty() || cue.first > low && v.is(cue.first-1, "and", "but", ";") {
		at := end
		for source.end < high && at > source.end && !v.is(at, ",") {
			at = source.end
		}
		if at < high {
			f.content = []run{{at, sc.contentEnd(at+1, high, group{}, false)}}
			sc.nest(f)
			sc.add(f)
		}
		return
	}
	sc.readAccordingAfter(f, low, end, high)
}

// readAccordingAfter reads "The text is ready, according to the envoy": the content
// stands before the cue of f, whose clause ends before token end.
func (sc *scan) readAccordingAfter(f *found, low, end, high int) {
	v := sc.view
	left := f.cue.first
	if v.is(left-1, ",") {
		left--
	}
	q := sc.quotationBefore(f.cue.first - 1)
	if q != none && sc.claimed[q] {
		q = none
	}
	switch {
	case q != none && sc.comesBefore(low, v.first[q]-1).isEmpty():
		f.content = sc.contentBefore(q, low, left)
	default:
		before := sc.wholeBefore(low, left)
		if before.isEmpty() {
			return
		}
		f.content = []run{before}
	}
	sc.goOnAfter(f, end, high)
	for _, other := range sc.inSentence(low) {
		if other.clause.first >= f.first() && other.clause.end <= f.end() && other.within == nil && !other.cue.isEmpty() {
			other.within = f
		}
	}
	sc.add(f)
}

// plainApposition takes an apposition off a source at the head of a sentence that has
// no article and so may be the subject: "According to Okafor, police, …".
func (v *view) plainApposition(first int, source run, high int) run {
	np := v.phraseAfter(first, high, true)
	if np.end < source.end && v.is(np.end, ",") && v.upos(np.end+1) != document.DET && v.xpos(np.end+1) != "PRP$" && !(source.end < high && v.is(source.end, ",") && !v.isAdverbial(source.end+1) && v.subjectThenVerb(source.end+1, high, high)) {
		return np
	}
	return source
}

// wholeBefore returns the clause before end: since the sentence, or the last clause
// that a semicolon or ", but" divides off, began.
func (sc *scan) wholeBefore(low, end int) run {
	v := sc.view
	start := sc.afterColon(low, end)
	for i := end - 1; i > start; i-- {
		if v.free(i) && (v.is(i, ";") || v.is(i, ",") && v.is(i+1, "but", "while", "although", "and") && sc.isClause(i+1, end)) {
			start = i + 1
			break
		}
	}
	for start < end && v.free(start) && (v.upos(start) == document.CCONJ || v.is(start, ",", "while", "although")) {
		start++
	}
	if start >= end {
		return run{}
	}
	return run{start, end}
}

// afterColon returns the first token after the rubric of a headline ("Talks: …"), or
// low.
func (sc *scan) afterColon(low, end int) int {
	if !sc.isTitle(low) {
		return low
	}
	for i := low; i < end && i < low+maxHeadlineSource; i++ {
		if sc.view.is(i, ":") {
			return i + 1
		}
	}
	return low
}
