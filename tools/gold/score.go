package gold

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// A Count is hits, predicted and gold entries.
type Count struct{ Hits, Predicted, Gold int }

// Add adds up counts.
func (c *Count) Add(o Count) { c.Hits += o.Hits; c.Predicted += o.Predicted; c.Gold += o.Gold }

// F1 returns precision, recall and their harmonic mean in per cent.
func (c Count) F1() (p, r, f float64) {
	if c.Predicted > 0 {
		p = 100 * float64(c.Hits) / float64(c.Predicted)
	}
	if c.Gold > 0 {
		r = 100 * float64(c.Hits) / float64(c.Gold)
	}
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return p, r, f
}

var class = map[string]string{
	"demands": "for", "proposes": "for", "supports": "for", "accepts": "for", "promises": "for", "open": "open", "conditional": "open",
	"opposes": "against", "rejects": "against", "threatens": "against",
}

var wordPattern = regexp.MustCompile(`[\p{L}\p{N}_]+`)

func words(s string) []string {
	t := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)))
	folded, _, err := transform.String(t, s)
	if err != nil {
		folded = s
	}
	return wordPattern.FindAllString(strings.ToLower(folded), -1)
}

// TokenF1 compares two stretches of words.
func TokenF1(a, b string) float64 {
	wa, wb := words(a), words(b)
	left := map[string]int{}
	for _, w := range wa {
		left[w]++
	}
	hit := 0
	for _, w := range wb {
		if left[w] > 0 {
			left[w]--
			hit++
		}
	}
	if hit == 0 {
		return 0
	}
	return 2 * float64(hit) / float64(len(wa)+len(wb))
}

var titles = strings.Fields("the mr mrs ms dr president prime minister senator sir spokesman spokeswoman spokesperson foreign secretary general chancellor king queen ambassador of state")

var aliases = map[string]string{
	"us": "united states", "usa": "united states", "america": "united states", "washington": "united states", "white house": "united states",
	"uk": "united kingdom", "britain": "united kingdom", "moscow": "russia", "kremlin": "russia", "russian federation": "russia", "eu": "european union",
	"un": "united nations", "tehran": "iran", "beijing": "china", "seoul": "south korea", "pyongyang": "north korea",
}

var ofPlace = regexp.MustCompile(`\s+of\s+(the\s+)?[A-Z][\w ]*$`)

func bare(name string) []string {
	drop := func(list []string) []string {
		return slices.DeleteFunc(list, func(w string) bool { return slices.Contains(titles, w) })
	}
	if head := drop(words(ofPlace.ReplaceAllString(name, ""))); len(head) >= 2 {
		return head
	}
	return drop(words(name))
}

func initials(list []string) string {
	out := ""
	for _, w := range list {
		out += string([]rune(w)[:1])
	}
	return out
}

// SameName reports whether two names are one by the scorer's rules.
func SameName(a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	ta, tb := bare(a), bare(b)
	if len(ta) == 0 || len(tb) == 0 {
		return false
	}
	alias := func(t []string) string {
		s := strings.Join(t, " ")
		if full, ok := aliases[s]; ok {
			return full
		}
		return s
	}
	if alias(ta) == alias(tb) || initials(ta) == strings.Join(tb, "") || initials(tb) == strings.Join(ta, "") {
		return true
	}
	short, long := ta, tb
	if len(ta) > len(tb) {
		short, long = tb, ta
	}
	for _, side := range []string{"south", "north"} {
		if slices.Contains(long, side) != slices.Contains(short, side) {
			return false
		}
	}
	if short[len(short)-1] != long[len(long)-1] {
		return false
	}
	if len(short) == 1 || short[0] == long[0] {
		return true
	}
	return !slices.ContainsFunc(short, func(w string) bool { return !slices.Contains(long, w) })
}

// Pair is a gold and a predicted entry that match.
type Pair struct{ Gold, Predicted int }

// Match pairs entries one to one, best score first.
func Match(gold, predicted int, score func(g, p int) float64) []Pair {
	type scored struct {
		Pair
		value float64
	}
	var all []scored
	for g := range gold {
		for p := range predicted {
			if v := score(g, p); v > 0 {
				all = append(all, scored{Pair{g, p}, v})
			}
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].value > all[j].value })
	usedG, usedP := map[int]bool{}, map[int]bool{}
	var out []Pair
	for _, s := range all {
		if !usedG[s.Gold] && !usedP[s.Predicted] {
			usedG[s.Gold], usedP[s.Predicted] = true, true
			out = append(out, s.Pair)
		}
	}
	return out
}

// PositionScore is above zero where a predicted position is the gold one.
func PositionScore(g, p Position, withStance bool) float64 {
	if !SameName(g.Holder, p.Holder) || g.Denied != p.Denied {
		return 0
	}
	if withStance && (class[g.Stance] != class[p.Stance] || g.Own != p.Own) {
		return 0
	}
	f := max(TokenF1(g.Mention, p.Mention), TokenF1(g.Point, p.Mention), TokenF1(g.Mention, p.Point))
	if f < 0.5 {
		return 0
	}
	return f
}

// MeetingScore is above zero where a predicted meeting is the gold one.
func MeetingScore(g, p Meeting) float64 {
	if g.Date != p.Date {
		return 0
	}
	if shareWord(g.Place, p.Place) {
		return 1
	}
	both := 0
	for _, a := range g.Participants {
		if slices.ContainsFunc(p.Participants, func(b string) bool { return SameName(a, b) }) {
			both++
		}
	}
	if len(g.Participants) > 0 && len(p.Participants) > 0 && 2*both >= max(len(g.Participants), len(p.Participants)) {
		return 0.9
	}
	if TokenF1(g.Name, p.Name) >= 0.5 {
		return 0.8
	}
	return 0
}

func shareWord(a, b string) bool {
	wb := words(b)
	return slices.ContainsFunc(words(a), func(w string) bool { return slices.Contains(wb, w) })
}
