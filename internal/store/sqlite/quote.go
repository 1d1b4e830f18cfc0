package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// Quote finds the words, without regard to case, marks and white space, in the
// contents of statements. Found counts appearances: one wording in one story is
// one, however many outlets carry it. Variants and articles come by the instant
// of publication, those without one last.
func (db *DB) Quote(ctx context.Context, words string) (store.Quote, error) {
	out := store.Quote{Variants: []store.Variant{}, Articles: []string{}, Stories: []string{}}
	wanted := plain(words)
	if wanted == "" {
		return out, fmt.Errorf("quote %q: no words to look for: %w", words, record.ErrInvalid)
	}
	variants, appearances := map[string]int{}, map[string]bool{}
	err := db.each(ctx, `SELECT s.content, a.id, a.published, ifnull(a.published_at, ''), y.id FROM statement_words w CROSS JOIN statements s ON s.n = w.rowid
		JOIN articles a ON a.n = s.article JOIN copies c ON c.n = a.copy JOIN stories y ON y.n = c.story
		WHERE statement_words MATCH ? AND s.decision <> 'rejected' ORDER BY `+firstOfStory+`, s.seq`, args(`content : "`+wanted+`"`),
		func(scan func(...any) error) (bool, error) {
			var content, article, published, at, story string
			if err := scan(&content, &article, &published, &at, &story); err != nil {
				return false, err
			}
			key := plain(content)
			i, ok := variants[key]
			if !ok {
				i = len(out.Variants)
				variants[key] = i
				out.Variants = append(out.Variants, store.Variant{Text: strings.Join(strings.Fields(content), " ")})
			}
			if v := &out.Variants[i]; !slices.Contains(v.Articles, article) {
				v.Articles, v.Instants = append(v.Articles, article), append(v.Instants, instantText(published, at))
			}
			if out.FirstSeen == "" {
				out.FirstSeen = published
			}
			appearances[story+"\x00"+key] = true
			out.Articles, out.Stories = addOnce(out.Articles, article), addOnce(out.Stories, story)
			return true, nil
		})
	out.Found = len(appearances)
	return out, db.wrap(err, "quote")
}

// instantText returns an instant in UTC, or the day where no time is known.
func instantText(published, at string) string {
	if t, err := time.Parse(time.RFC3339, at); err == nil {
		return t.UTC().Format(time.RFC3339)
	}
	return published
}

func addOnce(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
