package times

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
)

var isoDate = regexp.MustCompile(`^(\d{4})-(\d{1,2}|[A-Z][a-z]+)-(\d{1,2})\b`)
var dottedDate = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b`)

// numeric reads "2022-01-13", "2022-January-13" and "13.01.2022"; a date with
// slashes only where it can be read in one way.
func (s *scan) numeric(i document.TokenID) found {
	if c := s.form(i); c == "" || c[0] < '0' || c[0] > '9' {
		return found{}
	}
	rest := s.d.Text()[s.d.Tokens[i].Span.Start:]
	rest = rest[:min(len(rest), 24)]
	var day calendar.Day
	length := 0
	if m := isoDate.FindStringSubmatch(rest); m != nil {
		month, err := strconv.Atoi(m[2])
		if err != nil {
			month = s.st.words["month"][strings.ToLower(m[2])].value
		}
		day, length = dayOf(m[1], month, m[3]), len(m[0])
	} else if m := dottedDate.FindStringSubmatch(rest); m != nil {
		first, _ := strconv.Atoi(m[1]) // digits by the pattern
		second, _ := strconv.Atoi(m[2])
		length = len(m[0])
		switch {
		case !strings.Contains(m[0], "/") || first > 12:
			day = dayOf(m[3], second, m[1])
		case second > 12:
			day = dayOf(m[3], first, m[2])
		}
	}
	if day.IsZero() {
		return found{}
	}
	end := i
	for end < s.hi && s.d.Tokens[end].Span.Start < s.d.Tokens[i].Span.Start+length {
		end++
	}
	return found{calendar.On(day), end, "numeric"}
}

func dayOf(year string, month int, day string) calendar.Day {
	y, _ := strconv.Atoi(year) // digits by the pattern
	n, _ := strconv.Atoi(day)
	if month < 1 || month > 12 || !valid(y, time.Month(month), n) {
		return calendar.Day{}
	}
	return calendar.Day{Year: y, Month: time.Month(month), Num: n}
}

// lead skips a weekday before a date: "Friday, 14 January".
func (s *scan) lead(i document.TokenID) document.TokenID {
	if _, ok := s.has("weekday", i); !ok {
		return i
	}
	i++
	if s.form(i) == "," {
		i++
	}
	if s.form(i) == "the" {
		i++
	}
	return i
}

// monthDay reads "January 12", "Jan. 13, 2022", "May 3-5".
func (s *scan) monthDay(i document.TokenID) found {
	j := s.lead(i)
	month, ok := s.month(j)
	if !ok {
		return found{}
	}
	j++
	if s.form(j) == "the" {
		j++
	}
	first, ok := s.dayNumber(j)
	if !ok {
		return found{}
	}
	j++
	last, j := s.rangeEnd(j, first)
	year, end := s.yearAfter(j)
	if last != first {
		return found{s.days(month, first, month, last, year, i, end), end, "month-days"}
	}
	if m2, d2, e := s.toMonthDay(j); e > 0 {
		year, end = s.yearAfter(e)
		return found{s.days(month, first, m2, d2, year, i, end), end, "month-day-to-month-day"}
	}
	return found{s.days(month, first, month, first, year, i, end), end, "month-day"}
}

// rangeEnd reads "-5" behind "3".
func (s *scan) rangeEnd(j document.TokenID, first int) (int, document.TokenID) {
	switch s.form(j) {
	case "-", "–", "—", "to", "and":
		if last, ok := s.dayNumber(j + 1); ok && last > first && s.form(j+2) != "%" {
			if _, isMonth := s.has("month", j+2); !isMonth || s.form(j) != "and" {
				return last, j + 2
			}
		}
	}
	return first, j
}

// toMonthDay reads "- June 2" behind "May 30".
func (s *scan) toMonthDay(j document.TokenID) (time.Month, int, document.TokenID) {
	switch s.form(j) {
	case "-", "–", "—", "to":
		if m, ok := s.month(j + 1); ok {
			if d, ok := s.dayNumber(j + 2); ok {
				return m, d, j + 3
			}
		}
	}
	return 0, 0, 0
}

// dayMonth reads "12 January 2022", "3-5 May", "the 14th of May".
func (s *scan) dayMonth(i document.TokenID) found {
	j := s.lead(i)
	if s.form(j) == "the" {
		j++
	}
	first, ok := s.dayNumber(j)
	if !ok {
		return found{}
	}
	last, j := s.rangeEnd(j+1, first)
	if w := s.form(j); w == "of" || w == "." {
		j++
	} else if _, word := s.has("ordinal", j-1); word {
		return found{} // "the second May round"
	}
	month, ok := s.month(j)
	if !ok {
		return found{}
	}
	year, end := s.yearAfter(j + 1)
	return found{s.days(month, first, month, last, year, i, end), end, "day-month"}
}

// days builds the day or interval; without a year the tense tells it.
func (s *scan) days(m1 time.Month, d1 int, m2 time.Month, d2, year int, a, b document.TokenID) calendar.When {
	var first, last calendar.Day
	if year > 0 {
		if !valid(year, m1, d1) || !valid(year, m2, d2) {
			return calendar.When{}
		}
		first, last = calendar.Day{Year: year, Month: m1, Num: d1}, calendar.Day{Year: year, Month: m2, Num: d2}
	} else {
		if s.today.IsZero() {
			return calendar.When{}
		}
		first = s.inYear(m1, d1, s.tenseAt(a, b))
		if first.IsZero() || !valid(first.Year, m2, d2) {
			return calendar.When{}
		}
		last = calendar.Day{Year: first.Year, Month: m2, Num: d2}
	}
	if first == last {
		return calendar.On(first)
	}
	if last.Before(first) {
		last.Year++
	}
	return calendar.Between(first, last)
}

// ordinalDay reads "on the 14th".
func (s *scan) ordinalDay(i document.TokenID) found {
	if s.today.IsZero() || s.form(i) != "the" || s.lower(i-1) != "on" && s.lower(i-1) != "by" && s.lower(i-1) != "until" {
		return found{}
	}
	n, ok := s.dayNumber(i + 1)
	if w := s.form(i + 1); !ok || w[len(w)-1] >= '0' && w[len(w)-1] <= '9' || s.d.Tokens[i+1].Span.End < len(s.d.Text()) && i+2 < s.hi && s.d.Tokens[i+2].UPOS == document.NOUN {
		return found{}
	}
	t := s.tenseAt(i, i+2)
	var best calendar.Day
	for back := -1; back <= 1; back++ {
		at := time.Date(s.today.Year, s.today.Month+time.Month(back), 1, 0, 0, 0, 0, time.UTC)
		if !valid(at.Year(), at.Month(), n) {
			continue
		}
		c := calendar.Day{Year: at.Year(), Month: at.Month(), Num: n}
		if t != future && s.today.Before(c) || t == future && c.Before(s.today) {
			continue
		}
		if best.IsZero() || s.distance(c) < s.distance(best) {
			best = c
		}
	}
	if best.IsZero() {
		return found{}
	}
	return found{calendar.On(best), i + 2, "ordinal-day"}
}

// monthAlone reads "in March", "last May", "March 2022". A bare month needs a word
// in front that asks for a time, so that "March said" is a person.
func (s *scan) monthAlone(i document.TokenID) found {
	j, toward, given := i, 0, false
	if m, ok := s.has("toward", j); ok {
		toward, given = m.value, true
		j++
	}
	month, ok := s.month(j)
	if !ok {
		return found{}
	}
	if year, end := s.yearAfter(j + 1); year > 0 {
		return found{calendar.InMonth(year, month), end, "month-year"}
	}
	prev := s.lower(j - 1)
	if s.today.IsZero() || !s.is("before", prev) || prev == "for" || prev == "and" {
		return found{}
	}
	if next := j + 1; next < s.hi && (s.d.Tokens[next].UPOS == document.VERB || s.form(next) == "'s" || s.d.Tokens[next].UPOS == document.PROPN) && !given {
		return found{}
	}
	t := s.tenseAt(i, j+1)
	if given && toward != 0 {
		t = tense(map[int]tense{-1: past, 1: future}[toward])
	}
	year := s.today.Year
	switch {
	case t == past && month > s.today.Month || t == past && toward < 0 && month == s.today.Month:
		year--
	case t == future && month < s.today.Month:
		year++
	case t == unclear && month > s.today.Month+6:
		year--
	}
	return found{calendar.InMonth(year, month), j + 1, "month"}
}

// yearAlone reads "in 2019", "since 2015".
func (s *scan) yearAlone(i document.TokenID) found {
	y, ok := s.year(i)
	if !ok || !s.is("before", s.lower(i-1)) {
		return found{}
	}
	if i+1 < s.hi && s.d.Tokens[i+1].UPOS == document.NOUN && s.d.Tokens[i+1].XPOS == "NNS" {
		return found{}
	}
	return found{calendar.InYear(y), i + 1, "year"}
}
