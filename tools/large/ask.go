//go:build unix

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"rapporteur/internal/store"
	"rapporteur/internal/store/sqlite"
	"rapporteur/internal/web"
)

// size tells how large the record is.
func size(ctx context.Context, o options) error {
	db, err := sqlite.Open(ctx, o.db, sqlite.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.Close()
	c, err := db.Counts(ctx)
	if err != nil {
		return err
	}
	info, err := os.Stat(o.db)
	if err != nil {
		return err
	}
	fmt.Printf("%d articles, %d statements, %d positions, %d meetings, %d actors, %d talks, %d stories\n",
		c.Articles, c.Statements, c.Positions, c.Meetings, c.Actors, c.Talks, c.Stories)
	fmt.Printf("%.2f GB: %d bytes an article, %d a statement\n", float64(info.Size())/1e9, info.Size()/int64(max(1, c.Articles)), info.Size()/int64(max(1, c.Statements)))
	return nil
}

// A question is asked again and again, each time another way.
type question struct {
	name string
	ask  func(i int) error
}

// ask measures questions of one reader, one after the other.
func ask(ctx context.Context, o options) error {
	db, err := sqlite.Open(ctx, o.db, sqlite.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.Close()
	m, err := newMaterial(ctx, db)
	if err != nil {
		return err
	}
	page, err := web.New(db, web.Options{Loopback: true})
	if err != nil {
		return err
	}
	get := func(path string) error {
		answer := httptest.NewRecorder()
		page.ServeHTTP(answer, httptest.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1:8080"+path, nil))
		if answer.Code != http.StatusOK {
			return fmt.Errorf("%s: %d", path, answer.Code)
		}
		return nil
	}
	fmt.Printf("%-52s %8s %8s %8s %8s %8s   (load %s)\n", "question (milliseconds)", "median", "p95", "most", "cpu med", "cpu p95", load())
	for _, q := range []question{
		{"statement search, a frequent word, newest 50", func(i int) error { return m.search(ctx, m.frequent[i%len(m.frequent)]) }},
		{"statement search, a rare word", func(i int) error { return m.search(ctx, m.rare[i%len(m.rare)]) }},
		{"statement search, two words", func(i int) error { return m.search(ctx, m.frequent[i%len(m.frequent)]+" "+m.rare[i%len(m.rare)]) }},
		{"statement search, a phrase", func(i int) error { return m.search(ctx, `"`+m.phrases[i%len(m.phrases)]+`"`) }},
		{"quote of twelve words", func(i int) error { _, err := db.Quote(ctx, m.quotes[i%len(m.quotes)]); return err }},
		{"positions of the largest negotiation (" + m.largest + ")", func(int) error {
			return count(db.Positions(ctx, store.Filter{Talks: m.largest, Newest: true, Limit: 5001}))
		}},
		{"its page with the table", func(int) error { return get("/talks/" + m.largest) }},
		{"actors by name", func(i int) error {
			return count(db.Actors(ctx, store.Filter{Search: m.rare[i%len(m.rare)], Limit: 50}))
		}},
		{"first page of the desk", func(int) error { return get("/") }},
		{"page of statements that hold a word", func(i int) error { return get("/statements?q=" + url.QueryEscape(m.rare[i%len(m.rare)])) }},
		{"page of an article", func(i int) error { return get("/articles/" + m.articles[i%len(m.articles)]) }},
	} {
		if !strings.Contains(q.name, o.only) {
			continue
		}
		if err := q.measure(o.requests); err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
	}
	return nil
}

// patience is how long one question is asked; slow ones are asked less often.
const patience = 30 * time.Second

func (q question) measure(n int) error {
	var took, busy []time.Duration
	begun := time.Now()
	for i := 0; i < n && (i < 5 || time.Since(begun) < patience); i++ {
		asked, used := time.Now(), processor()
		if err := q.ask(i); err != nil {
			return err
		}
		took, busy = append(took, time.Since(asked)), append(busy, processor()-used)
	}
	fmt.Printf("%-52s %8.1f %8.1f %8.1f %8.1f %8.1f   %d times\n", q.name, quantile(took, .5), quantile(took, .95), quantile(took, 1),
		quantile(busy, .5), quantile(busy, .95), len(took))
	return nil
}

// quantile returns milliseconds.
func quantile(took []time.Duration, q float64) float64 {
	sorted := slices.Sorted(slices.Values(took))
	at := int(q*float64(len(sorted))+.999) - 1
	return float64(sorted[max(0, min(len(sorted)-1, at))].Microseconds()) / 1000
}

// material is what is asked for.
type material struct {
	db                              *sqlite.DB
	frequent, rare, phrases, quotes []string
	articles                        []string
	largest                         string
}

func newMaterial(ctx context.Context, db *sqlite.DB) (*material, error) {
	m := &material{db: db}
	uses := map[string]int{}
	for s, err := range db.Statements(ctx, store.Filter{Limit: 20_000}) {
		if err != nil {
			return nil, err
		}
		words := strings.FieldsFunc(strings.Join(s.Content, " "), func(r rune) bool { return r < 'A' })
		for _, w := range words {
			if len(w) > 3 {
				uses[strings.ToLower(w)]++
			}
		}
		if len(words) >= 14 && len(m.quotes) < 500 {
			m.quotes = append(m.quotes, strings.Join(words[1:13], " "))
			m.phrases = append(m.phrases, strings.Join(words[2:4], " "))
			m.articles = append(m.articles, s.Article)
		}
	}
	var words []string
	for w := range uses {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int { return 2*(uses[b]-uses[a]) + strings.Compare(a, b) })
	m.frequent = words[:min(100, len(words))]
	m.rare = slices.Clone(words[min(len(words)-1, 500):min(len(words), 5000)])
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(m.rare), func(i, k int) { m.rare[i], m.rare[k] = m.rare[k], m.rare[i] })
	most := 0
	for t, err := range db.Talks(ctx, store.Filter{}) {
		if err != nil {
			return nil, err
		}
		if len(t.Articles) > most {
			most, m.largest = len(t.Articles), t.ID
		}
	}
	return m, nil
}

func (m *material) search(ctx context.Context, words string) error {
	return count(m.db.Statements(ctx, store.Filter{Search: words, Newest: true, Limit: 50}))
}

func count[T any](list func(yield func(T, error) bool)) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}
