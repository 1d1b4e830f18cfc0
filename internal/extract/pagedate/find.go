package pagedate

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rapporteur/internal/calendar"
)

// maxTokens bounds how far into a string a date is looked for.
const maxTokens = 400

// A token is a run of digits or letters, with the marks before it.
type token struct {
	text       string
	lower      string
	number     int // -1 for words
	start, end int
	before     string // white space and marks since the token before
}

func tokensOf(s string) []token {
	var list []token
	last := 0
	for i := 0; i < len(s) && len(list) < maxTokens; {
		r, n := utf8.DecodeRuneInString(s[i:])
		digit, letter := unicode.IsDigit(r), unicode.IsLetter(r)
		if !digit && !letter {
			i += n
			continue
		}
		j := i
		for j < len(s) {
			r, n := utf8.DecodeRuneInString(s[j:])
			if digit && !unicode.IsDigit(r) || letter && !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
				break
			}
			j += n
		}
		t := token{text: s[i:j], lower: strings.ToLower(s[i:j]), number: -1, start: i, end: j, before: s[last:i]}
		if digit && j-i <= 8 {
			t.number = digits(s[i:j])
		}
		list = append(list, t)
		i, last = j, j
	}
	return list
}

// digits reads a number in any script's digits; -1 when it is none.
func digits(s string) int {
	var plain []byte
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			plain = append(plain, byte(r))
		case 0x0660 <= r && r <= 0x0669:
			plain = append(plain, byte(r-0x0660)+'0')
		case 0x06f0 <= r && r <= 0x06f9:
			plain = append(plain, byte(r-0x06f0)+'0')
		default:
			return -1
		}
	}
	n, err := strconv.Atoi(string(plain))
	if err != nil {
		return -1
	}
	return n
}

// Find returns the first date of a string.
func (r *Reader) Find(s string) (Date, bool) {
	list := tokensOf(s)
	for i := range list {
		day, used := r.dayAt(list[i:])
		if used == 0 {
			continue
		}
		d := Date{Day: day, Start: list[i].start, End: list[i+used-1].end}
		if r.clock(&d, list[i+used:]); d.At.IsZero() {
			r.clockBefore(&d, list[:i])
		}
		return d, true
	}
	return Date{}, false
}

// clockBefore reads "11:21 pm CST, Tuesday," before a day.
func (r *Reader) clockBefore(d *Date, list []token) {
	for j := len(list) - 2; j >= max(0, len(list)-7); j-- {
		if list[j].number < 0 || list[j+1].before != ":" {
			continue
		}
		at := Date{Day: d.Day}
		r.clock(&at, list[j:])
		if at.At.IsZero() {
			continue
		}
		for _, t := range list[j:] {
			if t.start >= at.End && !r.weekdays[t.lower] {
				return
			}
		}
		d.At, d.Start = at.At, list[j].start
		return
	}
}

// dayAt reads a day from the beginning of the tokens; used is 0 when there is none.
func (r *Reader) dayAt(list []token) (day calendar.Day, used int) {
	// "January 13, 2022": an English date with the month first.
	if month, ok := r.month(list[0]); ok {
		used = 1
		if len(list) > used+1 && list[used].number > 0 && near(list[used]) {
			k := used + 1
			if k < len(list) && isOrdinal(list[k].lower) && list[k].before == "" {
				k++
			}
			if k < len(list) && len(list[k].text) == 4 && near(list[k]) {
				return valid(list[k].number, month, list[used].number, k+1)
			}
		}
		return day, 0
	}
	if list[0].number < 0 {
		return day, 0
	}
	if digitsIn(list[0]) == 4 && len(list) > 2 {
		return r.yearFirst(list)
	}
	return r.dayFirst(list)
}

// yearFirst reads "2022-01-13", "2022/1/13", "2022-January-13".
func (r *Reader) yearFirst(list []token) (calendar.Day, int) {
	month, ok := r.month(list[1])
	if !ok {
		if list[1].number < 1 || list[1].number > 12 || !sameMark(list[1].before, list[2].before) {
			return calendar.Day{}, 0
		}
		month = time.Month(list[1].number)
	}
	if !near(list[1]) || !near(list[2]) || digitsIn(list[2]) > 2 {
		return calendar.Day{}, 0
	}
	return valid(list[0].number, month, list[2].number, 3)
}

// dayFirst reads "13 January 2022", "13th of January, 2022", "13.01.2022" and
// "31/12/2021"; of two small numbers with strokes no one knows which is the month.
func (r *Reader) dayFirst(list []token) (calendar.Day, int) {
	none := calendar.Day{}
	k := 1
	for k < len(list) && k < 3 && (isOrdinal(list[k].lower) && list[k].before == "" || list[k].lower == "of" || list[k].lower == "de") {
		k++
	}
	if k+1 >= len(list) || digitsIn(list[0]) > 2 || !near(list[k]) {
		return none, 0
	}
	if month, ok := r.month(list[k]); ok {
		k++
		if list[k].lower == "de" && k+1 < len(list) {
			k++
		}
		switch {
		case !near(list[k]):
		case digitsIn(list[k]) == 4:
			return valid(list[k].number, month, list[0].number, k+1)
		case digitsIn(list[k]) == 2 && k+2 < len(list) && list[k+1].number >= 0 && list[k+2].before == ":": // RFC 822: "22 Apr 24 22:30"
			return valid(fullYear(list[k].number), month, list[0].number, k+1)
		}
		return none, 0
	}
	if k != 1 || list[1].number < 1 || digitsIn(list[1]) > 2 || digitsIn(list[2]) != 4 || !sameMark(list[1].before, list[2].before) {
		return none, 0
	}
	first, second := list[0].number, list[1].number
	switch mark := strings.TrimSpace(list[1].before); {
	case mark == "." || mark == "-" || first > 12 || first == second:
		return valid(list[2].number, time.Month(second), first, 3)
	case second > 12 || r.order == MonthFirst:
		return valid(list[2].number, time.Month(first), second, 3)
	case r.order == DayFirst:
		return valid(list[2].number, time.Month(second), first, 3)
	}
	return none, 0
}

// Orders reports which orders the dates with strokes in a string can have: one of
// them for "31/12/2021", both for "03/04/2022", none where there is no such date.
// When of tells the day that is meant, an order that gives another day is none.
func (r *Reader) Orders(s string, of calendar.Day) (day, month bool) {
	list := tokensOf(s)
	for i := 0; i+2 < len(list); i++ {
		first, second, year := list[i], list[i+1], list[i+2]
		if strings.TrimSpace(second.before) != "/" || !sameMark(second.before, year.before) || digitsIn(year) != 4 || digitsIn(first) > 2 || digitsIn(second) > 2 {
			continue
		}
		if d, n := valid(year.number, time.Month(second.number), first.number, 3); n > 0 && (of.IsZero() || d == of) {
			day = true
		}
		if d, n := valid(year.number, time.Month(first.number), second.number, 3); n > 0 && (of.IsZero() || d == of) {
			month = true
		}
	}
	return day, month
}

// fullYear reads a year of two digits as RFC 2822, section 4.3, does.
func fullYear(n int) int {
	if n < 50 {
		return 2000 + n
	}
	return 1900 + n
}

func digitsIn(t token) int {
	if t.number < 0 {
		return 0
	}
	return utf8.RuneCountInString(t.text)
}

// near reports whether only white space and light marks stand before the token.
func near(t token) bool { return len(t.before) <= 4 && strings.Trim(t.before, " \t,./-–") == "" }

// sameMark reports whether two gaps are the same mark of division.
func sameMark(a, b string) bool {
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	return a == b && (a == "-" || a == "/" || a == ".")
}

func isOrdinal(s string) bool { return s == "st" || s == "nd" || s == "rd" || s == "th" || s == "º" }

func (r *Reader) month(t token) (time.Month, bool) {
	m, ok := r.months[t.lower]
	return m, ok
}

func valid(year int, month time.Month, num, used int) (calendar.Day, int) {
	d := calendar.Day{Year: year, Month: month, Num: num}
	if !plausible(year) || month < 1 || month > 12 || num < 1 || num > 31 || calendar.DayOf(d.Time()) != d {
		return calendar.Day{}, 0
	}
	return d, used
}

// clock reads "19:46", "7.46 pm", "19:46:05 EDT", "at 19:46 +0330" behind a day.
func (r *Reader) clock(d *Date, list []token) {
	k := 0
	for k < len(list) && k < 2 && (list[k].lower == "at" || list[k].lower == "t" || r.weekdays[list[k].lower]) {
		k++
	}
	if k+1 >= len(list) || list[k].number < 0 || list[k].number > 23 || digitsIn(list[k]) > 2 || len(list[k].before) > 5 ||
		list[k+1].before != ":" && list[k+1].before != "." || digitsIn(list[k+1]) != 2 || list[k+1].number > 59 {
		return
	}
	hour, minute, second := list[k].number, list[k+1].number, 0
	d.End = list[k+1].end
	k += 2
	if k < len(list) && list[k].before == ":" && digitsIn(list[k]) == 2 && list[k].number < 60 {
		second = list[k].number
		d.End = list[k].end
		k++
	}
	if k < len(list) && (list[k].lower == "pm" || list[k].lower == "am" || list[k].lower == "p" || list[k].lower == "a") {
		if list[k].lower[0] == 'p' && hour < 12 {
			hour += 12
		} else if list[k].lower[0] == 'a' && hour == 12 {
			hour = 0
		}
		d.End = list[k].end
		k++
		if k < len(list) && list[k].lower == "m" && list[k].before == "." {
			d.End = list[k].end
			k++
		}
	}
	if zone, end, ok := zoneOf(list[min(k, len(list)):]); ok {
		d.End = end
		d.At = time.Date(d.Day.Year, d.Day.Month, d.Day.Num, hour, minute, second, 0, zone)
	}
}

// zoneOf reads "GMT", "EDT", "+0330", "+03:30".
func zoneOf(list []token) (*time.Location, int, bool) {
	if len(list) == 0 {
		return nil, 0, false
	}
	t := list[0]
	if hours, ok := zones[t.text]; ok && hours != -99 && len(t.before) <= 2 {
		if hours == 0 && len(list) > 1 && (list[1].before == "+" || list[1].before == "-") { // "GMT-0400 (EDT)"
			if zone, end, ok := zoneOf(list[1:]); ok {
				return zone, end, true
			}
		}
		return time.FixedZone(t.text, hours*3600), t.end, true
	}
	sign := strings.TrimSpace(t.before)
	if sign != "+" && sign != "-" {
		return nil, 0, false
	}
	hours, minutes, end := t.number, 0, t.end
	switch {
	case digitsIn(t) == 4:
		hours, minutes = t.number/100, t.number%100
	case (digitsIn(t) == 2 || digitsIn(t) == 1) && len(list) > 1 && list[1].before == ":" && digitsIn(list[1]) == 2:
		minutes, end = list[1].number, list[1].end
	case (digitsIn(t) == 2 || digitsIn(t) == 1) && t.before == sign: // "GMT+2"
	default:
		return nil, 0, false
	}
	if hours > 14 || minutes > 59 {
		return nil, 0, false
	}
	offset := hours*3600 + minutes*60
	if sign == "-" {
		offset = -offset
	}
	return time.FixedZone("", offset), end, true
}
