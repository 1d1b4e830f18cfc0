package sqlite

import (
	"context"
	"iter"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// Refuse stores a refusal; the same source, line and reason is stored once, with
// the time at which it was met first.
func (db *DB) Refuse(ctx context.Context, r article.Refusal) error {
	return db.update(ctx, "refuse "+r.Source, func(w *writer) error {
		content := r.Content
		if len(content) > article.SmallRefusal {
			content = nil
		}
		return w.exec(`INSERT INTO refusals(source, line, reason, kind, bytes, at, content) VALUES (?,?,?,?,?,?,?)
			ON CONFLICT DO UPDATE SET kind = excluded.kind, bytes = excluded.bytes, content = excluded.content`,
			r.Source, r.Line, r.Reason, string(r.Kind), r.Bytes, r.At, content)
	})
}

// Refusals lists refusals by source and line.
func (db *DB) Refusals(ctx context.Context, f store.Filter) iter.Seq2[article.Refusal, error] {
	return list(ctx, db, "refusals", func() (*query, error) {
		q := &query{from: "SELECT source, line, reason, kind, bytes, at FROM refusals", order: "source, line, reason"}
		if f.Newest {
			q.order = "at DESC, source, line, reason"
		}
		if f.State != "" {
			q.and("kind = ?", f.State)
		}
		if f.Since != "" {
			q.and("at >= ?", f.Since)
		}
		if f.Until != "" {
			q.and("at <= ?", untilOf(f.Until))
		}
		q.words("source || ' ' || reason", f.Search)
		q.page(f)
		return q, nil
	}, func(scan func(...any) error) (article.Refusal, error) {
		var r article.Refusal
		err := scan(&r.Source, &r.Line, &r.Reason, &r.Kind, &r.Bytes, &r.At)
		return r, err
	})
}

// Decisions lists decisions, newest first, undone ones too.
func (db *DB) Decisions(ctx context.Context, f store.Filter) iter.Seq2[record.Decision, error] {
	return list(ctx, db, "decisions", func() (*query, error) {
		q := &query{from: "SELECT id, at, author, act, target, entry, before, after, undone_at FROM decisions", order: "id DESC"}
		if f.ID != "" {
			q.and("entry = ?", f.ID)
		}
		if f.Article != "" {
			q.and("article = ?", f.Article)
		}
		if f.Since != "" {
			q.and("at >= ?", f.Since)
		}
		if f.Until != "" {
			q.and("at <= ?", untilOf(f.Until))
		}
		q.page(f)
		return q, nil
	}, func(scan func(...any) error) (record.Decision, error) {
		var d record.Decision
		err := scan(&d.ID, &d.At, &d.Author, &d.Act, &d.Target, &d.EntryID, &d.Before, &d.After, &d.UndoneAt)
		return d, err
	})
}

// Counts returns the sizes of the lists.
func (db *DB) Counts(ctx context.Context) (store.Counts, error) {
	return recall(db, "counts", func() (store.Counts, error) { return db.counts(ctx) })
}

func (db *DB) counts(ctx context.Context) (store.Counts, error) {
	var c store.Counts
	err := db.each(ctx, `SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM statements WHERE decision <> 'rejected'),
		(SELECT count(*) FROM positions WHERE decision <> 'rejected'), (SELECT count(*) FROM meetings WHERE root = n AND decision <> 'rejected'),
		(SELECT count(*) FROM documents WHERE into_n IS NULL AND seen > 0 AND decision <> 'rejected'), (SELECT count(*) FROM actors WHERE shown AND decision <> 'rejected'),
		(SELECT count(*) FROM talks WHERE into_n IS NULL AND (seen > 0 OR defined) AND decision <> 'rejected'),
		(SELECT count(*) FROM stories), (SELECT count(*) FROM refusals), (SELECT count(*) FROM decisions WHERE undone_at = '')`, nil,
		func(scan func(...any) error) (bool, error) {
			return false, scan(&c.Articles, &c.Statements, &c.Positions, &c.Meetings, &c.Documents, &c.Actors, &c.Talks, &c.Stories, &c.Refusals, &c.Decisions)
		})
	return c, db.wrap(err, "count")
}

// Facets counts the statements that f selects.
func (db *DB) Facets(ctx context.Context, f store.Filter) (store.Facets, error) {
	var out store.Facets
	for _, facet := range []struct {
		value string
		into  *[]store.Count
	}{
		{"coalesce(nullif(sr.name,''), s.speaker_name, '')", &out.Speakers}, {"coalesce(nullif(pr.name,''), s.party_name, '')", &out.Parties},
		{"a.outlet", &out.Outlets}, {"s.form", &out.Forms}, {"substr(s.published, 1, 7)", &out.Months},
	} {
		q := &query{from: "SELECT " + facet.value + ` AS value, count(*) FROM statements s JOIN articles a ON a.n = s.article
			LEFT JOIN actors sp ON sp.n = s.speaker LEFT JOIN actors sr ON sr.n = sp.root LEFT JOIN actors pa ON pa.n = s.party LEFT JOIN actors pr ON pr.n = pa.root`,
			tail: " GROUP BY value HAVING value <> ''", order: "count(*) DESC, value"}
		if err := q.statements(ctx, db, f, part{}); err != nil {
			return out, db.wrap(err, "facets")
		}
		if q.none {
			return out, nil
		}
		err := db.each(ctx, q.text(), q.values, func(scan func(...any) error) (bool, error) {
			var c store.Count
			err := scan(&c.Value, &c.N)
			*facet.into = append(*facet.into, c)
			return true, err
		})
		if err != nil {
			return out, db.wrap(err, "facets")
		}
	}
	return out, nil
}
