package extract

import (
	"context"
	"os"
	"strings"
	"testing"

	"rapporteur/internal/article"
)

// TestGoldPageDay measures the day of publication on pages whose days were read off
// them by hand.
func TestGoldPageDay(t *testing.T) {
	raw, err := os.ReadFile("../../tools/score/pagedays.tsv")
	if err != nil {
		t.Fatal(err)
	}
	days := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		if page, day, found := strings.Cut(strings.TrimSpace(line), "\t"); found && len(page) == 12 {
			days[page] = day
		}
	}
	x := extractor(t, Options{})
	right := 0
	for _, page := range goldPages(t) {
		want, labelled := days[page.ID[:12]]
		if !labelled {
			continue
		}
		a, err := x.Article(context.Background(), article.Page{Path: page.ID + ".html", Type: article.HTML, Bytes: page.html})
		switch {
		case err != nil:
			t.Logf("%s: %v", page.ID[:12], err)
		case a.Published.String() == want:
			right++
		default:
			t.Logf("%s: %s, want %s: %s", page.ID[:12], a.Published, want, page.URL)
		}
	}
	t.Logf("day of publication: %d of %d right", right, len(days))
	if right*100 < len(days)*97 {
		t.Errorf("%d of %d days are right, below 97 %%", right, len(days))
	}
}
