package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"rapporteur/internal/record"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks our files: "rapp" in ASCII.
const applicationID = 0x72617070

// steps returns the names of the migrations in their order: the first is schema 1.
func steps() []string {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		panic(err) // the pattern is ours
	}
	slices.Sort(names)
	return names
}

func newestSchema() int { return len(steps()) }

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// schemaOf returns the number of the file's schema, 0 for a new file. It fails
// with record.ErrConflict when a newer program wrote the file and with
// record.ErrInvalid when another program did.
func schemaOf(ctx context.Context, q querier) (int, error) {
	var version, application, tables int
	row := q.QueryRowContext(ctx, "SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)")
	if err := row.Scan(&version, &application, &tables); err != nil {
		return 0, err
	}
	if application != applicationID && tables > 0 {
		return 0, fault{"it is an SQLite file of another program", record.ErrInvalid}
	}
	if version > newestSchema() {
		return 0, fault{fmt.Sprintf("a newer rapporteur wrote it (schema %d, this program knows %d): use the newer program", version, newestSchema()), record.ErrConflict}
	}
	return version, nil
}

// migrate brings the schema up to date, each step in a transaction of its own.
func migrate(ctx context.Context, db *sql.DB) error {
	for i, name := range steps() {
		if err := step(ctx, db, i+1, name); err != nil {
			return err
		}
	}
	return nil
}

func step(ctx context.Context, db *sql.DB, number int, name string) error {
	if version, err := schemaOf(ctx, db); err != nil || version >= number {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	// Another process may have done it while we waited for the lock.
	if version, err := schemaOf(ctx, tx); err != nil || version >= number {
		return err
	}
	script, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	var sql strings.Builder
	fmt.Fprintf(&sql, "%s\nPRAGMA application_id = %d;\nPRAGMA user_version = %d;\n", script, applicationID, number)
	if _, err := tx.ExecContext(ctx, sql.String()); err != nil {
		return fmt.Errorf("schema %d: %w", number, err)
	}
	return tx.Commit()
}
