package sqlite

import (
	"context"
	"iter"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

var positionColumns = `SELECT p.id, t.id, coalesce(nullif(pr.name,''), p.party_name), pr.id, q.id, q.label, p.mention, p.stance, p.own,
	coalesce(nullif(br.name,''), p.asserted_by), p.denied, p.published, a.id, a.outlet, y.id, p.statement, p.confidence, p.likely, p.decision, ` + evidenceOf(kindPosition, "p")

const positionFrom = `FROM positions p JOIN articles a ON a.n = p.article JOIN copies c ON c.n = a.copy JOIN stories y ON y.n = c.story JOIN points q ON q.n = p.point LEFT JOIN talks t ON t.n = p.talks
	JOIN actors pa ON pa.n = p.party JOIN actors pr ON pr.n = pa.root LEFT JOIN actors ba ON ba.n = p.asserter LEFT JOIN actors br ON br.n = ba.root`

var positionQuery = positionColumns + " " + positionFrom

func scanPosition(scan func(...any) error) (record.Position, error) {
	var o record.Position
	var published, evidence string
	err := scan(&o.ID, &o.Talks, &o.Party, &o.PartyID, &o.Point.ID, &o.Point.Label, &o.Mention, &o.Stance, &o.Own,
		&o.AssertedBy, &o.Denied, &published, &o.Article, &o.Outlet, &o.Story, &o.Statement, &o.Value, &o.Likely, &o.Decision, &evidence)
	if err != nil {
		return o, err
	}
	o.Date = known(published)
	o.Evidence, err = scanEvidence(o.Article, evidence)
	return o, err
}

// Positions lists positions by day of publication, then article, in reading order.
func (db *DB) Positions(ctx context.Context, f store.Filter) iter.Seq2[record.Position, error] {
	return list(ctx, db, "positions", func() (*query, error) {
		q := &query{columns: positionColumns, from: positionFrom, key: "p.n", order: "p.published" + newest(f) + ", a.id, p.seq"}
		if f.ID != "" {
			q.and("p.id = ?", f.ID)
		}
		if f.Article != "" {
			q.and("p.article = (SELECT n FROM articles WHERE id = ?)", f.Article)
		}
		q.talksIs("p.talks", f)
		if f.Outlet != "" {
			q.and("a.folded = ?", fold(f.Outlet))
		}
		if f.Stance != "" {
			q.and("p.stance = ?", f.Stance)
		}
		q.point("q", f.Point)
		q.days("p.published", f)
		q.judged("p", f)
		if err := q.actor(ctx, db, "p.party", "p.party_name", f.Party); err != nil {
			return nil, err
		}
		if err := q.actor(ctx, db, "p.asserter", "p.asserted_by", f.Speaker); err != nil {
			return nil, err
		}
		q.words("p.mention || ' ' || q.label || ' ' || pr.name", f.Search)
		q.page(f)
		return q, nil
	}, scanPosition)
}

// point narrows to points x by ID, by the ID of one merged into it, or by words
// of the label.
func (q *query) point(x, point string) {
	if point == "" {
		return
	}
	conditions := make([]string, 0, 4)
	values := []any{point, point}
	for _, word := range strings.Fields(fold(point)) {
		conditions = append(conditions, "instr("+x+".folded, ?) > 0")
		values = append(values, word)
	}
	if len(conditions) == 0 {
		conditions = []string{"0"}
	}
	q.and("("+x+".id = ? OR "+x+".n = (SELECT into_n FROM points WHERE id = ?) OR "+strings.Join(conditions, " AND ")+")", values...)
}

var moveQuery = `SELECT v.id, t.id, v.kind, coalesce(nullif(pr.name,''), v.actor_name), coalesce(pr.id, ''), v.recipient, v.mode, v.predicate, v.point, v.statement,
	v.plover, v.cameo, v.goldstein, v.published, a.id, v.confidence, v.likely, ` + evidenceOf(kindMove, "v") + `
	FROM moves v JOIN articles a ON a.n = v.article LEFT JOIN talks t ON t.n = v.talks LEFT JOIN actors pa ON pa.n = v.actor LEFT JOIN actors pr ON pr.n = pa.root`

func scanMove(scan func(...any) error) (record.Move, error) {
	var m record.Move
	var published, evidence string
	err := scan(&m.ID, &m.Talks, &m.Kind, &m.Actor, &m.ActorKey, &m.Recipient, &m.Mode, &m.Predicate, &m.Point, &m.Statement,
		&m.Plover, &m.Cameo, &m.Goldstein, &published, &m.Article, &m.Value, &m.Likely, &evidence)
	if err != nil {
		return m, err
	}
	m.Date = known(published)
	m.Evidence, err = scanEvidence(m.Article, evidence)
	return m, err
}

// Moves lists moves by day of publication, then article, in reading order.
func (db *DB) Moves(ctx context.Context, f store.Filter) iter.Seq2[record.Move, error] {
	return list(ctx, db, "moves", func() (*query, error) {
		q := &query{from: moveQuery, order: "v.published" + newest(f) + ", a.id, v.seq"}
		if f.ID != "" {
			q.and("v.id = ?", f.ID)
		}
		if f.Article != "" {
			q.and("v.article = (SELECT n FROM articles WHERE id = ?)", f.Article)
		}
		q.talksIs("v.talks", f)
		if f.Outlet != "" {
			q.and("a.folded = ?", fold(f.Outlet))
		}
		if f.Sure {
			q.and("NOT v.likely")
		}
		q.days("v.published", f)
		if err := q.actor(ctx, db, "v.actor", "v.actor_name", f.Party); err != nil {
			return nil, err
		}
		q.words("v.predicate || ' ' || v.point || ' ' || v.actor_name", f.Search)
		q.page(f)
		return q, nil
	}, scanMove)
}
