package position

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// position returns what a claim tells, without moves.
func (s *Stage) position(d *document.Doc, c claim) document.Position {
	return document.Position{
		Party: c.holder, Point: label(d.In(c.mention)), Mention: c.mention, Stance: c.stance, Own: c.own, AssertedBy: c.by, Denied: c.denied,
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

// label shortens a mention: no determiner at its head, nothing after a comma, at
// most eight words.
func label(mention string) string {
	words := strings.Fields(strings.Trim(mention, "\"“”'‘’ "))
	for len(words) > 1 && oneOf(strings.ToLower(words[0]), "the a an to that its his her their our any all") {
		words = words[1:]
	}
	if len(words) > 8 {
		words = words[:8]
		for len(words) > 3 && oneOf(strings.ToLower(words[len(words)-1]), "the a an of in on to for with and or from by at its their as against") {
			words = words[:len(words)-1]
		}
	}
	return strings.Trim(strings.Join(words, " "), ",;:\"“”")
}

// untold gives statements without a stance verb what their own words tell: the
// whole of a short content, for it or against it by the words that judge.
func (s *Stage) untold(d *document.Doc, found []claim) []claim {
	told := map[document.StatementID]bool{}
	for _, c := range found {
		told[c.statement] = true
	}
	var out []claim
	for i := range d.Statements {
		id := document.StatementID(i)
		st := &d.Statements[i]
		if told[id] || st.Kind == document.Attitude || st.Sentence == document.NoSentence {
			continue
		}
		out = append(out, s.wholeContent(d, id)...)
	}
	return out
}

func (s *Stage) wholeContent(d *document.Doc, id document.StatementID) []claim {
	st := &d.Statements[id]
	sentence := d.SentenceAt(st.Content[0].Start)
	if sentence == document.NoSentence {
		return nil
	}
	r := newReader(s, d, sentence)
	holders := r.holderOfStatement(id, "whole")
	if len(holders) == 0 {
		return nil
	}
	in := d.TokensIn(st.Content[0])
	mention := r.complements(int(in.First), min(int(in.End), r.Hi), clause)
	if len(mention) == 0 {
		return nil
	}
	stance, rule := document.Supports, "plain"
	for t := int(in.First); t < min(int(in.End), r.Hi); t++ {
		if tone, ok := s.tone[r.Lemma(t)]; ok {
			stance, rule = tone, string(tone)
			break
		}
	}
	h := holders[0]
	move := document.Support
	if stance == document.Opposes {
		move = document.Oppose
	}
	return []claim{{
		cue: cue{move: move}, stance: stance, predicate: orContent(st.Cue, st.Content[0]), mention: mention[0], sentence: sentence,
		holder: h.party, recipient: document.NoActor, by: h.by, own: h.own, statement: id, mode: document.Asserted, rule: rule + "|" + h.rule,
	}}
}

func orContent(cue, content text.Span) text.Span {
	if cue.IsEmpty() {
		return content
	}
	return cue
}
