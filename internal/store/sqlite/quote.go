package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/story"
)

// Quote finds the words, without regard to case, marks and white space, in the
// contents of statements: as a whole, cut, elided, or with some words changed.
// Found counts appearances: one wording in one story is one, however many outlets
// carry it. Variants and articles come by the instant of publication, those
// without one last; the first variant is what the others are compared with.
func (db *DB) Quote(ctx context.Context, words string) (store.Quote, error) {
	out := store.Quote{Variants: []store.Variant{}, Articles: []string{}, Stories: []string{}}
	sought := story.Words(words, 0)
	if plain(words) == "" || len(sought) == 0 {
		return out, fmt.Errorf("quote %q: no words to look for: %w", words, record.ErrInvalid)
	}
	q := quotation{out: &out, sought: sought, variants: map[string]int{}, appearances: map[string]bool{}}
	err := db.each(ctx, `SELECT s.content, a.id, a.outlet, a.published, ifnull(a.published_at, ''), y.id FROM statement_words w CROSS JOIN statements s ON s.n = w.rowid
		JOIN articles a ON a.n = s.article JOIN copies c ON c.n = a.copy JOIN stories y ON y.n = c.story
		WHERE statement_words MATCH ? AND s.decision <> 'rejected' ORDER BY `+firstOfStory+`, s.seq`, args("content : ("+phrases(sought)+")"),
		func(scan func(...any) error) (bool, error) {
			var s quotedStatement
			err := scan(&s.content, &s.article, &s.outlet, &s.published, &s.at, &s.story)
			if err == nil {
				q.add(s)
			}
			return true, err
		})
	q.compare()
	return out, db.wrap(err, "quote")
}

// How words are looked for in the full-text index: in windows of so many words,
// and at most so many windows.
const (
	windowed    = 3
	mostWindows = 24
)

// phrases writes windows of the words in the language of FTS5, any of which a
// statement must hold. Of a short quotation that is all of it; of a longer one,
// windows over all of it, so that a variant which keeps some of its words holds one.
func phrases(words []story.Word) string {
	forms := make([]string, len(words))
	for i, w := range words {
		forms[i] = w.Form
	}
	if len(forms) < story.LeastQuoted {
		return match([]string{strings.Join(forms, " ")}, " OR ")
	}
	windows := len(forms) - windowed + 1
	var out []string
	for i := range min(windows, mostWindows) {
		at := i
		if windows > mostWindows {
			at = i * (windows - 1) / (mostWindows - 1)
		}
		out = append(out, strings.Join(forms[at:at+windowed], " "))
	}
	slices.Sort(out)
	return match(slices.Compact(out), " OR ")
}

// A quotedStatement is a statement that holds some of the words.
type quotedStatement struct{ content, article, outlet, published, at, story string }

// A quotation gathers its variants.
type quotation struct {
	out         *store.Quote
	sought      []story.Word
	variants    map[string]int
	appearances map[string]bool
	words       [][]story.Word // of each variant
}

func (q *quotation) add(s quotedStatement) {
	words := story.Words(s.content, 0)
	if !story.Holds(words, q.sought) {
		if _, same := story.Quoted(q.sought, words); !same {
			return
		}
	}
	out, key := q.out, plain(s.content)
	i, ok := q.variants[key]
	if !ok {
		i = len(out.Variants)
		q.variants[key] = i
		out.Variants = append(out.Variants, store.Variant{Text: strings.Join(strings.Fields(s.content), " ")})
		q.words = append(q.words, words)
	}
	if v := &out.Variants[i]; !slices.Contains(v.Articles, s.article) {
		v.Articles, v.Instants = append(v.Articles, s.article), append(v.Instants, instantText(s.published, s.at))
		v.Outlets = addOnce(v.Outlets, s.outlet)
	}
	if out.FirstSeen == "" {
		out.FirstSeen = s.published
	}
	q.appearances[s.story+"\x00"+key] = true
	out.Articles, out.Stories = addOnce(out.Articles, s.article), addOnce(out.Stories, s.story)
	out.Found = len(q.appearances)
}

// compare says how each variant stands to the one that was seen first, and which
// words of it are cut, added or changed.
func (q *quotation) compare() {
	for i := range q.out.Variants {
		v := &q.out.Variants[i]
		if i == 0 {
			v.Likeness = string(story.Same)
			continue
		}
		first := q.words[0]
		likeness, same := story.Quoted(first, q.words[i])
		if !same { // both hold what was asked for and differ in all else
			likeness = story.Changed
		}
		v.Likeness = string(likeness)
		d := story.Compare(first, q.words[i])
		v.Cut = story.Spelled(first, d.Cut)
		v.Added, v.Changed = story.Spelled(q.words[i], d.Added), story.Spelled(q.words[i], d.Changed)
	}
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
