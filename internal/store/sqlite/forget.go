package sqlite

import (
	"context"
	"fmt"

	"rapporteur/internal/record"
)

// Forget removes an article and all that rests on it alone, decisions about its
// own entries too, for they hold its words.
func (db *DB) Forget(ctx context.Context, id string) error {
	return db.update(ctx, "forget article "+id, func(w *writer) error {
		var n, copied int64
		there, err := w.one("SELECT n, copy FROM articles WHERE id = ?", args(id), &n, &copied)
		if err != nil {
			return err
		}
		if !there {
			return fmt.Errorf("there is none: %w", record.ErrNotFound)
		}
		w.touched.copies[copied] = true
		if err := w.forgetDecisions(id, n); err != nil {
			return err
		}
		if err := w.dropEntries(n); err != nil {
			return err
		}
		for _, query := range []string{"DELETE FROM texts WHERE article = ?", "DELETE FROM article_versions WHERE article = ?", "DELETE FROM articles WHERE n = ?"} {
			if err := w.exec(query, n); err != nil {
				return err
			}
		}
		return w.refresh()
	})
}

// forgetDecisions removes the decisions about statements and positions of an
// article, and about meetings and documents that it alone tells of.
func (w *writer) forgetDecisions(id string, n int64) error {
	if err := w.exec("DELETE FROM decisions WHERE article = ? AND article <> ''", id); err != nil {
		return err
	}
	err := w.exec(`DELETE FROM decisions WHERE target = 'meeting' AND entry IN (SELECT id FROM meeting_seen WHERE article = ?1)`, n)
	if err != nil {
		return err
	}
	err = w.exec(`DELETE FROM merges WHERE target = 'meeting' AND (from_id IN (SELECT id FROM meeting_seen WHERE article = ?1) OR to_id IN (SELECT id FROM meeting_seen WHERE article = ?1))`, n)
	if err != nil {
		return err
	}
	if err := w.exec("DELETE FROM talks_splits WHERE article_id = ?", id); err != nil {
		return err
	}
	for _, j := range []struct{ target, entries string }{
		{"document", "SELECT d.id FROM document_seen s JOIN documents d ON d.n = s.document WHERE s.article = ?1 AND NOT EXISTS (SELECT 1 FROM document_seen o WHERE o.document = d.n AND o.article <> ?1)"},
		{"actor", "SELECT a.id FROM actor_seen s JOIN actors a ON a.n = s.actor WHERE s.article = ?1 AND NOT EXISTS (SELECT 1 FROM actor_seen o WHERE o.actor = a.n AND o.article <> ?1)"},
	} {
		err := w.exec("DELETE FROM decisions WHERE target = '"+j.target+"' AND act IN ('confirm', 'correct', 'reject', 'name') AND entry IN ("+j.entries+")", n)
		if err != nil {
			return err
		}
	}
	return nil
}
