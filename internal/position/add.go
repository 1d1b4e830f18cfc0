package position

import (
	"rapporteur/internal/document"
	"rapporteur/internal/text"
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
func (s *Stage) add(d *document.Doc, found Candidate) {
	c, p := found.claim, found.Position
	p.Sure = document.Confidence{Value: found.Value, Likely: found.Value < s.model.Sure}
	d.Moves = append(d.Moves, document.Move{
		Kind: c.cue.move, Actor: c.holder, Recipient: c.recipient, Mode: c.mode, Predicate: c.predicate, Point: c.mention,
		Statement: c.statement, Code: s.codes[c.cue.move], Made: p.Made, Sure: p.Sure,
	})
	p.Moves = []document.MoveID{document.MoveID(len(d.Moves) - 1)}
	d.Positions = append(d.Positions, p)
}

// untold gives each statement what its own words tell without a stance verb: each
// clause of its content, for it or against it. PolNeAR's guidelines (Newell et al.
// 2018) give the source the attitude of the whole content: "The toll is a burden,
// said Belmora".
func (s *Stage) untold(d *document.Doc, readers []*reader) []claim {
	var out []claim
	for i := range d.Statements {
		if d.Statements[i].Sentence != document.NoSentence {
			out = append(out, s.wholeContent(d, document.StatementID(i), readers)...)
		}
	}
	return out
}

func (s *Stage) wholeContent(d *document.Doc, id document.StatementID, readers []*reader) []claim {
	st := &d.Statements[id]
	var out []claim
	for _, piece := range st.Content {
		sentence := d.SentenceAt(piece.Start)
		if sentence == document.NoSentence {
			continue
		}
		r := readers[sentence]
		in := d.TokensIn(piece)
		hi := min(int(in.End), r.Hi)
		rule := "plain"
		for t := int(in.First); t < hi; t++ {
			if tone, ok := s.tone[r.Lemma(t)]; ok {
				rule = string(tone)
				break
			}
		}
		for _, mention := range r.complements(int(in.First), hi, clause) {
			for _, h := range r.sides(r.holderOfStatement(id, "whole")) {
				base := claim{
					predicate: orContent(st.Cue, piece), mention: mention, sentence: sentence, holder: h.party, recipient: document.NoActor,
					by: h.by, own: h.own, statement: id, mode: document.Asserted, rule: rule + "|" + h.rule,
				}
				out = append(out, bothWays(base)...)
			}
		}
	}
	return out
}

// bothWays returns the claim for its matter and against it; the model tells which
// it is.
func bothWays(c claim) []claim {
	against := c
	c.stance, c.cue.move = document.Supports, document.Support
	against.stance, against.cue.move = document.Opposes, document.Oppose
	return []claim{c, against}
}

func orContent(cue, content text.Span) text.Span {
	if cue.IsEmpty() {
		return content
	}
	return cue
}
