package sqlite

import (
	"context"
	"fmt"
	"iter"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// evidenceOf is an SQL expression: the evidence of the row named x as JSON rows
// [start, end, stage, rule, version].
func evidenceOf(kind int, x string) string {
	return fmt.Sprintf(`(SELECT json_group_array(json_array(e.start, e.end, m.stage, m.rule, m.version) ORDER BY e.seq)
		FROM evidence e JOIN makers m ON m.n = e.maker WHERE e.article = %s.article AND e.kind = %d AND e.entry = %s.n)`, x, kind, x)
}

// scanEvidence reads what evidenceOf gives.
func scanEvidence(article, rows string) ([]record.Evidence, error) {
	var read [][5]any
	if err := fromJSON(rows, &read); err != nil {
		return nil, err
	}
	out := make([]record.Evidence, len(read))
	for i, r := range read {
		start, _ := r[0].(float64)
		end, _ := r[1].(float64)
		stage, _ := r[2].(string)
		rule, _ := r[3].(string)
		version, _ := r[4].(string)
		out[i] = record.Evidence{Article: article, Span: text.Span{Start: int(start), End: int(end)}, Stage: stage, Rule: rule, Version: version}
	}
	return out, nil
}

var statementColumns = `SELECT s.id, a.id, a.outlet, s.published, t.id, s.kind, s.form, coalesce(nullif(sr.name,''), s.speaker_name), sr.id,
	coalesce(nullif(pr.name,''), s.party_name), pr.id, s.addressee, s.venue, s.said_on, s.said_until, s.source, ifnull(s.source_span,''), s.cue,
	ifnull(s.cue_span,''), s.content, s.pieces, ifnull(s.edits,''), s.confidence, s.likely, s.decision, s.told_with,
	ifnull((SELECT nullif(json_group_array(o.id ORDER BY o.seq), '[]') FROM statements o WHERE o.article = s.article AND o.told_with = s.id), ''), ` + evidenceOf(kindStatement, "s")

const statementFrom = `FROM statements s JOIN articles a ON a.n = s.article LEFT JOIN talks t ON t.n = s.talks
	LEFT JOIN actors sp ON sp.n = s.speaker LEFT JOIN actors sr ON sr.n = sp.root
	LEFT JOIN actors pa ON pa.n = s.party LEFT JOIN actors pr ON pr.n = pa.root`

var statementQuery = statementColumns + " " + statementFrom

func scanStatement(scan func(...any) error) (record.Statement, error) {
	var s record.Statement
	var published, source, cue, content, pieces, edits, also, evidence string
	err := scan(&s.ID, &s.Article, &s.Outlet, &published, &s.Talks, &s.Kind, &s.Form, &s.Speaker, &s.SpeakerID,
		&s.For, &s.ForID, &s.Addressee, &s.Venue, &s.SaidOn, &s.SaidUntil, &s.Source, &source, &s.Cue,
		&cue, &content, &pieces, &edits, &s.Value, &s.Likely, &s.Decision, &s.ToldWith, &also, &evidence)
	if err != nil {
		return s, err
	}
	s.Published = known(published)
	return s, finishStatement(&s, statementTexts{source: source, cue: cue, content: content, pieces: pieces, edits: edits, also: also, evidence: evidence})
}

// statementTexts are the columns of a statement that hold lists.
type statementTexts struct{ source, cue, content, pieces, edits, also, evidence string }

func finishStatement(s *record.Statement, t statementTexts) error {
	for _, f := range []struct {
		text string
		into any
	}{{t.source, &s.SourceSpan}, {t.cue, &s.CueSpan}, {t.pieces, &s.Pieces}, {t.edits, &s.Edits}, {t.also, &s.AlsoTold}} {
		if err := fromJSON(f.text, f.into); err != nil {
			return err
		}
	}
	var err error
	if s.Content, err = splitPieces(t.content, s.Pieces); err != nil {
		return fmt.Errorf("statement %s: %w", s.ID, err)
	}
	s.Evidence, err = scanEvidence(s.Article, t.evidence)
	return err
}

// Statements lists statements by day of publication, then article, in reading order.
func (db *DB) Statements(ctx context.Context, f store.Filter) iter.Seq2[record.Statement, error] {
	if f.Search == "" || f.Limit <= 0 {
		return db.statements(ctx, f, part{})
	}
	return func(yield func(record.Statement, error) bool) {
		found, err := db.find(ctx, f.Search)
		frequent := len(found) >= many
		if err == nil && frequent {
			err = db.byMonth(ctx, f, yield)
		}
		if err != nil {
			yield(record.Statement{}, db.wrap(err, "list statements"))
		}
		if err != nil || frequent {
			return
		}
		for s, err := range db.statements(ctx, f, part{found: found}) {
			if !yield(s, err) {
				return
			}
		}
	}
}

// statements lists statements, of a search those in one part of the index.
func (db *DB) statements(ctx context.Context, f store.Filter, in part) iter.Seq2[record.Statement, error] {
	return list(ctx, db, "statements", func() (*query, error) {
		q := &query{columns: statementColumns, from: statementFrom, key: "s.n", order: "s.published" + newest(f) + ", a.id, s.seq"}
		if err := q.statements(ctx, db, f, in); err != nil {
			return nil, err
		}
		q.page(f)
		return q, nil
	}, scanStatement)
}

// statements narrows a list of statements s with their articles a.
func (q *query) statements(ctx context.Context, db *DB, f store.Filter, in part) error {
	if f.ID != "" {
		q.and("s.id = ?", f.ID)
	}
	if f.Article != "" {
		q.and("s.article = (SELECT n FROM articles WHERE id = ?)", f.Article)
	}
	q.talksIs("s.talks", f)
	if f.Outlet != "" {
		q.and("a.folded = ?", fold(f.Outlet))
	}
	if f.Form != "" {
		q.and("s.form = ?", f.Form)
	}
	q.once(f)
	if f.Point != "" {
		q.and(`EXISTS (SELECT 1 FROM positions o JOIN points p ON p.n = o.point WHERE o.article = s.article AND o.statement = s.id AND (p.id = ? OR instr(p.folded, ?) > 0))`,
			f.Point, fold(f.Point))
	}
	q.days("s.published", f)
	q.judged("s", f)
	if err := q.actor(ctx, db, "s.speaker", "s.speaker_name", f.Speaker); err != nil {
		return err
	}
	if err := q.actor(ctx, db, "s.party", "s.party_name", f.Party); err != nil {
		return err
	}
	if f.Search != "" {
		q.search(f.Search, in)
	}
	return nil
}
