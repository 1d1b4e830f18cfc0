package sqlite_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/store/sqlite"
	"rapporteur/internal/store/storetest"
)

// TestClockJumpsBack reads and decides while the clock jumps: the record is that
// of a steady clock, decisions stand in the order in which they were taken, and
// the last one is the first to be taken back.
func TestClockJumpsBack(t *testing.T) {
	steady := underClock(t, func(step int) time.Time { return time.Date(2024, 5, 1, 0, 0, step, 0, time.UTC) })
	jumping := underClock(t, func(step int) time.Time { return time.Date(2024-7*(step%3), 5, 1, 0, 0, -step, 0, time.UTC) })
	if steady != jumping {
		t.Error("a clock that jumps back changes the record")
	}
}

func underClock(t *testing.T, clock func(step int) time.Time) string {
	t.Helper()
	step := 0
	now := func() time.Time { step++; return clock(step) }
	path := filepath.Join(t.TempDir(), "x.db")
	for _, r := range storetest.Generate(4, 6, 2, 4) {
		db, err := sqlite.Open(t.Context(), path, sqlite.Options{Now: now}) // as if each came from another run
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Put(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if err := db.Refuse(t.Context(), article.Refusal{Source: r.Article.ID, Reason: "empty", Kind: "invalid", At: "2024-05-01T00:00:00Z"}); err != nil {
			t.Fatal(err)
		}
		for i, stance := range []string{"rejects", "supports", "demands"} {
			if len(r.Positions) == 0 {
				break
			}
			d := record.Decision{Author: fmt.Sprint("reader ", i), Act: store.Correct, Target: store.PositionEntry, EntryID: r.Positions[0].ID, After: `{"stance":"` + stance + `"}`}
			if _, err := db.Decide(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
		last, err := db.Undo(t.Context(), "")
		if err != nil || len(r.Positions) > 0 && last.Author != "reader 2" {
			t.Fatalf("the last decision is taken back first: %+v, %v", last, err)
		}
		if err := db.Verify(t.Context()); err != nil {
			t.Error(err)
		}
		db.Close()
	}
	return exportOf(t, path)
}
