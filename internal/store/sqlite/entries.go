package sqlite

import (
	"fmt"

	"rapporteur/internal/record"
)

// The kinds of evidence and traits, as the schema numbers them.
const (
	kindStatement = 1 + iota
	kindPosition
	kindMove
	kindActor
	kindTalks
	kindMeeting
	kindDocument
	kindStatus
	kindPoint
	kindExpectation
)

// A placing is one reading on its way into the tables.
type placing struct {
	r         *record.Reading
	article   int64
	published string
	byName    map[string]int64 // actors of the article by the name that it gives them
	talks     map[string]seat  // by key
	without   *seat            // where entries without talks belong, when a person said so
}

// seat returns the rows of talks_seen and talks for an entry, or NULLs.
func (p *placing) seat(key string) (seen, talks any, at seat) {
	at, ok := p.talks[key]
	if !ok && p.without != nil {
		at, ok = *p.without, true
	}
	if !ok {
		return nil, nil, seat{}
	}
	return at.row, at.talks, at
}

// putEvidence stores what proves an entry.
func (w *writer) putEvidence(article int64, kind int, entry int64, ev []record.Evidence) error {
	for seq, e := range ev {
		maker, err := w.maker(e)
		if err != nil {
			return err
		}
		err = w.exec("INSERT INTO evidence(article, kind, entry, seq, start, end, maker) VALUES (?,?,?,?,?,?,?)",
			article, kind, entry, seq, e.Span.Start, e.Span.End, maker)
		if err != nil {
			return err
		}
	}
	return nil
}

// A maker is what made a piece of evidence.
type maker struct{ stage, rule, version string }

func (w *writer) maker(e record.Evidence) (int64, error) {
	m := maker{e.Stage, e.Rule, e.Version}
	if n, ok := w.makers[m]; ok {
		return n, nil
	}
	var n int64
	there, err := w.one("SELECT n FROM makers WHERE stage = ? AND rule = ? AND version = ?", args(m.stage, m.rule, m.version), &n)
	if err == nil && !there {
		n, err = w.insert("INSERT INTO makers(stage, rule, version) VALUES (?,?,?)", m.stage, m.rule, m.version)
	}
	if err == nil {
		w.makers[m] = n
	}
	return n, err
}

// putEntries stores all entries of the article at row n, which has none.
func (w *writer) putEntries(n int64, r *record.Reading) error {
	p := &placing{r: r, article: n, published: orEmpty(r.Article.Published), byName: map[string]int64{}, talks: map[string]seat{}}
	for _, part := range []struct {
		what string
		put  func(*placing) error
	}{
		{"actors", w.putActors}, {"talks", w.putTalks}, {"statements", w.putStatements}, {"moves", w.putMoves}, {"positions", w.putPositions},
		{"meetings", w.putMeetings}, {"documents", w.putDocuments}, {"status", w.putStatus}, {"expectations", w.putExpectations}, {"abstentions", w.putAbstentions},
	} {
		if err := part.put(p); err != nil {
			return fmt.Errorf("%s: %w", part.what, err)
		}
	}
	return nil
}

// dropEntries removes all entries of an article.
func (w *writer) dropEntries(n int64) error {
	for _, drop := range []func(int64) error{w.dropExpectations, w.dropPositions, w.dropMeetings, w.dropDocuments, w.dropTalks, w.dropActors} {
		if err := drop(n); err != nil {
			return err
		}
	}
	for _, table := range []string{"evidence", "abstentions"} {
		if err := w.exec("DELETE FROM "+table+" WHERE article = ?", n); err != nil {
			return err
		}
	}
	return nil
}

// refresh brings every joined entry up to date that the transaction touched, the
// referring ones before those that they refer to, since what nothing refers to
// any more is removed.
func (w *writer) refresh() error {
	for _, part := range []func() error{w.refreshMeetings, w.refreshDocuments, w.refreshPoints, w.refreshTalks, w.refreshActors, w.refreshStories} {
		if err := part(); err != nil {
			return fmt.Errorf("join: %w", err)
		}
	}
	w.touched = noneTouched()
	return nil
}

func (w *writer) putStatements(p *placing) error {
	for seq := range p.r.Statements {
		if err := w.putStatement(p, seq, &p.r.Statements[seq]); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) putStatement(p *placing, seq int, s *record.Statement) error {
	speaker, err := w.actorOr(s.SpeakerID)
	if err != nil {
		return err
	}
	party, err := w.actorOr(s.ForID)
	if err != nil {
		return err
	}
	seen, talks, _ := p.seat(orEmpty(s.Talks))
	n, err := w.insert(`INSERT INTO statements(id, article, seq, published, talks_seen, talks, kind, form, speaker, speaker_name, party, party_name,
		addressee, venue, said_on, said_until, source, source_span, cue, cue_span, content, pieces, edits, confidence, likely, told_with)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		s.ID, p.article, seq, p.published, seen, talks, s.Kind, s.Form, speaker, word(s.Speaker), party, word(s.For),
		word(s.Addressee), word(s.Venue), word(s.SaidOn), word(s.SaidUntil), word(s.Source), toJSON(s.SourceSpan), word(s.Cue), toJSON(s.CueSpan),
		joinPieces(s.Content), jsonText(s.Pieces), toJSON(s.Edits), s.Value, s.Likely, word(s.ToldWith))
	if err != nil {
		return err
	}
	return w.putEvidence(p.article, kindStatement, n, s.Evidence)
}

func (w *writer) putMoves(p *placing) error {
	for seq := range p.r.Moves {
		m := &p.r.Moves[seq]
		actor, err := w.actorOr(&m.ActorKey)
		if err != nil {
			return err
		}
		seen, talks, _ := p.seat(orEmpty(m.Talks))
		n, err := w.insert(`INSERT INTO moves(id, article, seq, published, talks_seen, talks, kind, actor, actor_name, recipient, mode, predicate, point,
			statement, plover, cameo, goldstein, confidence, likely) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
			m.ID, p.article, seq, p.published, seen, talks, m.Kind, actor, m.Actor, word(m.Recipient), m.Mode, m.Predicate, m.Point,
			word(m.Statement), m.Plover, m.Cameo, m.Goldstein, m.Value, m.Likely)
		if err != nil {
			return err
		}
		if err := w.putEvidence(p.article, kindMove, n, m.Evidence); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) putPositions(p *placing) error {
	for seq := range p.r.Positions {
		if err := w.putPosition(p, seq, &p.r.Positions[seq]); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) putPosition(p *placing, seq int, o *record.Position) error {
	party, err := w.actor(o.PartyID)
	if err != nil {
		return err
	}
	label := o.Point.Label
	if label == "" {
		label = o.Mention
	}
	seen, talks, at := p.seat(orEmpty(o.Talks))
	point, err := w.pointOf(at.talks, o.Point.ID, label, o.Mention)
	if err != nil {
		return err
	}
	var asserter any
	if a, ok := p.byName[o.AssertedBy]; ok {
		asserter = a
	}
	n, err := w.insert(`INSERT INTO positions(id, article, seq, published, talks_seen, talks, party, party_name, point, point_key, label, mention, stance,
		own, asserter, asserted_by, denied, statement, confidence, likely) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		o.ID, p.article, seq, p.published, seen, talks, party, o.Party, point, o.Point.ID, label, o.Mention, o.Stance,
		o.Own, asserter, o.AssertedBy, o.Denied, word(o.Statement), o.Value, o.Likely)
	if err != nil {
		return err
	}
	if err := w.countPoint(point, label, 1); err != nil {
		return err
	}
	return w.putEvidence(p.article, kindPosition, n, o.Evidence)
}

// dropPositions removes positions, moves and statements.
func (w *writer) dropPositions(article int64) error {
	type on struct {
		point int64
		label string
	}
	var rows []on
	err := w.each("SELECT point, label FROM positions WHERE article = ?", args(article), func(scan func(...any) error) error {
		var o on
		err := scan(&o.point, &o.label)
		rows = append(rows, o)
		return err
	})
	if err != nil {
		return err
	}
	for _, o := range rows {
		if err := w.countPoint(o.point, o.label, -1); err != nil {
			return err
		}
	}
	for _, table := range []string{"positions", "moves", "statements"} {
		if err := w.touchActorsOf(table, article); err != nil {
			return err
		}
		if err := w.exec("DELETE FROM "+table+" WHERE article = ?", article); err != nil {
			return err
		}
	}
	return nil
}

// touchActorsOf notes the actors that rows about to go refer to: some may be
// referred to by nothing else.
func (w *writer) touchActorsOf(table string, article int64) error {
	query := map[string]string{
		"positions":    "SELECT party FROM positions WHERE article = ?1 UNION SELECT asserter FROM positions WHERE article = ?1 AND asserter IS NOT NULL",
		"moves":        "SELECT actor FROM moves WHERE article = ?1 AND actor IS NOT NULL",
		"statements":   "SELECT speaker FROM statements WHERE article = ?1 AND speaker IS NOT NULL UNION SELECT party FROM statements WHERE article = ?1 AND party IS NOT NULL",
		"talks":        "SELECT p.actor FROM talks_parties p JOIN talks_seen s ON s.n = p.talks_seen WHERE s.article = ?1",
		"meetings":     "SELECT p.actor FROM meeting_parties p JOIN meeting_seen s ON s.n = p.meeting_seen WHERE s.article = ?1 AND p.actor IS NOT NULL",
		"actors":       "SELECT party FROM actor_seen WHERE article = ?1 AND party IS NOT NULL",
		"expectations": "SELECT who FROM expectations WHERE article = ?1 AND who IS NOT NULL",
	}[table]
	rows, err := w.numbers(query, article)
	for _, n := range rows {
		w.touched.actors[n] = true
	}
	return err
}

func (w *writer) putStatus(p *placing) error {
	for seq := range p.r.Status {
		s := &p.r.Status[seq]
		at, ok := p.talks[s.Talks]
		if !ok {
			continue // a status of no talks says nothing
		}
		n, err := w.insert("INSERT INTO status_seen(article, seq, published, talks_seen, talks, state, by_name) VALUES (?,?,?,?,?,?,?)",
			p.article, seq, p.published, at.row, at.talks, s.State, s.By)
		if err != nil {
			return err
		}
		if err := w.putEvidence(p.article, kindStatus, n, []record.Evidence{s.Evidence}); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) putAbstentions(p *placing) error {
	for seq, a := range p.r.Abstained {
		if err := w.exec("INSERT INTO abstentions(article, seq, stage, entry, why) VALUES (?,?,?,?,?)", p.article, seq, a.Stage, a.Entry, a.Why); err != nil {
			return err
		}
	}
	return nil
}
