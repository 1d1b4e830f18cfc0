package sqlite

import (
	"context"
	"fmt"
	"strings"

	"rapporteur/internal/record"
)

// faults are queries that give a line for everything that is wrong in a record.
var faults = []string{
	`SELECT 'row ' || ifnull(rowid, '') || ' of ' || "table" || ' refers to a missing row of ' || parent FROM pragma_foreign_key_check`,
	`SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'`,
	`SELECT 'statement ' || s.id || ' has no evidence' FROM statements s WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.article = s.article AND e.kind = 1 AND e.entry = s.n)`,
	`SELECT 'position ' || s.id || ' has no evidence' FROM positions s WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.article = s.article AND e.kind = 2 AND e.entry = s.n)`,
	`SELECT 'move ' || s.id || ' has no evidence' FROM moves s WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.article = s.article AND e.kind = 3 AND e.entry = s.n)`,
	`SELECT 'actor ' || s.name || ' has no evidence' FROM actor_seen s WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.article = s.article AND e.kind = 4 AND e.entry = s.n)`,
	`SELECT 'talks ' || s.name || ' have no evidence' FROM talks_seen s WHERE s.key_talks IS NOT NULL AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.article = s.article AND e.kind = 5 AND e.entry = s.n)`,
	`SELECT 'meeting ' || s.id || ' has no evidence' FROM meeting_seen s WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.article = s.article AND e.kind = 6 AND e.entry = s.n)`,
	`SELECT 'document ' || s.id || ' has no evidence' FROM document_seen s WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.article = s.article AND e.kind = 7 AND e.entry = s.n)`,
	`SELECT 'status ' || s.state || ' has no evidence' FROM status_seen s WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.article = s.article AND e.kind = 8 AND e.entry = s.n)`,
	`SELECT 'evidence ' || e.start || '-' || e.end || ' lies outside article ' || a.id FROM evidence e JOIN articles a ON a.n = e.article JOIN texts t ON t.article = a.n
		WHERE e.start < 0 OR e.end <= e.start OR e.end > t.size`,
	`SELECT 'evidence of kind ' || e.kind || ' without entry in article ' || e.article FROM evidence e WHERE NOT EXISTS (
		SELECT 1 FROM statements s WHERE e.kind = 1 AND s.n = e.entry UNION ALL SELECT 1 FROM positions s WHERE e.kind = 2 AND s.n = e.entry
		UNION ALL SELECT 1 FROM moves s WHERE e.kind = 3 AND s.n = e.entry UNION ALL SELECT 1 FROM actor_seen s WHERE e.kind = 4 AND s.n = e.entry
		UNION ALL SELECT 1 FROM talks_seen s WHERE e.kind = 5 AND s.n = e.entry UNION ALL SELECT 1 FROM meeting_seen s WHERE e.kind = 6 AND s.n = e.entry
		UNION ALL SELECT 1 FROM document_seen s WHERE e.kind = 7 AND s.n = e.entry UNION ALL SELECT 1 FROM status_seen s WHERE e.kind = 8 AND s.n = e.entry)`,
	`SELECT 'piece ' || j.value || ' of statement ' || s.id || ' lies outside its article' FROM statements s JOIN texts t ON t.article = s.article, json_each(s.pieces) j
		WHERE j.value ->> 0 < 0 OR j.value ->> 1 > t.size OR j.value ->> 1 < j.value ->> 0`,
	`SELECT 'meeting ' || m.id || ' is told by nobody' FROM meetings m WHERE NOT EXISTS (SELECT 1 FROM meeting_seen s WHERE s.meeting = m.n)`,
	`SELECT 'a telling of a meeting stands alone: ' || s.id FROM meeting_seen s WHERE s.meeting IS NULL`,
	`SELECT 'actor ' || a.id || ' counts ' || a.seen || ' tellings' FROM actors a WHERE a.seen <> (SELECT count(*) FROM actor_seen s WHERE s.actor = a.n)`,
	`SELECT 'meeting ' || m.id || ' counts ' || m.seen || ' tellings' FROM meetings m WHERE m.seen <> (SELECT count(*) FROM meeting_seen s WHERE s.meeting = m.n)`,
	`SELECT 'talks ' || a.id || ' count ' || a.seen || ' tellings' FROM talks a WHERE a.seen <> (SELECT count(*) FROM talks_seen s WHERE s.talks = a.n)`,
	`SELECT 'document ' || a.id || ' counts ' || a.seen || ' tellings' FROM documents a WHERE a.seen <> (SELECT count(*) FROM document_seen s WHERE s.document = a.n)`,
	`SELECT 'article ' || a.id || ' has no text' FROM articles a WHERE NOT EXISTS (SELECT 1 FROM texts t WHERE t.article = a.n)`,
	`SELECT 'story ' || y.id || ' has no article' FROM stories y WHERE NOT EXISTS (SELECT 1 FROM copies c JOIN articles a ON a.copy = c.n WHERE c.story = y.n)`,
}

// Verify looks for everything that must never be wrong in a record: references,
// pages of the file, evidence, spans, counts, the full-text index. Its error
// wraps record.ErrInvalid and names up to ten faults.
func (db *DB) Verify(ctx context.Context) error {
	var found []string
	for _, query := range faults {
		err := db.each(ctx, query, nil, func(scan func(...any) error) (bool, error) {
			var line string
			err := scan(&line)
			found = append(found, line)
			return len(found) < 10, err
		})
		if err != nil {
			return db.wrap(err, "verify")
		}
	}
	if db.session != nil {
		err := db.update(ctx, "verify", func(w *writer) error {
			return w.exec("INSERT INTO statement_words(statement_words, rank) VALUES ('integrity-check', 1)")
		})
		if err != nil {
			found = append(found, err.Error())
		}
	}
	if len(found) > 0 {
		return fmt.Errorf("record %s: %s: %w", db.path, strings.Join(found, "; "), record.ErrInvalid)
	}
	return nil
}
