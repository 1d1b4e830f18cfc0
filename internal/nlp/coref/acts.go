package coref

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// acts reports whether the words of a mention speak, are spoken to, or do something:
// only then does a bare capitalised word or a description stand for somebody.
// Guideline: CAMEO manual, source and target actors. "Orsa rejected the toll", but
// "They met in Orsa".
func (r *resolver) acts(i document.MentionID) bool {
	m := &r.d.Mentions[i]
	if r.sources[i] || r.targets[i] {
		return true
	}
	sentence := r.d.SentenceAt(m.Span.Start)
	if sentence < 0 || r.isComplement(m.Span.Start) {
		return false
	}
	end := r.d.Sentences[sentence].Tokens.End
	for k := r.d.TokensIn(m.Span).End; k < end; k++ {
		t := &r.d.Tokens[k]
		switch {
		case t.UPOS == document.ADV:
		case t.UPOS == document.AUX && r.t.still[t.Lemma]:
			return k+1 < end && r.d.Tokens[k+1].UPOS == document.VERB && !r.t.still[r.d.Tokens[k+1].Lemma]
		case t.UPOS == document.VERB || t.UPOS == document.AUX:
			return !r.t.still[t.Lemma] && t.XPOS != "VBG" && t.XPOS != "VBN"
		case strings.EqualFold(r.d.Form(k), "and"), r.d.Form(k) == ",":
			next, ok := r.next(i, t.Span.End)
			return ok && r.isListed(next, i) && r.acts(next)
		default:
			return false
		}
	}
	return false
}

// isComplement reports whether a preposition governs the phrase that begins at offset;
// "by" names who did it.
func (r *resolver) isComplement(offset int) bool {
	k := r.d.TokensIn(text.Span{Start: offset, End: offset + 1}).First - 1
	return k >= 0 && r.d.Tokens[k].UPOS == document.ADP
}

// next returns the mention that begins right behind offset.
func (r *resolver) next(i document.MentionID, offset int) (document.MentionID, bool) {
	for j := int(i) + 1; j < len(r.d.Mentions) && j < int(i)+8; j++ {
		if at := r.d.Mentions[j].Span.Start; at >= offset {
			return document.MentionID(j), at <= offset+1
		}
	}
	return document.NoMention, false
}

// isListed reports whether two mentions stand in one list: names with names.
func (r *resolver) isListed(a, b document.MentionID) bool {
	return r.d.Mentions[a].Form == r.d.Mentions[b].Form && r.d.SentenceAt(r.d.Mentions[a].Span.Start) == r.d.SentenceAt(r.d.Mentions[b].Span.Start)
}

// prune takes away the actors that only stand in the text and do nothing there: a
// town, a word with a capital at the start of a title, people who are talked about.
func (r *resolver) prune() {
	keep := make([]bool, len(r.d.Actors))
	for id := range r.d.Actors {
		keep[id] = r.isSomebody(document.ActorID(id))
	}
	for again := true; again; {
		again = false
		for id := range r.d.Actors {
			a := &r.d.Actors[id]
			for _, other := range append([]document.ActorID{a.Of, a.Speaks}, a.Members...) {
				if keep[id] && other != document.NoActor && !keep[other] {
					keep[other], again = true, true
				}
			}
		}
	}
	for i := range r.d.Mentions {
		if m := &r.d.Mentions[i]; m.Actor != document.NoActor && !keep[m.Actor] {
			m.Actor = document.NoActor
		}
	}
	r.keep = keep
}

// isSomebody reports whether an actor is one without looking at others.
func (r *resolver) isSomebody(id document.ActorID) bool {
	a := &r.d.Actors[id]
	switch a.Made.Rule {
	case "description", "group", "organ", "source":
	default:
		if a.Kind != document.Unclear {
			return true
		}
	}
	if a.Of != document.NoActor && (a.Kind == document.Person || r.d.Actors[a.Of].Kind == document.State) {
		return true
	}
	for _, i := range a.Mentions {
		if r.acts(i) {
			return true
		}
	}
	return false
}
