package sqlite

import (
	"context"
	"encoding/json"
	"fmt"

	"rapporteur/internal/codebook"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

const bookQuery = "SELECT after FROM decisions WHERE target = 'codebook' AND undone_at = '' ORDER BY id DESC LIMIT 1"

// A readBook is a codebook ready for use, with the decision that it was read from.
type readBook struct {
	after   string
	matcher *codebook.Matcher
}

// Codebook returns the user's codebook.
func (db *DB) Codebook(ctx context.Context) (codebook.Book, error) {
	var change store.CodebookChange
	err := db.each(ctx, bookQuery, nil, func(scan func(...any) error) (bool, error) {
		var after string
		if err := scan(&after); err != nil {
			return false, err
		}
		return true, json.Unmarshal([]byte(after), &change)
	})
	return change.Book, db.wrap(err, "codebook")
}

// CodebookUse counts the positions on the points of the codebook.
func (db *DB) CodebookUse(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	err := db.each(ctx, "SELECT q.coded, count(*) FROM points q JOIN positions p ON p.point = q.n WHERE q.coded <> '' GROUP BY 1", nil,
		func(scan func(...any) error) (bool, error) {
			var name string
			var n int
			err := scan(&name, &n)
			out[name] = n
			return true, err
		})
	return out, db.wrap(err, "use of the codebook")
}

// matcher returns the codebook that stands now, nil when there is none. What was
// read before is used again as long as the decision has the same words.
func (w *writer) matcher() (*codebook.Matcher, error) {
	var after string
	there, err := w.one(bookQuery, nil, &after)
	if err != nil || !there {
		return nil, err
	}
	if w.book.matcher == nil || w.book.after != after {
		var change store.CodebookChange
		if err := json.Unmarshal([]byte(after), &change); err != nil {
			return nil, err
		}
		w.book = readBook{after, change.Book.Matcher()}
	}
	return w.book.matcher, nil
}

// pointOf returns the row of the point that a position is on: the one to which
// the codebook puts its words, else the one of its own key.
func (w *writer) pointOf(talks int64, key, label, mention string) (int64, error) {
	m, err := w.matcher()
	if err != nil {
		return 0, err
	}
	if m != nil {
		if name := m.Point(label, mention); name != "" {
			n, err := w.point(talks, "codebook:"+fold(name))
			if err != nil {
				return 0, err
			}
			return n, w.exec("UPDATE points SET coded = ?1 WHERE n = ?2 AND coded <> ?1", name, n)
		}
	}
	return w.point(talks, key)
}

// setCodebook checks a codebook that a person decided on and puts all positions
// where it wants them.
func (w *writer) setCodebook(d *record.Decision) error {
	var change store.CodebookChange
	if err := json.Unmarshal([]byte(d.After), &change); err != nil {
		return fmt.Errorf("a codebook: %w: %w", err, record.ErrInvalid)
	}
	if err := change.Book.Check(); err != nil {
		return fmt.Errorf("codebook: %w: %w", err, record.ErrInvalid)
	}
	return w.recode()
}

// recode puts all positions on the points where they belong now.
func (w *writer) recode() error {
	positions, err := w.numbers("SELECT n FROM positions ORDER BY n")
	if err != nil {
		return err
	}
	return w.repoint(positions)
}

// bookAsItIs returns the codebook as JSON.
func (w *writer) bookAsItIs() (string, error) {
	after := jsonText(store.CodebookChange{Book: codebook.Book{Points: []codebook.Point{}}})
	_, err := w.one(bookQuery, nil, &after)
	return after, err
}
