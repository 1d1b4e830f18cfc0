package sqlite

import (
	"encoding/json"
	"fmt"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// merge notes what a person said is one, and joins it.
func (w *writer) merge(d *record.Decision) error {
	var m store.Merge
	if err := json.Unmarshal([]byte(d.After), &m); err != nil || len(m.IDs) == 0 {
		return fmt.Errorf("which entries are the same: %w", record.ErrInvalid)
	}
	end, err := w.mergedInto(d.Target, d.EntryID)
	if err != nil {
		return err
	}
	for _, id := range m.IDs {
		if id == d.EntryID || id == end {
			return fmt.Errorf("%s: %w: %w", id, errRing, record.ErrConflict)
		}
		if _, err := w.entryAsItIs(d.Target, id); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		if to, err := w.mergedInto(d.Target, id); err != nil {
			return err
		} else if to != id {
			return fmt.Errorf("%s is merged into %s already: %w", id, to, record.ErrConflict)
		}
		if err := w.exec("INSERT INTO merges(target, from_id, to_id, decision) VALUES (?,?,?,?)", d.Target, id, d.EntryID, d.ID); err != nil {
			return err
		}
	}
	return w.rejoin(d.Target, append(m.IDs, d.EntryID))
}

// rejoin follows merges anew for entries whose merges have changed.
func (w *writer) rejoin(target string, ids []string) error {
	switch target {
	case store.ActorEntry:
		return w.rejoinActors(ids)
	case store.TalksEntry:
		return w.rejoinTalks(ids)
	case store.DocumentEntry:
		return w.rejoinDocuments(ids)
	case store.PointEntry:
		return w.rejoinPoints(ids)
	}
	for _, id := range ids {
		err := w.touchBlocks("SELECT s.block FROM meeting_seen x JOIN meetings m ON m.n = x.meeting JOIN meetings g ON g.root = m.root JOIN meeting_seen s ON s.meeting = g.n WHERE x.id = ?", id)
		if err != nil {
			return err
		}
	}
	return nil
}

// family returns the rows of a table that the given IDs name, and those that are
// part of the same groups now.
func (w *writer) family(table, column string, ids []string) ([]int64, error) {
	set := map[int64]bool{}
	for _, id := range ids {
		rows, err := w.numbers(fmt.Sprintf(`SELECT o.n FROM %[1]s x JOIN %[1]s o ON o.n = x.n OR o.%[2]s = x.n OR o.%[2]s = x.%[2]s WHERE x.id = ?`, table, column), id)
		if err != nil {
			return nil, err
		}
		for _, n := range rows {
			set[n] = true
		}
	}
	return sorted(set), nil
}

func (w *writer) rejoinActors(ids []string) error {
	rows, err := w.family("actors", "root", ids)
	if err != nil {
		return err
	}
	for _, n := range rows {
		var id string
		if _, err := w.one("SELECT id FROM actors WHERE n = ?", args(n), &id); err != nil {
			return err
		}
		w.touched.actors[n] = true
		if err := w.rootActor(n, id); err != nil {
			return err
		}
		if err := w.touchBlocks("SELECT DISTINCT s.block FROM meeting_parties p JOIN meeting_seen s ON s.n = p.meeting_seen WHERE p.actor = ?", n); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) rejoinInto(table, target string, ids []string) ([]int64, error) {
	rows, err := w.family(table, "into_n", ids)
	if err != nil {
		return nil, err
	}
	for _, n := range rows {
		var id string
		if _, err := w.one("SELECT id FROM "+table+" WHERE n = ?", args(n), &id); err != nil {
			return nil, err
		}
		if err := w.pointInto(table, target, n, id); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func (w *writer) rejoinTalks(ids []string) error {
	rows, err := w.rejoinInto("talks", "talks", ids)
	if err != nil {
		return err
	}
	articles := map[int64]bool{}
	for _, n := range rows {
		w.touched.talks[n] = true
		seen, err := w.numbers("SELECT article FROM talks_seen WHERE talks = ?1 OR key_talks = ?1", n)
		if err != nil {
			return err
		}
		for _, a := range seen {
			articles[a] = true
		}
	}
	return w.reseat(sorted(articles))
}

func (w *writer) rejoinDocuments(ids []string) error {
	rows, err := w.rejoinInto("documents", "document", ids)
	if err != nil {
		return err
	}
	for _, n := range rows {
		w.touched.documents[n] = true
		to, err := w.standing("documents", n)
		if err != nil {
			return err
		}
		seen, err := w.numbers("SELECT n FROM document_seen WHERE key_document = ?1 AND document <> ?2", n, to)
		if err != nil {
			return err
		}
		for _, row := range seen {
			var old int64
			if _, err := w.one("SELECT document FROM document_seen WHERE n = ?", args(row), &old); err != nil {
				return err
			}
			if err := w.countDocument(row, old, -1); err != nil {
				return err
			}
			if err := w.exec("UPDATE document_seen SET document = ? WHERE n = ?", to, row); err != nil {
				return err
			}
			if err := w.countDocument(row, to, 1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) rejoinPoints(ids []string) error {
	rows, err := w.rejoinInto("points", "point", ids)
	if err != nil {
		return err
	}
	for _, n := range rows {
		w.touched.points[n] = true
		on, err := w.numbers("SELECT n FROM positions WHERE point = ?", n)
		if err != nil {
			return err
		}
		if err := w.repoint(on); err != nil {
			return err
		}
	}
	return nil
}

// repoint decides anew on which point positions are; one that a person put
// somewhere is judged anew.
func (w *writer) repoint(positions []int64) error {
	for _, n := range positions {
		var id, key, label, mention string
		var talks, old int64
		var corrected bool
		if _, err := w.one("SELECT id, point_key, label, mention, ifnull(talks, 0), point, base IS NOT NULL FROM positions WHERE n = ?", args(n),
			&id, &key, &label, &mention, &talks, &old, &corrected); err != nil {
			return err
		}
		if corrected {
			if err := w.judgePosition(id); err != nil {
				return err
			}
			continue
		}
		point, err := w.pointOf(talks, key, label, mention)
		if err != nil {
			return err
		}
		if point == old {
			continue
		}
		if err := w.countPoint(old, label, -1); err != nil {
			return err
		}
		if err := w.countPoint(point, label, 1); err != nil {
			return err
		}
		if err := w.exec("UPDATE positions SET point = ? WHERE n = ?", point, n); err != nil {
			return err
		}
	}
	return nil
}

// undo takes back what a decision did; it is marked as undone already.
func (w *writer) undo(d *record.Decision) error {
	switch d.Act {
	case store.Join:
		var m store.Merge
		if err := json.Unmarshal([]byte(d.After), &m); err != nil {
			return err
		}
		if err := w.exec("DELETE FROM merges WHERE decision = ?", d.ID); err != nil {
			return err
		}
		return w.rejoin(d.Target, append(m.IDs, d.EntryID))
	case store.Divide:
		return w.unsplit(d)
	case store.Define:
		if d.Target == store.CodebookEntry {
			return w.recode()
		}
		return w.undefine(d)
	}
	return w.rejudge(d.Target, d.EntryID)
}
