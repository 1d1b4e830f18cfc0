package sqlite

import (
	"context"
	"slices"
	"strings"

	"rapporteur/internal/store"
)

// Tallies sums up moves by day.
func (db *DB) Tallies(ctx context.Context, f store.Filter) ([]store.Tally, error) {
	q := &query{from: `SELECT min(v.published) AS day, max(v.goldstein) AS weight, min(v.likely) AS likely
		FROM moves v JOIN articles a ON a.n = v.article JOIN copies c ON c.n = a.copy`,
		tail: " GROUP BY c.story, v.kind, v.actor_name, v.predicate, v.point"}
	q.and("v.mode = 'asserted'")
	q.and("v.published <> ''")
	q.talksIs("v.talks", f)
	q.days("v.published", f)
	if err := q.actor(ctx, db, "v.actor", "v.actor_name", f.Party); err != nil {
		return nil, db.wrap(err, "sum up moves")
	}
	var columns []string
	for _, of := range []string{"NOT likely", "likely"} {
		columns = append(columns, "sum("+of+")", "total(weight) FILTER (WHERE "+of+" AND weight > 0)", "total(weight) FILTER (WHERE "+of+" AND weight < 0)")
	}
	text := "SELECT day, " + strings.Join(columns, ", ") + " FROM (" + q.text() + ") GROUP BY day ORDER BY day"
	out, err := recall(db, text+jsonText(q.values), func() ([]store.Tally, error) { return db.tallies(ctx, text, q.values) })
	return slices.Clone(out), db.wrap(err, "sum up moves")
}

func (db *DB) tallies(ctx context.Context, text string, values []any) ([]store.Tally, error) {
	var out []store.Tally
	err := db.each(ctx, text, values, func(scan func(...any) error) (bool, error) {
		var t store.Tally
		err := scan(&t.Date, &t.Sure.Moves, &t.Sure.Cooperation, &t.Sure.Conflict, &t.Likely.Moves, &t.Likely.Cooperation, &t.Likely.Conflict)
		out = append(out, t)
		return true, err
	})
	return out, err
}
