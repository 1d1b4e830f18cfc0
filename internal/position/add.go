package position

import (
	"rapporteur/internal/document"
)

// position returns what a claim tells, without moves.
func (s *Stage) position(d *document.Doc, c claim, label string) document.Position {
	return document.Position{
		Party: c.holder, Point: label, Mention: c.mention, Stance: c.stance, Own: c.own, AssertedBy: c.by, Denied: c.denied,
		Evidence: d.Sentences[c.sentence].Span, Statement: c.statement, Talks: document.NoTalks,
		Made: document.Made{Stage: "position", Rule: c.rule, Version: Version},
	}
}

// add puts a candidate into the document as a move and a position.
func (s *Stage) add(from *proposer, found Candidate) {
	d, c, p := from.d, found.claim, found.Position
	m := s.points.Matter(d, p.Mention)
	p.Matter, p.About = m.Stems, m.Named
	if label := from.readers[c.sentence].label(m.Core); label != "" {
		p.Point = label
	}
	p.Sure = document.Confidence{Value: found.Value, Likely: found.Value < s.model.Sure}
	d.Moves = append(d.Moves, document.Move{
		Kind: c.cue.move, Actor: c.holder, Recipient: c.recipient, Mode: c.mode, Predicate: c.predicate, Point: c.mention,
		Statement: c.statement, Code: s.codes[string(c.cue.move)], Made: p.Made, Sure: p.Sure,
	})
	p.Moves = []document.MoveID{document.MoveID(len(d.Moves) - 1)}
	d.Positions = append(d.Positions, p)
}
