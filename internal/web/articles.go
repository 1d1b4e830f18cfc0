package web

import (
	"context"
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
	Said    []articleSaying // articles in which somebody said the words
	Pager   pager
}

// An articleSaying is an article with the first statement in it that holds the
// words of a search.
type articleSaying struct {
	record.Article
	Said  statementItem
	Times int
}

// Bounds of what is sought in statements.
const (
	sayingsSought   = 150
	sayingsArticles = 15
)

func (d *desk) articles(r *http.Request) (page, error) {
	ctx, q := r.Context(), r.URL.Query()
	v := articlesPage{Filter: store.Filter{Search: strings.TrimSpace(q.Get("q")), Outlet: q.Get("outlet"), Talks: q.Get("talks"), Newest: true}}
	v.Pager = pageOf(r, &v.Filter, pageSize)
	var err error
	if v.Items, v.Pager.More, err = collect(d.store.Articles(ctx, v.Filter), pageSize); err != nil {
		return page{}, fmt.Errorf("web: articles: %w", err)
	}
	d.shelf().open(ctx, v.Items)
	if v.Filter.Search != "" && v.Pager.Page == 1 {
		if err := d.sayings(ctx, &v); err != nil {
			return page{}, err
		}
	}
	if v.Filter.Talks != "" {
		v.TalksOf = d.talksName(ctx, v.Filter.Talks)
	}
	return page{Title: d.words.T("articles.title"), Section: "articles", Body: d.articlesView(v)}, nil
}

// sayings finds articles by the words that somebody says in them, newest first,
// besides those that the list holds already.
func (d *desk) sayings(ctx context.Context, v *articlesPage) error {
	at := map[string]int{}
	for _, a := range v.Items {
		at[a.ID] = -1
	}
	f := store.Filter{Search: v.Filter.Search, Outlet: v.Filter.Outlet, Talks: v.Filter.Talks, Newest: true, Limit: sayingsSought}
	for s, err := range d.store.Statements(ctx, f) {
		if err != nil {
			return fmt.Errorf("web: statements with %q: %w", f.Search, err)
		}
		i, known := at[s.Article]
		switch {
		case known && i >= 0:
			v.Said[i].Times++
		case !known && len(v.Said) < sayingsArticles:
			at[s.Article] = len(v.Said)
			v.Said = append(v.Said, articleSaying{Article: record.Article{ID: s.Article, Outlet: s.Outlet, Published: s.Published}, Said: newStatementItem(s, f.Search), Times: 1})
		}
	}
	shelf := d.shelf()
	for i := range v.Said {
		if a := shelf.article(ctx, v.Said[i].ID); a != nil {
			v.Said[i].Article = *a
		}
	}
	return nil
}
