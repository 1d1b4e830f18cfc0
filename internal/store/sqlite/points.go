package sqlite

import (
	"rapporteur/internal/record"
)

// point returns the row of the point with that key within talks (0: none), made
// when it is new, after what persons merged.
func (w *writer) point(talks int64, key string) (int64, error) {
	var n int64
	there, err := w.one("SELECT ifnull(into_n, n) FROM points WHERE ifnull(talks, 0) = ? AND key = ?", args(talks, key), &n)
	if err != nil || there {
		return n, err
	}
	var talksID string
	var of any
	if talks != 0 {
		of = talks
		if _, err := w.one("SELECT id FROM talks WHERE n = ?", args(talks), &talksID); err != nil {
			return 0, err
		}
	}
	id := record.Digest("pt", talksID, key)
	n, err = w.insert("INSERT INTO points(id, talks, key, label, folded) VALUES (?,?,?,'','')", id, of, key)
	if err != nil {
		return 0, err
	}
	w.touched.points[n] = true
	if err := w.pointInto("points", "point", n, id); err != nil {
		return 0, err
	}
	return w.standing("points", n)
}

// countPoint adds or takes away one position on a point.
func (w *writer) countPoint(n int64, label string, by int) error {
	w.touched.points[n] = true
	return w.count(kindPoint, n, []trait{{"label", label}}, by)
}

// refreshPoints brings the touched points up to date: the label is the one a person
// or the codebook gave, else the one most positions have, of those the shortest,
// then the first by alphabet.
func (w *writer) refreshPoints() error {
	for _, n := range sorted(w.touched.points) {
		label, err := w.best(kindPoint, n, "label", true)
		if err != nil {
			return err
		}
		if _, err := w.one("SELECT coalesce(nullif(given, ''), nullif(coded, ''), ?) FROM points WHERE n = ?", args(label, n), &label); err != nil {
			return err
		}
		if err := w.exec("UPDATE points SET label = ?, folded = ? WHERE n = ?", label, fold(label), n); err != nil {
			return err
		}
		err = w.exec(`DELETE FROM points WHERE n = ?1 AND NOT EXISTS (SELECT 1 FROM positions WHERE point = ?1)
			AND NOT EXISTS (SELECT 1 FROM points o WHERE o.into_n = ?1)
			AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.target = 'point' AND d.entry = points.id AND d.undone_at = '')
			AND NOT EXISTS (SELECT 1 FROM merges g WHERE g.target = 'point' AND g.to_id = points.id)`, n)
		if err != nil {
			return err
		}
	}
	return nil
}
