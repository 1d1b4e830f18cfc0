package ingest

import (
	"context"
	"fmt"
	"slices"

	"rapporteur/internal/article"
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
	w := newWriter(in, s, o.Progress)
	err := conduct(ctx, workers(o.Workers), slices.Values(ids), func(ctx context.Context, id string) *task { return in.again(ctx, s, id) }, w.write, w.settle)
	return w.report, err
}

// again reads one stored article.
func (in *Ingest) again(ctx context.Context, s store.Store, id string) *task {
	t := &task{page: article.Page{Path: id}}
	stored, err := s.Article(ctx, id)
	if err != nil {
		t.err = err
		return t
	}
	t.article = restore(stored)
	t.article.Dateline = in.extractor.Dateline(t.article)
	t.doc, t.reading, t.err = in.reading(ctx, t.article)
	return t
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
