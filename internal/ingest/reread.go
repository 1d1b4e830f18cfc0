package ingest

import (
	"context"
	"fmt"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// RereadOptions say which articles are read again.
type RereadOptions struct {
	ReadOptions
	All bool // also those that this version has read already
}

// Reread reads stored articles again with this version's rules; decisions of
// persons stay. It may be stopped at any time: the next call goes on with the
// articles that are still stale.
func (in *Ingest) Reread(ctx context.Context, s store.Store, o RereadOptions) (Report, error) {
	filter := store.Filter{Stale: in.reader}
	if o.All {
		filter.Stale = ""
	}
	var ids []string
	for a, err := range s.Articles(ctx, filter) {
		if err != nil {
			return Report{}, fmt.Errorf("ingest: list of articles to read again: %w", err)
		}
		ids = append(ids, a.ID)
	}
	w := &writer{in: in, store: s, given: map[string]int{}, progress: o.Progress}
	produce := func(ctx context.Context, hand func(*task) bool) {
		for _, id := range ids {
			if ctx.Err() != nil || !hand(&task{page: article.Page{Path: id}, done: make(chan struct{})}) {
				return
			}
		}
	}
	work := func(ctx context.Context, t *task) {
		var stored record.Article
		if stored, t.err = s.Article(ctx, t.page.Path); t.err != nil {
			return
		}
		t.article = restore(stored)
		t.doc, t.reading, t.err = in.reading(ctx, t.article)
	}
	err := conduct(ctx, workers(o.Workers), produce, work, w.write)
	return w.report, err
}

// Total returns how many articles Reread would read.
func (in *Ingest) Total(ctx context.Context, s store.Store, all bool) (int, error) {
	filter := store.Filter{Stale: in.reader}
	if all {
		filter.Stale = ""
	}
	n := 0
	for _, err := range s.Articles(ctx, filter) {
		if err != nil {
			return 0, fmt.Errorf("ingest: count of articles to read again: %w", err)
		}
		n++
	}
	return n, nil
}
