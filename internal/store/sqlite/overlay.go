package sqlite

import (
	"encoding/json"
	"fmt"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// A ruled is one decision as far as applying it looks at it.
type ruled struct{ act, after string }

// rulingsOn returns what stands about one entry, in the order of deciding.
func (w *writer) rulingsOn(target, id string) ([]ruled, error) {
	var out []ruled
	err := w.each("SELECT act, after FROM decisions WHERE target = ? AND entry = ? AND undone_at = '' ORDER BY id", args(target, id),
		func(scan func(...any) error) error {
			var r ruled
			err := scan(&r.act, &r.after)
			out = append(out, r)
			return err
		})
	return out, err
}

// overlay applies every standing decision about statements and positions of an
// article.
func (w *writer) overlay(article string) error {
	type entry struct{ target, id string }
	var entries []entry
	err := w.each("SELECT DISTINCT target, entry FROM decisions WHERE article = ? AND article <> '' AND undone_at = '' ORDER BY 1, 2", args(article),
		func(scan func(...any) error) error {
			var e entry
			err := scan(&e.target, &e.id)
			entries = append(entries, e)
			return err
		})
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := w.judge(e.target, e.id); err != nil {
			return fmt.Errorf("decisions on %s %s: %w", e.target, e.id, err)
		}
	}
	return nil
}

// judge applies the standing decisions about one statement or position to what
// was read.
func (w *writer) judge(target, id string) error {
	if target == store.StatementEntry {
		return w.judgeStatement(id)
	}
	return w.judgePosition(id)
}

func (w *writer) judgeStatement(id string) error {
	raw, err := w.rawStatements("s.id = ?", id)
	if err != nil || len(raw) == 0 {
		return err
	}
	rulings, err := w.rulingsOn(store.StatementEntry, id)
	if err != nil {
		return err
	}
	var n, article int64
	var kept bool
	if _, err := w.one("SELECT n, article, kept FROM statements WHERE id = ?", args(id), &n, &article, &kept); err != nil {
		return err
	}
	if kept && len(rulings) == 0 {
		return w.dropStatement(n, article)
	}
	now, decision, corrected := raw[0], "", false
	for _, r := range rulings {
		decision = pastTense(r.act)
		if r.act != store.Correct {
			continue
		}
		corrected = true
		if err := w.correctStatement(article, &now, r.after); err != nil {
			return err
		}
	}
	var base any
	if corrected {
		base = jsonText(raw[0])
	}
	return w.updateStatement(n, article, &now, decision, base)
}

func (w *writer) dropStatement(n, article int64) error {
	if err := w.exec("DELETE FROM evidence WHERE article = ? AND kind = 1 AND entry = ?", article, n); err != nil {
		return err
	}
	return w.exec("DELETE FROM statements WHERE n = ?", n)
}

// correctStatement lays the changed fields over s. What a person says was said
// must stand in the text.
func (w *writer) correctStatement(article int64, s *record.Statement, after string) error {
	before := *s
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(after), &fields); err != nil {
		return fmt.Errorf("changed fields: %w: %w", err, record.ErrInvalid)
	}
	if _, given := fields["content"]; given {
		s.Content = nil
	}
	if err := json.Unmarshal([]byte(after), s); err != nil {
		return fmt.Errorf("changed fields: %w: %w", err, record.ErrInvalid)
	}
	s.ID, s.Article, s.Evidence, s.Confidence, s.Decision = before.ID, before.Article, before.Evidence, before.Confidence, before.Decision
	var stored body
	if _, err := w.one("SELECT text FROM texts WHERE article = ?", args(article), &stored); err != nil {
		return err
	}
	body := string(stored)
	_, content := fields["content"]
	_, spans := fields["spans"]
	if content && !spans {
		if err := findContent(s, body, before.Pieces); err != nil {
			return err
		}
	}
	if spans && !content {
		if err := cutContent(s, body); err != nil {
			return err
		}
	}
	c := checker{body: body, size: len(body)}
	c.statement(s)
	if c.err != nil {
		return c.err
	}
	for _, f := range []struct {
		name, id string
		value    *string
		key      **string
	}{{"speaker", "speaker_id", s.Speaker, &s.SpeakerID}, {"for", "for_id", s.For, &s.ForID}} {
		if err := w.correctActor(article, fields, f.name, f.id, f.value, f.key); err != nil {
			return err
		}
	}
	return nil
}

func findContent(s *record.Statement, body string, old []text.Span) error {
	s.Pieces = nil
	at := 0
	for _, piece := range s.Content {
		near := at
		if len(old) > 0 && at == 0 {
			near = old[0].Start
		}
		found, ok := nearest(body, piece, near, at)
		if !ok {
			return fmt.Errorf("%q does not stand in the article: %w", piece, record.ErrInvalid)
		}
		s.Pieces, at = append(s.Pieces, found), found.End
	}
	return nil
}

// nearest returns the occurrence of words in body, from least on, that is nearest
// to a place.
func nearest(body, words string, near, least int) (text.Span, bool) {
	best := -1
	for at := least; words != ""; at++ {
		i := strings.Index(body[at:], words)
		if i < 0 {
			break
		}
		at += i
		if best < 0 || abs(at-near) < abs(best-near) {
			best = at
		}
	}
	return text.Span{Start: best, End: best + len(words)}, best >= 0
}

func cutContent(s *record.Statement, body string) error {
	s.Content = nil
	c := checker{body: body, size: len(body)}
	for _, p := range s.Pieces {
		if c.span("content", p); c.err != nil {
			return c.err
		}
		s.Content = append(s.Content, p.In(body))
	}
	return nil
}

// correctActor finds the key of an actor whom a person named: by the ID or key
// they gave, else by a name that the article, then any article, gives. A name
// that nobody bears stays a name.
func (w *writer) correctActor(article int64, fields map[string]json.RawMessage, name, id string, value *string, key **string) error {
	if raw, given := fields[id]; given && string(raw) != "null" {
		var found string
		there, err := w.one("SELECT key FROM actors WHERE id = ?1 OR key = ?1", args(orEmpty(*key)), &found)
		if err == nil && !there {
			return fmt.Errorf("no actor %s: %w", orEmpty(*key), record.ErrInvalid)
		}
		*key = &found
		return err
	}
	if _, given := fields[name]; !given {
		return nil
	}
	*key = nil
	if value == nil {
		return nil
	}
	found, err := w.keyOfName(article, *value)
	*key = known(found)
	return err
}

func (w *writer) keyOfName(article int64, name string) (string, error) {
	var key string
	_, err := w.one(`SELECT a.key FROM actor_names x JOIN actors a ON a.n = x.actor WHERE x.folded = ?
		ORDER BY EXISTS (SELECT 1 FROM actor_seen s WHERE s.actor = a.n AND s.article = ?) DESC, x.uses DESC, a.key LIMIT 1`, args(fold(name), article), &key)
	return key, err
}

func (w *writer) updateStatement(n, article int64, s *record.Statement, decision string, base any) error {
	if err := w.touchActorsOf("statements", article); err != nil {
		return err
	}
	speaker, err := w.actorOr(s.SpeakerID)
	if err != nil {
		return err
	}
	party, err := w.actorOr(s.ForID)
	if err != nil {
		return err
	}
	seen, talks, _, err := w.seatNow(article, s.Talks)
	if err != nil {
		return err
	}
	return w.exec(`UPDATE statements SET talks_seen = ?, talks = ?, kind = ?, form = ?, speaker = ?, speaker_name = ?, party = ?, party_name = ?, addressee = ?,
		venue = ?, said_on = ?, said_until = ?, source = ?, source_span = ?, cue = ?, cue_span = ?, content = ?, pieces = ?, edits = ?, decision = ?, base = ? WHERE n = ?`,
		seen, talks, s.Kind, s.Form, speaker, word(s.Speaker), party, word(s.For), word(s.Addressee),
		word(s.Venue), word(s.SaidOn), word(s.SaidUntil), word(s.Source), toJSON(s.SourceSpan), word(s.Cue), toJSON(s.CueSpan),
		joinPieces(s.Content), jsonText(s.Pieces), toJSON(s.Edits), decision, base, n)
}

// seatNow returns where an entry with those talks belongs (a key of the article's
// own tellings, or the ID of talks that a person gave) and the article's actors
// by name.
func (w *writer) seatNow(article int64, key *string) (seen, talks any, byName map[string]int64, err error) {
	p := &placing{article: article, byName: map[string]int64{}, talks: map[string]seat{}}
	if err := w.seatsFor(p); err != nil {
		return nil, nil, nil, err
	}
	var n int64
	if _, known := p.talks[orEmpty(key)]; key != nil && !known {
		if there, err := w.one("SELECT ifnull(into_n, n) FROM talks WHERE id = ?", args(*key), &n); err != nil || there {
			return nil, n, p.byName, err
		}
	}
	seen, talks, _ = p.seat(orEmpty(key))
	return seen, talks, p.byName, nil
}

func (w *writer) judgePosition(id string) error {
	raw, err := w.rawPositions("p.id = ?", id)
	if err != nil || len(raw) == 0 {
		return err
	}
	rulings, err := w.rulingsOn(store.PositionEntry, id)
	if err != nil {
		return err
	}
	var n, article, point int64
	var kept bool
	var label string
	if _, err := w.one("SELECT n, article, kept, point, label FROM positions WHERE id = ?", args(id), &n, &article, &kept, &point, &label); err != nil {
		return err
	}
	if err := w.touchActorsOf("positions", article); err != nil {
		return err
	}
	if err := w.countPoint(point, label, -1); err != nil {
		return err
	}
	if kept && len(rulings) == 0 {
		if err := w.exec("DELETE FROM evidence WHERE article = ? AND kind = 2 AND entry = ?", article, n); err != nil {
			return err
		}
		return w.exec("DELETE FROM positions WHERE n = ?", n)
	}
	now, decision, corrected, pointID := raw[0], "", false, ""
	for _, r := range rulings {
		decision = pastTense(r.act)
		if r.act != store.Correct {
			continue
		}
		corrected = true
		if err := w.correctPosition(article, &now, r.after, &pointID); err != nil {
			return err
		}
	}
	var base any
	if corrected {
		base = jsonText(raw[0])
	}
	if own := now.Point.ID != raw[0].Point.ID; own && pointID == "" {
		of := now.Point.ID
		return w.updatePosition(n, article, &now, decision, base, func(talks int64, _ string) (int64, error) { return w.point(talks, of) })
	}
	return w.updatePosition(n, article, &now, decision, base, func(talks int64, label string) (int64, error) { return w.pointGiven(talks, label, &now, pointID) })
}

// correctPosition lays the changed fields over o. A point may be named by the ID
// of one that there is, or by a label.
func (w *writer) correctPosition(article int64, o *record.Position, after string, pointID *string) error {
	before := *o
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(after), &fields); err != nil {
		return fmt.Errorf("changed fields: %w: %w", err, record.ErrInvalid)
	}
	if err := json.Unmarshal([]byte(after), o); err != nil {
		return fmt.Errorf("changed fields: %w: %w", err, record.ErrInvalid)
	}
	o.ID, o.Article, o.Evidence, o.Confidence, o.Decision = before.ID, before.Article, before.Evidence, before.Confidence, before.Decision
	if _, given := fields["point"]; given && o.Point != before.Point {
		if *pointID = ""; o.Point.ID != before.Point.ID {
			*pointID = o.Point.ID
		} else {
			o.Point.ID = fold(o.Point.Label)
		}
	}
	key := &o.PartyID
	if err := w.correctActor(article, fields, "party", "party_id", &o.Party, &key); err != nil {
		return err
	}
	if o.PartyID = orEmpty(key); o.PartyID == "" {
		o.PartyID = "name:" + fold(o.Party)
	}
	return nil
}

// pointGiven returns the point of that ID, where there is one, else the one that
// the words of the position belong to.
func (w *writer) pointGiven(talks int64, label string, o *record.Position, id string) (int64, error) {
	if id != "" {
		var point int64
		if there, err := w.one("SELECT ifnull(into_n, n) FROM points WHERE id = ?", args(id), &point); err != nil || there {
			return point, err
		}
	}
	return w.pointOf(talks, o.Point.ID, label, o.Mention)
}

// updatePosition writes a position as persons corrected it; pointFor returns its
// point within talks.
func (w *writer) updatePosition(n, article int64, o *record.Position, decision string, base any, pointFor func(talks int64, label string) (int64, error)) error {
	party, err := w.actor(o.PartyID)
	if err != nil {
		return err
	}
	seen, talks, byName, err := w.seatNow(article, o.Talks)
	if err != nil {
		return err
	}
	label := o.Point.Label
	if label == "" {
		label = o.Mention
	}
	of, _ := talks.(int64)
	point, err := pointFor(of, label)
	if err != nil {
		return err
	}
	var asserter any
	if a, ok := byName[o.AssertedBy]; ok {
		asserter = a
	}
	if err := w.countPoint(point, label, 1); err != nil {
		return err
	}
	return w.exec(`UPDATE positions SET talks_seen = ?, talks = ?, party = ?, party_name = ?, point = ?, point_key = ?, label = ?, mention = ?, stance = ?, own = ?,
		asserter = ?, asserted_by = ?, denied = ?, statement = ?, decision = ?, base = ? WHERE n = ?`,
		seen, talks, party, o.Party, point, o.Point.ID, label, o.Mention, o.Stance, o.Own,
		asserter, o.AssertedBy, o.Denied, word(o.Statement), decision, base, n)
}
