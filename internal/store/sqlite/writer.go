package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"rapporteur/internal/story"
)

// A session is the one connection that writes, with its prepared statements.
type session struct {
	turn     chan struct{} // holds one token: who has it may write
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
	book     readBook
	outlines map[string]story.Outline // of wordings, by digest
	makers   map[maker]int64          // rows of makers, none of which is ever removed
	commits  int                      // transactions so far
}

func newSession(ctx context.Context, pool *sql.DB) (*session, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	s := &session{turn: make(chan struct{}, 1), conn: conn, prepared: map[string]*sql.Stmt{}, outlines: map[string]story.Outline{}, makers: map[maker]int64{}}
	s.turn <- struct{}{}
	return s, nil
}

func (s *session) close() error {
	<-s.turn
	errs := make([]error, 0, len(s.prepared)+1)
	for _, stmt := range s.prepared {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, s.conn.Close())...)
}

// A writer is one transaction and does not outlive the call that opened it. Whether
// that call is over is asked before each statement and not during it: statements
// take microseconds, and the driver starts a goroutine for each that may be
// broken off.
type writer struct {
	*session
	call context.Context // of the call
	ctx  context.Context // of the statements: the same without its end
	touched
}

// touched are the joined entries that the transaction must bring up to date.
type touched struct {
	actors, talks, points, documents, copies map[int64]bool
	tellings                                 map[int64]bool  // of meetings, new ones
	parted                                   map[parted]bool // what meetings lost
	blocks                                   map[string]bool // of meetings, to join anew as a whole
}

func noneTouched() touched {
	return touched{
		actors: map[int64]bool{}, talks: map[int64]bool{}, points: map[int64]bool{}, documents: map[int64]bool{},
		copies: map[int64]bool{}, tellings: map[int64]bool{}, parted: map[parted]bool{}, blocks: map[string]bool{},
	}
}

// sorted returns the members of a set in their order: nothing may hang on map order.
func sorted[K int64 | string](set map[K]bool) []K { return slices.Sorted(maps.Keys(set)) }

// update runs change in a transaction: all of it happens or nothing.
func (db *DB) update(ctx context.Context, tried string, change func(*writer) error) error {
	if db.session == nil {
		return db.wrap(errReadOnly, tried)
	}
	select {
	case <-db.session.turn:
	case <-ctx.Done():
		return fmt.Errorf("record %s: %s: %w", db.path, tried, ctx.Err())
	}
	defer func() { db.session.turn <- struct{}{} }()
	w := &writer{session: db.session, call: ctx, ctx: context.WithoutCancel(ctx), touched: noneTouched()}
	if _, err := w.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return db.wrap(err, tried)
	}
	done := false
	defer func() {
		if !done { // also when change panics or the context ends
			clear(w.makers)
			_, _ = w.conn.ExecContext(w.ctx, "ROLLBACK")
		}
	}()
	if err := change(w); err != nil {
		return db.wrap(err, tried)
	}
	if err := ctx.Err(); err != nil {
		return db.wrap(err, tried)
	}
	if _, err := w.conn.ExecContext(w.ctx, "COMMIT"); err != nil {
		return db.wrap(err, tried)
	}
	done = true
	db.writes.Add(1)
	db.shortenLog(w.ctx)
	return nil
}

func (w *writer) statement(query string) (*sql.Stmt, error) {
	if err := w.call.Err(); err != nil {
		return nil, err
	}
	if stmt, ok := w.prepared[query]; ok {
		return stmt, nil
	}
	stmt, err := w.conn.PrepareContext(w.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("%w in %q", err, query)
	}
	w.prepared[query] = stmt
	return stmt, nil
}

// exec runs a statement that gives no rows.
func (w *writer) exec(query string, args ...any) error {
	stmt, err := w.statement(query)
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(w.ctx, args...)
	return err
}

// insert runs an INSERT and returns the number of the new row.
func (w *writer) insert(query string, args ...any) (int64, error) {
	stmt, err := w.statement(query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(w.ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// one scans the first row and reports whether there was one.
func (w *writer) one(query string, args []any, into ...any) (bool, error) {
	stmt, err := w.statement(query)
	if err != nil {
		return false, err
	}
	err = stmt.QueryRowContext(w.ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each calls row for every row of the query; row must not query in turn.
func (w *writer) each(query string, args []any, row func(scan func(...any) error) error) error {
	stmt, err := w.statement(query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(w.ctx, args...)
	if err != nil {
		return err
	}
	return drain(rows, row)
}

// eachRow does the same for a query that is asked once, of a connection or a
// transaction.
func eachRow(ctx context.Context, of interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}, query string, args []any, row func(scan func(...any) error) error) error {
	rows, err := of.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	return drain(rows, row)
}

func drain(rows *sql.Rows, row func(scan func(...any) error) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// numbers returns the first column of the query.
func (w *writer) numbers(query string, args ...any) ([]int64, error) {
	var out []int64
	err := w.each(query, args, func(scan func(...any) error) error {
		var n int64
		if err := scan(&n); err != nil {
			return err
		}
		out = append(out, n)
		return nil
	})
	return out, err
}

func args(values ...any) []any { return values }
