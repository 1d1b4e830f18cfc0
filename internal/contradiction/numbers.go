package contradiction

import (
	"strconv"
	"strings"
	"unicode"

	"rapporteur/internal/record"
)

// A number is how many of something a content tells.
type number struct {
	value       int
	what        string // stem
	least, most bool
}

// numbers pairs statements of two speakers about one event of one time that tell how
// many in different numbers: "Orsa says that 12 boats were seized", "Veyra says that
// four boats were".
func (s *scene) numbers() []record.Contradiction {
	var out []record.Contradiction
	for i := len(s.said) - 1; i >= 0; i-- {
		b := s.said[i]
		counts := s.countsOf(b)
		for j := i - 1; j >= 0 && len(counts) > 0; j-- {
			a := s.said[j]
			if apart(a.Published, b.Published) > factDays {
				break
			}
			if a.Speaker == nil || b.Speaker == nil || *a.Speaker == *b.Speaker || a.party() == b.party() || a.Article == b.Article && inside(a, b) || !alike(a.matter, b.matter, 3, 0.6) || !s.has("toll", a.words) || !s.has("toll", b.words) || isElsewhere(a, b) {
				continue
			}
			if what := differ(s.countsOf(a), counts); what != "" {
				out = append(out, s.pair("number", record.TwoAccounts, what, a, b))
				break
			}
		}
	}
	return out
}

// isElsewhere reports whether both name places or persons, and none that is the same.
func isElsewhere(a, b *said) bool {
	x, y := a.properNames(), b.properNames()
	return len(x) > 0 && len(y) > 0 && len(common(x, y)) == 0
}

// properNames returns the stems of words that begin with a capital.
func (s *said) properNames() []string {
	var out []string
	for _, piece := range s.Content {
		for i, field := range strings.Fields(piece) {
			bare := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) })
			if r := []rune(bare); i > 0 && len(r) > 0 && unicode.IsUpper(r[0]) {
				out = append(out, stemsOf(bare)...)
			}
		}
	}
	return out
}

// differ returns what two lists count differently, "" for nothing.
func differ(a, b []number) string {
	for _, x := range a {
		for _, y := range b {
			if x.what != y.what || x.value == y.value {
				continue
			}
			small, large := x, y
			if small.value > large.value {
				small, large = y, x
			}
			if !small.least && !large.most && 10*(large.value-small.value) > large.value {
				return x.what
			}
		}
	}
	return ""
}

// countsOf returns the numbers before a noun.
func (s *scene) countsOf(a *said) []number {
	var out []number
	for i, w := range a.words {
		value, ok := counted(w.form)
		if !ok {
			continue
		}
		n := number{value: value, least: s.has("least", a.words[max(0, i-2):i]), most: s.has("most", a.words[max(0, i-2):i])}
		for _, o := range a.words[i+1 : min(len(a.words), i+4)] {
			if len(o.form) >= shortest && !light[o.stem] {
				n.what = o.stem
				break
			}
		}
		if n.what != "" {
			out = append(out, n)
		}
	}
	return out
}

var small = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve")

// counted reads a number that counts: not a year, not a part.
func counted(form string) (int, bool) {
	for i, w := range small {
		if w == form {
			return i, i > 1
		}
	}
	n, err := strconv.Atoi(strings.ReplaceAll(form, ",", ""))
	return n, err == nil && n > 1 && (n < 1900 || n > 2100)
}
