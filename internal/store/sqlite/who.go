package sqlite

import (
	"context"
	"iter"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

const groupOfActor = "(SELECT g.n FROM actors g WHERE g.root = a.n)"

const actorQuery = `SELECT a.id, a.name, a.kind, a.decision, ifnull(a.fix, ''),
	(SELECT json_group_array(DISTINCT x.value ORDER BY x.value) FROM traits x WHERE x.kind = 4 AND x.entry IN ` + groupOfActor + ` AND x.trait IN ('name', 'alias') AND x.value <> a.name),
	(SELECT json_group_array(json_array(role, of, nullif(first, '~'), last) ORDER BY first, role, of) FROM (
		SELECT s.role AS role, coalesce(nullif(r.name, ''), substr(r.key, instr(r.key, ':') + 1)) AS of, min(coalesce(nullif(s.published, ''), '~')) AS first, nullif(max(s.published), '') AS last
		FROM actor_seen s LEFT JOIN actors p ON p.n = s.party LEFT JOIN actors r ON r.n = p.root
		WHERE s.actor IN ` + groupOfActor + ` AND s.role <> '' GROUP BY s.role, r.n)),
	(SELECT json_group_array(json_array(x.id, e.start, e.end, k.stage, k.rule, k.version) ORDER BY s.published, x.id, s.seq)
		FROM actor_seen s JOIN articles x ON x.n = s.article JOIN evidence e ON e.article = s.article AND e.kind = 4 AND e.entry = s.n AND e.seq = 0
		JOIN makers k ON k.n = e.maker WHERE s.actor IN ` + groupOfActor + `)
	FROM actors a`

func scanActor(scan func(...any) error) (record.Actor, error) {
	var a record.Actor
	var fix, aliases, roles, proofs string
	if err := scan(&a.ID, &a.Name, &a.Kind, &a.Decision, &fix, &aliases, &roles, &proofs); err != nil {
		return a, err
	}
	var roleRows [][4]*string
	var proofRows [][6]any
	for _, f := range []struct {
		text string
		into any
	}{{aliases, &a.Aliases}, {roles, &roleRows}, {proofs, &proofRows}} {
		if err := fromJSON(f.text, f.into); err != nil {
			return a, err
		}
	}
	a.Roles = []record.Role{}
	for _, r := range roleRows {
		a.Roles = append(a.Roles, record.Role{Role: orEmpty(r[0]), Of: r[1], From: r[2], Until: r[3]})
	}
	rows := make([]tellingRow, len(proofRows))
	for i, r := range proofRows {
		rows[i] = tellingRow{article: words(r[0]), proof: record.Evidence{
			Article: words(r[0]), Span: text.Span{Start: number(r[1]), End: number(r[2])}, Stage: words(r[3]), Rule: words(r[4]), Version: words(r[5]),
		}}
	}
	a.Articles, a.Evidence = gathered(rows)
	return a, fromJSON(fix, &a)
}

// Actors lists actors by name, then ID.
func (db *DB) Actors(ctx context.Context, f store.Filter) iter.Seq2[record.Actor, error] {
	return list(ctx, db, "actors", func() (*query, error) {
		q := &query{from: actorQuery, order: "a.name, a.id"}
		if f.Newest {
			q.order = "(SELECT max(s.published) FROM actor_seen s WHERE s.actor IN " + groupOfActor + ") DESC, a.name, a.id"
		}
		q.and("a.shown")
		if f.ID != "" {
			q.and("a.id = ?", f.ID)
		}
		if !f.Rejected {
			q.and("a.decision <> 'rejected'")
		}
		const seen = "EXISTS (SELECT 1 FROM actor_seen s JOIN articles x ON x.n = s.article WHERE s.actor IN " + groupOfActor + " AND "
		if f.Article != "" {
			q.and("a.n IN (SELECT o.root FROM actor_seen s JOIN actors o ON o.n = s.actor WHERE s.article = (SELECT n FROM articles WHERE id = ?))", f.Article)
		}
		if f.Talks != "" {
			q.and(`a.n IN (SELECT o.root FROM talks_seen k JOIN actor_seen s ON s.article = k.article JOIN actors o ON o.n = s.actor
				WHERE k.talks = (SELECT ifnull(into_n, n) FROM talks WHERE id = ?))`, f.Talks)
		}
		if f.Outlet != "" {
			q.and(seen+"x.folded = ?)", fold(f.Outlet))
		}
		if f.Since != "" {
			q.and(seen+"s.published >= ?)", f.Since)
		}
		if f.Until != "" {
			q.and(seen+"s.published <= ? AND s.published <> '')", untilOf(f.Until))
		}
		if f.Search != "" {
			if fold(f.Search) == "" {
				q.none = true
			}
			// All names are looked through once, not once for each actor.
			q.and("a.n IN (SELECT o.root FROM actor_names x JOIN actors o ON o.n = x.actor WHERE instr(x.folded, ?) > 0)", fold(f.Search))
		}
		if f.Speaker != "" || f.Party != "" {
			if err := q.bearers(ctx, db, f); err != nil {
				return nil, err
			}
		}
		q.page(f)
		return q, nil
	}, scanActor)
}

// bearers narrows to the actor of a name, or, for a party, to it and those who
// belong to it.
func (q *query) bearers(ctx context.Context, db *DB, f store.Filter) error {
	if f.Speaker != "" {
		rows, err := db.actorsNamed(ctx, f.Speaker)
		if err != nil {
			return err
		}
		q.none = q.none || rows == ""
		q.and("a.n IN (SELECT value FROM json_each(?))", orList(rows))
	}
	if f.Party != "" {
		rows, err := db.actorsNamed(ctx, f.Party)
		if err != nil {
			return err
		}
		q.none = q.none || rows == ""
		q.and(`(a.n IN (SELECT value FROM json_each(?)) OR a.n IN (SELECT o.root FROM actor_seen s JOIN actors o ON o.n = s.actor
			WHERE s.party IN (SELECT value FROM json_each(?))))`, orList(rows), orList(rows))
	}
	return nil
}

func orList(rows string) string {
	if rows == "" {
		return "[]"
	}
	return rows
}

// partiesOfTalks is an SQL expression: the names of those who take part in talks
// t as that trait, those most told of first.
func partiesOfTalks(trait string) string {
	return `(SELECT json_group_array(name ORDER BY uses DESC, name) FROM (SELECT coalesce(nullif(r.name, ''), substr(r.key, instr(r.key, ':') + 1)) AS name, sum(x.uses) AS uses
		FROM traits x JOIN actors p ON p.n = CAST(x.value AS INTEGER) JOIN actors r ON r.n = p.root
		WHERE x.kind = 5 AND x.entry = t.n AND x.trait = '` + trait + `' GROUP BY r.n))`
}

const (
	firstOfTalks = "(SELECT min(s.published) FROM talks_seen s WHERE s.talks = t.n AND s.published <> '')"
	lastOfTalks  = "(SELECT max(s.published) FROM talks_seen s WHERE s.talks = t.n AND s.published <> '')"
)

var talksQuery = `SELECT t.id, t.name, t.subject, t.defined, ifnull(t.fix, ''), ` + firstOfTalks + `, ` + lastOfTalks + `, ` +
	partiesOfTalks("party") + `, ` + partiesOfTalks("mediator") + `,
	(SELECT json_group_array(id ORDER BY published, id) FROM (SELECT DISTINCT x.id AS id, x.published AS published FROM talks_seen s JOIN articles x ON x.n = s.article WHERE s.talks = t.n)),
	(SELECT json_group_array(json_array(s.published, s.state, s.by_name, x.id, e.start, e.end, k.stage, k.rule, k.version) ORDER BY s.published, x.id, s.seq)
		FROM status_seen s JOIN articles x ON x.n = s.article JOIN evidence e ON e.article = s.article AND e.kind = 8 AND e.entry = s.n AND e.seq = 0 JOIN makers k ON k.n = e.maker
		WHERE s.talks = t.n)
	FROM talks t`

func scanTalks(scan func(...any) error) (record.Talks, error) {
	t := record.Talks{Status: []record.Step{}}
	var fix, parties, mediators, articles, status string
	if err := scan(&t.ID, &t.Name, &t.Subject, &t.Defined, &fix, &t.First, &t.Last, &parties, &mediators, &articles, &status); err != nil {
		return t, err
	}
	var rows [][9]any
	for _, f := range []struct {
		text string
		into any
	}{{parties, &t.Parties}, {mediators, &t.Mediators}, {articles, &t.Articles}, {status, &rows}} {
		if err := fromJSON(f.text, f.into); err != nil {
			return t, err
		}
	}
	for _, r := range rows {
		t.Status = append(t.Status, record.Step{Date: known(words(r[0])), State: words(r[1]), By: words(r[2]), Article: words(r[3]), Evidence: record.Evidence{
			Article: words(r[3]), Span: text.Span{Start: number(r[4]), End: number(r[5])}, Stage: words(r[6]), Rule: words(r[7]), Version: words(r[8]),
		}})
	}
	return t, fromJSON(fix, &t)
}

// Talks lists negotiations by their first article, or, newest first, by their last
// and then by how many articles tell of them.
func (db *DB) Talks(ctx context.Context, f store.Filter) iter.Seq2[record.Talks, error] {
	return list(ctx, db, "talks", func() (*query, error) {
		q := &query{from: talksQuery, order: firstOfTalks + ", t.id"}
		if f.Newest {
			q.order = lastOfTalks + " DESC, t.seen DESC, t.id"
		}
		q.and("t.into_n IS NULL AND (t.seen > 0 OR t.defined)")
		for _, id := range []string{f.ID, f.Talks} {
			if id != "" {
				q.and("t.n = (SELECT ifnull(into_n, n) FROM talks WHERE id = ?)", id)
			}
		}
		if !f.Rejected {
			q.and("t.decision <> 'rejected'")
		}
		if f.Sure {
			q.and("(t.defined OR EXISTS (SELECT 1 FROM talks_seen s WHERE s.talks = t.n AND NOT s.likely))")
		}
		q.tellingIn("t.n IN (SELECT s.talks FROM talks_seen s JOIN articles a ON a.n = s.article WHERE ", f)
		if f.Since != "" {
			q.and("EXISTS (SELECT 1 FROM talks_seen s WHERE s.talks = t.n AND s.published >= ?)", f.Since)
		}
		if f.Until != "" {
			q.and("EXISTS (SELECT 1 FROM talks_seen s WHERE s.talks = t.n AND s.published <= ? AND s.published <> '')", untilOf(f.Until))
		}
		if f.State != "" {
			q.and(`(SELECT s.state FROM status_seen s JOIN articles x ON x.n = s.article WHERE s.talks = t.n ORDER BY s.published DESC, x.id DESC, s.seq DESC LIMIT 1) = ?`, f.State)
		}
		q.words("t.name || ' ' || t.subject", f.Search)
		if f.Party != "" {
			rows, err := db.actorsNamed(ctx, f.Party)
			if err != nil {
				return nil, err
			}
			q.none = q.none || rows == ""
			q.and("t.n IN (SELECT s.talks FROM talks_parties p JOIN talks_seen s ON s.n = p.talks_seen WHERE p.actor IN (SELECT value FROM json_each(?)))", orList(rows))
		}
		q.page(f)
		return q, nil
	}, scanTalks)
}
