package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	driver "modernc.org/sqlite"

	"rapporteur/internal/record"
)

// Backup writes a copy of the record, as it is when the copy begins, to a new
// file. Others may read and write the record meanwhile. The copy stands under its
// name only once it is whole and on the disk; it is as small as it can be.
func (db *DB) Backup(ctx context.Context, to string) error {
	const tried = "back up"
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return db.wrap(fault{fmt.Sprintf("%s is there already", to), record.ErrConflict}, tried)
	}
	part := to + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return db.wrap(fmt.Errorf("%w: %w", err, record.ErrUnavailable), tried)
	}
	defer func() { _ = os.Remove(part) }()
	source, err := sql.Open("sqlite", db.dsn("ro")+db.flags) // query_only would forbid to write even another file
	if err != nil {
		return db.wrap(err, tried)
	}
	defer source.Close()
	if _, err := source.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return db.wrap(err, tried)
	}
	if err := onDisk(part); err != nil {
		return db.wrap(fmt.Errorf("%w: %w", err, record.ErrUnavailable), tried)
	}
	if err := os.Rename(part, to); err != nil {
		return db.wrap(fmt.Errorf("%w: %w", err, record.ErrUnavailable), tried)
	}
	return nil
}

func onDisk(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// Restore puts the record of the file from in the place of the one at path, in
// one transaction: whoever has that record open sees the old one or the new one,
// and a process that is killed leaves the old one. When there is no usable record at path, what is there is kept beside it and
// aside is the name it got.
func Restore(ctx context.Context, from, path string) (aside string, err error) {
	if aside, err = setAside(ctx, path); err != nil {
		return aside, err
	}
	db, err := Open(ctx, path, Options{})
	if err != nil {
		return aside, err
	}
	defer db.Close()
	if db.session == nil {
		return aside, db.wrap(errReadOnly, "restore")
	}
	err = db.session.conn.Raw(func(c any) error {
		source := (&DB{path: from, wait: db.wait}).dsn("ro")
		copying, err := c.(interface {
			NewRestore(string) (*driver.Backup, error)
		}).NewRestore(source)
		if err != nil {
			return err
		}
		_, failed := copying.Step(-1)
		return errors.Join(failed, copying.Finish())
	})
	return aside, db.wrap(err, "restore "+from)
}

// setAside moves a file that is no usable record out of the way.
func setAside(ctx context.Context, path string) (string, error) {
	db, err := Open(ctx, path, Options{ReadOnly: true})
	if err == nil {
		return "", db.Close()
	}
	if errors.Is(err, record.ErrNotFound) {
		return "", nil
	}
	if info, failed := os.Stat(path); !errors.Is(err, record.ErrInvalid) || failed != nil || !info.Mode().IsRegular() {
		return "", err
	}
	for i := 1; ; i++ {
		aside := fmt.Sprintf("%s.damaged-%d", path, i)
		if _, err := os.Lstat(aside); err == nil {
			continue
		}
		for _, log := range []string{"-wal", "-shm"} {
			if err := os.Rename(path+log, aside+log); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return "", fmt.Errorf("set %s aside: %w: %w", path, err, record.ErrUnavailable)
			}
		}
		if err := os.Rename(path, aside); err != nil {
			return "", fmt.Errorf("set %s aside: %w: %w", path, err, record.ErrUnavailable)
		}
		return aside, nil
	}
}
