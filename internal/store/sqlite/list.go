package sqlite

import (
	"context"
	"iter"
	"strings"

	"rapporteur/internal/store"
)

// A query is a SELECT under construction: filters add conditions with their
// values in the order in which they stand in the text.
type query struct {
	from   string // SELECT … FROM …
	where  []string
	values []any
	tail   string // GROUP BY …
	order  string
	limit  string
	none   bool // some filter cannot be met: the list is empty

	// Where a page is asked for, the rows of it are found by key first and their
	// columns, of which some are costly, read for them alone.
	columns, key string // SELECT … ; then from begins with FROM
}

// and adds a condition.
func (q *query) and(condition string, values ...any) {
	q.where = append(q.where, condition)
	q.values = append(q.values, values...)
}

// page adds the limit of f.
func (q *query) page(f store.Filter) {
	if f.Limit > 0 || f.Offset > 0 {
		limit := f.Limit
		if limit <= 0 {
			limit = -1
		}
		q.limit = " LIMIT ? OFFSET ?"
		q.values = append(q.values, limit, max(0, f.Offset))
	}
}

// text returns the whole query.
func (q *query) text() string {
	rows := q.rows()
	switch {
	case q.key == "":
		return rows
	case q.limit == "":
		return q.columns + " " + rows
	}
	from := strings.Replace(strings.Replace(q.from, searched, "", 1), listed, "", 1)
	return q.columns + " " + from + " WHERE " + q.key + " IN (SELECT " + q.key + " " + rows + ") ORDER BY " + q.order
}

// rows returns the SELECT from its FROM on.
func (q *query) rows() string {
	var b strings.Builder
	b.WriteString(q.from)
	if len(q.where) > 0 {
		b.WriteString(" WHERE " + strings.Join(q.where, " AND "))
	}
	b.WriteString(q.tail)
	if q.order != "" {
		b.WriteString(" ORDER BY " + q.order)
	}
	b.WriteString(q.limit)
	return b.String()
}

// list streams the rows of a query. build may look things up first.
func list[T any](ctx context.Context, db *DB, what string, build func() (*query, error), row func(scan func(...any) error) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		q, err := build()
		if err == nil && q.none {
			return
		}
		if err == nil {
			err = db.each(ctx, q.text(), q.values, func(scan func(...any) error) (bool, error) {
				v, err := row(scan)
				if err != nil {
					return false, err
				}
				return yield(v, nil), nil
			})
		}
		if err != nil {
			yield(zero, db.wrap(err, "list "+what))
		}
	}
}

// each calls row for the rows of a query until it returns false.
func (db *DB) each(ctx context.Context, text string, values []any, row func(scan func(...any) error) (bool, error)) error {
	stmt, err := db.statement(ctx, text)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if more, err := row(rows.Scan); err != nil || !more {
			return err
		}
	}
	return rows.Err()
}
