package compile

import (
	"slices"

	"rapporteur/internal/document"
)

// partiesOf returns those parties of talks that negotiate, in their order; of fewer
// than two the first two as the article tells them. Who is only named in a sentence
// that tells of talks is no party of them.
// Source: CAMEO manual 1.1b3, roots 03 to 05: who consults, appeals or cooperates, and
// with whom. "Orsa and Veyra talked, Harbour Watch said" has two parties.
func (c *compiler) partiesOf(t *document.Talks) []document.ActorID {
	sure := 0
	keep := make([]bool, len(t.Parties))
	for i, a := range t.Parties {
		if keep[i] = c.negotiates(t, a); keep[i] {
			sure++
		}
	}
	var out []document.ActorID
	for i, a := range t.Parties {
		if !keep[i] {
			if sure >= 2 {
				continue
			}
			sure++
		}
		out = append(out, a)
	}
	return out
}

// negotiates reports whether the article tells a party to be one: words for the talks
// name it, it fights the war that they are to end, it meets or addresses another
// party, or it holds a position in the paragraphs that tell of the talks.
func (c *compiler) negotiates(t *document.Talks, a document.ActorID) bool {
	if slices.Contains(t.Named, a) || slices.Contains(t.Conflict, c.key(a)) {
		return true
	}
	isOther := func(b document.ActorID) bool { return b != a && slices.Contains(t.Parties, b) }
	for i := range c.d.Meetings {
		if list := c.d.Meetings[i].Participants; slices.Contains(list, a) && slices.ContainsFunc(list, isOther) {
			return true
		}
	}
	for i := range c.d.Moves {
		m := &c.d.Moves[i]
		if m.Actor == a && isOther(m.Recipient) || m.Recipient == a && isOther(m.Actor) {
			return true
		}
	}
	return slices.ContainsFunc(c.d.Positions, func(p document.Position) bool {
		return p.Party == a && (len(t.Paragraphs) == 0 || slices.Contains(t.Paragraphs, c.d.ParagraphAt(p.Evidence.Start)))
	})
}
