package compile

import (
	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/quote/again"
	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

func (c *compiler) addStatements(r *record.Reading) error {
	with, also := again.With(c.d), map[document.StatementID][]string{}
	for i, main := range with {
		if main != document.StatementID(i) {
			also[main] = append(also[main], c.statements[i])
		}
	}
	for i := range c.d.Statements {
		s := &c.d.Statements[i]
		ev, err := c.evidence("statement "+entry("s", i), s.Made, append([]text.Span{s.Span().Cover(orSelf(s.Cue, s.Span())).Cover(orSelf(s.Source, s.Span()))}, s.Content...)...)
		if err != nil {
			return err
		}
		out := record.Statement{
			ID: c.statements[i], Kind: string(s.Kind), Form: string(s.Form), Source: c.words(s.Source), Cue: c.words(s.Cue),
			Speaker: c.name(s.Speaker), For: c.name(s.For), Addressee: c.name(s.Addressee), Article: c.article, Outlet: c.d.Article.Outlet,
			Published: c.published, Pieces: s.Content, Evidence: ev, Confidence: confidence(s.Sure), SaidOn: day(s.SaidOn.ISO()),
			Talks: c.talksOf(s.Content[0].Start, s.For, s.Speaker),
		}
		if s.SaidOn.Precision == calendar.ToInterval && s.SaidOn.Last != s.SaidOn.First {
			out.SaidUntil = day(s.SaidOn.Last.String())
		}
		if s.Addressee == document.NoActor {
			out.Addressee = c.words(s.To)
		}
		if s.Venue != "" {
			out.Venue = &s.Venue
		}
		if s.Speaker != document.NoActor {
			key := c.key(s.Speaker)
			out.SpeakerID = &key
		}
		if s.For != document.NoActor {
			key := c.key(s.For)
			out.ForID = &key
		}
		for _, piece := range s.Content {
			out.Content = append(out.Content, c.d.In(piece))
		}
		out.SourceSpan, out.CueSpan = pointer(s.Source), pointer(s.Cue)
		if main := with[i]; main != document.StatementID(i) {
			out.ToldWith = &c.statements[main]
		}
		out.AlsoTold = also[document.StatementID(i)]
		for _, e := range s.Edits {
			out.Edits = append(out.Edits, record.Edit{Kind: e.Kind, Span: e.Span})
		}
		r.Statements = append(r.Statements, out)
	}
	return nil
}

func (c *compiler) addMoves(r *record.Reading) error {
	for i := range c.d.Moves {
		m := &c.d.Moves[i]
		ev, err := c.evidence("move "+entry("v", i), m.Made, c.clauseOf(m), m.Predicate, m.Point)
		if err != nil {
			return err
		}
		if m.Actor == document.NoActor {
			continue
		}
		out := record.Move{
			ID: c.moves[i], Talks: c.talksOf(m.Predicate.Start, m.Actor, m.Recipient), Kind: string(m.Kind), Actor: *c.name(m.Actor),
			ActorKey: c.key(m.Actor), Recipient: c.name(m.Recipient), Mode: string(m.Mode), Predicate: c.d.In(m.Predicate),
			Point: c.d.In(m.Point), Statement: c.statement(m.Statement), Date: c.published, Article: c.article, Evidence: ev,
			Confidence: confidence(m.Sure), Plover: string(m.Code.PLOVER), Cameo: string(m.Code.CAMEO), Goldstein: float64(m.Code.Goldstein),
		}
		r.Moves = append(r.Moves, out)
	}
	return nil
}

// clauseOf returns the sentence that holds the move.
func (c *compiler) clauseOf(m *document.Move) text.Span {
	if id := c.d.SentenceAt(m.Predicate.Start); id >= 0 {
		return c.d.Sentences[id].Span
	}
	return m.Predicate
}

func (c *compiler) addPositions(r *record.Reading) error {
	for i := range c.d.Positions {
		p := &c.d.Positions[i]
		made := p.Made
		ev, err := c.evidence("position "+entry("p", i), made, p.Evidence, p.Mention)
		if err != nil {
			return err
		}
		if p.Party == document.NoActor {
			continue
		}
		mention, label := c.d.In(p.Mention), p.Point
		if label == "" {
			label = mention
		}
		talks := c.talksKeyOf(p.Talks, p.Mention.Start, p.Party, p.AssertedBy)
		r.Positions = append(r.Positions, record.Position{
			ID:    record.Digest("p", c.article, c.key(p.Party), string(p.Stance), p.Mention.String(), c.key(p.AssertedBy)),
			Talks: talks, Party: *c.name(p.Party), PartyID: c.key(p.Party),
			Point: record.Point{ID: c.pointOf(p, talks, label), Label: label}, Mention: mention, Stance: string(p.Stance), Own: p.Own,
			AssertedBy: c.asserter(p.AssertedBy), Denied: p.Denied, Date: c.published, Article: c.article, Outlet: c.d.Article.Outlet,
			Statement: c.statement(p.Statement), Evidence: ev, Confidence: confidence(p.Sure),
		})
	}
	return nil
}
