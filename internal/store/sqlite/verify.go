package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// A proof is a part of a check that queries alone carry out: one counts what is
// looked at, each of the others gives a line for everything that is wrong.
type proof struct {
	part   string
	count  string
	faults []string
}

var proofs = []proof{
	{"file", "SELECT page_count FROM pragma_page_count", []string{
		`SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'`,
	}},
	{"references", "SELECT count(*) FROM sqlite_schema WHERE type = 'table'", []string{
		`SELECT 'row ' || ifnull(rowid, '') || ' of ' || "table" || ' refers to a missing row of ' || parent FROM pragma_foreign_key_check`,
		`SELECT 'article ' || a.id || ' has no text' FROM articles a WHERE NOT EXISTS (SELECT 1 FROM texts t WHERE t.article = a.n)`,
		`SELECT 'position ' || p.id || ' refers to statement ' || p.statement || ', which its article does not have' FROM positions p
			WHERE p.statement <> '' AND p.kept = 0 AND NOT EXISTS (SELECT 1 FROM statements s WHERE s.article = p.article AND s.id = p.statement)`,
	}},
	{"evidence", "SELECT count(*) FROM evidence", []string{
		lacksEvidence("statement", "s.id", "statements", kindStatement, ""),
		lacksEvidence("position", "s.id", "positions", kindPosition, ""),
		lacksEvidence("move", "s.id", "moves", kindMove, ""),
		lacksEvidence("actor", "s.name", "actor_seen", kindActor, ""),
		lacksEvidence("talks", "s.name", "talks_seen", kindTalks, "s.key_talks IS NOT NULL AND "),
		lacksEvidence("meeting", "s.id", "meeting_seen", kindMeeting, ""),
		lacksEvidence("document", "s.id", "document_seen", kindDocument, ""),
		lacksEvidence("status", "s.state", "status_seen", kindStatus, ""),
		lacksEvidence("expectation", "s.id", "expectations", kindExpectation, ""),
		`SELECT 'evidence of kind ' || e.kind || ' without entry in article ' || e.article FROM evidence e WHERE NOT EXISTS (
			SELECT 1 FROM statements s WHERE e.kind = 1 AND s.n = e.entry UNION ALL SELECT 1 FROM positions s WHERE e.kind = 2 AND s.n = e.entry
			UNION ALL SELECT 1 FROM moves s WHERE e.kind = 3 AND s.n = e.entry UNION ALL SELECT 1 FROM actor_seen s WHERE e.kind = 4 AND s.n = e.entry
			UNION ALL SELECT 1 FROM talks_seen s WHERE e.kind = 5 AND s.n = e.entry UNION ALL SELECT 1 FROM meeting_seen s WHERE e.kind = 6 AND s.n = e.entry
			UNION ALL SELECT 1 FROM document_seen s WHERE e.kind = 7 AND s.n = e.entry UNION ALL SELECT 1 FROM status_seen s WHERE e.kind = 8 AND s.n = e.entry
			UNION ALL SELECT 1 FROM expectations s WHERE e.kind = 10 AND s.n = e.entry)`,
	}},
	{"joined entries", "SELECT (SELECT count(*) FROM actors) + (SELECT count(*) FROM talks) + (SELECT count(*) FROM meetings) + (SELECT count(*) FROM documents) + (SELECT count(*) FROM stories)", []string{
		`SELECT 'meeting ' || m.id || ' is told by nobody' FROM meetings m WHERE NOT EXISTS (SELECT 1 FROM meeting_seen s WHERE s.meeting = m.n)`,
		`SELECT 'a telling of a meeting stands alone: ' || s.id FROM meeting_seen s WHERE s.meeting IS NULL`,
		miscounts("actor", "actors", "actor_seen", "actor"),
		miscounts("meeting", "meetings", "meeting_seen", "meeting"),
		miscounts("talks", "talks", "talks_seen", "talks"),
		miscounts("document", "documents", "document_seen", "document"),
		`SELECT 'story ' || y.id || ' has no article' FROM stories y WHERE NOT EXISTS (SELECT 1 FROM copies c JOIN articles a ON a.copy = c.n WHERE c.story = y.n)`,
	}},
	{"search index", "SELECT count(*) FROM statement_words_docsize", []string{
		`SELECT 'statement ' || s.id || ' cannot be searched' FROM statements s WHERE NOT EXISTS (SELECT 1 FROM statement_words_docsize d WHERE d.id = s.n)`,
		`SELECT 'the index holds statement ' || d.id || ', which is not there' FROM statement_words_docsize d WHERE NOT EXISTS (SELECT 1 FROM statements s WHERE s.n = d.id)`,
	}},
}

func lacksEvidence(what, name, table string, kind int, where string) string {
	return fmt.Sprintf(`SELECT '%s ' || %s || ' has no evidence' FROM %s s WHERE %sNOT EXISTS (SELECT 1 FROM evidence e WHERE e.article = s.article AND e.kind = %d AND e.entry = s.n)`,
		what, name, table, where, kind)
}

func miscounts(what, table, tellings, column string) string {
	return fmt.Sprintf(`SELECT '%s ' || a.id || ' counts ' || a.seen || ' tellings' FROM %s a WHERE a.seen <> (SELECT count(*) FROM %s s WHERE s.%s = a.n)`,
		what, table, tellings, column)
}

// Check looks at the record as it was when the check began: all of its queries
// are one transaction. That the words of the search index are those of the
// statements is looked at last and, since SQLite wants to write for that, only
// where the record may be written.
func (db *DB) Check(ctx context.Context, tell func(store.Checked)) error {
	conn, err := db.read.Conn(ctx)
	if err != nil {
		return db.wrap(err, "check")
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return db.wrap(err, "check")
	}
	defer func() { _ = tx.Rollback() }()
	// Asked for the whole file, SQLite has FTS5 check what it remembers of its index,
	// which may be from before others wrote. A search makes it look; what is wrong
	// with the index is told below.
	_ = eachRow(ctx, tx, "SELECT rowid FROM statement_words WHERE statement_words MATCH 'a' LIMIT 1", nil, func(func(...any) error) error { return nil })
	for _, p := range proofs {
		found, err := p.look(ctx, tx)
		if err != nil {
			return db.wrap(err, "check "+p.part)
		}
		tell(found)
	}
	texts, statements, err := checkTexts(ctx, tx)
	if err != nil {
		return db.wrap(err, "check texts")
	}
	tell(texts)
	tell(statements)
	if db.session == nil {
		return nil
	}
	words := store.Checked{Part: "words of the search index", Seen: statements.Seen}
	err = db.update(ctx, "check the search index", func(w *writer) error {
		return w.exec("INSERT INTO statement_words(statement_words, rank) VALUES ('integrity-check', 1)")
	})
	if err != nil && ctx.Err() != nil {
		return err
	}
	if err != nil {
		words.Add(err.Error())
	}
	tell(words)
	return nil
}

func (p *proof) look(ctx context.Context, tx *sql.Tx) (store.Checked, error) {
	out := store.Checked{Part: p.part}
	if err := tx.QueryRowContext(ctx, p.count).Scan(&out.Seen); err != nil {
		return out, err
	}
	for _, query := range p.faults {
		err := eachRow(ctx, tx, query, nil, func(scan func(...any) error) error {
			var line string
			err := scan(&line)
			out.Add(line)
			return err
		})
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// Verify is a check in one error, which wraps record.ErrInvalid and names the
// faults.
func (db *DB) Verify(ctx context.Context) error {
	var found []string
	if err := db.Check(ctx, func(c store.Checked) { found = append(found, c.Faults...) }); err != nil {
		return err
	}
	if len(found) > 0 {
		return fmt.Errorf("record %s: %s: %w", db.path, strings.Join(found, "; "), record.ErrInvalid)
	}
	return nil
}
