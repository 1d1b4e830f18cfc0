package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

const sourceQuery = `SELECT s.address, s.kind, s.name, s.outlet, s.every, ifnull(s.allow, ''), s.via, s.added, s.last_try, s.last_success, s.next_try, s.failures,
	s.reason, s.reason_kind, s.etag, s.last_modified,
	(SELECT count(*) FROM source_items i WHERE i.source = s.n AND i.state IN ('read', 'feed')),
	(SELECT count(*) FROM source_items i WHERE i.source = s.n AND i.state IN ('waits', 'text')),
	(SELECT count(*) FROM source_items i WHERE i.source = s.n AND i.state = 'refused') FROM sources s`

func scanSource(scan func(...any) error) (record.Source, error) {
	var s record.Source
	var allow string
	err := scan(&s.Address, &s.Kind, &s.Name, &s.Outlet, &s.Every, &allow, &s.Via, &s.Added, &s.LastTry, &s.LastSuccess, &s.NextTry, &s.Failures,
		&s.Reason, &s.ReasonKind, &s.ETag, &s.LastModified, &s.Articles, &s.Waiting, &s.Refused)
	if err == nil {
		err = fromJSON(allow, &s.Allow)
	}
	return s, err
}

// Sources lists the sources by address.
func (db *DB) Sources(ctx context.Context, f store.Filter) iter.Seq2[record.Source, error] {
	return list(ctx, db, "sources", func() (*query, error) {
		q := &query{from: sourceQuery, order: "s.address"}
		if f.ID != "" {
			q.and("s.address = ?", f.ID)
		}
		if f.Until != "" {
			q.and("s.next_try <= ?", f.Until)
		}
		q.words("s.address || ' ' || s.name || ' ' || s.reason", f.Search)
		q.page(f)
		return q, nil
	}, scanSource)
}

// AddSource adds a source.
func (db *DB) AddSource(ctx context.Context, s record.Source) error {
	return db.update(ctx, "add source "+s.Address, func(w *writer) error {
		if s.Address == "" {
			return fmt.Errorf("a source needs an address: %w", record.ErrInvalid)
		}
		var there int
		if found, err := w.one("SELECT 1 FROM sources WHERE address = ?", args(s.Address), &there); err != nil || found {
			if found {
				err = fault{"it is there already", record.ErrConflict}
			}
			return err
		}
		return w.exec(`INSERT INTO sources(address, kind, name, outlet, every, allow, via, added, last_try, last_success, next_try, failures, reason, reason_kind, etag, last_modified)
			VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, s.Address, s.Kind, s.Name, s.Outlet, s.Every, toJSON(s.Allow), s.Via, s.Added, s.LastTry, s.LastSuccess, s.NextTry,
			s.Failures, s.Reason, s.ReasonKind, s.ETag, s.LastModified)
	})
}

// sourceRow returns the row of a source, record.ErrNotFound when there is none.
func (w *writer) sourceRow(address string) (int64, error) {
	var n int64
	found, err := w.one("SELECT n FROM sources WHERE address = ?", args(address), &n)
	if err == nil && !found {
		err = fmt.Errorf("no source has this address: %w", record.ErrNotFound)
	}
	return n, err
}

// RemoveSource removes a source and its items.
func (db *DB) RemoveSource(ctx context.Context, address string) error {
	return db.update(ctx, "remove source "+address, func(w *writer) error {
		n, err := w.sourceRow(address)
		if err != nil {
			return err
		}
		if err := w.exec("DELETE FROM source_items WHERE source = ?", n); err != nil {
			return err
		}
		if err := w.exec("DELETE FROM refusals WHERE source = ?", address); err != nil {
			return err
		}
		return w.exec("DELETE FROM sources WHERE n = ?", n)
	})
}

// Looked keeps how a look at a source went and what it lists.
func (db *DB) Looked(ctx context.Context, s record.Source, items []record.Item) (int, error) {
	fresh := 0
	err := db.update(ctx, "look at source "+s.Address, func(w *writer) error {
		n, err := w.sourceRow(s.Address)
		if err != nil {
			return err
		}
		err = w.exec(`UPDATE sources SET kind = ?, name = ?, via = ?, last_try = ?, last_success = ?, next_try = ?, failures = ?, reason = ?, reason_kind = ?, etag = ?, last_modified = ?
			WHERE n = ?`, s.Kind, s.Name, s.Via, s.LastTry, s.LastSuccess, s.NextTry, s.Failures, s.Reason, s.ReasonKind, s.ETag, s.LastModified, n)
		for _, i := range items {
			if err != nil {
				return err
			}
			var waits bool
			waits, err = w.listItem(n, i)
			if waits {
				fresh++
			}
		}
		return err
	})
	return fresh, err
}

// listItem keeps an item that a source lists; it reports whether the item waits
// and did not before.
func (w *writer) listItem(source int64, i record.Item) (bool, error) {
	var n int64
	var mark, state string
	found, err := w.one("SELECT n, mark, state FROM source_items WHERE source = ? AND key = ?", args(source, i.Key), &n, &mark, &state)
	if err != nil {
		return false, err
	}
	if !found {
		return true, w.exec(`INSERT INTO source_items(source, key, url, host, mark, state, tries, next, seen, reason, reason_kind, etag, last_modified, told)
			VALUES (?,?,?,?,?,?,0,?,?,'','','','',?)`, source, i.Key, i.URL, i.Host, i.Mark, i.State, i.Next, i.Seen, i.Told)
	}
	if mark == i.Mark {
		return false, nil
	}
	return state != record.ItemWaits && state != record.ItemText,
		w.exec("UPDATE source_items SET mark = ?, state = ?, tries = 0, next = ?, url = ?, host = ?, told = ? WHERE n = ?", i.Mark, i.State, i.Next, i.URL, i.Host, i.Told, n)
}

// RetrySources makes due what was refused.
func (db *DB) RetrySources(ctx context.Context, address string, kind article.Kind) (int, error) {
	n := 0
	err := db.update(ctx, "retry", func(w *writer) error {
		for _, table := range [...]struct{ change, where string }{
			{"UPDATE sources SET next_try = ? WHERE ", "address = ?"},
			{"UPDATE sources SET next_try = ? WHERE ", "reason_kind = ?"},
			{"UPDATE source_items SET next = ?, state = iif(state = 'refused', 'waits', state) WHERE state IN ('waits', 'refused', 'feed') AND ", "url = ?"},
			{"UPDATE source_items SET next = ?, state = iif(state = 'refused', 'waits', state) WHERE state IN ('waits', 'refused', 'feed') AND ", "reason_kind = ?"},
		} {
			value := string(kind)
			if table.where == "address = ?" || table.where == "url = ?" {
				value = address
			}
			if value == "" {
				continue
			}
			rows, err := w.numbers(table.change+table.where+" RETURNING n", record.Asked, value)
			if err != nil {
				return err
			}
			n += len(rows)
		}
		return nil
	})
	return n, err
}

// HostTroubles lists the servers in trouble.
func (db *DB) HostTroubles(ctx context.Context) ([]record.HostTrouble, error) {
	var out []record.HostTrouble
	err := db.each(ctx, "SELECT name, failures, until, kind, reason FROM host_troubles ORDER BY name", nil, func(scan func(...any) error) (bool, error) {
		var h record.HostTrouble
		err := scan(&h.Name, &h.Failures, &h.Until, &h.Kind, &h.Reason)
		out = append(out, h)
		return true, err
	})
	return out, db.wrap(err, "list hosts in trouble")
}

// KeepHostTroubles replaces the list of servers in trouble.
func (db *DB) KeepHostTroubles(ctx context.Context, troubles []record.HostTrouble) error {
	lines, err := json.Marshal(troubles)
	if err != nil {
		return fmt.Errorf("record %s: keep hosts in trouble: %w", db.path, err)
	}
	return db.update(ctx, "keep hosts in trouble", func(w *writer) error {
		if err := w.exec("DELETE FROM host_troubles"); err != nil {
			return err
		}
		return w.exec(`INSERT INTO host_troubles(name, failures, until, kind, reason)
			SELECT value ->> 'Name', value ->> 'Failures', value ->> 'Until', value ->> 'Kind', value ->> 'Reason' FROM json_each(?) WHERE value ->> 'Name' <> '' ON CONFLICT DO NOTHING`, string(lines))
	})
}
