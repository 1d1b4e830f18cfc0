package sqlite

import (
	"context"
	"iter"
	"slices"

	"rapporteur/internal/store"
)

// CopiedStories lists the stories that several articles carry.
func (db *DB) CopiedStories(ctx context.Context, f store.Filter) iter.Seq2[store.StoryHead, error] {
	return list(ctx, db, "stories of several articles", func() (*query, error) {
		q := &query{from: `SELECT y.id, (SELECT a.title FROM copies c JOIN articles a ON a.copy = c.n WHERE c.story = y.n ORDER BY ` + firstOfStory + ` LIMIT 1),
			k.articles, k.wordings, (SELECT json_group_array(DISTINCT a.outlet) FROM copies c JOIN articles a ON a.copy = c.n WHERE c.story = y.n),
			k.first, k.last
			FROM (SELECT c.story AS story, count(*) AS articles, count(DISTINCT c.n) AS wordings, min(nullif(a.published, '')) AS first, max(nullif(a.published, '')) AS last
				FROM articles a JOIN copies c ON c.n = a.copy GROUP BY c.story HAVING count(*) > 1) k JOIN stories y ON y.n = k.story`,
			order: "k.last DESC, y.id"}
		q.page(f)
		return q, nil
	}, func(scan func(...any) error) (store.StoryHead, error) {
		var s store.StoryHead
		var outlets string
		if err := scan(&s.ID, &s.Title, &s.Articles, &s.Wordings, &outlets, &s.First, &s.Last); err != nil {
			return s, err
		}
		err := fromJSON(outlets, &s.Outlets)
		slices.Sort(s.Outlets)
		return s, err
	})
}

// Pulse counts articles and refusals.
func (db *DB) Pulse(ctx context.Context) (store.Pulse, error) {
	var p store.Pulse
	err := db.each(ctx, `SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM refusals), ifnull((SELECT title FROM articles ORDER BY n DESC LIMIT 1), '')`, nil,
		func(scan func(...any) error) (bool, error) { return false, scan(&p.Articles, &p.Refusals, &p.Newest) })
	return p, db.wrap(err, "pulse")
}
