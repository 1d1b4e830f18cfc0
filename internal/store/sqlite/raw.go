package sqlite

import (
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

// held are the entries of an article that stand by a person's decision, as a
// reading gave them, with the text that they point into.
type held struct {
	text       string
	statements []record.Statement
	positions  []record.Position
	meetings   []record.MeetingSeen
	documents  []record.DocumentSeen
}

// standsByDecision is a condition on the ID of an entry.
func standsByDecision(target, id string) string {
	return `EXISTS (SELECT 1 FROM decisions d WHERE d.target = '` + target + `' AND d.entry = ` + id + ` AND d.undone_at = '' AND d.act IN ('confirm', 'correct'))`
}

// held returns what a new reading of the article must not lose.
func (w *writer) held(n int64, id string) (held, error) {
	var h held
	var any bool
	_, err := w.one("SELECT EXISTS (SELECT 1 FROM decisions WHERE undone_at = '' AND act IN ('confirm', 'correct'))", nil, &any)
	if err != nil || !any {
		return h, err
	}
	if _, err = w.one("SELECT text FROM texts WHERE article = ?", args(n), (*body)(&h.text)); err != nil {
		return h, err
	}
	if h.statements, err = w.rawStatements("s.article = ? AND "+standsByDecision("statement", "s.id"), n); err != nil {
		return h, err
	}
	if h.positions, err = w.rawPositions("p.article = ? AND "+standsByDecision("position", "p.id"), n); err != nil {
		return h, err
	}
	if h.meetings, err = w.rawMeetings("s.article = ? AND "+standsByDecision("meeting", "s.id"), n); err != nil {
		return h, err
	}
	h.documents, err = w.rawDocuments("s.article = ? AND "+standsByDecision("document", "(SELECT id FROM documents WHERE n = s.document)"), n)
	return h, err
}

var rawStatementQuery = `SELECT ifnull(s.base,''), s.id, a.id, a.outlet, s.published, tk.key, s.kind, s.form, s.speaker_name, sp.key, s.party_name, pa.key,
	s.addressee, s.venue, s.said_on, s.said_until, s.source, ifnull(s.source_span,''), s.cue, ifnull(s.cue_span,''), s.content, s.pieces,
	ifnull(s.edits,''), s.confidence, s.likely, s.told_with, ` + evidenceOf(kindStatement, "s") + `
	FROM statements s JOIN articles a ON a.n = s.article LEFT JOIN talks_seen k ON k.n = s.talks_seen LEFT JOIN talks tk ON tk.n = k.key_talks
	LEFT JOIN actors sp ON sp.n = s.speaker LEFT JOIN actors pa ON pa.n = s.party WHERE `

// rawStatements returns statements as their reading gave them: keys in place of
// IDs, no correction.
func (w *writer) rawStatements(where string, values ...any) ([]record.Statement, error) {
	var out []record.Statement
	err := w.each(rawStatementQuery+where+" ORDER BY s.article, s.seq", values, func(scan func(...any) error) error {
		var base string
		s, err := scanStatementWith(scan, &base)
		if err == nil && base != "" {
			s = record.Statement{}
			err = fromJSON(base, &s)
		}
		out = append(out, s)
		return err
	})
	return out, err
}

func scanStatementWith(scan func(...any) error, base *string) (record.Statement, error) {
	var s record.Statement
	var published, source, cue, content, pieces, edits, evidence string
	err := scan(base, &s.ID, &s.Article, &s.Outlet, &published, &s.Talks, &s.Kind, &s.Form, &s.Speaker, &s.SpeakerID, &s.For, &s.ForID,
		&s.Addressee, &s.Venue, &s.SaidOn, &s.SaidUntil, &s.Source, &source, &s.Cue, &cue, &content, &pieces,
		&edits, &s.Value, &s.Likely, &s.ToldWith, &evidence)
	if err != nil {
		return s, err
	}
	s.Published = known(published)
	return s, finishStatement(&s, statementTexts{source: source, cue: cue, content: content, pieces: pieces, edits: edits, evidence: evidence})
}

var rawPositionQuery = `SELECT ifnull(p.base,''), p.id, a.id, a.outlet, p.published, tk.key, p.party_name, pa.key, p.point_key, p.label, p.mention, p.stance, p.own,
	p.asserted_by, p.denied, p.statement, p.confidence, p.likely, ` + evidenceOf(kindPosition, "p") + `
	FROM positions p JOIN articles a ON a.n = p.article LEFT JOIN talks_seen k ON k.n = p.talks_seen LEFT JOIN talks tk ON tk.n = k.key_talks
	JOIN actors pa ON pa.n = p.party WHERE `

func (w *writer) rawPositions(where string, values ...any) ([]record.Position, error) {
	var out []record.Position
	err := w.each(rawPositionQuery+where+" ORDER BY p.article, p.seq", values, func(scan func(...any) error) error {
		var o record.Position
		var base, published, evidence string
		err := scan(&base, &o.ID, &o.Article, &o.Outlet, &published, &o.Talks, &o.Party, &o.PartyID, &o.Point.ID, &o.Point.Label, &o.Mention, &o.Stance, &o.Own,
			&o.AssertedBy, &o.Denied, &o.Statement, &o.Value, &o.Likely, &evidence)
		if err != nil {
			return err
		}
		o.Date = known(published)
		if o.Evidence, err = scanEvidence(o.Article, evidence); err == nil && base != "" {
			o = record.Position{}
			err = fromJSON(base, &o)
		}
		out = append(out, o)
		return err
	})
	return out, err
}

var rawMeetingQuery = `SELECT s.id, a.id, ifnull(tk.key,''), s.name, s.date, s.until, s.place, s.format, s.state, s.confidence, s.likely,
	(SELECT json_group_array(json_array(x.name, ifnull(pa.key, '')) ORDER BY x.seq) FROM meeting_parties x LEFT JOIN actors pa ON pa.n = x.actor WHERE x.meeting_seen = s.n), ` +
	evidenceOf(kindMeeting, "s") + `
	FROM meeting_seen s JOIN articles a ON a.n = s.article LEFT JOIN talks_seen k ON k.n = s.talks_seen LEFT JOIN talks tk ON tk.n = k.key_talks WHERE `

func (w *writer) rawMeetings(where string, values ...any) ([]record.MeetingSeen, error) {
	var out []record.MeetingSeen
	err := w.each(rawMeetingQuery+where+" ORDER BY s.article, s.seq", values, func(scan func(...any) error) error {
		var m record.MeetingSeen
		var article, parties, evidence string
		err := scan(&m.ID, &article, &m.Talks, &m.Name, &m.Date, &m.Until, &m.Place, &m.Format, &m.State, &m.Value, &m.Likely, &parties, &evidence)
		if err != nil {
			return err
		}
		var pairs [][2]string
		if err := fromJSON(parties, &pairs); err != nil {
			return err
		}
		for _, p := range pairs {
			m.Participants, m.PartyKeys = append(m.Participants, p[0]), append(m.PartyKeys, p[1])
		}
		m.Evidence, err = scanEvidence(article, evidence)
		out = append(out, m)
		return err
	})
	return out, err
}

var rawDocumentQuery = `SELECT s.id, a.id, d.key, ifnull(tk.key,''), s.kind, s.name, s.by_name, s.to_names, s.state, s.date, s.confidence, s.likely, ` +
	evidenceOf(kindDocument, "s") + `
	FROM document_seen s JOIN articles a ON a.n = s.article JOIN documents d ON d.n = s.key_document
	LEFT JOIN talks_seen k ON k.n = s.talks_seen LEFT JOIN talks tk ON tk.n = k.key_talks WHERE `

func (w *writer) rawDocuments(where string, values ...any) ([]record.DocumentSeen, error) {
	var out []record.DocumentSeen
	err := w.each(rawDocumentQuery+where+" ORDER BY s.article, s.seq", values, func(scan func(...any) error) error {
		var d record.DocumentSeen
		var article, to, evidence string
		err := scan(&d.ID, &article, &d.Key, &d.Talks, &d.Kind, &d.Name, &d.By, &to, &d.State, &d.Date, &d.Value, &d.Likely, &evidence)
		if err != nil {
			return err
		}
		if err := fromJSON(to, &d.To); err != nil {
			return err
		}
		d.Evidence, err = scanEvidence(article, evidence)
		out = append(out, d)
		return err
	})
	return out, err
}

// A mover finds the words of an old text in a new one.
type mover struct{ from, to string }

// span returns where the words at s stand in the new text: the occurrence
// nearest to the old place.
func (m mover) span(s text.Span) (text.Span, bool) {
	if m.from == m.to {
		return s, true
	}
	words := s.In(m.from)
	best := -1
	for at := 0; words != ""; {
		i := strings.Index(m.to[at:], words)
		if i < 0 {
			break
		}
		at += i
		if best < 0 || abs(at-s.Start) < abs(best-s.Start) {
			best = at
		}
		at++
	}
	return text.Span{Start: best, End: best + len(words)}, best >= 0
}

func abs(n int) int { return max(n, -n) }

// spans moves all of them or none.
func (m mover) spans(list []text.Span) ([]text.Span, bool) {
	out := make([]text.Span, 0, len(list))
	for _, s := range list {
		moved, ok := m.span(s)
		if !ok {
			return nil, false
		}
		out = append(out, moved)
	}
	return out, true
}

// evidence moves what can be found; an entry without any is not kept.
func (m mover) evidence(list []record.Evidence) []record.Evidence {
	var out []record.Evidence
	for _, e := range list {
		if s, ok := m.span(e.Span); ok {
			e.Span = s
			out = append(out, e)
		}
	}
	return out
}

func (m mover) statement(s *record.Statement) bool {
	pieces, ok := m.spans(s.Pieces)
	if !ok {
		return false
	}
	s.Pieces, s.Evidence = pieces, m.evidence(s.Evidence)
	for _, p := range []**text.Span{&s.SourceSpan, &s.CueSpan} {
		if *p == nil {
			continue
		}
		if moved, ok := m.span(**p); ok {
			*p = &moved
		} else {
			*p = nil
		}
	}
	var edits []record.Edit
	for _, e := range s.Edits {
		if moved, ok := m.span(e.Span); ok {
			edits = append(edits, record.Edit{Kind: e.Kind, Span: moved})
		}
	}
	s.Edits = edits
	return len(s.Evidence) > 0
}

// keep stores again what a person confirmed or corrected and the new reading
// does not give any more, as long as its words still stand in the text.
func (w *writer) keep(n int64, r *record.Reading, h held) error {
	p := &placing{r: r, article: n, published: orEmpty(r.Article.Published), byName: map[string]int64{}, talks: map[string]seat{}}
	if err := w.seatsFor(p); err != nil {
		return err
	}
	m := mover{h.text, r.Article.Text}
	given := map[string]bool{}
	for _, s := range r.Statements {
		given[s.ID] = true
	}
	seq := len(r.Statements)
	for i := range h.statements {
		s := &h.statements[i]
		if given[s.ID] || !m.statement(s) {
			continue
		}
		if err := w.putStatement(p, seq, s); err != nil {
			return err
		}
		if err := w.exec("UPDATE statements SET kept = 1 WHERE article = ? AND seq = ?", n, seq); err != nil {
			return err
		}
		seq++
	}
	if err := w.keepPositions(p, m, h.positions); err != nil {
		return err
	}
	return w.keepJoined(p, m, h)
}

func (w *writer) keepPositions(p *placing, m mover, list []record.Position) error {
	given := map[string]bool{}
	for _, o := range p.r.Positions {
		given[o.ID] = true
	}
	seq := len(p.r.Positions)
	for i := range list {
		o := &list[i]
		if o.Evidence = m.evidence(o.Evidence); given[o.ID] || len(o.Evidence) == 0 {
			continue
		}
		if err := w.putPosition(p, seq, o); err != nil {
			return err
		}
		if err := w.exec("UPDATE positions SET kept = 1 WHERE article = ? AND seq = ?", p.article, seq); err != nil {
			return err
		}
		seq++
	}
	return nil
}

func (w *writer) keepJoined(p *placing, m mover, h held) error {
	given := map[string]bool{}
	for _, d := range p.r.Meetings {
		given[d.ID] = true
	}
	seq := len(p.r.Meetings)
	for i := range h.meetings {
		d := &h.meetings[i]
		if d.Evidence = m.evidence(d.Evidence); given[d.ID] || len(d.Evidence) == 0 {
			continue
		}
		if err := w.putMeeting(p, seq, d, true); err != nil {
			return err
		}
		seq++
	}
	seq = len(p.r.Documents)
	for i := range h.documents {
		d := &h.documents[i]
		var told bool
		if _, err := w.one("SELECT EXISTS (SELECT 1 FROM document_seen s JOIN documents d ON d.n = s.document WHERE d.key = ?)", args(d.Key), &told); err != nil {
			return err
		}
		if d.Evidence = m.evidence(d.Evidence); told || len(d.Evidence) == 0 {
			continue
		}
		if err := w.putDocument(p, seq, d, true); err != nil {
			return err
		}
		seq++
	}
	return nil
}

// seatsFor fills in where the article's talks and actors stand.
func (w *writer) seatsFor(p *placing) error {
	err := w.each(`SELECT s.n, s.talks, t.id, ifnull(k.key, '') FROM talks_seen s JOIN talks t ON t.n = s.talks LEFT JOIN talks k ON k.n = s.key_talks
		WHERE s.article = ? ORDER BY s.seq`, args(p.article), func(scan func(...any) error) error {
		var at seat
		var key string
		if err := scan(&at.row, &at.talks, &at.id, &key); err != nil {
			return err
		}
		if key == "" {
			p.without = &at
		} else if _, taken := p.talks[key]; !taken {
			p.talks[key] = at
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.each("SELECT name, actor FROM actor_seen WHERE article = ? ORDER BY seq", args(p.article), func(scan func(...any) error) error {
		var name string
		var actor int64
		if err := scan(&name, &actor); err != nil {
			return err
		}
		if _, taken := p.byName[name]; !taken {
			p.byName[name] = actor
		}
		return nil
	})
}
