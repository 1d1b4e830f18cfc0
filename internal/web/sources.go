package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"rapporteur/internal/article"
	"rapporteur/internal/store"
)

// sourcesPage says where the record comes from, and what could not be read.
type sourcesPage struct {
	Outlets  []store.Outlet
	Hidden   int
	Refusals []refusalGroup
	Counts   store.Counts
	Pager    pager
	All      bool
}

// A refusalGroup holds refusals of one kind.
type refusalGroup struct {
	Kind  article.Kind
	Items []article.Refusal
}

// refusalsShown bounds one page of refusals; outletsShown the outlets at first.
const (
	refusalsShown = 100
	outletsShown  = 50
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
	var f store.Filter
	v.Pager = pageOf(r, &f, refusalsShown)
	refusals, more, err := collect(d.store.Refusals(ctx, f), refusalsShown)
	if err != nil {
		return page{}, fmt.Errorf("web: refusals: %w", err)
	}
	v.Pager.More = more
	v.Refusals = groupRefusals(refusals)
	return page{Title: d.words.T("sources.title"), Section: "sources", Body: d.sourcesView(v)}, nil
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
