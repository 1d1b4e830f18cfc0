package web

import (
	"context"
	"fmt"
	"sync"
	"time"

	"rapporteur/internal/store"
)

// wideFacets keeps the facets of the list that nothing narrows: they count every
// statement of the record, and every reader of the list asks for them. They are
// counted anew when the record has grown or shrunk, and after a while in any case.
type wideFacets struct {
	mu   sync.Mutex
	kept map[bool]keptFacets // by store.Filter.Sure
}

type keptFacets struct {
	facets store.Facets
	counts store.Counts
	until  time.Time
}

// facetsKept is how long they may be kept of a record whose size stays the same.
const facetsKept = 5 * time.Minute

func (d *desk) facetsOf(ctx context.Context, f store.Filter) (store.Facets, error) {
	if f != (store.Filter{Sure: f.Sure, Newest: f.Newest}) {
		return d.countFacets(ctx, f)
	}
	counts, err := d.store.Counts(ctx)
	if err != nil {
		return store.Facets{}, fmt.Errorf("web: counts: %w", err)
	}
	d.wide.mu.Lock()
	defer d.wide.mu.Unlock()
	if kept := d.wide.kept[f.Sure]; kept.counts == counts && time.Now().Before(kept.until) {
		return kept.facets, nil
	}
	facets, err := d.countFacets(ctx, f)
	if err == nil {
		d.wide.kept[f.Sure] = keptFacets{facets, counts, time.Now().Add(facetsKept)}
	}
	return facets, err
}

func (d *desk) countFacets(ctx context.Context, f store.Filter) (store.Facets, error) {
	facets, err := d.store.Facets(ctx, f)
	if err != nil {
		return store.Facets{}, fmt.Errorf("web: facets: %w", err)
	}
	return facets, nil
}
