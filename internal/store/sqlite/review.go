package sqlite

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// reviewed are the tables of entries that a review goes through, with what makes
// a row of it an entry of its own.
var reviewed = map[string]struct{ table, stands string }{
	store.StatementEntry: {"statements", ""},
	store.PositionEntry:  {"positions", ""},
	store.MeetingEntry:   {"meetings", " AND root = n"},
	store.DocumentEntry:  {"documents", " AND into_n IS NULL AND seen > 0"},
}

// Unjudged lists the entries that nobody judged, least certain first. Each kind
// has an index in this order, and the kinds are merged row by row.
func (db *DB) Unjudged(ctx context.Context, f store.Filter, kinds ...string) iter.Seq2[store.Unjudged, error] {
	return list(ctx, db, "entries to review", func() (*query, error) {
		if len(kinds) == 0 {
			kinds = store.ReviewedKinds()
		}
		q := &query{order: "likely DESC, confidence, id"}
		var arms []string
		for _, kind := range kinds {
			of, there := reviewed[kind]
			if !there {
				return nil, fmt.Errorf("entries of kind %q are not reviewed: %w", kind, record.ErrInvalid)
			}
			arm := "SELECT '" + kind + "' AS kind, id, confidence, likely FROM " + of.table + " WHERE decision = ''" + of.stands
			if f.Talks != "" {
				arm += " AND talks = (SELECT ifnull(into_n, n) FROM talks WHERE id = ?)"
				q.values = append(q.values, f.Talks)
			}
			arms = append(arms, arm)
		}
		q.from = strings.Join(arms, " UNION ALL ")
		q.page(f)
		return q, nil
	}, func(scan func(...any) error) (store.Unjudged, error) {
		var u store.Unjudged
		err := scan(&u.Kind, &u.ID, &u.Value, &u.Likely)
		return u, err
	})
}
