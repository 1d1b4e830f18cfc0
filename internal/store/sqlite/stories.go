package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"unicode"

	"rapporteur/internal/record"
	"rapporteur/internal/story"
)

// plain returns the words of s alone: folded, each after one space.
func plain(s string) string {
	return strings.Join(strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

func bodyOf(a *record.Article) string {
	if a.Body.IsEmpty() {
		return a.Text
	}
	return a.Body.In(a.Text)
}

// copyOf returns the row of the article's wording, made when it is new. Articles
// whose body has the same words are copies of one wording.
func (w *writer) copyOf(a *record.Article) (int64, error) {
	words := plain(bodyOf(a))
	if words == "" {
		words = "\x00" + a.ID // no words are not the words of another
	}
	sum := sha256.Sum256([]byte(words))
	digest := sum[:16]
	var n int64
	if there, err := w.one("SELECT n FROM copies WHERE digest = ?", args(digest), &n); err != nil || there {
		w.touched.copies[n] = true
		return n, err
	}
	row, err := w.insert("INSERT INTO stories(id) VALUES ('')")
	if err != nil {
		return 0, err
	}
	body := story.Words(bodyOf(a), 0)
	sketch := story.SketchOf(body)
	n, err = w.insert("INSERT INTO copies(digest, bands, story) VALUES (?, ?, ?)", digest, packSketch(sketch), row)
	if err != nil {
		return 0, err
	}
	w.touched.copies[n] = true
	return n, w.linkCopies(n, body, sketch)
}

func packSketch(sketch story.Sketch) []byte {
	var out []byte
	for _, entry := range sketch {
		out = binary.LittleEndian.AppendUint64(out, entry)
	}
	return out
}

// linkCopies finds the near copies of a new wording.
func (w *writer) linkCopies(n int64, words []story.Word, sketch story.Sketch) error {
	near, err := w.likely(n, sketch)
	if err != nil {
		return err
	}
	outline := story.OutlineOf(words)
	for _, other := range near {
		if is, err := w.isCopy(words, outline, other); err != nil {
			return err
		} else if !is {
			continue
		}
		for _, link := range [][2]int64{{n, other.n}, {other.n, n}} {
			if err := w.exec("INSERT OR IGNORE INTO copy_links(a, b) VALUES (?, ?)", link[0], link[1]); err != nil {
				return err
			}
		}
	}
	return nil
}

// mostOutlines bounds what is kept of wordings that others were compared with.
const mostOutlines = 1 << 14

// isCopy reports whether a text is a copy of the wording other. As the record
// grows, ever more wordings share some words with a new text: their outlines are
// kept, so that those that cannot be copies are not read again.
func (w *writer) isCopy(words []story.Word, outline story.Outline, other wording) (bool, error) {
	if kept, ok := w.outlines[other.digest]; ok && !story.MayBeCopies(outline, kept) {
		return false, nil
	}
	a, err := w.wording(other.n)
	if err != nil {
		return false, err
	}
	theirs := story.Words(bodyOf(&a), 0)
	if len(w.outlines) >= mostOutlines {
		clear(w.outlines)
	}
	w.outlines[other.digest] = story.OutlineOf(theirs)
	return story.Copies(words, theirs), nil
}

// wording returns the text of an article that has the wording n.
func (w *writer) wording(n int64) (record.Article, error) {
	var a record.Article
	_, err := w.one("SELECT t.text, t.body_start, t.body_end FROM articles a JOIN texts t ON t.article = a.n WHERE a.copy = ? ORDER BY a.n LIMIT 1",
		args(n), (*body)(&a.Text), &a.Body.Start, &a.Body.End)
	return a, err
}

// A wording is a row of copies.
type wording struct {
	n      int64
	digest string
}

// mostSharing bounds how many wordings an entry of a sketch leads to. As the record
// grows ever more texts share a turn of phrase; what so many share says little of
// any two of them, while copies of one text share entries that few others have, and
// of a text that more outlets carry the first ones are found.
const mostSharing = 64

// likely returns the wordings whose sketches share enough with that of a new one,
// and notes the new one for those to come.
func (w *writer) likely(n int64, sketch story.Sketch) ([]wording, error) {
	shared := map[int64]int{}
	for _, entry := range sketch {
		sharing := 0
		err := w.each("SELECT copy FROM copy_bands WHERE band = ? LIMIT ?", args(int64(entry), mostSharing), func(scan func(...any) error) error {
			var other int64
			err := scan(&other)
			if sharing++; other != n {
				shared[other]++
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		if sharing >= mostSharing {
			continue
		}
		if err := w.exec("INSERT OR IGNORE INTO copy_bands(band, copy) VALUES (?, ?)", int64(entry), n); err != nil {
			return nil, err
		}
	}
	var out []wording
	for _, other := range slices.Sorted(maps.Keys(shared)) {
		if !story.Likely(shared[other], len(sketch), 0) { // whatever the length of the other
			continue
		}
		found := wording{n: other}
		var digest []byte
		var have int
		if _, err := w.one("SELECT digest, length(bands) / 8 FROM copies WHERE n = ?", args(other), &digest, &have); err != nil {
			return nil, err
		}
		if found.digest = string(digest); story.Likely(shared[other], len(sketch), have) {
			out = append(out, found)
		}
	}
	return out, nil
}

// refreshStories joins the touched wordings and their near copies to stories
// anew, and removes wordings that no article has any more.
func (w *writer) refreshStories() error {
	for _, n := range sorted(w.touched.copies) {
		var used bool
		if _, err := w.one("SELECT EXISTS (SELECT 1 FROM articles WHERE copy = ?)", args(n), &used); err != nil {
			return err
		}
		if !used {
			if err := w.removeCopy(n); err != nil {
				return err
			}
		}
	}
	done, stories := map[int64]bool{}, map[int64]bool{}
	for _, n := range sorted(w.touched.copies) {
		if !done[n] {
			if err := w.refreshStory(n, done, stories); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) removeCopy(n int64) error {
	linked, err := w.numbers("SELECT b FROM copy_links WHERE a = ?", n)
	if err != nil {
		return err
	}
	for _, other := range linked {
		w.touched.copies[other] = true
	}
	var story int64
	var bands []byte
	if there, err := w.one("SELECT story, bands FROM copies WHERE n = ?", args(n), &story, &bands); err != nil || !there {
		delete(w.touched.copies, n)
		return err
	}
	for ; len(bands) >= 8; bands = bands[8:] {
		if err := w.exec("DELETE FROM copy_bands WHERE band = ? AND copy = ?", int64(binary.LittleEndian.Uint64(bands)), n); err != nil {
			return err
		}
	}
	for _, other := range linked {
		for _, link := range [][2]int64{{n, other}, {other, n}} {
			if err := w.exec("DELETE FROM copy_links WHERE a = ? AND b = ?", link[0], link[1]); err != nil {
				return err
			}
		}
	}
	if err := w.exec("DELETE FROM copies WHERE n = ?", n); err != nil {
		return err
	}
	delete(w.touched.copies, n)
	return w.exec("DELETE FROM stories WHERE n = ?1 AND NOT EXISTS (SELECT 1 FROM copies WHERE story = ?1)", story)
}

// refreshStory gives one story to all wordings that links lead to from n.
func (w *writer) refreshStory(n int64, done, taken map[int64]bool) error {
	members := []int64{n}
	done[n] = true
	for i := 0; i < len(members); i++ {
		linked, err := w.numbers("SELECT b FROM copy_links WHERE a = ?", members[i])
		if err != nil {
			return err
		}
		for _, other := range linked {
			if !done[other] {
				done[other] = true
				members = append(members, other)
			}
		}
	}
	before := map[int64]bool{}
	story := int64(0)
	for _, m := range members {
		var own int64
		if _, err := w.one("SELECT story FROM copies WHERE n = ?", args(m), &own); err != nil {
			return err
		}
		before[own] = true
		if !taken[own] && (story == 0 || own < story) {
			story = own
		}
	}
	if story == 0 {
		var err error
		if story, err = w.insert("INSERT INTO stories(id) VALUES ('')"); err != nil {
			return err
		}
	}
	taken[story] = true
	for _, m := range members {
		if err := w.exec("UPDATE copies SET story = ?1 WHERE n = ?2 AND story <> ?1", story, m); err != nil {
			return err
		}
	}
	for _, old := range sorted(before) {
		if err := w.exec("DELETE FROM stories WHERE n = ?1 AND NOT EXISTS (SELECT 1 FROM copies WHERE story = ?1)", old); err != nil {
			return err
		}
	}
	return w.nameStory(story)
}

// firstOfStory orders the articles a of a story: the first known instant leads.
const firstOfStory = "a.instant IS NULL, a.instant, a.id"

// nameStory gives a story the ID that its first article leads to.
func (w *writer) nameStory(story int64) error {
	var first string
	_, err := w.one("SELECT a.id FROM copies c JOIN articles a ON a.copy = c.n WHERE c.story = ? ORDER BY "+firstOfStory+" LIMIT 1", args(story), &first)
	if err != nil {
		return err
	}
	return w.exec("UPDATE stories SET id = ?1 WHERE n = ?2 AND id <> ?1", record.Digest("y", first), story)
}
