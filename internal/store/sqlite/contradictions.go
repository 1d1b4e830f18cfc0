package sqlite

import (
	"context"
	"iter"
	"strings"

	"rapporteur/internal/contradiction"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// Contradictions lists what cannot both be so, the surest first.
func (db *DB) Contradictions(ctx context.Context, f store.Filter) iter.Seq2[record.Contradiction, error] {
	return func(yield func(record.Contradiction, error) bool) {
		found, err := db.contradictions(ctx, f)
		for i := range found {
			if err != nil || !yield(found[i], nil) {
				break
			}
		}
		if err != nil {
			yield(record.Contradiction{}, db.wrap(err, "list contradictions"))
		}
	}
}

func (db *DB) contradictions(ctx context.Context, f store.Filter) ([]record.Contradiction, error) {
	var all []record.Contradiction
	for t, err := range db.Talks(ctx, store.Filter{ID: f.Talks}) {
		if err != nil {
			return nil, err
		}
		found, err := db.contradictionsOf(ctx, &t)
		if err != nil {
			return nil, err
		}
		for i := range found {
			if isAsked(&found[i], f) {
				all = append(all, found[i])
			}
		}
	}
	contradiction.Sort(all)
	all = all[min(max(f.Offset, 0), len(all)):]
	if f.Limit > 0 {
		all = all[:min(f.Limit, len(all))]
	}
	return all, db.quoteSides(ctx, all)
}

func (db *DB) contradictionsOf(ctx context.Context, t *record.Talks) ([]record.Contradiction, error) {
	m := contradiction.Material{Talks: &t.ID, Status: t.Status}
	f := store.Filter{Talks: t.ID}
	var err error
	if m.Positions, err = collect(db.Positions(ctx, f)); err != nil {
		return nil, err
	}
	if m.Statements, err = collect(db.Statements(ctx, f)); err != nil {
		return nil, err
	}
	m.Meetings, err = collect(db.Meetings(ctx, f))
	if err != nil {
		return nil, err
	}
	if m.Names, err = db.namesOfSides(ctx, m.Statements); err != nil {
		return nil, err
	}
	finder, err := db.finder()
	if err != nil {
		return nil, err
	}
	return finder.Find(m), nil
}

// namesOfSides returns the names of the parties that statements are made for.
func (db *DB) namesOfSides(ctx context.Context, statements []record.Statement) (map[string][]string, error) {
	out := map[string][]string{}
	for i := range statements {
		id := statements[i].ForID
		if id == nil || out[*id] != nil {
			continue
		}
		err := db.each(ctx, `SELECT a.name, json_group_array(x.value) FILTER (WHERE x.value IS NOT NULL) FROM actors a
			LEFT JOIN traits x ON x.kind = 4 AND x.entry IN `+groupOfActor+` AND x.trait IN ('name', 'alias') WHERE a.id = ? GROUP BY a.n`, args(*id),
			func(scan func(...any) error) (bool, error) {
				var name, others string
				var aliases []string
				if err := scan(&name, &others); err != nil {
					return false, err
				}
				err := fromJSON(others, &aliases)
				out[*id] = append([]string{name}, aliases...)
				return true, err
			})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func isAsked(c *record.Contradiction, f store.Filter) bool {
	day := max(orEmpty(c.A.Date), orEmpty(c.B.Date))
	party := func(name string) bool { return strings.EqualFold(name, f.Party) }
	return (f.ID == "" || c.ID == f.ID) && (f.State == "" || c.Kind == f.State) && !(f.Sure && c.Likely) &&
		(f.Party == "" || party(orEmpty(c.Party)) || party(c.A.By) || party(c.B.By)) &&
		(f.Since == "" || day >= f.Since) && (f.Until == "" || day != "" && day <= untilOf(f.Until))
}

// quoteSides fills in the words of both sides from the texts of their articles.
func (db *DB) quoteSides(ctx context.Context, list []record.Contradiction) error {
	texts := map[string]string{}
	for i := range list {
		for _, side := range []*record.ContradictionSide{&list[i].A, &list[i].B} {
			if side.Text != "" {
				continue
			}
			text, there := texts[side.Article]
			if !there {
				a, err := db.Article(ctx, side.Article)
				if err != nil {
					return err
				}
				text = a.Text
				texts[side.Article] = text
			}
			side.Text = side.Evidence.Span.In(text)
		}
	}
	return nil
}
