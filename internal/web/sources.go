package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// sourcesPage says where the record comes from, and what could not be read.
type sourcesPage struct {
	Outlets  []store.Outlet
	Hidden   int
	Watched  []record.Source
	Unseen   int    // sources beyond those shown
	Now      string // RFC 3339
	Refusals []refusalGroup
	Counts   store.Counts
	Pager    pager
	All      bool
}

// A refusalGroup holds refusals of one kind.
type refusalGroup struct {
	Kind  article.Kind
	All   int // in the whole record
	Items []article.Refusal
}

// fetched reports whether some of the group came from addresses, which a watch can
// ask for again.
func (g refusalGroup) fetched() bool {
	return slices.ContainsFunc(g.Items, func(r article.Refusal) bool { return strings.Contains(r.Source, "://") })
}

// refusalsShown bounds one page of refusals, watchedShown the sources; outletsShown
// the outlets at first.
const (
	refusalsShown = 100
	outletsShown  = 50
	watchedShown  = 500
)

func (d *desk) sources(r *http.Request) (page, error) {
	ctx := r.Context()
	v := sourcesPage{All: r.URL.Query().Get("outlets") == "all"}
	var err error
	if v.Outlets, err = d.store.Outlets(ctx); err != nil {
		return page{}, fmt.Errorf("web: outlets: %w", err)
	}
	most := outletsShown
	if v.All {
		most = mostPlaces
	}
	v.Hidden = max(0, len(v.Outlets)-most)
	v.Outlets = v.Outlets[:min(len(v.Outlets), most)]
	if v.Counts, err = d.store.Counts(ctx); err != nil {
		return page{}, fmt.Errorf("web: counts: %w", err)
	}
	if err := d.watched(ctx, &v); err != nil {
		return page{}, err
	}
	if err := d.refused(r, &v); err != nil {
		return page{}, err
	}
	return page{Title: d.words.T("sources.title"), Section: "sources", Body: d.sourcesView(v)}, nil
}

// watched fills in what is looked at for new articles.
func (d *desk) watched(ctx context.Context, v *sourcesPage) error {
	v.Now = time.Now().UTC().Format(time.RFC3339)
	for s, err := range d.store.Sources(ctx, store.Filter{}) {
		if err != nil {
			return fmt.Errorf("web: sources: %w", err)
		}
		if len(v.Watched) >= watchedShown {
			v.Unseen++
			continue
		}
		v.Watched = append(v.Watched, s)
	}
	return nil
}

// refused fills in what gave no article.
func (d *desk) refused(r *http.Request, v *sourcesPage) error {
	ctx := r.Context()
	var f store.Filter
	v.Pager = pageOf(r, &f, refusalsShown)
	refusals, more, err := collect(d.store.Refusals(ctx, f), refusalsShown)
	if err != nil {
		return fmt.Errorf("web: refusals: %w", err)
	}
	v.Pager.More = more
	v.Refusals = groupRefusals(refusals)
	kinds, err := d.store.RefusalKinds(ctx)
	if err != nil {
		return fmt.Errorf("web: kinds of refusal: %w", err)
	}
	for i, g := range v.Refusals {
		v.Refusals[i].All = len(g.Items)
		for _, k := range kinds {
			if k.Value == string(g.Kind) {
				v.Refusals[i].All = k.N
			}
		}
	}
	return nil
}

// moment writes a time of the schedule for narrow places.
func (w *words) moment(rfc3339 string) string {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return rfc3339
	}
	t = t.UTC()
	return w.T("watched.time", "Day", w.ShortDay(t.Format(time.DateOnly)), "Time", t.Format("15:04"))
}

// retry makes due now what a form names: a source, a page, or all that was refused
// for one kind of reason. The desk itself asks no server: a watch that runs does.
func (d *desk) retry(_ http.ResponseWriter, r *http.Request) error {
	address, kind := r.PostForm.Get("address"), article.Kind(r.PostForm.Get("kind"))
	if address == "" && !slices.Contains(article.Kinds(), kind) {
		return fmt.Errorf("web: retry of nothing: %w", record.ErrInvalid)
	}
	if _, err := d.store.RetrySources(r.Context(), address, kind); err != nil {
		return fmt.Errorf("web: retry: %w", err)
	}
	return nil
}

// groupRefusals puts refusals of one kind together, kinds with most first.
func groupRefusals(refusals []article.Refusal) []refusalGroup {
	var groups []refusalGroup
	for _, r := range refusals {
		i := slices.IndexFunc(groups, func(g refusalGroup) bool { return g.Kind == r.Kind })
		if i < 0 {
			i = len(groups)
			groups = append(groups, refusalGroup{Kind: r.Kind})
		}
		groups[i].Items = append(groups[i].Items, r)
	}
	slices.SortStableFunc(groups, func(a, b refusalGroup) int {
		return cmp.Or(cmp.Compare(len(b.Items), len(a.Items)), cmp.Compare(a.Kind, b.Kind))
	})
	return groups
}
