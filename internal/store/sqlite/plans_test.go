package sqlite

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rapporteur/internal/store/storetest"
)

// small are tables that grow with what persons decide, not with the articles.
// or hold what one query made.
var small = []string{"talks_rules", "talks_splits", "merges", "decisions", "json_each", "shapes", "one", "likely", "CONSTANT"}

// TestPlans: no query of a Put or a Forget walks a whole table or all rows of one
// kind, so that its cost does not grow with the record.
func TestPlans(t *testing.T) {
	ctx := context.Background()
	db, err := Open(ctx, filepath.Join(t.TempDir(), "x.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	readings := storetest.Generate(3, 40, 3, 3)
	for _, r := range append(readings, readings[:20]...) {
		if _, err := db.Put(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range readings[:20] {
		if err := db.Forget(ctx, r.Article.ID); err != nil {
			t.Fatal(err)
		}
	}
	walks := regexp.MustCompile(`^SCAN (\w+)|^SEARCH (\w+) USING PRIMARY KEY \(kind=\?\)$`)
	for query := range db.session.prepared {
		rows, err := db.read.QueryContext(ctx, "EXPLAIN QUERY PLAN "+query, slices.Repeat([]any{1}, placeholders(query))...)
		if err != nil {
			t.Errorf("%v in %s", err, query)
			continue
		}
		for rows.Next() {
			var id, parent, unused int
			var line string
			if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
				t.Fatal(err)
			}
			if m := walks.FindStringSubmatch(line); m != nil && !slices.Contains(small, m[1]+m[2]) {
				t.Errorf("%s in\n%s", line, query)
			}
		}
		rows.Close()
	}
}

func placeholders(query string) int {
	n := strings.Count(query, "?")
	if numbered := regexp.MustCompile(`\?(\d)`).FindAllString(query, -1); len(numbered) > 0 {
		slices.Sort(numbered)
		n = int(numbered[len(numbered)-1][1] - '0')
	}
	return n
}
