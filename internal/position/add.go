package position

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// floor below which a position is rather wrong than right and is left out.
const floor = 0.1

// Sure positions are right in four cases of five.
const sure = 0.8

// add puts a claim into the document as a move and a position.
func (s *Stage) add(d *document.Doc, c claim) {
	value := s.trust(c.rule)
	if value < floor && !s.all || c.holder == document.NoActor || c.mention.IsEmpty() || s.has(d, c) {
		return
	}
	made := document.Made{Stage: "position", Rule: c.rule, Version: Version}
	trust := document.Confidence{Value: value, Likely: value < sure}
	d.Moves = append(d.Moves, document.Move{
		Kind: c.cue.move, Actor: c.holder, Recipient: c.recipient, Mode: c.mode, Predicate: c.predicate, Point: c.mention,
		Statement: c.statement, Code: s.codes[c.cue.move], Made: made, Sure: trust,
	})
	d.Positions = append(d.Positions, document.Position{
		Party: c.holder, Point: label(d.In(c.mention)), Mention: c.mention, Stance: c.stance, Own: c.own, AssertedBy: c.by, Denied: c.denied,
		Evidence: d.Sentences[c.sentence].Span, Statement: c.statement, Moves: []document.MoveID{document.MoveID(len(d.Moves) - 1)},
		Talks: document.NoTalks, Made: made, Sure: trust,
	})
}

// trust returns the measured share of right positions of a rule, "cue|voice". A
// rule too rare to be measured has what its cue and its voice would give if they
// told independently of one another.
func (s *Stage) trust(rule string) float64 {
	if v, ok := s.confidence[rule]; ok {
		return v
	}
	all := s.confidence["*"]
	cue, voice, _ := strings.Cut(rule, "|")
	byCue, okCue := s.confidence[cue+"|"]
	byVoice, okVoice := s.confidence["|"+voice]
	switch {
	case okCue && okVoice && all > 0:
		return min(0.95, byCue*byVoice/all)
	case okCue:
		return byCue
	case okVoice:
		return byVoice
	}
	return all
}

func (s *Stage) has(d *document.Doc, c claim) bool {
	for _, p := range d.Positions {
		if p.Party == c.holder && p.Stance == c.stance && p.Mention.Overlaps(c.mention) {
			return true
		}
	}
	return false
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
