package sqlite_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/store/sqlite"
	"rapporteur/internal/store/storetest"
)

// TestOldSamples opens records that earlier programs made of articles of the
// sample, with decisions of a person: nothing that they hold is lost, decisions
// can be taken back, and reading goes on. Beside each record stand the IDs that
// the program which made it listed.
func TestOldSamples(t *testing.T) {
	packed, err := filepath.Glob("testdata/sample-*.db.gz")
	if err != nil || len(packed) == 0 {
		t.Fatal(packed, err)
	}
	for _, file := range packed {
		t.Run(filepath.Base(file), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "old.db")
			unpack(t, file, path)
			want, err := os.ReadFile(strings.TrimSuffix(file, ".db.gz") + ".ids")
			if err != nil {
				t.Fatal(err)
			}
			db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if lost := missing(strings.Fields(string(want)), idsOf(t, db)); len(lost) > 0 {
				t.Errorf("lost: %v", lost)
			}
			useOld(t, db)
		})
	}
}

// useOld takes all decisions back and stores another article.
func useOld(t *testing.T, db *sqlite.DB) {
	t.Helper()
	if err := db.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	standing := 0
	for d, err := range db.Decisions(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if d.UndoneAt == "" {
			standing++
		}
	}
	for ; standing > 0; standing-- {
		if _, err := db.Undo(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Put(t.Context(), storetest.Generate(2, 1, 1, 3)[0]); err != nil {
		t.Errorf("nothing can be added: %v", err)
	}
	if err := db.Verify(t.Context()); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func unpack(t *testing.T, file, to string) {
	t.Helper()
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	plain, err := gzip.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if _, err := io.Copy(out, plain); err != nil {
		t.Fatal(err)
	}
}

// idsOf lists "kind id" as the .ids files do.
func idsOf(t *testing.T, db *sqlite.DB) []string {
	t.Helper()
	all := store.Filter{Rejected: true}
	out := ids(t, "articles", db.Articles(t.Context(), all), func(a record.Article) string { return a.ID })
	out = append(out, ids(t, "statements", db.Statements(t.Context(), all), func(s record.Statement) string { return s.ID })...)
	out = append(out, ids(t, "positions", db.Positions(t.Context(), all), func(p record.Position) string { return p.ID })...)
	return append(out, ids(t, "decisions", db.Decisions(t.Context(), all), func(d record.Decision) string { return fmt.Sprint(d.ID) })...)
}

func ids[T any](t *testing.T, kind string, list iter.Seq2[T, error], id func(T) string) []string {
	t.Helper()
	var out []string
	for v, err := range list {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := json.Marshal(v); err != nil {
			t.Fatal(err)
		}
		out = append(out, kind, id(v))
	}
	return out
}

// missing returns the pairs of want that have does not hold.
func missing(want, have []string) []string {
	held := map[string]bool{}
	for pair := range slices.Chunk(have, 2) {
		held[strings.Join(pair, " ")] = true
	}
	var out []string
	for pair := range slices.Chunk(want, 2) {
		if line := strings.Join(pair, " "); !held[line] {
			out = append(out, line)
		}
	}
	return out
}
