package sqlite

import (
	"context"
	"iter"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// Reading returns all entries of one article with decisions applied and what a
// person rejected left out. Where a reading that comes in has keys, this one has
// the IDs of the joined entries.
func (db *DB) Reading(ctx context.Context, id string) (*record.Reading, error) {
	a, err := db.Article(ctx, id)
	if err != nil {
		return nil, err
	}
	r := &record.Reading{Article: a}
	f := store.Filter{Article: id}
	if r.Statements, err = collect(db.Statements(ctx, f)); err != nil {
		return nil, err
	}
	if r.Positions, err = collect(db.Positions(ctx, f)); err != nil {
		return nil, err
	}
	if r.Moves, err = collect(db.Moves(ctx, f)); err != nil {
		return nil, err
	}
	if r.Expectations, err = collect(db.Expectations(ctx, f)); err != nil {
		return nil, err
	}
	for _, part := range []func(context.Context, *record.Reading, string) error{
		db.readActors, db.readTalks, db.readMeetings, db.readDocuments, db.readStatus, db.readAbstained,
	} {
		if err := part(ctx, r, id); err != nil {
			return nil, db.wrap(err, "reading of article "+id)
		}
	}
	return r, nil
}

func collect[T any](list iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range list {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

const ofArticle = " WHERE s.article = (SELECT n FROM articles WHERE id = ?) "

func (db *DB) readActors(ctx context.Context, r *record.Reading, id string) error {
	return db.each(ctx, `SELECT ar.id, coalesce(nullif(ar.name, ''), s.name), s.kind, s.role, coalesce(pr.id, ''), ifnull(s.aliases, ''), s.mentions, `+
		evidenceOf(kindActor, "s")+` FROM actor_seen s JOIN actors a ON a.n = s.actor JOIN actors ar ON ar.n = a.root
		LEFT JOIN actors p ON p.n = s.party LEFT JOIN actors pr ON pr.n = p.root`+ofArticle+"AND ar.decision <> 'rejected' ORDER BY s.seq", args(id),
		func(scan func(...any) error) (bool, error) {
			var a record.ActorSeen
			var aliases, evidence string
			var mentions []byte
			err := scan(&a.Key, &a.Name, &a.Kind, &a.Role, &a.OfKey, &aliases, &mentions, &evidence)
			if err != nil {
				return false, err
			}
			if err := fromJSON(aliases, &a.Aliases); err != nil {
				return false, err
			}
			if a.Mentions, err = unpackSpans(mentions); err != nil {
				return false, err
			}
			a.Evidence, err = scanEvidence(id, evidence)
			r.Actors = append(r.Actors, a)
			return true, err
		})
}

func (db *DB) readTalks(ctx context.Context, r *record.Reading, id string) error {
	return db.each(ctx, `SELECT t.id, t.name, s.subject, s.confidence, s.likely,
		(SELECT json_group_array(json_array(ar.id, p.mediator) ORDER BY p.seq) FROM talks_parties p JOIN actors a ON a.n = p.actor JOIN actors ar ON ar.n = a.root WHERE p.talks_seen = s.n), `+
		evidenceOf(kindTalks, "s")+` FROM talks_seen s JOIN talks t ON t.n = s.talks`+ofArticle+"AND t.decision <> 'rejected' ORDER BY s.seq", args(id),
		func(scan func(...any) error) (bool, error) {
			var t record.TalksSeen
			var parties, evidence string
			err := scan(&t.Key, &t.Name, &t.Subject, &t.Value, &t.Likely, &parties, &evidence)
			if err != nil {
				return false, err
			}
			var pairs [][2]any
			if err := fromJSON(parties, &pairs); err != nil {
				return false, err
			}
			for _, p := range pairs {
				actor, _ := p[0].(string)
				if p[1] == float64(1) {
					t.Mediators = append(t.Mediators, actor)
				} else {
					t.Parties = append(t.Parties, actor)
				}
			}
			t.Evidence, err = scanEvidence(id, evidence)
			r.Talks = append(r.Talks, t)
			return true, err
		})
}

func (db *DB) readMeetings(ctx context.Context, r *record.Reading, id string) error {
	return db.each(ctx, `SELECT m.id, coalesce(t.id, ''), s.name, s.date, s.until, s.place, s.format, s.state, s.confidence, s.likely, m.decision,
		(SELECT json_group_array(json_array(coalesce(nullif(ar.name, ''), p.name), coalesce(ar.id, '')) ORDER BY p.seq) FROM meeting_parties p
			LEFT JOIN actors a ON a.n = p.actor LEFT JOIN actors ar ON ar.n = a.root WHERE p.meeting_seen = s.n), `+
		evidenceOf(kindMeeting, "s")+` FROM meeting_seen s JOIN meetings g ON g.n = s.meeting JOIN meetings m ON m.n = g.root LEFT JOIN talks t ON t.n = m.talks`+
		ofArticle+"AND m.decision <> 'rejected' ORDER BY s.seq", args(id),
		func(scan func(...any) error) (bool, error) {
			var m record.MeetingSeen
			var parties, evidence string
			err := scan(&m.ID, &m.Talks, &m.Name, &m.Date, &m.Until, &m.Place, &m.Format, &m.State, &m.Value, &m.Likely, &m.Decision, &parties, &evidence)
			if err != nil {
				return false, err
			}
			var pairs [][2]string
			if err := fromJSON(parties, &pairs); err != nil {
				return false, err
			}
			for _, p := range pairs {
				m.Participants, m.PartyKeys = append(m.Participants, p[0]), append(m.PartyKeys, p[1])
			}
			m.Meeting.Talks, m.Articles = known(m.Talks), []string{id}
			m.Evidence, err = scanEvidence(id, evidence)
			r.Meetings = append(r.Meetings, m)
			return true, err
		})
}

func (db *DB) readDocuments(ctx context.Context, r *record.Reading, id string) error {
	return db.each(ctx, `SELECT d.id, coalesce(t.id, ''), s.kind, s.name, s.by_name, s.to_names, s.state, s.date, s.confidence, s.likely, d.decision, `+
		evidenceOf(kindDocument, "s")+` FROM document_seen s JOIN documents d ON d.n = s.document LEFT JOIN talks t ON t.n = s.talks`+
		ofArticle+"AND d.decision <> 'rejected' ORDER BY s.seq", args(id),
		func(scan func(...any) error) (bool, error) {
			var d record.DocumentSeen
			var to, evidence string
			err := scan(&d.ID, &d.Talks, &d.Kind, &d.Name, &d.By, &to, &d.State, &d.Date, &d.Value, &d.Likely, &d.Decision, &evidence)
			if err != nil {
				return false, err
			}
			if err := fromJSON(to, &d.To); err != nil {
				return false, err
			}
			d.Key, d.Document.Talks, d.Articles = d.ID, known(d.Talks), []string{id}
			d.Evidence, err = scanEvidence(id, evidence)
			r.Documents = append(r.Documents, d)
			return true, err
		})
}

func (db *DB) readStatus(ctx context.Context, r *record.Reading, id string) error {
	return db.each(ctx, `SELECT t.id, s.state, s.by_name, s.published, `+evidenceOf(kindStatus, "s")+` FROM status_seen s JOIN talks t ON t.n = s.talks`+
		ofArticle+"ORDER BY s.seq", args(id),
		func(scan func(...any) error) (bool, error) {
			var s record.StatusSeen
			var published, evidence string
			if err := scan(&s.Talks, &s.State, &s.By, &published, &evidence); err != nil {
				return false, err
			}
			s.Date, s.Article = known(published), id
			proofs, err := scanEvidence(id, evidence)
			if len(proofs) > 0 {
				s.Evidence = proofs[0]
			}
			r.Status = append(r.Status, s)
			return true, err
		})
}

func (db *DB) readAbstained(ctx context.Context, r *record.Reading, id string) error {
	return db.each(ctx, "SELECT s.stage, s.entry, s.why FROM abstentions s"+ofArticle+"ORDER BY s.seq", args(id),
		func(scan func(...any) error) (bool, error) {
			var a record.Abstained
			err := scan(&a.Stage, &a.Entry, &a.Why)
			r.Abstained = append(r.Abstained, a)
			return true, err
		})
}
