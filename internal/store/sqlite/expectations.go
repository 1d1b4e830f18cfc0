package sqlite

import (
	"context"
	"iter"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

func (w *writer) putExpectations(p *placing) error {
	for seq := range p.r.Expectations {
		e := &p.r.Expectations[seq]
		who, err := w.actorOr(e.WhoID)
		if err != nil {
			return err
		}
		last := e.Until
		if last == nil {
			last = e.By
		}
		words := e.Words
		if words == nil {
			words = []string{}
		}
		seen, talks, _ := p.seat(orEmpty(e.Talks))
		n, err := w.insert(`INSERT INTO expectations(id, article, seq, published, talks_seen, talks, done, kind, who, who_name, what, words, first, last,
			asserted_by, statement, confidence, likely) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
			e.ID, p.article, seq, p.published, seen, talks, e.Done, e.Kind, who, word(e.Who), e.What, jsonText(words), orEmpty(e.By), orEmpty(last),
			e.AssertedBy, word(e.Statement), e.Value, e.Likely)
		if err != nil {
			return err
		}
		if err := w.putEvidence(p.article, kindExpectation, n, e.Evidence); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) dropExpectations(article int64) error {
	if err := w.touchActorsOf("expectations", article); err != nil {
		return err
	}
	return w.exec("DELETE FROM expectations WHERE article = ?", article)
}

// answerWithin is how long after its day an expectation can be answered still.
const answerWithin = "+92 days"

// answerOf is an SQL expression: the first act told after expectation x that is what
// it said: the same kind of act in the same talks by the same side, about some of the
// same words.
const answerOf = `(SELECT d.n FROM expectations d WHERE d.done = 1 AND d.talks = x.talks AND d.kind = x.kind AND d.published >= x.published
	AND d.published <= date(x.last, '` + answerWithin + `') AND d.article <> x.article AND (x.who IS NULL OR d.who = x.who)
	AND (x.words = '[]' OR EXISTS (SELECT 1 FROM json_each(x.words) a JOIN json_each(d.words) b ON a.value = b.value))
	ORDER BY d.published, d.id LIMIT 1)`

var expectationQuery = `SELECT x.id, t.id, coalesce(nullif(wr.name,''), x.who_name), wr.id, x.what, x.first, x.last, x.state, x.asserted_by, x.statement, x.published,
	a.id, a.outlet, x.confidence, x.likely, ` + evidenceOf(kindExpectation, "x") + `, ifnull(d.what, ''), ifnull(d.published, ''), ifnull(da.id, ''),
	CASE WHEN d.n IS NULL THEN '[]' ELSE ` + evidenceOf(kindExpectation, "d") + ` END
	FROM (SELECT x.*, CASE WHEN answer IS NOT NULL THEN 'answered' WHEN last < on_day THEN 'due' ELSE 'open' END AS state
		FROM (SELECT x.*, ` + answerOf + ` AS answer, coalesce(nullif(?, ''), (SELECT max(published) FROM articles)) AS on_day FROM expectations x WHERE x.done = 0) x) x
	JOIN articles a ON a.n = x.article LEFT JOIN talks t ON t.n = x.talks
	LEFT JOIN actors wa ON wa.n = x.who LEFT JOIN actors wr ON wr.n = wa.root
	LEFT JOIN expectations d ON d.n = x.answer LEFT JOIN articles da ON da.n = d.article`

func scanExpectation(scan func(...any) error) (record.Expectation, error) {
	var e record.Expectation
	var first, last, published, evidence string
	var answer struct{ what, published, article, evidence string }
	err := scan(&e.ID, &e.Talks, &e.Who, &e.WhoID, &e.What, &first, &last, &e.State, &e.AssertedBy, &e.Statement, &published,
		&e.Article, &e.Outlet, &e.Value, &e.Likely, &evidence, &answer.what, &answer.published, &answer.article, &answer.evidence)
	if err != nil {
		return e, err
	}
	e.By, e.Date = known(first), known(published)
	if last != first {
		e.Until = known(last)
	}
	if e.Evidence, err = scanEvidence(e.Article, evidence); err != nil || answer.article == "" {
		return e, err
	}
	proofs, err := scanEvidence(answer.article, answer.evidence)
	e.Answer = &record.Answer{What: answer.what, Date: known(answer.published), Article: answer.article}
	if len(proofs) > 0 {
		e.Answer.Evidence = proofs[0]
	}
	return e, err
}

// Expectations lists what was said to come, by its last day, then ID.
func (db *DB) Expectations(ctx context.Context, f store.Filter) iter.Seq2[record.Expectation, error] {
	return list(ctx, db, "expectations", func() (*query, error) {
		q := &query{from: expectationQuery, values: args(f.On), order: "x.last" + newest(f) + ", x.id"}
		if f.ID != "" {
			q.and("x.id = ?", f.ID)
		}
		if f.Article != "" {
			q.and("x.article = (SELECT n FROM articles WHERE id = ?)", f.Article)
		}
		q.talksIs("x.talks", f)
		if f.Outlet != "" {
			q.and("a.folded = ?", fold(f.Outlet))
		}
		if f.State != "" {
			q.and("x.state = ?", f.State)
		}
		if f.Sure {
			q.and("NOT x.likely")
		}
		q.days("x.last", f)
		if err := q.actor(ctx, db, "x.who", "x.who_name", f.Party); err != nil {
			return nil, err
		}
		q.words("x.what || ' ' || ifnull(x.who_name, '')", f.Search)
		q.page(f)
		return q, nil
	}, scanExpectation)
}
