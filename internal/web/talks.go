package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// talksPage shows one card for each negotiation, newest first.
type talksPage struct {
	Search string
	Cards  []card
	Counts store.Pulse
	Pager  pager
}

// A card sums up one negotiation.
type card struct {
	record.Talks
	Status    []record.Step // newest claims, one for each who differs
	Latest    *record.Position
	Positions int
	Likely    int
	Series    series
	Many      bool // there are more positions than were counted
}

// countedPositions bounds the count on a card.
const countedPositions = 100

func (d *desk) talks(r *http.Request) (page, error) {
	ctx := r.Context()
	v := talksPage{Search: strings.TrimSpace(r.URL.Query().Get("q"))}
	f := store.Filter{Search: v.Search, Newest: true}
	v.Pager = pageOf(r, &f, cardsSize)
	list, more, err := collect(d.store.Talks(ctx, f), cardsSize)
	if err != nil {
		return page{}, fmt.Errorf("web: talks: %w", err)
	}
	v.Pager.More = more
	if v.Counts, err = d.store.Pulse(ctx); err != nil {
		return page{}, fmt.Errorf("web: counts: %w", err)
	}
	for _, t := range list {
		c := card{Talks: t, Status: newestStatus(t.Status)}
		if err := d.count(ctx, &c); err != nil {
			return page{}, err
		}
		if c.Series, err = d.series(ctx, t.ID); err != nil {
			return page{}, err
		}
		v.Cards = append(v.Cards, c)
	}
	return page{Title: d.words.T("talks.title"), Section: "talks", Body: d.talksView(v)}, nil
}

// count fills in the newest certain position of a card and how many there are.
func (d *desk) count(ctx context.Context, c *card) error {
	positions, many, err := collect(d.store.Positions(ctx, store.Filter{Talks: c.ID, Newest: true, Limit: countedPositions + 1}), countedPositions)
	if err != nil {
		return fmt.Errorf("web: positions of talks %s: %w", c.ID, err)
	}
	c.Many = many
	sure := certain(positions)
	c.Positions, c.Likely = len(sure), len(positions)-len(sure)
	if len(sure) > 0 {
		c.Latest = &sure[0]
	}
	return nil
}

// newestStatus returns the claims of the newest day on which any was made, one
// for each state, so that parties who disagree both show.
func newestStatus(steps []record.Step) []record.Step {
	newest := ""
	for _, s := range steps {
		newest = max(newest, deref(s.Date))
	}
	var out []record.Step
	seen := map[string]bool{}
	for _, s := range steps {
		if deref(s.Date) == newest && !seen[s.State] {
			seen[s.State] = true
			out = append(out, s)
		}
	}
	return out
}
