package position

import (
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// shape tells how far a complement reaches.
type shape uint8

const (
	nounPhrase shape = iota
	verbPhrase
	clause
)

// longest complement in tokens: nine in ten of the mentions that people marked
// have 13 words and fewer.
const longest = 16

// subordinators end a complement: "resume the talks if the siege ends".
const subordinators = "if unless because although though while whereas after before until when once since despite amid following citing saying according who which whose where so than including adding whether"

// complements returns the stretches that begin at token i, within [i, hi), as one
// or, where they are coordinated, several: "close the port and to free the crew".
func (r *reader) complements(i, hi int, kind shape) []text.Span {
	var out []text.Span
	for len(out) < 4 {
		i = r.skipLeft(i, hi, kind)
		end, next := r.complementEnd(i, hi, kind)
		stop := r.trim(i, end)
		if stop <= i {
			break
		}
		out = append(out, r.Span(i, stop))
		if next == 0 {
			break
		}
		i = next
	}
	return out
}

// skipLeft passes over marks, "to" and adverbs before the words of a complement.
func (r *reader) skipLeft(i, hi int, kind shape) int {
	for i < hi {
		if after := r.pastTime(i); after > i && after < hi {
			i = after
			continue
		}
		switch {
		case r.UPOS(i) == document.PUNCT && r.Form(i) != "$":
		case r.Form(i) == "to" && r.XPOS(i+1) == "VB":
		case kind != nounPhrase && (r.Form(i) == "to" || r.Form(i) == "also"):
		case kind == clause && r.Form(i) == "that":
		default:
			return i
		}
		i++
	}
	return i
}

// pastTime returns the token after a leading expression of time with its
// preposition (TimeML, TIMEX3): "refused [on Tuesday] to accept".
func (r *reader) pastTime(i int) int {
	first := i
	if lexicon.OneOf(r.Form(i), "on in at") {
		first++
	}
	if !r.Has(first) {
		return i
	}
	for _, t := range r.Doc.Times {
		if t.Span.Start != r.Doc.Tokens[first].Span.Start {
			continue
		}
		end := int(r.Doc.TokensIn(t.Span).End)
		if r.Form(end) == "to" || r.Form(end) == "that" || r.UPOS(end) == document.DET && first > i {
			return end
		}
	}
	return i
}

// complementEnd returns the token after the complement, and where the next one of
// a coordination begins (0: there is none).
func (r *reader) complementEnd(i, hi int, kind shape) (end, next int) {
	for j := i; j < hi; j++ {
		if j > i && j-i >= longest && (r.UPOS(j) == document.ADP || r.UPOS(j) == document.CCONJ || j-i >= longest+6) {
			return j, 0
		}
		switch form := r.Form(j); {
		case j == i:
		case lexicon.OneOf(form, subordinators), r.s.endsClause(r, j):
			return j, 0
		case r.UPOS(j) == document.PUNCT:
			if done, after := r.atMark(j, hi, kind); done {
				return j, after
			}
		case form == "and" || form == "or" || form == "but" || form == "nor":
			if done, after := r.atConjunction(j, hi, kind); done {
				return j, after
			}
		case kind == nounPhrase && (form == "that" || form == "to" && r.IsVerb(j+1) && j-i > 5):
			return j, 0
		case kind == nounPhrase && r.IsFinite(j) && r.Mention(j) == document.NoMention:
			return j, 0
		}
	}
	return hi, 0
}

// endsClause reports whether an expression that opens an adjunct stands at j.
func (s *Stage) endsClause(r *reader, j int) bool {
	switch r.Form(j) {
	case "in":
		return lexicon.OneOf(r.Form(j+1), "response retaliation exchange return protest order")
	case "due", "prior", "according", "thanks":
		return r.Form(j+1) == "to"
	case "as":
		return r.Form(j+1) != "well" && r.Form(j+1) != "a" && r.Form(j+1) != "an" && r.Form(j+1) != "the"
	}
	return false
}

// atMark decides at a punctuation mark. Only a comma may go on, in a list of nouns.
func (r *reader) atMark(j, hi int, kind shape) (done bool, next int) {
	switch r.Form(j) {
	case ",":
		if kind == nounPhrase && r.listGoesOn(j+1, hi) {
			return false, 0
		}
		if lexicon.OneOf(r.Form(j+1), "and or but") {
			return r.atConjunction(j+1, hi, kind)
		}
		return true, 0
	case "-", "–", "'", "’", "‘", "/", "$", "%", "“", "\"", "”", "''", "``", "[", "]":
		return false, 0
	}
	return true, 0
}

// listGoesOn reports whether a further member of a list and its conjunction follow:
// "energy, farm goods and cars".
func (r *reader) listGoesOn(j, hi int) bool {
	for n := 0; n < 5 && j < hi; n++ {
		switch {
		case n > 0 && (r.Form(j) == "," || r.Form(j) == "and"):
			return true
		case r.IsVerb(j) || r.UPOS(j) == document.PRON || r.UPOS(j) == document.SCONJ:
			return false
		}
		j++
	}
	return false
}

// atConjunction decides whether what follows "and" is a further complement of the
// same predicate, belongs to this one, or is a new clause.
func (r *reader) atConjunction(j, hi int, kind shape) (done bool, next int) {
	after := j + 1
	if after >= hi {
		return true, 0
	}
	first := r.Form(after)
	switch kind {
	case nounPhrase:
		switch {
		case r.IsVerb(after) && r.XPOS(after) != "VBG" && r.XPOS(after) != "VBN", r.UPOS(after) == document.PRON:
			return true, 0
		case r.startsClause(after, hi):
			return true, 0
		case r.UPOS(after) == document.DET || r.UPOS(after) == document.NUM || lexicon.OneOf(first, "its their his her our my for"):
			if first == "for" {
				after++
			}
			return true, after
		}
		return false, 0
	case verbPhrase:
		switch {
		case first == "to", r.XPOS(after) == "VB" && r.IsVerb(after):
			return true, after
		case r.IsVerb(after) && r.XPOS(after) != "VBN" || r.startsClause(after, hi):
			return true, 0
		}
		return false, 0
	}
	if first == "that" || r.startsClause(after, hi) {
		return true, after
	}
	return r.IsFinite(after), 0
}

// startsClause reports whether a subject and its verb begin at token j: "and Iran
// will …".
func (r *reader) startsClause(j, hi int) bool {
	if m := r.Mention(j); m != document.NoMention {
		for j < hi && r.Mention(j) == m {
			j++
		}
		for j < hi && r.UPOS(j) == document.ADV {
			j++
		}
		return r.IsFinite(j)
	}
	return r.UPOS(j) == document.PRON && (r.IsFinite(j+1) || r.UPOS(j+1) == document.ADV && r.IsFinite(j+2))
}

// trim takes marks, adverbs of time and a closing "on Tuesday" off the end.
func (r *reader) trim(i, end int) int {
	for end > i {
		switch {
		case r.UPOS(end-1) == document.PUNCT && r.Form(end-1) != "%":
			end--
			continue
		case lexicon.OneOf(r.Form(end-1), "and or but to also today yesterday tomorrow"):
			end--
			continue
		}
		if cut := r.beforeTime(i, end); cut > i && cut < end {
			end = cut
			continue
		}
		break
	}
	return end
}

// beforeTime returns where a closing expression of time with its "on" begins.
func (r *reader) beforeTime(i, end int) int {
	last := r.Doc.Tokens[end-1].Span
	for _, t := range r.Doc.Times {
		if !t.Span.Contains(last) {
			continue
		}
		cut := int(r.Doc.TokensIn(t.Span).First)
		if lexicon.OneOf(r.Form(cut-1), "on in") {
			cut--
		}
		if r.Form(cut-1) == "by" {
			return end
		}
		return cut
	}
	return end
}

// nounPhraseBefore returns the noun phrase that ends before token end: "the
// embargo" in "the embargo is unlawful".
func (r *reader) nounPhraseBefore(end, lo int) (text.Span, bool) {
	i := end
	for i > lo {
		switch r.UPOS(i - 1) {
		case document.NOUN, document.PROPN, document.ADJ, document.DET, document.NUM, document.ADP, document.PRON, document.SYM:
			if lexicon.OneOf(r.Form(i-1), subordinators) || lexicon.OneOf(r.Form(i-1), "that it he she they we i this there by") {
				return r.phraseFrom(i, end)
			}
		default:
			if r.Form(i-1) != "'s" && r.Form(i-1) != "’s" && r.Form(i-1) != "-" && r.XPOS(i-1) != "VBG" {
				return r.phraseFrom(i, end)
			}
		}
		i--
	}
	return r.phraseFrom(i, end)
}

func (r *reader) phraseFrom(i, end int) (text.Span, bool) {
	for i < end && (r.UPOS(i) == document.ADP || r.UPOS(i) == document.PUNCT) {
		i++
	}
	if i >= end || end-i > longest {
		return text.Span{}, false
	}
	return r.Span(i, end), true
}
