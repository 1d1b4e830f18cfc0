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
	var paragraphs, places []byte
	err := scan(append(before, &a.Text, &a.Body.Start, &a.Body.End, &paragraphs, &places)...)
	if err != nil {
		return err
	}
	if a.Paragraphs, err = unpackSpans(paragraphs); err != nil {
		return err
	}
	a.OffsetMap, err = unpackMap(places)
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
		q := &query{from: articleQuery, order: "a.published, a.id"}
		q.page(f)
		return q, nil
	}, scanArticle)
}
