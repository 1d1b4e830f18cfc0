package web

import (
	"fmt"
	"net/http"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// articlesPage lists the articles of the record, newest first.
type articlesPage struct {
	Filter  store.Filter
	TalksOf string
	Items   []record.Article
	Pager   pager
}

func (d *desk) articles(r *http.Request) (page, error) {
	ctx, q := r.Context(), r.URL.Query()
	v := articlesPage{Filter: store.Filter{Search: strings.TrimSpace(q.Get("q")), Outlet: q.Get("outlet"), Talks: q.Get("talks"), Newest: true}}
	v.Pager = pageOf(r, &v.Filter, pageSize)
	var err error
	if v.Items, v.Pager.More, err = collect(d.store.Articles(ctx, v.Filter), pageSize); err != nil {
		return page{}, fmt.Errorf("web: articles: %w", err)
	}
	d.shelf().open(ctx, v.Items)
	if v.Filter.Talks != "" {
		v.TalksOf = d.talksName(ctx, v.Filter.Talks)
	}
	return page{Title: d.words.T("articles.title"), Section: "articles", Body: d.articlesView(v)}, nil
}
