package coref

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// issuer returns who issued the text that is the source: "a Veyra Harbour Office
// report", "the report" after it.
func (r *resolver) issuer(i document.MentionID) document.ActorID {
	m := &r.d.Mentions[i]
	noun := ""
	tokens := r.d.TokensIn(m.Span)
	for k := tokens.First; k < tokens.End; k++ {
		if w := strings.ToLower(r.d.Form(k)); r.t.papers[w] {
			noun = w
			break
		}
	}
	if noun == "" {
		return document.NoActor
	}
	for j := int(i) + 1; j < len(r.d.Mentions) && m.Span.Contains(r.d.Mentions[j].Head); j++ {
		if b := &r.d.Mentions[j]; b.Form == document.Named && b.Actor != document.NoActor {
			return b.Actor
		}
	}
	return r.issuedBefore(i, noun)
}

// issuedBefore looks back for the same noun with a name beside it, for the one who is
// told to have issued it, or for the last speaker.
func (r *resolver) issuedBefore(i document.MentionID, noun string) document.ActorID {
	for j := int(i) - 1; j >= max(0, int(i)-lookBack); j-- {
		b := &r.d.Mentions[j]
		if b.Actor == document.NoActor {
			continue
		}
		next := r.d.TokensIn(text.Span{Start: b.Span.End, End: min(len(r.d.Text()), b.Span.End+40)})
		for k := next.First; k < next.End && k < next.First+3; k++ {
			if strings.EqualFold(r.d.Form(k), noun) && b.Form == document.Named {
				return b.Actor
			}
		}
		if b.Form != document.Pronoun && r.issues(b, noun) {
			return b.Actor
		}
		if b.Made.Stage == "coref" && hasWord(text.Fold(r.d.In(b.Span)), noun) {
			return b.Actor
		}
	}
	return document.NoActor
}

// issues reports whether the words around a mention say that it made the text: "the
// council issued a statement", "a report by the council".
func (r *resolver) issues(b *document.Mention, noun string) bool {
	tokens := r.d.TokensIn(b.Span)
	sentence := r.d.SentenceAt(b.Span.Start)
	if sentence < 0 {
		return false
	}
	low, high := r.d.Sentences[sentence].Tokens.First, r.d.Sentences[sentence].Tokens.End
	for k := tokens.First - 1; k >= max(low, tokens.First-8); k-- { // "a report published by"
		if w := strings.ToLower(r.d.Form(k)); k == tokens.First-1 && w != "by" && w != "from" && w != "of" {
			break
		} else if w == noun {
			return true
		}
	}
	made := false
	for k := tokens.End; k < min(high, tokens.End+8); k++ {
		made = made || r.t.making[r.d.Tokens[k].Lemma] && r.d.Tokens[k].UPOS == document.VERB
		if made && strings.EqualFold(r.d.Form(k), noun) {
			return true
		}
	}
	return false
}

// outlet resolves "the newspaper", "the broadcaster": the last body that reports,
// else the last speaking body of which no table knows better.
func (r *resolver) outlet(i document.MentionID, head string) document.ActorID {
	if ro := r.t.roles[head]; ro.kind != "body" || ro.voice != "none" {
		return document.NoActor
	}
	if id := r.lastBody(i, func(a *document.Actor) bool {
		return a.Made.Rule != "description" && (r.t.bodies[a.Key].voice == "none" || r.isQuiet(a.Name))
	}); id != document.NoActor {
		return id
	}
	for j := int(i) - 1; j >= max(0, int(i)-lookBack); j-- {
		m := &r.d.Mentions[j]
		if m.Actor == document.NoActor || m.Form != document.Named || !r.sources[document.MentionID(j)] {
			continue
		}
		if a := &r.d.Actors[m.Actor]; a.Kind == document.Organisation && r.t.bodies[a.Key].voice == "" || a.Kind == document.Unclear {
			return m.Actor
		}
	}
	return document.NoActor
}
