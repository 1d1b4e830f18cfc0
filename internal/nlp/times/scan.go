package times

import (
	"strconv"
	"strings"
	"time"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
)

// A scan reads one sentence.
type scan struct {
	st     *Stage
	d      *document.Doc
	lo, hi document.TokenID
	today  calendar.Day
}

func (s *scan) form(i document.TokenID) string {
	if i < s.lo || i >= s.hi {
		return ""
	}
	return s.d.Form(i)
}

func (s *scan) lower(i document.TokenID) string { return strings.ToLower(s.form(i)) }

func (s *scan) is(kind, word string) bool {
	_, ok := s.st.words[kind][word]
	return ok
}

func (s *scan) has(kind string, i document.TokenID) (meaning, bool) {
	m, ok := s.st.words[kind][s.lower(i)]
	return m, ok
}

// month reads a month name at i: a capital, and no verb ("may") and no person
// ("March said", "Linnea March") as far as the words beside it tell.
func (s *scan) month(i document.TokenID) (time.Month, bool) {
	m, ok := s.has("month", i)
	if !ok || s.form(i) == s.lower(i) {
		return 0, false
	}
	if u := s.d.Tokens[i].UPOS; u == document.AUX || u == document.VERB {
		return 0, false
	}
	return time.Month(m.value), true
}

// number reads the day of a month at i: "12", "3rd".
func (s *scan) dayNumber(i document.TokenID) (int, bool) {
	w := s.lower(i)
	if m, ok := s.has("ordinal", i); ok {
		return m.value, true
	}
	for _, tail := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, tail)
	}
	n, err := strconv.Atoi(w)
	return n, err == nil && n >= 1 && n <= 31 && len(w) <= 2
}

func (s *scan) year(i document.TokenID) (int, bool) {
	w := s.form(i)
	n, err := strconv.Atoi(w)
	return n, err == nil && len(w) == 4 && n >= 1000 && n <= 2199
}

// yearAfter reads "2022", ", 2022" or "of 2022" at i and returns the token behind.
func (s *scan) yearAfter(i document.TokenID) (year int, end document.TokenID) {
	j := i
	if w := s.form(j); w == "," || w == "of" {
		j++
	}
	if y, ok := s.year(j); ok {
		return y, j + 1
	}
	return 0, i
}

func valid(year int, month time.Month, day int) bool {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return t.Month() == month && t.Day() == day
}

// against is how many days a day may lie nearer on the side that the tense does not
// ask for and still lose: a verb nearby is weak proof of the year.
const against = 120

// inYear finds the year of a day that is given without one: that of the nearest such
// day, unless the tense clearly asks for the other side. "met on 20 December" read on
// New Year's Day is last year's; "rejected the 1 May deadline" read in April is not.
// Guideline: TIDES TIMEX2 2.3 (anchoring by tense).
func (s *scan) inYear(month time.Month, day int, t tense) calendar.Day {
	var best calendar.Day
	least := 0
	for year := s.today.Year - 1; year <= s.today.Year+1; year++ {
		c := calendar.Day{Year: year, Month: month, Num: day}
		if !valid(year, month, day) {
			continue
		}
		far := int(s.distance(c).Hours() / 24)
		if t == past && s.today.Before(c) || t == future && c.Before(s.today) {
			far += against
		}
		if best.IsZero() || far < least {
			best, least = c, far
		}
	}
	return best
}

func (s *scan) distance(c calendar.Day) time.Duration {
	return c.Time().Sub(s.today.Time()).Abs()
}

// tense is what the verb near an expression tells.
type tense uint8

const (
	unclear tense = iota
	past
	future
)

// clauseReach is how many tokens away a verb is looked for; it bounds the time.
const clauseReach = 80

// tenseAt returns the tense of the verb that governs the tokens [a, b): the nearest
// one before them in the sentence, else the nearest behind.
// Example: "met in Orsa on 3 May and will meet again on Friday".
func (s *scan) tenseAt(a, b document.TokenID) tense {
	for i := a - 1; i >= max(s.lo, a-clauseReach); i-- {
		if t := s.tenseOf(i); t != unclear {
			return t
		}
		if w := s.form(i); w == ";" || w == ":" {
			break
		}
	}
	for i := b; i < min(s.hi, b+clauseReach); i++ {
		if t := s.tenseOf(i); t != unclear {
			return t
		}
	}
	return unclear
}

func (s *scan) tenseOf(i document.TokenID) tense {
	w, tok := s.lower(i), s.d.Tokens[i]
	switch {
	case s.is("planned", w):
		return future
	case tok.XPOS == "MD":
		if s.is("ahead", w) {
			return future
		}
	case tok.XPOS == "VBD":
		return past
	case tok.XPOS == "VBN":
		if s.behindWord(i, 3, func(w string) bool { return w == "be" }) {
			return future
		}
		return past
	case tok.XPOS == "VB":
		if s.behindWord(i, 3, func(w string) bool { return w == "did" }) {
			return past
		}
		return future
	case tok.XPOS == "VBG" && s.behindWord(i, 2, func(w string) bool { return w == "is" || w == "are" || w == "'s" || w == "’re" }):
		return future
	}
	return unclear
}

func (s *scan) behindWord(i document.TokenID, reach int, is func(string) bool) bool {
	for j := i - 1; j >= s.lo && int(i-j) <= reach; j-- {
		if is(s.lower(j)) {
			return true
		}
	}
	return false
}
