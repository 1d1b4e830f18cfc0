package sqlite

import (
	"context"
	"iter"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/story"
	"rapporteur/internal/text"
)

// Stories lists stories with their articles, the first one first. A story with
// several wordings says what each cut from the first, added or changed.
func (db *DB) Stories(ctx context.Context, f store.Filter) iter.Seq2[record.Story, error] {
	return list(ctx, db, "stories", func() (*query, error) {
		q := &query{from: `SELECT y.id, (SELECT json_group_array(json_array(a.id, a.outlet, a.copy) ORDER BY ` + firstOfStory + `)
			FROM copies c JOIN articles a ON a.copy = c.n WHERE c.story = y.n) FROM stories y`, order: "y.id"}
		if f.ID != "" {
			q.and("y.id = ?", f.ID)
		}
		inner := &query{}
		if err := inner.articles(ctx, db, store.Filter{Article: f.Article, Outlet: f.Outlet, Since: f.Since, Until: f.Until, Talks: f.Talks, Search: f.Search}); err != nil {
			return nil, err
		}
		if len(inner.where) > 0 {
			inner.from = "y.n IN (SELECT c.story FROM articles a JOIN copies c ON c.n = a.copy"
			q.and(inner.text()+")", inner.values...)
		}
		q.page(f)
		return q, nil
	}, func(scan func(...any) error) (record.Story, error) {
		var s record.Story
		var rows string
		if err := scan(&s.ID, &rows); err != nil {
			return s, err
		}
		var members [][3]any
		if err := fromJSON(rows, &members); err != nil {
			return s, err
		}
		return s, db.compare(ctx, &s, members)
	})
}

// compare fills in the copies of a story.
func (db *DB) compare(ctx context.Context, s *record.Story, members [][3]any) error {
	several := false
	for _, m := range members {
		several = several || m[2] != members[0][2]
	}
	var first []story.Word
	for i, m := range members {
		id, _ := m[0].(string)
		outlet, _ := m[1].(string)
		c := record.Copy{ID: id, Outlet: outlet, First: i == 0, Cut: []text.Span{}, Added: []text.Span{}, Changed: []text.Span{}}
		if several {
			a, err := db.Article(ctx, id)
			if err != nil {
				return err
			}
			if i == 0 {
				first = wordsOf(&a)
			} else if m[2] != members[0][2] {
				d := story.Compare(first, wordsOf(&a))
				c.Cut, c.Added, c.Changed = append(c.Cut, d.Cut...), append(c.Added, d.Added...), append(c.Changed, d.Changed...)
			}
		}
		s.Articles = append(s.Articles, c)
	}
	return nil
}

func wordsOf(a *record.Article) []story.Word {
	offset := 0
	if !a.Body.IsEmpty() {
		offset = a.Body.Start
	}
	return story.Words(bodyOf(a), offset)
}
