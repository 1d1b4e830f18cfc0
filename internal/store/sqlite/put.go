package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// Has reports what the record holds of an article.
func (db *DB) Has(ctx context.Context, id, digest string) (store.Presence, error) {
	stmt, err := db.statement(ctx, "SELECT digest FROM articles WHERE id = ?")
	if err != nil {
		return store.Absent, db.wrap(err, "look for article "+id)
	}
	rows, err := stmt.QueryContext(ctx, id)
	if err != nil {
		return store.Absent, db.wrap(err, "look for article "+id)
	}
	defer rows.Close()
	if !rows.Next() {
		return store.Absent, db.wrap(rows.Err(), "look for article "+id)
	}
	var held string
	if err := rows.Scan(&held); err != nil {
		return store.Absent, db.wrap(err, "look for article "+id)
	}
	if held == digest {
		return store.SameText, nil
	}
	return store.OldText, nil
}

// Put stores an article with all that it gives, in one transaction.
func (db *DB) Put(ctx context.Context, r *record.Reading) (store.Put, error) {
	out, err := db.PutAll(ctx, []*record.Reading{r})
	if err != nil {
		return store.Put{}, err
	}
	return out[0], nil
}

// PutAll stores articles in one transaction. That costs much less than one for
// each: pages that all of them change are written once, and the search index takes
// their words up together.
func (db *DB) PutAll(ctx context.Context, list []*record.Reading) ([]store.Put, error) {
	for _, r := range list {
		if err := valid(r); err != nil {
			return nil, db.wrap(err, "put article "+r.Article.ID)
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	tried := "put article " + list[0].Article.ID
	if len(list) > 1 {
		tried = fmt.Sprintf("put %d articles from %s on", len(list), list[0].Article.ID)
	}
	out := make([]store.Put, len(list))
	err := db.update(ctx, tried, func(w *writer) error {
		for i, r := range list {
			var err error
			if out[i], err = w.put(r); err != nil {
				return fmt.Errorf("article %s: %w", r.Article.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (w *writer) put(r *record.Reading) (store.Put, error) {
	held, err := w.takeOut(r.Article.ID)
	if err != nil {
		return store.Put{}, err
	}
	n, out, err := w.putArticle(&r.Article)
	if err != nil {
		return out, err
	}
	if err := w.putEntries(n, r); err != nil {
		return out, err
	}
	if err := w.keep(n, r, held); err != nil {
		return out, err
	}
	if err := w.overlay(r.Article.ID); err != nil {
		return out, err
	}
	return out, w.refresh()
}

// takeOut removes the entries of an article that is there already and returns
// those that stand by a person's decision.
func (w *writer) takeOut(id string) (held, error) {
	var n, copied int64
	there, err := w.one("SELECT n, copy FROM articles WHERE id = ?", args(id), &n, &copied)
	if err != nil || !there {
		return held{}, err
	}
	kept, err := w.held(n, id)
	if err != nil {
		return held{}, err
	}
	w.touched.copies[copied] = true
	return kept, w.dropEntries(n)
}

// digestOf returns the article's digest, made from its text when it has none.
func digestOf(a *record.Article) string {
	if a.Digest != "" {
		return a.Digest
	}
	sum := sha256.Sum256([]byte(a.Text))
	return hex.EncodeToString(sum[:])
}

// putArticle stores the article itself and returns its row.
func (w *writer) putArticle(a *record.Article) (int64, store.Put, error) {
	var n int64
	var version int
	var title, digest string
	there, err := w.one("SELECT n, version, title, digest FROM articles WHERE id = ?", args(a.ID), &n, &version, &title, &digest)
	if err != nil {
		return 0, store.Put{}, err
	}
	copied, err := w.copyOf(a)
	if err != nil {
		return 0, store.Put{}, err
	}
	if !there {
		n, err = w.insertArticle(a, copied)
		return n, store.Put{ID: a.ID, New: true, Version: 1}, err
	}
	if title != a.Title || digest != digestOf(a) {
		if err := w.archive(n, a.ID); err != nil {
			return 0, store.Put{}, err
		}
		version++
	}
	return n, store.Put{ID: a.ID, Version: version}, w.replaceArticle(n, version, a, copied)
}

const articleColumns = `version, digest, title, outlet, folded, published, published_at, instant, url, language, state, reader, source, line,
	author, section, topics, dateline, meta, words, copy`

func articleValues(version int, a *record.Article, copied int64) []any {
	state := a.State
	if state == "" {
		state = "read"
	}
	return []any{
		version, digestOf(a), a.Title, a.Outlet, fold(a.Outlet), orEmpty(a.Published), word(a.PublishedAt), instantOf(a), word(a.URL), a.Language, state,
		a.Reader, a.Source, a.Line, a.Author, a.Section, toJSON(a.Topics), a.Dateline, toJSON(a.Meta), a.Words, copied,
	}
}

// instantOf returns the seconds since 1970 at which a was published: of its time,
// else of the begin of its day; NULL when neither is known.
func instantOf(a *record.Article) any {
	if t, err := time.Parse(time.RFC3339, orEmpty(a.PublishedAt)); err == nil {
		return t.Unix()
	}
	if t, err := time.Parse(time.DateOnly, orEmpty(a.Published)); err == nil {
		return t.Unix()
	}
	return nil
}

func textValues(a *record.Article) []any {
	return []any{body(a.Text), len(a.Text), a.Body.Start, a.Body.End, packSpans(a.Paragraphs), places(a.OffsetMap)}
}

func (w *writer) insertArticle(a *record.Article, copied int64) (int64, error) {
	n, err := w.insert(`INSERT INTO articles(`+articleColumns+`, id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		append(articleValues(1, a, copied), a.ID)...)
	if err != nil {
		return 0, err
	}
	return n, w.exec(`INSERT INTO texts(text, size, body_start, body_end, paragraphs, map, article) VALUES (?,?,?,?,?,?,?)`, append(textValues(a), n)...)
}

func (w *writer) replaceArticle(n int64, version int, a *record.Article, copied int64) error {
	err := w.exec(`UPDATE articles SET (`+articleColumns+`) = (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) WHERE n = ?`,
		append(articleValues(version, a, copied), n)...)
	if err != nil {
		return err
	}
	return w.exec(`UPDATE texts SET (text, size, body_start, body_end, paragraphs, map) = (?,?,?,?,?,?) WHERE article = ?`, append(textValues(a), n)...)
}

// archive keeps the article's text and metadata as they are now among its old
// versions.
func (w *writer) archive(n int64, id string) error {
	var head record.Article
	if err := w.each(articleQuery+" WHERE a.id = ?", args(id), func(scan func(...any) error) error {
		var err error
		head, err = scanArticle(scan)
		return err
	}); err != nil {
		return fmt.Errorf("old version: %w", err)
	}
	return w.exec(`INSERT INTO article_versions(article, version, head, text, body_start, body_end, paragraphs, map)
		SELECT article, ?, ?, text, body_start, body_end, paragraphs, map FROM texts WHERE article = ?`, head.Version, jsonText(head), n)
}
