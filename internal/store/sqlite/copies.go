package sqlite

import (
	"context"
	"iter"
	"unicode"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// Stories lists stories with their articles, the first one first. A story with
// several wordings says what each cut from the first, added or changed.
func (db *DB) Stories(ctx context.Context, f store.Filter) iter.Seq2[record.Story, error] {
	return list(ctx, db, "stories", func() (*query, error) {
		q := &query{from: `SELECT y.id, (SELECT json_group_array(json_array(a.id, a.outlet, a.copy) ORDER BY ` + firstOfStory + `)
			FROM copies c JOIN articles a ON a.copy = c.n WHERE c.story = y.n) FROM stories y`, order: "y.id"}
		if f.ID != "" {
			q.and("y.id = ?", f.ID)
		}
		inner := &query{}
		if err := inner.articles(ctx, db, store.Filter{Article: f.Article, Outlet: f.Outlet, Since: f.Since, Until: f.Until, Talks: f.Talks, Search: f.Search}); err != nil {
			return nil, err
		}
		if len(inner.where) > 0 {
			inner.from = "y.n IN (SELECT c.story FROM articles a JOIN copies c ON c.n = a.copy"
			q.and(inner.text()+")", inner.values...)
		}
		q.page(f)
		return q, nil
	}, func(scan func(...any) error) (record.Story, error) {
		var s record.Story
		var rows string
		if err := scan(&s.ID, &rows); err != nil {
			return s, err
		}
		var members [][3]any
		if err := fromJSON(rows, &members); err != nil {
			return s, err
		}
		return s, db.compare(ctx, &s, members)
	})
}

// compare fills in the copies of a story.
func (db *DB) compare(ctx context.Context, s *record.Story, members [][3]any) error {
	several := false
	for _, m := range members {
		several = several || m[2] != members[0][2]
	}
	var first record.Article
	for i, m := range members {
		id, _ := m[0].(string)
		outlet, _ := m[1].(string)
		c := record.Copy{ID: id, Outlet: outlet, First: i == 0, Cut: []text.Span{}, Added: []text.Span{}, Changed: []text.Span{}}
		if several {
			a, err := db.Article(ctx, id)
			if err != nil {
				return err
			}
			if i == 0 {
				first = a
			} else if m[2] != members[0][2] {
				differ(&first, &a, &c)
			}
		}
		s.Articles = append(s.Articles, c)
	}
	return nil
}

// A wordAt is one folded word of a body with its place in the article's text.
type wordAt struct {
	form string
	span text.Span
}

func wordsOf(a *record.Article) []wordAt {
	var out []wordAt
	offset := 0
	if !a.Body.IsEmpty() {
		offset = a.Body.Start
	}
	body := bodyOf(a)
	start := -1
	for i, r := range body + " " {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		switch {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			out = append(out, wordAt{fold(body[start:i]), text.Span{Start: offset + start, End: offset + i}})
			start = -1
		}
	}
	return out
}

// longest is the product of lengths up to which two texts are aligned word by
// word; beyond it what lies between equal ends counts as changed.
const longest = 16 << 20

// differ aligns the words of two texts and notes what b cut from a, added or
// changed.
func differ(a, b *record.Article, c *record.Copy) {
	x, y := wordsOf(a), wordsOf(b)
	for len(x) > 0 && len(y) > 0 && x[0].form == y[0].form {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1].form == y[len(y)-1].form {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	if len(x)*len(y) > longest {
		note(c, x, y)
		return
	}
	common := alignment(x, y)
	i, k := 0, 0
	for fromI, fromK := 0, 0; i < len(x) || k < len(y); {
		if i < len(x) && k < len(y) && x[i].form == y[k].form {
			note(c, x[fromI:i], y[fromK:k])
			i, k = i+1, k+1
			fromI, fromK = i, k
			continue
		}
		if k == len(y) || i < len(x) && common[i+1][k] >= common[i][k+1] {
			i++
		} else {
			k++
		}
		if i == len(x) && k == len(y) {
			note(c, x[fromI:], y[fromK:])
		}
	}
}

// alignment returns, for each pair of suffixes, the length of their longest
// common subsequence.
func alignment(x, y []wordAt) [][]uint16 {
	out := make([][]uint16, len(x)+1)
	for i := range out {
		out[i] = make([]uint16, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for k := len(y) - 1; k >= 0; k-- {
			if x[i].form == y[k].form {
				out[i][k] = out[i+1][k+1] + 1
			} else {
				out[i][k] = max(out[i+1][k], out[i][k+1])
			}
		}
	}
	return out
}

// note records a stretch in which the texts differ.
func note(c *record.Copy, x, y []wordAt) {
	switch {
	case len(x) == 0 && len(y) == 0:
	case len(y) == 0:
		c.Cut = append(c.Cut, x[0].span.Cover(x[len(x)-1].span))
	case len(x) == 0:
		c.Added = append(c.Added, y[0].span.Cover(y[len(y)-1].span))
	default:
		c.Changed = append(c.Changed, y[0].span.Cover(y[len(y)-1].span))
	}
}
