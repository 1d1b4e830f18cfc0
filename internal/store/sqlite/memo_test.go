package sqlite

import (
	"context"
	"path/filepath"
	"testing"

	"rapporteur/internal/store"
	"rapporteur/internal/store/storetest"
)

// TestMemo: what is kept is forgotten as soon as this process or another writes.
func TestMemo(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "x.db")
	var open [2]*DB
	for i := range open {
		db, err := Open(ctx, path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		open[i] = db
	}
	readings := storetest.Generate(3, 12, 3, 3)
	for i, r := range readings {
		writes, reads := open[i/3%2], open[i%2]
		if _, err := writes.Put(ctx, r); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			c, err := reads.Counts(ctx)
			if err != nil || c.Articles != i+1 {
				t.Errorf("%d articles, want %d: %v", c.Articles, i+1, err)
			}
		}
	}
	db := open[0]
	before, err := db.Tallies(ctx, store.Filter{})
	if err != nil || len(before) == 0 {
		t.Fatal(before, err)
	}
	before[0].Date = "changed by who asked"
	again, err := db.Tallies(ctx, store.Filter{})
	if err != nil || again[0].Date == before[0].Date {
		t.Errorf("%v, %v", again, err)
	}
}
