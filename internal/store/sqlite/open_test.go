package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/store/sqlite"
	"rapporteur/internal/store/storetest"
)

var update = flag.Bool("update", false, "write anew how old records read, where lists say more than they did")

func TestMissingRecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "no.db")
	_, err := sqlite.Open(context.Background(), path, sqlite.Options{ReadOnly: true})
	if !errors.Is(err, record.ErrNotFound) || !strings.Contains(err.Error(), "rapporteur read") {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("reading made a file")
	}
}

func TestNoRecord(t *testing.T) {
	dir := t.TempDir()
	garbage, other, newer := filepath.Join(dir, "garbage.db"), filepath.Join(dir, "other.db"), filepath.Join(dir, "newer.db")
	if err := os.WriteFile(garbage, []byte(strings.Repeat("no database at all ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, other, "CREATE TABLE notes (line TEXT)")
	db, err := sqlite.Open(context.Background(), newer, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	run(t, newer, "PRAGMA user_version = 1000")
	for path, want := range map[string]error{garbage: record.ErrInvalid, other: record.ErrInvalid, newer: record.ErrConflict, dir: record.ErrInvalid} {
		for _, readOnly := range []bool{true, false} {
			if _, err := sqlite.Open(context.Background(), path, sqlite.Options{ReadOnly: readOnly}); !errors.Is(err, want) {
				t.Errorf("%s (read only %v): %v, want %v", filepath.Base(path), readOnly, err, want)
			}
		}
	}
}

func run(t *testing.T, path, script string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(script); err != nil {
		t.Fatal(err)
	}
}

func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	reader, err := sqlite.Open(context.Background(), path, sqlite.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	readings := storetest.Generate(1, 3, 1, 3)
	if _, err := db.Put(context.Background(), readings[0]); err != nil {
		t.Fatal(err)
	}
	if got := storetest.Export(t, reader); got != storetest.Export(t, db) || got == "" {
		t.Error("a reader sees another record than the writer")
	}
	if _, err := reader.Put(context.Background(), readings[1]); !errors.Is(err, record.ErrUnavailable) {
		t.Errorf("a reader wrote: %v", err)
	}
}

// Two processes may write: the second waits, and says why when it gives up.
func TestTwoWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{Wait: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	other, err := sql.Open("sqlite", path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	r := storetest.Generate(1, 1, 1, 3)[0]
	_, err = db.Put(context.Background(), r)
	if !errors.Is(err, record.ErrUnavailable) || !strings.Contains(err.Error(), "another process") {
		t.Errorf("while another process writes: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Put(context.Background(), r); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := db.Put(ctx, r); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
	if _, err := db.Put(context.Background(), r); err != nil {
		t.Errorf("after a context that had ended: %v", err)
	}
}

// TestKilled kills a process that stores articles, several times, and reads on.
func TestKilled(t *testing.T) {
	readings := storetest.Generate(11, 120, 10, 6)
	if path := os.Getenv("RAPPORTEUR_TEST_RECORD"); path != "" {
		putAll(t, path, readings)
		return
	}
	path := filepath.Join(t.TempDir(), "killed.db")
	for _, wait := range []time.Duration{60, 150, 250, 400} {
		child := exec.Command(os.Args[0], "-test.run", "^TestKilled$")
		child.Env = append(os.Environ(), "RAPPORTEUR_TEST_RECORD="+path)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(wait*time.Millisecond, func() { _ = child.Process.Kill() })
		_ = child.Wait() // killed, or done early on a fast machine
		timer.Stop()
		db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Verify(context.Background()); err != nil {
			t.Errorf("killed after %d ms: %v", wait, err)
		}
		db.Close()
	}
	putAll(t, path, readings)
	undisturbed := filepath.Join(t.TempDir(), "undisturbed.db")
	putAll(t, undisturbed, readings)
	if exportOf(t, path) != exportOf(t, undisturbed) {
		t.Error("the record of a killed read differs from that of an undisturbed one")
	}
}

// putAll stores what the record does not hold yet.
func putAll(t *testing.T, path string, readings []*record.Reading) {
	t.Helper()
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, r := range readings {
		if there, err := db.Has(context.Background(), r.Article.ID, r.Article.Digest); err != nil || there != store.Absent {
			continue
		}
		if _, err := db.Put(context.Background(), r); err != nil {
			t.Fatal(err)
		}
	}
}

func exportOf(t *testing.T, path string) string {
	t.Helper()
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	return storetest.Export(t, db)
}

// Records of every schema that was ever released open and read as they did.
func TestOldRecords(t *testing.T) {
	const name = "schema-1"
	file, golden := filepath.Join("testdata", name+".db"), filepath.Join("testdata", name+".export.jsonl")
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, []byte(exportOf(t, path)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := exportOf(t, path); got != string(want) {
		t.Errorf("the record of %s reads differently: got %s", name, got)
	}
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Put(context.Background(), storetest.Generate(2, 1, 1, 3)[0]); err != nil {
		t.Errorf("nothing can be added: %v", err)
	}
	if err := db.Verify(context.Background()); err != nil {
		t.Error(err)
	}
}

// FuzzSearch: whatever a user types is a search, never an error.
func FuzzSearch(f *testing.F) {
	for _, seed := range []string{"toll", `"a b" -c`, `"`, "-", "NEAR(a b)", "content:x", "a*", "^a", "(", "\x00", "ÅÄ", `""""`, "-\"", "a OR b AND NOT"} {
		f.Add(seed)
	}
	db := open(f)
	f.Cleanup(func() { _ = db.Close() })
	for _, r := range storetest.Generate(1, 4, 2, 3) {
		if _, err := db.Put(context.Background(), r); err != nil {
			f.Fatal(err)
		}
	}
	f.Fuzz(func(t *testing.T, search string) {
		for _, err := range db.Statements(context.Background(), store.Filter{Search: search}) {
			if err != nil {
				t.Fatalf("search %q: %v", search, err)
			}
		}
		for _, err := range db.Positions(context.Background(), store.Filter{Search: search, Party: search, Point: search}) {
			if err != nil {
				t.Fatalf("positions %q: %v", search, err)
			}
		}
		if _, err := db.Quote(context.Background(), search); err != nil && !errors.Is(err, record.ErrInvalid) {
			t.Fatalf("quote %q: %v", search, err)
		}
	})
}
