package sqlite

import (
	"context"
	"iter"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// DueItems lists the items that are due by now.
func (db *DB) DueItems(ctx context.Context, now string, limit, perHost int) iter.Seq2[record.Item, error] {
	return list(ctx, db, "items of sources", func() (*query, error) {
		return &query{from: `SELECT s.address, i.key, i.url, i.host, i.mark, i.state, i.tries, i.next, i.seen, i.reason, i.reason_kind, i.etag, i.last_modified, i.told
			FROM (SELECT *, row_number() OVER (PARTITION BY host ORDER BY next, n) AS turn FROM source_items WHERE next <> '' AND next <= ?) i JOIN sources s ON s.n = i.source
			WHERE (i.turn <= ? OR i.host = '') ORDER BY i.next, i.n LIMIT ?`, values: args(now, perHost, limit)}, nil
	}, func(scan func(...any) error) (record.Item, error) {
		var i record.Item
		err := scan(&i.Source, &i.Key, &i.URL, &i.Host, &i.Mark, &i.State, &i.Tries, &i.Next, &i.Seen, &i.Reason, &i.ReasonKind, &i.ETag, &i.LastModified, &i.Told)
		return i, err
	})
}

// NextDue is when the next source or item is due.
func (db *DB) NextDue(ctx context.Context) (string, error) {
	next := ""
	err := db.each(ctx, `SELECT ifnull(min(t), '') FROM (SELECT min(next_try) AS t FROM sources UNION ALL SELECT min(next) FROM source_items WHERE next <> '')`, nil,
		func(scan func(...any) error) (bool, error) { return false, scan(&next) })
	return next, db.wrap(err, "look for what is due")
}

// SettleItem keeps what became of an item.
func (db *DB) SettleItem(ctx context.Context, i record.Item) error {
	return db.update(ctx, "settle item "+i.Key, func(w *writer) error {
		n, err := w.sourceRow(i.Source)
		if err != nil {
			return err
		}
		err = w.exec("UPDATE source_items SET state = ?, tries = ?, next = ?, reason = ?, reason_kind = ?, etag = ?, last_modified = ?, told = ? WHERE source = ? AND key = ?",
			i.State, i.Tries, i.Next, i.Reason, i.ReasonKind, i.ETag, i.LastModified, i.Told, n, i.Key)
		if err != nil || i.State != record.ItemRead || i.URL == "" {
			return err
		}
		return w.exec("UPDATE source_items SET state = 'read', next = '', reason = '', reason_kind = '', told = NULL WHERE key = ? AND url <> '' AND state IN ('waits', 'text')", i.Key)
	})
}

// Unrefuse removes refusals.
func (db *DB) Unrefuse(ctx context.Context, source string, line int, reason string) error {
	return db.update(ctx, "forget refusal of "+source, func(w *writer) error {
		if reason != "" {
			return w.exec("DELETE FROM refusals WHERE source = ? AND line = ? AND reason = ?", source, line, reason)
		}
		return w.exec("DELETE FROM refusals WHERE source = ? AND line = ?", source, line)
	})
}

// RefusalKinds counts refusals by kind.
func (db *DB) RefusalKinds(ctx context.Context) ([]store.Count, error) {
	var out []store.Count
	err := db.each(ctx, "SELECT kind, count(*) FROM refusals GROUP BY kind ORDER BY count(*) DESC, kind", nil, func(scan func(...any) error) (bool, error) {
		var c store.Count
		err := scan(&c.Value, &c.N)
		out = append(out, c)
		return true, err
	})
	return out, db.wrap(err, "count refusals")
}

// RefusedContent returns the bytes that were refused.
func (db *DB) RefusedContent(ctx context.Context, r article.Refusal) ([]byte, error) {
	var content []byte
	err := db.each(ctx, "SELECT content FROM refusals WHERE source = ? AND line = ? AND reason = ?", args(r.Source, r.Line, r.Reason),
		func(scan func(...any) error) (bool, error) { return false, scan(&content) })
	return content, db.wrap(err, "read what was refused of "+r.Source)
}
