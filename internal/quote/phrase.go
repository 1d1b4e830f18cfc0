package quote

import "rapporteur/internal/document"

// A run is a half-open range of tokens.
type run struct{ first, end int }

func (r run) isEmpty() bool { return r.end <= r.first }

// binding prepositions tie a noun phrase to the noun before it: "the leader of the
// movement", "envoy for Tolmark", "officials in Orsa".
var binding = map[string]bool{"of": true, "for": true, "from": true, "in": true, "at": true, "to": true, "on": true, "with": true, "against": true, "behind": true, "under": true, "between": true, "by": true, "into": true, "over": true, "about": true, "among": true}

// phraseBefore returns the noun phrase whose last token is end-1, no further left
// than low; empty when there is none. It is the longest one that stays in the clause:
// "a former judge and now deputy to the president".
func (v *view) phraseBefore(end, low int) run {
	i := end - 1
	if i < low || !v.canEndPhrase(i) {
		return run{}
	}
	if v.xpos(i) == "PRP" || v.is(i, "who", "which", "that") {
		return run{i, end}
	}
	start := v.coreBefore(i, low)
	for start > low {
		next := v.bindingBefore(start, low)
		if next == start {
			break
		}
		start = next
	}
	return v.unbind(run{v.mentionStart(start, end, low), end}, low)
}

// mentionStart returns where the named mention that holds token start begins, so that
// a name is not cut in its middle.
func (v *view) mentionStart(start, end, low int) int {
	m := v.mention[start]
	if m == none || v.d.Mentions[m].Form != document.Named {
		return start
	}
	first := start
	for first > low && v.mention[first-1] == m {
		first--
	}
	if v.d.Mentions[m].Span.End > v.d.Tokens[end-1].Span.End {
		return start
	}
	return first
}

func (v *view) canEndPhrase(i int) bool {
	if v.closes[i] != none {
		return v.isShortMark(v.closes[i])
	}
	if v.quote[i] != none {
		return false
	}
	if v.isCompound(i) {
		return true
	}
	if x := v.xpos(i); (x == "NNP" || x == "NNPS") && !v.isTime[i] {
		return true
	}
	switch v.upos(i) {
	case document.NOUN, document.PROPN, document.PRON, document.NUM, document.ADJ, document.DET:
		return !v.isTime[i] || v.upos(i) == document.PROPN && i > 0 && v.upos(i-1) == document.PROPN && !v.isTime[i-1]
	case document.X, document.SYM:
		return true
	}
	return v.is(i, ")", "here", "there") || v.mention[i] != none && v.upos(i) != document.PUNCT
}

// isCompound reports whether token i is the last part of a word with hyphens, whose
// tag says little: "Dae-hyun".
func (v *view) isCompound(i int) bool {
	return i > 1 && v.is(i-1, "-") && v.glued(i) && v.glued(i-1)
}

// isShortMark reports whether a quotation is a name in marks: “Heron”.
func (v *view) isShortMark(q int) bool {
	return v.last[q] != none && v.last[q]-v.first[q] < 4 && !v.is(v.last[q], ",", ".", "!", "?", "…", "...") && v.closes[min(v.last[q]+1, len(v.d.Tokens)-1)] == q
}

// coreBefore walks left from i over the words of one noun phrase without
// prepositions.
func (v *view) coreBefore(i, low int) int {
	if v.is(i, "here", "there") {
		i--
	}
	for ; i >= low; i-- {
		switch {
		case v.is(i, ")"):
			open := i
			for open > low && !v.is(open, "(") {
				open--
			}
			if !v.is(open, "(") || i-open > 12 {
				return i + 1
			}
			i = open
		case v.closes[i] != none && v.isShortMark(v.closes[i]) && v.first[v.closes[i]]-1 >= low:
			i = v.first[v.closes[i]] - 1
		case !v.free(i) || v.isTime[i] && !v.inName(i):
			return i + 1
		case v.upos(i) == document.DET || v.xpos(i) == "PRP$":
			return v.beforeArticle(i, low)
		case v.inPhrase(i, low), v.isCompound(i):
		default:
			return i + 1
		}
	}
	return low
}

// inName reports whether a token that also reads as a day is part of a name.
func (v *view) inName(i int) bool {
	return v.mention[i] != none && v.d.Mentions[v.mention[i]].Form == document.Named && i > 0 && v.mention[i-1] == v.mention[i]
}

// beforeArticle takes what may stand before an article: "all the parties".
func (v *view) beforeArticle(i, low int) int {
	for i > low && (v.xpos(i-1) == "PDT" || v.is(i-1, "all", "both", "half") && v.free(i-1)) {
		i--
	}
	return i
}

func (v *view) inPhrase(i, low int) bool {
	if v.xpos(i) == "NNP" || v.xpos(i) == "NNPS" {
		return true // whatever the UPOS: "United", "Without"
	}
	switch v.upos(i) {
	case document.NOUN, document.PROPN, document.NUM, document.ADJ, document.SYM, document.X:
		return true
	case document.PART:
		return v.xpos(i) == "POS"
	case document.PUNCT:
		return v.is(i, "-", "–", "/") && v.glued(i) && v.glued(i+1)
	case document.ADV:
		return i+1 < len(v.d.Tokens) && (v.upos(i+1) == document.ADJ && v.xpos(i) == "RB" && i > low && v.upos(i-1) == document.DET) || v.is(i, "now", "then") && i > low && v.is(i-1, "and", "or")
	case document.VERB:
		return (v.xpos(i) == "VBN" || v.xpos(i) == "VBG") && (i == low || v.upos(i-1) == document.DET || v.upos(i-1) == document.ADJ || v.is(i-1, "-") || v.xpos(i-1) == "PRP$") && v.upos(i+1) != document.DET
	}
	return false
}

// bindingBefore extends a phrase that starts at start over "of", "for", "and" to
// the phrase before; it returns start when there is nothing to extend over.
func (v *view) bindingBefore(start, low int) int {
	i := start - 1
	if i <= low || !v.free(i) || !v.free(i-1) {
		return start
	}
	switch {
	case (v.upos(i) == document.ADP || v.is(i, "without")) && v.isUpper(i) && v.isUpper(i-1) && v.isNominal(i-1):
		return v.coreBefore(i-1, low) // "Doctors Without Borders"
	case v.upos(i) == document.ADP && binding[v.lower[i]]:
		if !v.canEndPhrase(i-1) || v.upos(i-1) == document.PRON || v.isTime[i-1] {
			return start
		}
		return v.coreBefore(i-1, low)
	case v.is(i, "and") && (v.isNominal(i-1) || v.upos(i-1) == document.ADJ || v.is(i-1, ",")) && !v.isTime[i-1]:
		at := i - 1
		if v.is(at, ",") {
			at--
		}
		if at < low || !v.canEndPhrase(at) {
			return start
		}
		left := v.coreBefore(at, low)
		for next := left; ; left = next {
			if next = v.bindingBefore(left, low); next == left {
				break
			}
		}
		if v.startsClause(left, low) {
			return left
		}
	case v.is(i, ",") && v.upos(i-1) == document.PROPN && v.listFollows(start):
		return v.coreBefore(i-1, low)
	}
	return start
}

// listFollows reports whether the phrase at start goes on with a comma and another
// name or "and": "Tolmark, Veyra and Orsa".
func (v *view) listFollows(start int) bool {
	for i := start; i < len(v.d.Tokens) && i < start+6; i++ {
		if v.is(i, "and") && i > start {
			return true
		}
		if v.upos(i) != document.PROPN && !v.is(i, ",", "the") {
			return false
		}
	}
	return false
}

// startsClause reports whether token i stands where a clause can begin.
func (v *view) startsClause(i, low int) bool {
	if i <= low {
		return true
	}
	b := i - 1
	return v.is(b, ",", ";", ":", "that", "and", "but", "while", "as", "after", "because", "if", "when", "–", "—", "--", "both", "meanwhile", "whereas", "although", "before", "where") ||
		v.closes[b] != none || v.opens[b] != none || v.upos(b) == document.SCONJ || v.isTime[b] || v.upos(b) == document.ADV
}

// unbind takes off a phrase at the left that a preposition governs: of "After the
// meeting Okafor" only the name is left.
func (v *view) unbind(r run, low int) run {
	if r.first <= low || v.upos(r.first-1) != document.ADP && v.upos(r.first-1) != document.SCONJ || v.is(r.first-1, "of", "that", "as", "if", "because", "while", "although") {
		return r
	}
	for i := r.end - 1; i > r.first; i-- {
		if v.upos(i) == document.PROPN && v.upos(i-1) == document.NOUN && v.mention[i-1] != v.mention[i] {
			return run{i, r.end}
		}
		if v.mention[i] != none && v.mention[i-1] != none && v.mention[i-1] != v.mention[i] {
			return run{i, r.end}
		}
	}
	return r
}

// phraseAfter returns the noun phrase that begins at first, up to high. With bound it
// goes on over prepositions and "and".
func (v *view) phraseAfter(first, high int, bound bool) run {
	end := v.coreAfter(first, high)
	if end == first || end == first+1 && (v.is(first, "the", "a", "an") || v.xpos(first) == "PRP$") {
		return run{}
	}
	for bound && end < high {
		next := v.bindingAfter(first, end, high)
		if next == end {
			break
		}
		end = next
	}
	return run{first, end}
}

func (v *view) coreAfter(first, high int) int {
	i := first
	for ; i < high; i++ {
		if v.opens[i] != none && v.isShortMark(v.opens[i]) && i > first && v.last[v.opens[i]]+1 < high {
			i = v.last[v.opens[i]] + 1
			continue
		}
		if !v.free(i) || v.isTime[i] && !v.inName(i) {
			break
		}
		u := v.upos(i)
		article := u == document.DET || v.xpos(i) == "PRP$"
		switch {
		case v.xpos(i) == "PRP":
			if i > first {
				return i
			}
			return i + 1
		case article && i > first && !v.is(i-1, "all", "both", "half"):
			return i
		case article, v.inPhrase(i, first), i == first && v.is(i, "both", "half"):
			continue
		case u == document.ADV && i+1 < high && v.upos(i+1) == document.ADJ, u == document.PRON && i == first && !v.is(i, "who", "which", "what", "that", "it"):
			continue
		}
		break
	}
	for i > first && (v.upos(i-1) == document.DET && i-1 > first || v.xpos(i-1) == "POS" || v.upos(i-1) == document.PUNCT && v.closes[i-1] == none) {
		i--
	}
	return i
}

func (v *view) bindingAfter(first, end, high int) int {
	if end+1 >= high || !v.free(end) {
		return end
	}
	switch {
	case v.upos(end) == document.ADP && binding[v.lower[end]] && !v.isTime[end] && !v.isTime[end+1] && !v.isVenue(end, high):
		if !v.is(end, "of", "for", "from") && v.upos(end-1) == document.PROPN || v.xpos(end-1) == "PRP" {
			return end
		}
		if next := v.coreAfter(end+1, high); next > end+1 {
			return next
		}
	case v.is(end, "and") && v.free(end+1):
		next := v.coreAfter(end+1, high)
		if next > end+1 && (next >= high || !v.isFinite(next) && v.upos(next) != document.VERB && v.upos(next) != document.AUX) {
			return next
		}
	case v.is(end, "("):
		for i := end; i < high && i < end+12; i++ {
			if v.is(i, ")") {
				return i + 1
			}
		}
	}
	return end
}
