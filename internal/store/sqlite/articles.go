package sqlite

import (
	"context"
	"fmt"
	"iter"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

const articleQuery = `SELECT a.id, a.version, a.digest, a.title, a.outlet, a.published, a.published_at, a.url, a.language, a.state, a.reader,
	a.source, a.line, a.author, a.section, ifnull(a.topics,''), a.dateline, ifnull(a.meta,''), a.words, y.id
	FROM articles a JOIN copies c ON c.n = a.copy JOIN stories y ON y.n = c.story`

func scanArticle(scan func(...any) error) (record.Article, error) {
	var a record.Article
	var published, topics, meta string
	err := scan(&a.ID, &a.Version, &a.Digest, &a.Title, &a.Outlet, &published, &a.PublishedAt, &a.URL, &a.Language, &a.State, &a.Reader,
		&a.Source, &a.Line, &a.Author, &a.Section, &topics, &a.Dateline, &meta, &a.Words, &a.Story)
	if err != nil {
		return a, err
	}
	a.Published = known(published)
	if err := fromJSON(topics, &a.Topics); err != nil {
		return a, err
	}
	return a, fromJSON(meta, &a.Meta)
}

// scanText reads text, bounds of the body, paragraphs and map into a.
func scanText(scan func(...any) error, a *record.Article, before ...any) error {
	var paragraphs []byte
	err := scan(append(before, (*body)(&a.Text), &a.Body.Start, &a.Body.End, &paragraphs, (*places)(&a.OffsetMap))...)
	if err != nil {
		return err
	}
	a.Paragraphs, err = unpackSpans(paragraphs)
	return err
}

// Article returns one article with its text.
func (db *DB) Article(ctx context.Context, id string) (record.Article, error) {
	var a record.Article
	found := false
	err := db.each(ctx, articleQuery+" WHERE a.id = ?", args(id), func(scan func(...any) error) (bool, error) {
		var err error
		a, err = scanArticle(scan)
		found = err == nil
		return false, err
	})
	if err == nil && found {
		err = db.each(ctx, `SELECT text, body_start, body_end, paragraphs, map FROM texts WHERE article = (SELECT n FROM articles WHERE id = ?)`, args(id),
			func(scan func(...any) error) (bool, error) { return false, scanText(scan, &a) })
	}
	if err == nil && !found {
		err = fmt.Errorf("%w", record.ErrNotFound)
	}
	return a, db.wrap(err, "article "+id)
}

// Articles lists articles without their texts.
func (db *DB) Articles(ctx context.Context, f store.Filter) iter.Seq2[record.Article, error] {
	return list(ctx, db, "articles", func() (*query, error) {
		q := &query{from: articleQuery, order: "a.published" + newest(f) + ", a.id"}
		if err := q.articles(ctx, db, f); err != nil {
			return nil, err
		}
		q.page(f)
		return q, nil
	}, scanArticle)
}

// articles narrows a list of articles a.
func (q *query) articles(ctx context.Context, db *DB, f store.Filter) error {
	for _, id := range []string{f.ID, f.Article} {
		if id != "" {
			q.and("a.id = ?", id)
		}
	}
	if f.Talks != "" {
		q.and("a.n IN (SELECT s.article FROM talks_seen s WHERE s.talks = (SELECT ifnull(into_n, n) FROM talks WHERE id = ?))", f.Talks)
	}
	if f.Outlet != "" {
		q.and("a.folded = ?", fold(f.Outlet))
	}
	if f.State != "" {
		q.and("a.state = ?", f.State)
	}
	if f.Stale != "" {
		q.and("a.reader <> ?", f.Stale)
	}
	q.days("a.published", f)
	q.words("a.title", f.Search)
	for _, name := range []string{f.Party, f.Speaker} {
		if name == "" {
			continue
		}
		rows, err := db.actorsNamed(ctx, name)
		if err != nil {
			return err
		}
		if q.none = q.none || rows == ""; !q.none {
			q.and("a.n IN (SELECT s.article FROM actor_seen s WHERE s.actor IN (SELECT value FROM json_each(?)))", rows)
		}
	}
	return nil
}

// Versions returns all versions of an article with their texts, oldest first.
func (db *DB) Versions(ctx context.Context, id string) ([]record.Article, error) {
	newest, err := db.Article(ctx, id)
	if err != nil {
		return nil, err
	}
	var out []record.Article
	err = db.each(ctx, `SELECT v.head, v.text, v.body_start, v.body_end, v.paragraphs, v.map FROM article_versions v JOIN articles a ON a.n = v.article
		WHERE a.id = ? ORDER BY v.version`, args(id), func(scan func(...any) error) (bool, error) {
		var a record.Article
		var head string
		if err := scanText(scan, &a, &head); err != nil {
			return false, err
		}
		old := a
		if err := fromJSON(head, &a); err != nil {
			return false, err
		}
		a.Text, a.Body, a.Paragraphs, a.OffsetMap = old.Text, old.Body, old.Paragraphs, old.OffsetMap
		a.Digest = digestOf(&record.Article{Text: a.Text})
		out = append(out, a)
		return true, nil
	})
	return append(out, newest), db.wrap(err, "versions of article "+id)
}

// Outlets lists the outlets of all articles.
func (db *DB) Outlets(ctx context.Context) ([]store.Outlet, error) {
	var out []store.Outlet
	err := db.each(ctx, `SELECT min(outlet), count(*), ifnull(min(nullif(published, '')), ''), max(published) FROM articles GROUP BY folded
		ORDER BY count(*) DESC, min(outlet)`, nil, func(scan func(...any) error) (bool, error) {
		var o store.Outlet
		err := scan(&o.Name, &o.Articles, &o.First, &o.Last)
		out = append(out, o)
		return true, err
	})
	return out, db.wrap(err, "list outlets")
}
