package times

import (
	"strconv"
	"time"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
)

// weekday reads "on Thursday", "next Friday", "Friday evening", "Monday last week".
// A weekday in the past tense is the latest such day up to the day of publication,
// one in the future tense the next from that day on.
func (s *scan) weekday(i document.TokenID) found {
	if s.today.IsZero() {
		return found{}
	}
	j, toward, given := i, 0, false
	if m, ok := s.has("toward", j); ok {
		toward, given = m.value, true
		j++
	}
	day, ok := s.has("weekday", j)
	if !ok || s.form(j) == s.lower(j) {
		return found{}
	}
	end := j + 1
	if _, ok := s.has("part", end); ok {
		end++
	}
	if m, ok := s.has("toward", end); ok && s.lower(end+1) == "week" && !given {
		monday := s.monday().Add(7 * m.value)
		return found{calendar.On(monday.Add((day.value + 6) % 7)), end + 2, "weekday-of-week"}
	}
	back := (int(s.today.Weekday()) - day.value + 7) % 7
	forward := (7 - back) % 7
	t := s.tenseAt(i, end)
	switch {
	case given && toward < 0 && back == 0:
		back = 7
	case given && toward > 0 && forward == 0:
		forward = 7
	}
	if given && toward < 0 || !(given && toward > 0) && t != future {
		return found{calendar.On(s.today.Add(-back)), end, "weekday-past"}
	}
	return found{calendar.On(s.today.Add(forward)), end, "weekday-future"}
}

func (s *scan) monday() calendar.Day {
	return s.today.Add(-((int(s.today.Weekday()) + 6) % 7))
}

// relativeDay reads "yesterday", "tomorrow evening", "the day before yesterday".
func (s *scan) relativeDay(i document.TokenID) found {
	if s.today.IsZero() {
		return found{}
	}
	if s.lower(i) == "the" && s.lower(i+1) == "day" {
		if m, ok := s.has("day", i+3); ok {
			switch {
			case s.lower(i+2) == "before" && m.value == -1, s.lower(i+2) == "after" && m.value == 1:
				return found{calendar.On(s.today.Add(2 * m.value)), i + 4, "day-before-yesterday"}
			}
		}
	}
	m, ok := s.has("day", i)
	if !ok {
		return found{}
	}
	end := i + 1
	if _, ok := s.has("part", end); ok {
		end++
	}
	return found{calendar.On(s.today.Add(m.value)), end, "relative-day"}
}

// span reads "earlier this week", "last month", "in the upcoming days", "over the
// past two weeks", "this weekend".
func (s *scan) span(i document.TokenID) found {
	if s.today.IsZero() {
		return found{}
	}
	j, share, hasShare := i, 0, false
	if m, ok := s.has("share", j); ok {
		share, hasShare = m.value, true
		j++
		if w := s.lower(j); w == "in" || w == "-" {
			j++
		}
	}
	article := s.lower(j) == "the"
	if article {
		j++
	}
	m, ok := s.has("toward", j)
	if !ok {
		return found{}
	}
	j++
	count := 1
	if n, end := s.count(j); end > j {
		count, j = n, end
	}
	unit, ok := s.has("unit", j)
	if !ok {
		if _, isPart := s.has("part", j); isPart && !article && m.value <= 0 { // "this morning", "last night"
			day := s.today
			if m.value < 0 {
				day = day.Add(-1)
			}
			return found{calendar.On(day), j + 1, "part-of-day"}
		}
		return found{}
	}
	plural := s.lower(j) == unit.unit+"s"
	switch {
	case plural || count > 1:
		return found{s.many(m.value, count, plural && count == 1, unit.unit), j + 1, "units"}
	case article && unit.unit == "day": // "the next day" counts from a day of the story
		return found{}
	}
	return found{s.shareOf(s.one(m.value, unit.unit), share, hasShare), j + 1, "unit"}
}

// count reads "two", "12", "few" at i.
func (s *scan) count(i document.TokenID) (int, document.TokenID) {
	if s.lower(i) == "a" && (s.lower(i+1) == "few" || s.lower(i+1) == "couple") {
		i++
	}
	n, err := strconv.Atoi(s.form(i))
	if m, ok := s.has("number", i); ok {
		n, err = m.value, nil
	}
	if err != nil || n < 1 || n > 400 {
		return 0, i
	}
	if s.lower(i) == "couple" && s.lower(i+1) == "of" {
		i++
	}
	return n, i + 1
}

// one returns the unit before, around or after today.
func (s *scan) one(toward int, unit string) calendar.When {
	switch unit {
	case "day":
		return calendar.On(s.today.Add(toward))
	case "week":
		monday := s.monday().Add(7 * toward)
		return calendar.Between(monday, monday.Add(6))
	case "weekend":
		saturday := s.monday().Add(5 + 7*toward)
		if toward < 0 && s.today.Weekday() == time.Sunday {
			saturday = s.monday().Add(-2)
		}
		return calendar.Between(saturday, saturday.Add(1))
	case "month":
		at := time.Date(s.today.Year, s.today.Month+time.Month(toward), 1, 0, 0, 0, 0, time.UTC)
		return calendar.InMonth(at.Year(), at.Month())
	case "year":
		return calendar.InYear(s.today.Year + toward)
	}
	return calendar.When{}
}

// shareOf narrows a span that lies around today: "earlier this week" ends today.
func (s *scan) shareOf(w calendar.When, share int, given bool) calendar.When {
	if !given || share == 0 || !w.IsKnown() || w.Last.Before(s.today) || s.today.Before(w.First) {
		return w
	}
	if share < 0 {
		return calendar.Between(w.First, s.today)
	}
	return calendar.Between(s.today, w.Last)
}

var lengths = map[string]int{"day": 1, "week": 7, "weekend": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3650}

// many returns "the past two weeks", "the coming days": an interval on one side of
// today; a plural without a number counts as a week of days, a month of weeks.
func (s *scan) many(toward, count int, vague bool, unit string) calendar.When {
	if vague {
		count = map[string]int{"day": 7, "week": 4, "month": 3, "year": 3}[unit]
	}
	n := count * lengths[unit]
	switch {
	case n == 0:
		return calendar.When{}
	case toward > 0:
		return calendar.Between(s.today.Add(1), s.today.Add(n))
	}
	return calendar.Between(s.today.Add(-n), s.today)
}

// counted reads "two days ago", "a month ago", "in three weeks", "within two days".
func (s *scan) counted(i document.TokenID) found {
	if s.today.IsZero() {
		return found{}
	}
	j := i
	forward := s.lower(i) == "in" || s.lower(i) == "within"
	if forward {
		j++
	}
	n, end := s.count(j)
	unit, ok := s.has("unit", end)
	if end == j || !ok {
		return found{}
	}
	end++
	if w := s.lower(end); !forward && (w == "ago" || w == "earlier" && unit.unit != "day") {
		return found{s.shift(-n, unit.unit), end + 1, "ago"}
	}
	if !forward || s.tenseAt(i, end) != future || s.lower(i) == "in" && s.behindWord(i, 1, func(w string) bool { return w == "first" || w == "time" }) {
		return found{}
	}
	if s.lower(i) == "within" {
		return found{calendar.Between(s.today, s.today.Add(n*lengths[unit.unit])), end, "within"}
	}
	if w := s.lower(end); w == "time" {
		end++
	}
	return found{s.shift(n, unit.unit), end, "in-units"}
}

// shift moves today by n units; the precision is that of the unit.
func (s *scan) shift(n int, unit string) calendar.When {
	t := s.today.Time()
	switch unit {
	case "day":
		return calendar.On(s.today.Add(n))
	case "week":
		day := s.today.Add(7 * n)
		return calendar.Between(day.Add(-3), day.Add(3))
	case "month":
		at := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		return calendar.InMonth(at.Year(), at.Month())
	case "year":
		return calendar.InYear(t.Year() + n)
	}
	return calendar.When{}
}
