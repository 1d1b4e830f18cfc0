// Package sqlite keeps a record in one SQLite file.
//
// In: readings, refusals and decisions, as package store says. Out: the joined
// record. What always holds: an article is stored whole in a transaction, so that a
// killed process leaves nothing half; one connection writes and several read, none
// waits for the other; foreign keys are on; the cost of a Put depends on what the
// article touches, not on how many articles there are; the schema carries a
// number, and a file of a newer number is refused.
//
// The file is described in docs/formats/database.md.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"rapporteur/data"
	"rapporteur/internal/contradiction"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// Options say how a record is opened. The zero Options open it for reading and
// writing and make the file when there is none; a file that may not be written is
// opened for reading alone.
type Options struct {
	// ReadOnly asks for a record that exists. A file of an older schema is
	// brought up to date first.
	ReadOnly bool
	// Wait is how long a writer waits for another process; 0 means 30 seconds.
	Wait time.Duration
	// Now tells the time of decisions; nil means time.Now.
	Now func() time.Time
}

// DB is a record in an SQLite file. It is safe for concurrent use.
type DB struct {
	path     string
	wait     time.Duration
	now      func() time.Time
	readOnly bool
	flags    string // of the address that reads, beyond those of every record
	read     *sql.DB
	write    *sql.DB // one connection, which is:
	session  *session
	closed   atomic.Bool // the session is
	longLog  int64       // bytes of a log that is shortened

	mu       sync.Mutex
	prepared map[string]*sql.Stmt // of read

	writes atomic.Int64 // transactions of this process
	memo   memo

	finder func() (*contradiction.Finder, error) // made when it is first asked for
}

var _ store.Store = (*DB)(nil)

const defaultWait = 30 * time.Second

// Open opens the record at path and brings its schema up to date. Its errors wrap
// record.ErrNotFound when a read-only record is missing, record.ErrInvalid when
// the file is no record, record.ErrConflict when a newer program wrote it and
// record.ErrUnavailable when the file cannot be opened or written now.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	db := &DB{path: path, wait: o.Wait, now: o.Now, readOnly: o.ReadOnly, longLog: longLog, prepared: map[string]*sql.Stmt{}, memo: memo{answers: map[string]*answer{}}}
	db.finder = sync.OnceValues(func() (*contradiction.Finder, error) { return contradiction.New(data.Files) })
	if db.wait <= 0 {
		db.wait = defaultWait
	}
	if db.now == nil {
		db.now = time.Now
	}
	if err := db.lookAt(path); err != nil {
		return nil, err
	}
	if err := db.connect(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// lookAt fails early, with words for a person, where SQLite would be cryptic.
func (db *DB) lookAt(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && db.readOnly:
		return fmt.Errorf("no record at %s: make one with \"rapporteur read --db %s FILE…\": %w", path, path, record.ErrNotFound)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("record %s: %w: %w", path, err, record.ErrUnavailable)
	case info.IsDir():
		return db.wrap(fault{"it is a folder", record.ErrInvalid}, "open")
	}
	return nil
}

func (db *DB) connect(ctx context.Context) error {
	if db.readOnly {
		if err := db.connectReader("ro"); err != nil {
			return err
		}
		version, err := schemaOf(ctx, db.read)
		if err != nil {
			return db.wrap(err, "open")
		}
		if version == newestSchema() {
			return nil
		}
		_ = db.read.Close()
	}
	err := db.connectWriter(ctx)
	if errors.Is(err, errReadOnly) && !db.readOnly {
		return db.connectReadOnly(ctx)
	}
	if err != nil {
		return err
	}
	return db.connectReader("ro")
}

// connectReadOnly opens a record that may not be written, to be read alone. Where
// its folder may not be written either, SQLite must be told that nothing else
// writes, which holds as long as there is no log beside it.
func (db *DB) connectReadOnly(ctx context.Context) error {
	_ = db.write.Close()
	db.write, db.readOnly = nil, true
	if err := db.connectReader("ro"); err != nil {
		return err
	}
	version, err := schemaOf(ctx, db.read)
	if _, log := os.Stat(db.path + "-wal"); err != nil && errors.Is(log, fs.ErrNotExist) {
		_ = db.read.Close()
		if err := db.connectReader("ro", "immutable"); err != nil {
			return err
		}
		version, err = schemaOf(ctx, db.read)
	}
	if err == nil && version != newestSchema() {
		err = fmt.Errorf("it needs to be brought up to date and %w", errReadOnly)
	}
	return db.wrap(err, "open")
}

func (db *DB) connectWriter(ctx context.Context) error {
	var err error
	// An article changes some sixty pages all over the file. A log of 32 MB takes
	// most of them up more than once before they are carried into the file, which
	// waits for the disk.
	db.write, err = sql.Open("sqlite", db.dsn("rwc",
		"foreign_keys(1)", "journal_mode(WAL)", "synchronous(NORMAL)", "cache_size(-64000)", "wal_autocheckpoint(8000)", "temp_store(MEMORY)"))
	if err != nil {
		return db.wrap(err, "open")
	}
	db.write.SetMaxOpenConns(1)
	if err := migrate(ctx, db.write); err != nil {
		return db.wrap(err, "open")
	}
	if db.session, err = newSession(ctx, db.write); err != nil {
		return db.wrap(err, "open")
	}
	return db.wrap(db.doChores(ctx), "open")
}

// connectReader opens the connections that read; flags are those of SQLite's URIs.
func (db *DB) connectReader(mode string, flags ...string) error {
	var err error
	dsn := db.dsn(mode, "query_only(1)", "cache_size(-16000)", "temp_store(MEMORY)")
	db.flags = ""
	for _, flag := range flags {
		db.flags += "&" + flag + "=1"
	}
	db.read, err = sql.Open("sqlite", dsn+db.flags)
	if err != nil {
		return db.wrap(err, "open")
	}
	db.read.SetMaxOpenConns(max(4, 2*runtime.NumCPU()))
	db.read.SetMaxIdleConns(max(4, runtime.NumCPU()))
	return nil
}

func (db *DB) dsn(mode string, pragmas ...string) string {
	query := url.Values{"mode": {mode}, "_txlock": {"immediate"}}
	query.Add("_pragma", "busy_timeout("+strconv.FormatInt(db.wait.Milliseconds(), 10)+")")
	for _, p := range pragmas {
		query.Add("_pragma", p)
	}
	return (&url.URL{Scheme: "file", Opaque: url.PathEscape(db.path), RawQuery: query.Encode()}).String()
}

// Close closes the file; closing it again does nothing. Lists that are still open
// end with an error.
func (db *DB) Close() error {
	var errs []error
	db.mu.Lock()
	for _, stmt := range db.prepared {
		errs = append(errs, stmt.Close())
	}
	clear(db.prepared)
	db.mu.Unlock()
	if db.session != nil && db.closed.CompareAndSwap(false, true) {
		errs = append(errs, db.session.close())
	}
	for _, pool := range []*sql.DB{db.read, db.write} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// statement returns the prepared form of a query for reading, made once.
func (db *DB) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	db.mu.Lock()
	stmt, ok := db.prepared[query]
	db.mu.Unlock()
	if ok {
		return stmt, nil
	}
	stmt, err := db.read.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if other, ok := db.prepared[query]; ok {
		_ = stmt.Close()
		return other, nil
	}
	db.prepared[query] = stmt
	return stmt, nil
}

// errReadOnly is the fault of a file that may not be written.
var errReadOnly = fault{"it may not be written", record.ErrUnavailable}

// A fault is an error in words for a person, of a category that they need not read.
type fault struct {
	words    string
	category error
}

// Error returns the words.
func (f fault) Error() string { return f.words }

// Unwrap returns the category.
func (f fault) Unwrap() error { return f.category }

// wrap says what was tried on which file and sorts the error by what could mend it.
func (db *DB) wrap(err error, tried string) error {
	if err == nil {
		return nil
	}
	var failed *driver.Error
	if errors.As(err, &failed) {
		err = db.explain(err, failed.Code())
	}
	return fmt.Errorf("record %s: %s: %w", db.path, tried, err)
}

// explain puts what SQLite says into words for a person.
func (db *DB) explain(err error, code int) error {
	const primary = 0xff // the rest of a code tells where in SQLite it failed
	switch code & primary {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return fault{fmt.Sprintf("another process is writing to it; waited %v", db.wait), record.ErrUnavailable}
	case codes.SQLITE_NOTADB:
		return fault{"it is no record of rapporteur", record.ErrInvalid}
	case codes.SQLITE_CORRUPT:
		return fault{fmt.Sprintf("the file is damaged (%v)", err), record.ErrInvalid}
	case codes.SQLITE_READONLY, codes.SQLITE_PERM:
		return errReadOnly
	case codes.SQLITE_FULL:
		return fault{"the disk is full", record.ErrUnavailable}
	case codes.SQLITE_IOERR:
		if code == codes.SQLITE_IOERR_WRITE {
			return fault{"it could not be written: the disk is full, at its quota, or broken", record.ErrUnavailable}
		}
		return fault{fmt.Sprintf("the disk failed (%v)", err), record.ErrUnavailable}
	case codes.SQLITE_CANTOPEN:
		return fault{"it cannot be opened or made there: does the folder exist, and may it be written?", record.ErrUnavailable}
	}
	return err
}
