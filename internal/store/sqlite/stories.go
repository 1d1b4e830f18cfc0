package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"unicode"

	"github.com/zeebo/xxh3"

	"rapporteur/internal/record"
)

// Near copies are looked for among texts of at least minWords words. Two are
// copies when they share enough of their shingles, or when the shorter one's
// shingles stand nearly all in the longer one: a copy with cuts.
const (
	minWords = 40
	shingle  = 4
	bins     = 64
	rows     = 2 // bins a band
	enough   = 0.6
)

// likeness says how many bands two texts must share to be compared word by word:
// one for each of these numbers that the text with fewer bands reaches. A line
// that all pages of an outlet carry makes them share one band or two, so that
// without this all of them would be compared.
var likeness = [...]int{0, 12, 24}

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
	story, err := w.insert("INSERT INTO stories(id) VALUES ('')")
	if err != nil {
		return 0, err
	}
	shingles := shinglesOf(words)
	bands := bandsOf(shingles)
	n, err = w.insert("INSERT INTO copies(digest, bands, story) VALUES (?, ?, ?)", digest, packBands(bands), story)
	if err != nil {
		return 0, err
	}
	w.touched.copies[n] = true
	return n, w.linkCopies(n, shingles, bands)
}

// shinglesOf returns the hashes of all runs of four words, sorted, each once;
// nil for a text too short to compare.
func shinglesOf(words string) []uint64 {
	fields := strings.Split(words, " ")
	if len(fields) < minWords {
		return nil
	}
	out := make([]uint64, 0, len(fields))
	start := 0
	for i := 0; i+shingle <= len(fields); i++ {
		length := shingle - 1
		for _, f := range fields[i : i+shingle] {
			length += len(f)
		}
		out = append(out, xxh3.HashString(words[start:start+length]))
		start += len(fields[i]) + 1
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// bandsOf hashes a one-permutation MinHash in bands: texts that share many
// shingles share a band.
func bandsOf(shingles []uint64) []int64 {
	if len(shingles) == 0 {
		return nil
	}
	var least [bins]uint64
	for _, h := range shingles {
		b := h % bins
		if least[b] == 0 || h < least[b] {
			least[b] = h
		}
	}
	var out []int64
	for i := 0; i < bins; i += rows {
		var key [8*rows + 1]byte
		key[0] = byte(i)
		empty := false
		for k := range rows {
			empty = empty || least[i+k] == 0
			binary.LittleEndian.PutUint64(key[1+8*k:], least[i+k])
		}
		if !empty {
			out = append(out, int64(xxh3.Hash(key[:])))
		}
	}
	return out
}

func packBands(bands []int64) []byte {
	var out []byte
	for _, b := range bands {
		out = binary.LittleEndian.AppendUint64(out, uint64(b))
	}
	return out
}

// linkCopies finds the near copies of a new wording.
func (w *writer) linkCopies(n int64, shingles []uint64, bands []int64) error {
	near, err := w.likely(bands)
	if err != nil {
		return err
	}
	for _, band := range bands {
		if err := w.exec("INSERT OR IGNORE INTO copy_bands(band, copy) VALUES (?, ?)", band, n); err != nil {
			return err
		}
	}
	for _, other := range near {
		var a record.Article
		if _, err := w.one("SELECT t.text, t.body_start, t.body_end FROM articles a JOIN texts t ON t.article = a.n WHERE a.copy = ? ORDER BY a.n LIMIT 1",
			args(other), (*body)(&a.Text), &a.Body.Start, &a.Body.End); err != nil {
			return err
		}
		if !nearCopies(shingles, shinglesOf(plain(bodyOf(&a)))) {
			continue
		}
		if err := w.exec("INSERT OR IGNORE INTO copy_links(a, b) VALUES (?1, ?2), (?2, ?1)", n, other); err != nil {
			return err
		}
	}
	return nil
}

// likely returns the wordings that share enough bands with a new one.
func (w *writer) likely(bands []int64) ([]int64, error) {
	if len(bands) == 0 {
		return nil, nil
	}
	var out []int64
	err := w.each(`SELECT likely.copy, likely.shared, length(c.bands) / 8 FROM (SELECT copy, count(*) AS shared FROM copy_bands
			WHERE band IN (SELECT value FROM json_each(?)) GROUP BY copy) likely JOIN copies c ON c.n = likely.copy ORDER BY likely.copy`, args(jsonText(bands)),
		func(scan func(...any) error) error {
			var n int64
			var shared, have int
			if err := scan(&n, &shared, &have); err != nil {
				return err
			}
			for _, least := range likeness {
				if min(have, len(bands)) >= least {
					shared--
				}
			}
			if shared >= 0 {
				out = append(out, n)
			}
			return nil
		})
	return out, err
}

// nearCopies compares two sorted sets of shingles.
func nearCopies(a, b []uint64) bool {
	shared := 0
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i] == b[k]:
			shared, i, k = shared+1, i+1, k+1
		case a[i] < b[k]:
			i++
		default:
			k++
		}
	}
	shorter := min(len(a), len(b))
	return shorter > 0 && float64(shared) >= enough*float64(shorter)
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
		if err := w.exec("DELETE FROM copy_links WHERE (a, b) IN ((?1, ?2), (?2, ?1))", n, other); err != nil {
			return err
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
