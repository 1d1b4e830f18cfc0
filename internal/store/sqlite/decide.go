package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// Decide stores a person's decision and applies it.
func (db *DB) Decide(ctx context.Context, d record.Decision) (record.Decision, error) {
	tried := fmt.Sprintf("%s %s %s", d.Act, d.Target, d.EntryID)
	err := db.update(ctx, tried, func(w *writer) error {
		d.At = db.now().UTC().Format(time.RFC3339)
		return w.decide(&d)
	})
	return d, err
}

// Undo takes back the last decision of an author, or of all.
func (db *DB) Undo(ctx context.Context, author string) (record.Decision, error) {
	var d record.Decision
	err := db.update(ctx, "undo", func(w *writer) error {
		there, err := w.one(`SELECT id, at, author, act, target, entry, before, after FROM decisions WHERE undone_at = '' AND (?1 = '' OR author = ?1)
			ORDER BY id DESC LIMIT 1`, args(author), &d.ID, &d.At, &d.Author, &d.Act, &d.Target, &d.EntryID, &d.Before, &d.After)
		if err != nil {
			return err
		}
		if !there {
			return fmt.Errorf("no decision to take back: %w", record.ErrNotFound)
		}
		d.UndoneAt = db.now().UTC().Format(time.RFC3339)
		if err := w.exec("UPDATE decisions SET undone_at = ? WHERE id = ?", d.UndoneAt, d.ID); err != nil {
			return err
		}
		if err := w.undo(&d); err != nil {
			return err
		}
		return w.refresh()
	})
	return d, err
}

// possible reports whether an act can be taken on entries of a kind.
func possible(act, target string) bool {
	switch act {
	case store.Confirm, store.Reject, store.Correct:
		return target != store.PointEntry
	case store.Join:
		return target != store.StatementEntry && target != store.PositionEntry
	case store.Rename:
		return target == store.TalksEntry || target == store.PointEntry || target == store.ActorEntry || target == store.DocumentEntry || target == store.MeetingEntry
	case store.Define:
		return target == store.TalksEntry || target == store.CodebookEntry
	case store.Divide:
		return target == store.TalksEntry
	}
	return false
}

func (w *writer) decide(d *record.Decision) error {
	if !possible(d.Act, d.Target) {
		return fmt.Errorf("no such decision on this kind of entry: %w", record.ErrInvalid)
	}
	if d.Act == store.Define && d.EntryID == "" {
		if err := w.makeTalks(d); err != nil {
			return err
		}
		d.Before = "null"
	} else {
		before, err := w.entryAsItIs(d.Target, d.EntryID)
		if err != nil {
			return err
		}
		d.Before = before
	}
	if d.After == "" {
		d.After = "{}"
	}
	if !json.Valid([]byte(d.After)) {
		return fmt.Errorf("what was decided is not JSON: %w", record.ErrInvalid)
	}
	var article string
	if d.Target == store.StatementEntry || d.Target == store.PositionEntry {
		if _, err := w.one("SELECT a.id FROM "+d.Target+"s s JOIN articles a ON a.n = s.article WHERE s.id = ? LIMIT 1", args(d.EntryID), &article); err != nil {
			return err
		}
	}
	var err error
	d.ID, err = w.insert("INSERT INTO decisions(at, author, act, target, entry, article, before, after) VALUES (?,?,?,?,?,?,?,?)",
		d.At, d.Author, d.Act, d.Target, d.EntryID, article, d.Before, d.After)
	if err != nil {
		return err
	}
	if err := w.carryOut(d); err != nil {
		return err
	}
	if err := w.exec("UPDATE decisions SET after = ? WHERE id = ?", d.After, d.ID); err != nil {
		return err
	}
	return w.refresh()
}

// carryOut applies a decision that has just been stored.
func (w *writer) carryOut(d *record.Decision) error {
	switch d.Act {
	case store.Join:
		return w.merge(d)
	case store.Divide:
		return w.split(d)
	case store.Define:
		if d.Target == store.CodebookEntry {
			return w.setCodebook(d)
		}
		return w.define(d)
	}
	return w.rejudge(d.Target, d.EntryID)
}

// rejudge applies what stands about one entry.
func (w *writer) rejudge(target, id string) error {
	switch target {
	case store.StatementEntry, store.PositionEntry:
		return w.judge(target, id)
	case store.MeetingEntry:
		return w.rejudgeMeeting(id)
	}
	return w.rejudgeJoined(target, id)
}

func (w *writer) rejudgeMeeting(id string) error {
	rulings, err := w.rulingsOn(store.MeetingEntry, id)
	if err != nil {
		return err
	}
	for _, r := range rulings {
		var m record.Meeting
		if err := fromJSON(r.after, &m); err != nil {
			return fmt.Errorf("changed fields: %w: %w", err, record.ErrInvalid)
		}
	}
	if len(rulings) == 0 { // nothing holds a telling that no reading gives
		articles, err := w.numbers("SELECT article FROM meeting_seen WHERE id = ? AND kept = 1", id)
		if err != nil {
			return err
		}
		for _, article := range articles {
			if err := w.dropKeptMeeting(article, id); err != nil {
				return err
			}
		}
	}
	return w.touchBlocks("SELECT block FROM meeting_seen WHERE id = ?", id)
}

func (w *writer) touchBlocks(query string, values ...any) error {
	return w.each(query, values, func(scan func(...any) error) error {
		var block string
		err := scan(&block)
		w.touched.blocks[block] = true
		return err
	})
}

func (w *writer) dropKeptMeeting(article int64, id string) error {
	if err := w.touchBlocks("SELECT block FROM meeting_seen WHERE id = ?", id); err != nil {
		return err
	}
	if err := w.touchActorsOf("meetings", article); err != nil {
		return err
	}
	const these = "(SELECT n FROM meeting_seen WHERE article = ? AND id = ? AND kept = 1)"
	for _, query := range []string{
		"DELETE FROM evidence WHERE article = ?1 AND kind = 6 AND entry IN (SELECT n FROM meeting_seen WHERE article = ?1 AND id = ?2 AND kept = 1)",
		"DELETE FROM meeting_parties WHERE meeting_seen IN " + these,
		"DELETE FROM meeting_seen WHERE n IN " + these,
	} {
		if err := w.exec(query, article, id); err != nil {
			return err
		}
	}
	return nil
}

// joinedTables are the tables of entries that are joined by key.
var joinedTables = map[string]string{store.ActorEntry: "actors", store.TalksEntry: "talks", store.DocumentEntry: "documents", store.PointEntry: "points"}

// rejudgeJoined gathers what stands about an entry joined by key into its row.
func (w *writer) rejudgeJoined(target, id string) error {
	var rulings []ruled
	err := w.each(`SELECT act, after FROM decisions WHERE target = ?1 AND undone_at = '' AND (entry = ?2 OR act IN ('split', 'define') AND after ->> '$.id' = ?2) ORDER BY id`,
		args(target, id), func(scan func(...any) error) error {
			var r ruled
			err := scan(&r.act, &r.after)
			rulings = append(rulings, r)
			return err
		})
	if err != nil {
		return err
	}
	given, decision, fix, err := w.sumUp(target, id, rulings)
	if err != nil {
		return err
	}
	var n int64
	if there, err := w.one("SELECT n FROM "+joinedTables[target]+" WHERE id = ?", args(id), &n); err != nil || !there {
		return err
	}
	switch target {
	case store.PointEntry:
		w.touched.points[n] = true
		return w.exec("UPDATE points SET given = ? WHERE n = ?", given, n)
	case store.ActorEntry:
		w.touched.actors[n] = true
		return w.exec("UPDATE actors SET given = ?, decision = ?, fix = ? WHERE n = ?", given, decision, fix, n)
	case store.TalksEntry:
		w.touched.talks[n] = true
		return w.exec("UPDATE talks SET given = ?, decision = ?, fix = ?, defined = (? OR EXISTS (SELECT 1 FROM talks_rules WHERE talks = talks.n)) WHERE n = ?",
			given, decision, fix, given != "", n)
	}
	w.touched.documents[n] = true
	if len(rulings) == 0 {
		if err := w.dropKeptDocuments(n); err != nil {
			return err
		}
	}
	if given != "" {
		fix = jsonText(merged(fix, store.Name{Name: given}))
	}
	return w.exec("UPDATE documents SET decision = ?, fix = ? WHERE n = ?", decision, fix, n)
}

func merged(fix any, v any) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	for _, text := range []any{fix, jsonText(v)} {
		if s, ok := text.(string); ok {
			_ = json.Unmarshal([]byte(s), &out) // both were written by us
		}
	}
	return out
}

// sumUp folds rulings on a joined entry: the last name, the last judgement, and
// all changed fields, later ones over earlier ones.
func (w *writer) sumUp(target, id string, rulings []ruled) (given, decision string, fix any, err error) {
	fields := map[string]json.RawMessage{}
	for _, r := range rulings {
		switch r.act {
		case store.Rename, store.Define, store.Divide:
			var named struct{ Name, ID string }
			if err := json.Unmarshal([]byte(r.after), &named); err != nil {
				return "", "", nil, fmt.Errorf("a name: %w: %w", err, record.ErrInvalid)
			}
			if named.Name != "" && (r.act == store.Rename || named.ID == id) {
				given = named.Name
			}
			continue
		case store.Correct:
			if err := json.Unmarshal([]byte(r.after), &fields); err != nil {
				return "", "", nil, fmt.Errorf("changed fields: %w: %w", err, record.ErrInvalid)
			}
			for _, fixed := range []string{"id", "articles", "evidence", "status", "talks", "decision", "confidence", "likely"} {
				delete(fields, fixed)
			}
			if err := fits(target, fields); err != nil {
				return "", "", nil, err
			}
		case store.Join:
			continue
		}
		decision = pastTense(r.act)
	}
	return given, decision, toJSON(fields), nil
}

// fits reports whether changed fields have the types of the entry's own.
func fits(target string, fields map[string]json.RawMessage) error {
	into := map[string]any{store.ActorEntry: &record.Actor{}, store.TalksEntry: &record.Talks{}, store.DocumentEntry: &record.Document{}, store.PointEntry: &record.Point{}}[target]
	if err := json.Unmarshal([]byte(jsonText(fields)), into); err != nil {
		return fmt.Errorf("changed fields: %w: %w", err, record.ErrInvalid)
	}
	return nil
}

func (w *writer) dropKeptDocuments(document int64) error {
	rows, err := w.numbers("SELECT n FROM document_seen WHERE document = ? AND kept = 1", document)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := w.countDocument(row, document, -1); err != nil {
			return err
		}
		if err := w.exec("DELETE FROM evidence WHERE kind = 7 AND entry = ?1 AND article = (SELECT article FROM document_seen WHERE n = ?1)", row); err != nil {
			return err
		}
		if err := w.exec("DELETE FROM document_seen WHERE n = ?", row); err != nil {
			return err
		}
	}
	return nil
}

// entryAsItIs returns an entry as JSON, or record.ErrNotFound.
func (w *writer) entryAsItIs(target, id string) (string, error) {
	var out string
	var err error
	show := func(v any, e error) {
		if e != nil {
			err = e
			return
		}
		out = jsonText(v)
	}
	scanned := func(query string, row func(scan func(...any) error) error) {
		if e := w.each(query, args(id), row); e != nil {
			err = e
		}
	}
	switch target {
	case store.CodebookEntry:
		return w.bookAsItIs()
	case store.StatementEntry:
		scanned(statementQuery+" WHERE s.id = ?", func(scan func(...any) error) error { v, e := scanStatement(scan); show(v, e); return e })
	case store.PositionEntry:
		scanned(positionQuery+" WHERE p.id = ?", func(scan func(...any) error) error { v, e := scanPosition(scan); show(v, e); return e })
	case store.MeetingEntry:
		scanned(meetingQuery+" WHERE m.id = ? AND m.root = m.n", func(scan func(...any) error) error { v, e := scanMeeting(scan); show(v, e); return e })
	case store.DocumentEntry:
		scanned(documentQuery+" WHERE d.id = ?", func(scan func(...any) error) error { v, e := scanDocument(scan); show(v, e); return e })
	case store.ActorEntry:
		scanned(actorQuery+" WHERE a.id = ?", func(scan func(...any) error) error { v, e := scanActor(scan); show(v, e); return e })
	case store.TalksEntry:
		scanned(talksQuery+" WHERE t.id = ?", func(scan func(...any) error) error { v, e := scanTalks(scan); show(v, e); return e })
	case store.PointEntry:
		scanned("SELECT id, label FROM points WHERE id = ?", func(scan func(...any) error) error {
			var p record.Point
			e := scan(&p.ID, &p.Label)
			show(p, e)
			return e
		})
	default:
		return "", fmt.Errorf("no entries of kind %q: %w", target, record.ErrInvalid)
	}
	if err == nil && out == "" {
		err = fmt.Errorf("there is none: %w", record.ErrNotFound)
	}
	return out, err
}

var errRing = errors.New("it is part of what it would be merged into")
