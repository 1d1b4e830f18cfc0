package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/store/sqlite"
)

type backupCommand struct {
	database
	To  string `arg:"" name:"file" help:"The copy."`
	Yes bool   `help:"Replace a copy of that name."`
}

// Help shows how the command is used.
func (*backupCommand) Help() string {
	return `The copy is the record as it was at one moment, whatever others write meanwhile, and is checked before it is
kept. It is one file, and a record like any other.

Examples:

    rapporteur backup talks-2024-05-01.db
    rapporteur backup --db talks.db --yes /mnt/safe/talks.db`
}

// Run copies a record.
func (b *backupCommand) Run(c *console) error {
	if same(b.DB, b.To) {
		return misuse{"a record cannot be its own copy"}
	}
	db, err := openRecord(c.ctx, b.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	target := b.To
	if _, err := os.Lstat(b.To); err == nil {
		if !b.Yes {
			return misuse{b.To + " is there already: --yes replaces it"}
		}
		target += ".new"
		if err := os.Remove(target); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := db.Backup(c.ctx, target); err != nil {
		return err
	}
	words, err := proven(c.ctx, target)
	if err != nil {
		return err
	}
	if target != b.To {
		if err := os.Rename(target, b.To); err != nil {
			return err
		}
	}
	fmt.Fprintf(c.stdout, "%s: %s\n", b.To, words)
	return nil
}

// openRecord opens a record that must be there, to be read alone.
func openRecord(ctx context.Context, path string) (*sqlite.DB, error) {
	return sqlite.Open(ctx, path, sqlite.Options{ReadOnly: true})
}

// proven checks a record and says in words what it holds.
func proven(ctx context.Context, path string) (string, error) {
	db, err := openRecord(ctx, path)
	if err != nil {
		return "", err
	}
	defer db.Close()
	if err := db.Verify(ctx); err != nil {
		return "", err
	}
	return holds(ctx, db)
}

// holds says in words what a record holds.
func holds(ctx context.Context, s store.Reader) (string, error) {
	counts, err := s.Counts(ctx)
	if err != nil {
		return "", err
	}
	last := ""
	for a, err := range s.Articles(ctx, store.Filter{Newest: true, Limit: 1}) {
		if err != nil {
			return "", err
		}
		if a.Published != nil {
			last = ", the last of " + *a.Published
		}
	}
	return fmt.Sprintf("%s%s, %s, %s, %s", plural(counts.Articles, "article"), last, plural(counts.Statements, "statement"),
		plural(counts.Positions, "position"), plural(counts.Decisions, "decision")), nil
}

// same reports whether two paths lead to one file.
func same(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

type restoreCommand struct {
	database
	From string `arg:"" name:"file" help:"A copy that \"rapporteur backup\" made, or any record."`
	Yes  bool   `help:"Replace the record that is there."`
}

// Help shows how the command is used.
func (*restoreCommand) Help() string {
	return `Puts a copy in the place of the record, which may be open elsewhere: it is replaced in one step or not at all.
Without --yes it only says what would be replaced by what (exit code 2). A damaged file is kept beside the record.

Examples:

    rapporteur restore talks-2024-05-01.db
    rapporteur restore --db talks.db --yes /mnt/safe/talks.db`
}

// Run restores a record.
func (r *restoreCommand) Run(c *console) error {
	if same(r.DB, r.From) {
		return misuse{"the copy and the record are one file"}
	}
	comes, err := proven(c.ctx, r.From)
	if err != nil {
		return err
	}
	goes, err := r.there(c.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s holds %s\n", r.From, comes)
	if goes != "" {
		fmt.Fprintf(c.stdout, "%s holds %s\n", r.DB, goes)
		if !r.Yes {
			return misuse{"nothing was replaced: add --yes to put " + r.From + " in the place of " + r.DB}
		}
	}
	aside, err := sqlite.Restore(c.ctx, r.From, r.DB)
	if aside != "" {
		fmt.Fprintf(c.stdout, "what was at %s is kept as %s\n", r.DB, aside)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s is now the record of %s\n", r.DB, r.From)
	return nil
}

// there says what the record to be replaced holds, "" when there is none.
func (r *restoreCommand) there(ctx context.Context) (string, error) {
	db, err := openRecord(ctx, r.DB)
	switch {
	case errors.Is(err, record.ErrNotFound):
		return "", nil
	case errors.Is(err, record.ErrInvalid), errors.Is(err, record.ErrConflict):
		return "what this program cannot read: " + err.Error(), nil
	case err != nil:
		return "", err
	}
	defer db.Close()
	words, err := holds(ctx, db)
	if errors.Is(err, record.ErrInvalid) {
		return "what this program cannot read: " + err.Error(), nil
	}
	return words, err
}
