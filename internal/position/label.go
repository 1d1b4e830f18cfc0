package position

import (
	"slices"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// longest label in words.
const longestLabel = 8

// label names the matter of a mention in plain words: from its first content word
// on, at most eight words, whole phrases, not ending in a function word. "on Tuesday
// to accept a guaranteed flow in the Sarn that …" gives "accept a guaranteed flow in
// the Sarn". It is empty where no content word is left.
func (r *reader) label(m text.Span) string {
	in := r.Doc.TokensIn(m)
	i, j := int(in.First), int(in.End)
	for i < j && r.isLead(i) {
		i++
	}
	end := r.labelEnd(i, j)
	for end > i && r.isLoose(end-1, end < j || end-i > 3) {
		end--
	}
	if !r.hasContent(i, end) {
		return ""
	}
	words := strings.Fields(r.Doc.In(r.Span(i, end)))
	for k := range words {
		words[k] = strings.Trim(words[k], "\"“”«»[]()‘")
	}
	return strings.Trim(strings.Join(strings.Fields(strings.Join(words, " ")), " "), " ,;:’'")
}

// isLead reports whether token i only leads to the matter.
func (r *reader) isLead(i int) bool {
	switch r.UPOS(i) {
	case document.DET:
		return !lexicon.OneOf(r.Form(i), "no any both all")
	case document.VERB:
		return r.Form(i) == "including"
	case document.ADP:
		return r.Form(i) != "without"
	case document.PUNCT, document.AUX, document.CCONJ, document.SCONJ, document.INTJ:
		return r.Form(i) != "$"
	case document.PART, document.ADV:
		return r.Form(i) != "not" && r.Form(i) != "never"
	case document.PRON:
		return lexicon.OneOf(r.Form(i), "its his her their our my your") || lexicon.OneOf(r.Form(i), "i we he she it they this that there who which") && (r.UPOS(i+1) == document.AUX || r.IsFinite(i+1))
	}
	return false
}

// labelEnd returns the token after the last whole phrase of at most eight words.
func (r *reader) labelEnd(i, j int) int {
	words, whole := 0, i
	for k := i; k < j; k++ {
		switch form := r.Form(k); {
		case k == i:
		case r.UPOS(k) == document.PUNCT && lexicon.OneOf(form, ", ; : ( — –"):
			return k
		case lexicon.OneOf(form, "that which who whose if unless while because where when rather than") && k-i >= 2:
			return k
		case r.UPOS(k) == document.ADP || r.UPOS(k) == document.CCONJ || form == "to":
			whole = k
		}
		if r.UPOS(k) != document.PUNCT && r.UPOS(k) != document.PART {
			words++
		}
		if words > longestLabel {
			if whole > i+1 {
				return whole
			}
			return k
		}
	}
	return j
}

// isLoose reports whether token k must not end a label.
func (r *reader) isLoose(k int, cut bool) bool {
	switch r.UPOS(k) {
	case document.DET, document.CCONJ, document.SCONJ, document.AUX, document.PUNCT:
		return r.Form(k) != "%"
	case document.ADP, document.PART, document.ADV:
		return cut && r.Form(k) != "'s"
	case document.PRON:
		return cut || r.UPOS(k-1) == document.NOUN
	}
	return false
}

// hasContent reports whether tokens [i, j) name a matter: a noun, a verb with
// something beside it, or a name that is no party. A number with its unit ("two
// hours") and an expression of time do not.
func (r *reader) hasContent(i, j int) bool {
	for t := i; t < j; t++ {
		switch r.UPOS(t) {
		case document.NOUN:
			if r.Form(t) != "one" && r.UPOS(t-1) != document.NUM && !r.inTime(t) {
				return true
			}
		case document.VERB:
			if r.XPOS(t) == "VBG" || r.XPOS(t) == "VB" || j-i > 2 {
				return true
			}
		case document.ADJ, document.X, document.PROPN:
			if j-i > 1 && r.Mention(t) == document.NoMention && !r.inTime(t) && r.UPOS(t-1) != document.NUM {
				return true
			}
		}
	}
	return false
}

func (r *reader) inTime(t int) bool {
	span := r.Doc.Tokens[t].Span
	return slices.ContainsFunc(r.Doc.Times, func(e document.Time) bool { return e.Span.Contains(span) })
}
