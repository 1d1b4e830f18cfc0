package sqlite

import (
	"context"

	"rapporteur/internal/store"
)

// The conditions below are SQL over the row named x of a list.

// days narrows to f's days by a column.
func (q *query) days(column string, f store.Filter) {
	if f.Since != "" {
		q.and(column+" >= ?", f.Since)
	}
	if f.Until != "" {
		q.and(column+" <= ?", untilOf(f.Until))
		q.and(column + " <> ''")
	}
}

// untilOf makes a last day inclusive of itself and of times on it, and a month
// or year inclusive of its days.
func untilOf(day string) string { return day + "~" }

// talksIs narrows to one negotiation.
func (q *query) talksIs(column string, f store.Filter) {
	if f.Talks != "" {
		q.and(column+" = (SELECT ifnull(into_n, n) FROM talks WHERE id = ?)", f.Talks)
	}
}

// judged leaves out what a person rejected and, when f asks, what is likely.
func (q *query) judged(x string, f store.Filter) {
	if !f.Rejected {
		q.and(x + ".decision <> 'rejected'")
	}
	if f.Sure {
		q.and("NOT " + x + ".likely")
	}
}

// once leaves out of statements s what another that is listed stands for.
func (q *query) once(f store.Filter) {
	if !f.Once {
		return
	}
	sure := ""
	if f.Sure {
		sure = " AND NOT o.likely"
	}
	q.and("(s.told_with IS NULL OR NOT EXISTS (SELECT 1 FROM statements o WHERE o.article = s.article AND o.id = s.told_with AND o.decision <> 'rejected'" + sure + "))")
}

// newest returns the direction of a list's first order.
func newest(f store.Filter) string {
	if f.Newest {
		return " DESC"
	}
	return ""
}

// actorsNamed returns, as a JSON list, the rows of the actors that bear a name,
// an alias or an ID, with all that is merged into them; "" when nobody does.
func (db *DB) actorsNamed(ctx context.Context, name string) (string, error) {
	var out string
	err := db.each(ctx, `SELECT coalesce(json_group_array(n), '') FROM (SELECT n FROM actors WHERE root IN (
			SELECT a.root FROM actor_names x JOIN actors a ON a.n = x.actor WHERE x.folded = ?1
			UNION SELECT root FROM actors WHERE id = ?2 UNION SELECT root FROM actors WHERE name = ?2) ORDER BY n)`,
		args(fold(name), name), func(scan func(...any) error) (bool, error) { return false, scan(&out) })
	if out == "[]" {
		out = ""
	}
	return out, err
}

// actor narrows to rows whose column refers to the actor of that name; where no
// actor bears it, to rows that give just this name.
func (q *query) actor(ctx context.Context, db *DB, column, nameColumn, name string) error {
	if name == "" {
		return nil
	}
	rows, err := db.actorsNamed(ctx, name)
	if err != nil {
		return err
	}
	if rows == "" {
		q.and(nameColumn+" = ? COLLATE NOCASE", name)
		return nil
	}
	q.and(column+" IN (SELECT value FROM json_each(?))", rows)
	return nil
}

// words narrows to rows whose text holds what a search asks for, without regard
// to the case of ASCII letters.
func (q *query) words(text, search string) {
	if search == "" {
		return
	}
	with, without := terms(search)
	if len(with)+len(without) == 0 {
		q.none = true
	}
	for _, t := range with {
		q.and("instr(lower("+text+"), lower(?)) > 0", t)
	}
	for _, t := range without {
		q.and("instr(lower("+text+"), lower(?)) = 0", t)
	}
}
