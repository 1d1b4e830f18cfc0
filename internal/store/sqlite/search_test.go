package sqlite

import (
	"strings"
	"testing"
)

// TestSearchKeepsOutOfMonths: words that the column of months could hold are looked
// for in the others alone.
func TestSearchKeepsOutOfMonths(t *testing.T) {
	for search, want := range map[string]bool{
		"toll": false, `"harbour toll" -meeting`: false, "mm 202404": false, "m202404": true, `"on M202404"`: true, "m": true, "toll -m2024": true, "ḿ202404": true,
	} {
		query, _ := wanted(search)
		if got := strings.Contains(query, "{content"); got != want {
			t.Errorf("%q: %s", search, query)
		}
	}
}
