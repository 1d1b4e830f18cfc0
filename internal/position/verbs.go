package position

import (
	"rapporteur/internal/document"
)

// anyVerb stands for the words of a verb that is no cue.
const anyVerb = "verb"

// uncued gives verbs that are no cue what they may tell: who does something to a
// matter stands for it or against it. CAMEO codes acts of cooperation and of
// conflict so, each by its verb: "Tolmark sealed the canal", "Veyra hosts the talks".
func (r *reader) uncued(cued []claim) []claim {
	taken := map[int]bool{}
	for _, c := range cued {
		in := r.Doc.TokensIn(c.predicate)
		for t := int(in.First); t < int(in.End); t++ {
			taken[t] = true
		}
	}
	var out []claim
	for i := r.Lo; i < r.Hi; i++ {
		if r.UPOS(i) == document.VERB && !taken[i] && r.cues[i-r.Lo] == document.NoStatement {
			out = append(out, r.act(i)...)
		}
	}
	return out
}

// act reads the verb at i with its object or its infinitive.
func (r *reader) act(i int) []claim {
	c := cue{words: anyVerb, pos: "V", takes: takesObject, move: document.Support}
	if r.Form(i+1) == "to" && r.XPOS(i+2) == "VB" {
		c.takes = takesInfinitive
	}
	end := i + 1
	if r.UPOS(end) == document.ADP && !r.isPassive(c, i) {
		end++
	}
	mentions, recipient := r.about(c, i, end)
	v := r.voiceAt(i, end)
	var out []claim
	for _, h := range r.widen(c, end, v, r.holders(c, i, end, v, r.isPassive(c, i))) {
		for _, m := range mentions {
			base := claim{
				cue: c, negated: r.isNegated(i), predicate: r.Span(i, end), mention: m, sentence: r.id, holder: h.party, recipient: recipient,
				by: h.by, own: h.own, statement: v.statement, mode: r.modeOf(i, r.isNegated(i)), rule: "verb|" + h.rule,
			}
			out = append(out, bothWays(base)...)
		}
	}
	return out
}
