package document

import (
	"strings"

	"rapporteur/internal/text"
)

// A View is a stretch of tokens as words, each with the longest mention that
// covers it. Its indexes are those of Doc.Tokens; outside [Lo, Hi) every answer is
// empty. Rules that look left and right need no test of bounds.
type View struct {
	Doc    *Doc
	Lo, Hi int
	named  []MentionID
}

// ViewOf returns the view of a sentence.
func (d *Doc) ViewOf(id SentenceID) *View {
	t := d.Sentences[id].Tokens
	v := &View{Doc: d, Lo: int(t.First), Hi: int(t.End)}
	v.named = make([]MentionID, v.Hi-v.Lo)
	for i := range v.named {
		v.named[i] = NoMention
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if !d.Sentences[id].Span.Contains(m.Span) {
			continue
		}
		in := d.TokensIn(m.Span)
		for t := max(int(in.First), v.Lo); t < min(int(in.End), v.Hi); t++ {
			if old := v.named[t-v.Lo]; old == NoMention || d.Mentions[old].Span.Len() < m.Span.Len() {
				v.named[t-v.Lo] = MentionID(i)
			}
		}
	}
	return v
}

// Has reports whether token i is in the view.
func (v *View) Has(i int) bool { return i >= v.Lo && i < v.Hi }

// Form returns token i in lower case, with straight apostrophes.
func (v *View) Form(i int) string {
	if !v.Has(i) {
		return ""
	}
	return strings.ReplaceAll(strings.ToLower(v.Doc.Form(TokenID(i))), "’", "'")
}

// Lemma returns the lemma of token i, else its form.
func (v *View) Lemma(i int) string {
	if !v.Has(i) || v.Doc.Tokens[i].Lemma == "" {
		return v.Form(i)
	}
	return v.Doc.Tokens[i].Lemma
}

// UPOS returns the part of speech of token i; PUNCT outside the view.
func (v *View) UPOS(i int) UPOS {
	if !v.Has(i) {
		return PUNCT
	}
	return v.Doc.Tokens[i].UPOS
}

// XPOS returns the Penn tag of token i.
func (v *View) XPOS(i int) string {
	if !v.Has(i) {
		return ""
	}
	return v.Doc.Tokens[i].XPOS
}

// Mention returns the longest mention that covers token i.
func (v *View) Mention(i int) MentionID {
	if !v.Has(i) {
		return NoMention
	}
	return v.named[i-v.Lo]
}

// Actor returns the actor of the mention at token i, or NoActor.
func (v *View) Actor(i int) ActorID {
	if m := v.Mention(i); m != NoMention {
		return v.Doc.Mentions[m].Actor
	}
	return NoActor
}

// Word gives form and lemma of token i, as lexicon.Phrases asks for them.
func (v *View) Word(i int) (form, lemma string, ok bool) {
	return v.Form(i), v.Lemma(i), v.Has(i)
}

// IsVerb reports whether token i is a verb or an auxiliary.
func (v *View) IsVerb(i int) bool { return v.UPOS(i) == VERB || v.UPOS(i) == AUX }

// IsFinite reports whether token i is a verb with tense or a modal.
func (v *View) IsFinite(i int) bool {
	switch v.XPOS(i) {
	case "VBD", "VBZ", "VBP", "MD":
		return v.IsVerb(i)
	}
	return false
}

// Span returns the bytes of tokens [i, j).
func (v *View) Span(i, j int) text.Span {
	return v.Doc.SpanOf(Range{TokenID(i), TokenID(j)})
}
