package sqlite

import (
	"crypto/sha256"
	"strings"

	"rapporteur/internal/record"
)

// copyOf returns the row of the article's wording, made when it is new. Articles
// whose body has the same words are copies of one wording.
func (w *writer) copyOf(a *record.Article) (int64, error) {
	body := a.Text
	if !a.Body.IsEmpty() {
		body = a.Body.In(a.Text)
	}
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(fold(body)), " ")))
	digest := sum[:16]
	var n int64
	if there, err := w.one("SELECT n FROM copies WHERE digest = ?", args(digest), &n); err != nil || there {
		return n, err
	}
	story, err := w.insert("INSERT INTO stories(id) VALUES (?)", "y"+hexOf(digest))
	if err != nil {
		return 0, err
	}
	return w.insert("INSERT INTO copies(digest, story) VALUES (?, ?)", digest, story)
}
