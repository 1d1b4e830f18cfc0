package coref

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// longestName is the most words of a name that is made of a description.
const longestName = 12

// nameSources gives an actor that is only described the whole phrase of the source
// that tells of it first: "critics of the toll", "a witness from Orsa".
// Guideline: the gold records' guide, "the fullest form that the article gives".
func (r *resolver) nameSources() {
	for i := range r.d.Statements {
		source := r.d.Statements[i].Source
		head := r.d.HeadMention(source)
		if head == document.NoMention {
			continue
		}
		m := &r.d.Mentions[head]
		if m.Actor == document.NoActor || m.Form != document.Described || r.d.Actors[m.Actor].Mentions[0] != head {
			continue
		}
		a := &r.d.Actors[m.Actor]
		switch a.Made.Rule {
		case "description", "group", "organ", "source":
		default:
			continue
		}
		if end := r.phraseEnd(m.Span.End, source.End); end > m.Span.End && m.Span.Start >= source.Start {
			if name := trimDet(r.bare(text.Span{Start: m.Span.Start, End: end})); len(strings.Fields(name)) <= longestName {
				a.Name = name
			}
		}
	}
}

// phraseEnd returns where the prepositional phrases behind a description end, before
// a comma, a bracket or a clause.
func (r *resolver) phraseEnd(from, to int) int {
	tokens := r.d.TokensIn(text.Span{Start: from, End: to})
	end := from
	for k := tokens.First; k < tokens.End; k++ {
		t := &r.d.Tokens[k]
		switch t.UPOS {
		case document.ADP:
			if k == tokens.First && t.XPOS != "IN" {
				return end
			}
		case document.NOUN, document.PROPN:
			if k == tokens.First {
				return end
			}
			end = t.Span.End
		case document.ADJ, document.DET, document.NUM, document.PART, document.CCONJ:
			if k == tokens.First {
				return end
			}
		default:
			return end
		}
	}
	return end
}
