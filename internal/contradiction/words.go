package contradiction

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"rapporteur/internal/lexicon"
)

// A Finder knows the words by which entries are set against each other.
type Finder struct {
	phrases map[string][][]string // stems of expressions, by what they tell
	rules   map[string]float64    // how often a rule is right
}

// prior is how many pairs the share that is expected of a rule weighs, so that few
// that were looked at do not make it certain; expected is that share.
const (
	prior    = 4
	expected = 0.7
)

// New reads the table "contradictions" of the data folder.
func New(folder fs.FS) (*Finder, error) {
	table, err := lexicon.ReadTable(folder, "contradictions")
	if err != nil {
		return nil, fmt.Errorf("contradiction: %w", err)
	}
	f := &Finder{phrases: map[string][][]string{}, rules: map[string]float64{}}
	for _, row := range table.Rows {
		if row.Get("tells") != "rule" {
			f.phrases[row.Get("tells")] = append(f.phrases[row.Get("tells")], stemsOf(row.Get("word")))
			continue
		}
		right, of, _ := strings.Cut(row.Get("value"), "/")
		r, errR := strconv.Atoi(right)
		n, errN := strconv.Atoi(of)
		if errR != nil || errN != nil || r < 0 || r > n {
			return nil, row.Errorf("%q is no count of right pairs", row.Get("value"))
		}
		f.rules[row.Get("word")] = (float64(r) + prior*expected) / (float64(n) + prior)
	}
	return f, nil
}

// rule returns how often a rule is right.
func (f *Finder) rule(name string) float64 {
	if v, known := f.rules[name]; known {
		return v
	}
	return expected
}

// A word is one word of a content.
type word struct {
	form, stem string
	quoted     bool // it stands alone between quotation marks
	apart      bool // a comma or stop follows: "No, we meant it"
}

// quotes are marks that may hold a word alone.
const quotes = `"'“”‘’«»`

// wordsOf splits a content into words in small letters. "didn't" is "did" and "not".
func wordsOf(content string) []word {
	var out []word
	content = strings.NewReplacer("n’t", " not", "n't", " not").Replace(content)
	for _, field := range strings.Fields(content) {
		bare := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if bare == "" {
			continue
		}
		before, after, _ := strings.Cut(field, bare)
		quoted := strings.ContainsAny(before, quotes) && strings.ContainsAny(after, quotes)
		for _, part := range strings.FieldsFunc(strings.ToLower(bare), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != ','
		}) {
			out = append(out, word{form: part, stem: stemOf(part), quoted: quoted, apart: strings.ContainsAny(after, ",.;:!")})
		}
	}
	return out
}

func stemOf(form string) string {
	return lexicon.Stem(strings.ReplaceAll(form, ".", ""))
}

func stemsOf(expression string) []string {
	var out []string
	for _, w := range wordsOf(expression) {
		out = append(out, w.stem)
	}
	return out
}

// find returns where in words the first expression that tells such stands, and where
// it ends; -1 where none does.
func (f *Finder) find(tells string, words []word) (at, end int) {
	for i := range words {
		for _, phrase := range f.phrases[tells] {
			if startsWith(words[i:], phrase) {
				return i, i + len(phrase)
			}
		}
	}
	return -1, -1
}

func (f *Finder) has(tells string, words []word) bool {
	at, _ := f.find(tells, words)
	return at >= 0
}

func startsWith(words []word, stems []string) bool {
	if len(words) < len(stems) {
		return false
	}
	for i, s := range stems {
		if words[i].stem != s {
			return false
		}
	}
	return true
}

// isNegator tells words that turn what follows.
func isNegator(w word) bool {
	return slices.Contains([]string{"not", "no", "never", "neither", "none", "nothing", "nobody", "cannot"}, w.form) && !w.quoted && (w.form != "no" || !w.apart)
}

// negators returns where they stand.
func negators(words []word) []int {
	var out []int
	for i, w := range words {
		if isNegator(w) && !(w.form == "not" && i+1 < len(words) && words[i+1].form == "only") {
			out = append(out, i)
		}
	}
	return out
}

// shortest is how many letters a word needs to count as content.
const shortest = 4

// light are longer words that tell nothing about the matter.
var light = stemSet(`that this these those with from into over about against between among under after before during through than
	they them their there have having been being were will would shall should could might must when which whose what where while
	more most such some other another also just only very still even both each every any said says saying told tell according
	country countries nation state states government president minister leader official officials united part first last next new
	year years month months week weeks today yesterday tomorrow time monday tuesday wednesday thursday friday saturday sunday`)

func stemSet(list string) map[string]bool {
	out := map[string]bool{}
	for _, s := range stemsOf(list) {
		out[s] = true
	}
	return out
}

// matter returns the stems that tell what a content is about, each once: longer words
// that are neither light nor names of a party.
func matter(words []word, names map[string]bool) []string {
	var out []string
	for _, w := range words {
		if len([]rune(w.form)) >= shortest && !light[w.stem] && !names[w.stem] && !unicode.IsDigit([]rune(w.form)[0]) && !slices.Contains(out, w.stem) {
			out = append(out, w.stem)
		}
	}
	return out
}

// common returns the stems that are in both.
func common(a, b []string) []string {
	var out []string
	for _, s := range a {
		if slices.Contains(b, s) {
			out = append(out, s)
		}
	}
	return out
}

// alike reports whether two matters have so many stems in common, and that share of
// the shorter one.
func alike(a, b []string, least int, share float64) bool {
	n := len(common(a, b))
	return n >= least && float64(n) >= share*float64(min(len(a), len(b)))
}
