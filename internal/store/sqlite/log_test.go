package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"rapporteur/internal/store"
	"rapporteur/internal/store/storetest"
)

// TestLog: a log that readers did not let begin anew is shortened when they do.
func TestLog(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.longLog = 1 << 20
	size := func() int64 {
		info, err := os.Stat(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	readings := storetest.Generate(3, 2*lookEvery, 3, 3)
	put := func(from, to int) {
		for _, r := range readings[from:to] {
			if _, err := db.Put(ctx, r); err != nil {
				t.Fatal(err)
			}
		}
	}
	put(0, 1)
	for range db.Articles(ctx, store.Filter{}) { // a reader that takes its time
		put(1, lookEvery)
		if size() < db.longLog {
			t.Fatalf("a log of %d bytes is too short for this test", size())
		}
		break
	}
	put(lookEvery, 2*lookEvery)
	if n := size(); n > db.longLog {
		t.Errorf("the log has %d bytes", n)
	}
	if err := db.Verify(ctx); err != nil {
		t.Error(err)
	}
}
