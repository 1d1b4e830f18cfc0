package position

import (
	"slices"

	"rapporteur/internal/document"
)

// widen adds holders that the model may prefer: the speaker of what is said of
// another party ("Tolmark needs to open the lock, he said": the speaker demands
// it), and the other side of an act of two ("Tolmark signed a treaty with Veyra").
func (r *reader) widen(c cue, end int, v voice, found []holder) []holder {
	out := r.sides(found)
	if v.statement != document.NoStatement && !v.isCue && c.move == document.Demand && !slices.ContainsFunc(found, func(h holder) bool { return h.own }) {
		for _, h := range r.sides(r.holderOfStatement(v.statement, "content-speaker")) {
			out = appendHolder(out, h)
		}
	}
	if c.move != document.Agree && c.move != document.Accept || len(found) == 0 {
		return out
	}
	for k := end; k < min(r.Hi, end+14); k++ {
		if r.Form(k) != "with" && r.Form(k) != "between" {
			continue
		}
		for t := k + 1; t < min(r.Hi, k+8); t++ {
			a := r.Actor(t)
			if a == document.NoActor {
				if r.IsVerb(t) || r.UPOS(t) == document.ADP {
					break
				}
				continue
			}
			for _, p := range r.Doc.Parties(a) {
				out = appendHolder(out, holder{p, found[0].by, found[0].own, found[0].rule + "-with"})
			}
		}
		break
	}
	return out
}

// sides splits holders of several members into the sides that they stand for, and
// adds the person or organ itself where only its home makes it speak for a party:
// an exile or a deputy may stand alone.
func (r *reader) sides(found []holder) []holder {
	var out []holder
	for _, h := range found {
		if parties := r.Doc.Parties(h.party); len(parties) > 1 {
			for _, p := range parties {
				out = appendHolder(out, holder{p, h.by, h.own, h.rule})
			}
			continue
		}
		out = appendHolder(out, h)
		if h.by == document.NoActor || h.by == h.party || !h.own {
			continue
		}
		by := &r.Doc.Actors[h.by]
		if by.Speaks == document.NoActor && by.Of == h.party && r.canHold(h.by) {
			out = appendHolder(out, holder{h.by, h.by, true, h.rule + "-alone"})
		}
	}
	return out
}

func appendHolder(list []holder, h holder) []holder {
	if slices.ContainsFunc(list, func(o holder) bool { return o.party == h.party }) {
		return list
	}
	return append(list, h)
}
