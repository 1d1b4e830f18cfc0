package sqlite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/store/sqlite"
	"rapporteur/internal/store/storetest"
)

func TestBackupAndRestore(t *testing.T) {
	folder := t.TempDir()
	path, copied := filepath.Join(folder, "x.db"), filepath.Join(folder, "copy.db")
	readings := storetest.Generate(5, 12, 3, 4)
	putAll(t, path, readings[:6])
	before := exportOf(t, path)
	live, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	if err := live.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if err := live.Backup(t.Context(), copied); !errors.Is(err, record.ErrConflict) {
		t.Errorf("over a file that is there: %v", err)
	}
	for _, r := range readings[6:] {
		if _, err := live.Put(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if got := exportOf(t, copied); got != before {
		t.Error("the copy is not the record as it was")
	}
	if storetest.Export(t, live) == before {
		t.Fatal("nothing was added")
	}
	if aside, err := sqlite.Restore(t.Context(), copied, path); err != nil || aside != "" {
		t.Fatal(aside, err)
	}
	if got := storetest.Export(t, live); got != before {
		t.Error("who has the record open does not see the restored one")
	}
	if _, err := live.Put(t.Context(), readings[7]); err != nil {
		t.Errorf("after the restore: %v", err)
	}
	if err := live.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestRestoreOverGarbage(t *testing.T) {
	folder := t.TempDir()
	path, copied := filepath.Join(folder, "x.db"), filepath.Join(folder, "copy.db")
	putAll(t, copied, storetest.Generate(5, 2, 1, 2))
	const garbage = "this was a record once, and then somebody wrote a letter into it"
	if err := os.WriteFile(path, []byte(strings.Repeat(garbage, 20)), 0o600); err != nil {
		t.Fatal(err)
	}
	aside, err := sqlite.Restore(t.Context(), copied, path)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(aside); err != nil || !strings.HasPrefix(string(kept), garbage) {
		t.Errorf("what was there is not kept in %q: %v", aside, err)
	}
	if exportOf(t, path) != exportOf(t, copied) {
		t.Error("the record was not restored")
	}
}

// A check tells each fault that a record can have.
func TestCheckFindsFaults(t *testing.T) {
	for _, c := range []struct{ part, script string }{
		{"references", "PRAGMA foreign_keys = OFF; DELETE FROM copies"},
		{"references", "DELETE FROM texts WHERE article = 1"},
		{"evidence", "DELETE FROM evidence WHERE kind = 1"},
		{"evidence", "INSERT INTO evidence SELECT article, kind, 9999, seq, start, end, maker FROM evidence LIMIT 1"},
		{"texts and spans", "UPDATE evidence SET end = 999999 WHERE kind = 2"},
		{"texts and spans", "UPDATE evidence SET end = start"},
		{"texts and spans", "UPDATE texts SET size = size + 1"},
		{"texts and spans", "UPDATE articles SET digest = 'x'"},
		{"texts and spans", "UPDATE texts SET text = x'00112233'"},
		{"texts and spans", "UPDATE texts SET body_end = 1000000"},
		{"words of statements", "UPDATE statements SET content = replace(content, 'e', 'x')"},
		{"words of statements", "UPDATE statements SET content = ''"},
		{"joined entries", "UPDATE actors SET seen = seen + 1"},
		{"search index", "DELETE FROM statement_words_docsize WHERE id = 1"},
		{"words of the search index", "DROP TRIGGER statements_changed; UPDATE statements SET source = 'nobody said it'"},
	} {
		path := filepath.Join(t.TempDir(), "x.db")
		putAll(t, path, storetest.Generate(3, 3, 2, 3))
		run(t, path, c.script)
		db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		wrong := map[string]bool{}
		err = db.Check(context.Background(), func(part store.Checked) {
			wrong[part.Part] = part.Wrong()
			if part.Seen == 0 && part.Part == c.part {
				t.Errorf("%s: nothing was looked at", part.Part)
			}
		})
		if err != nil || !wrong[c.part] {
			t.Errorf("%s: %s is not found wrong: %v, %v", c.script, c.part, wrong, err)
		}
		if err := db.Verify(t.Context()); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: %v", c.script, err)
		}
		db.Close()
	}
}
