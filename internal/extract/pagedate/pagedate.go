// Package pagedate reads the days that pages, files and lines carry.
//
// In: strings such as "2022-01-13T19:46:00+03:30", "2022-January-13  19:46",
// "Friday, 14 January 2022", and the names of months. Out: a day, with the instant
// where clock and offset are told. What always holds: a day is one of the calendar
// between 1900 and 2100; "03/04/2022", which two conventions read differently, is
// no day to a reader that was not told which of them holds; nothing is read from a
// clock.
package pagedate

import (
	"strconv"
	"strings"
	"time"

	"rapporteur/internal/calendar"
)

// A Reader reads days. It is safe for concurrent use.
type Reader struct {
	months   map[string]time.Month
	weekdays map[string]bool
	order    Order
}

// An Order says which of two numbers with strokes is the day: "03/04/2022".
type Order uint8

// The orders.
const (
	UnknownOrder Order = iota
	DayFirst
	MonthFirst
)

// In returns a reader that knows which number comes first.
func (r *Reader) In(o Order) *Reader {
	told := *r
	told.order = o
	return &told
}

// New returns a reader that knows these names of months and days of the week, all
// in lower case.
func New(months map[string]time.Month, weekdays map[string]bool) *Reader {
	return &Reader{months: months, weekdays: weekdays}
}

// A Date is what a string says. At is zero where it tells no clock or no offset.
type Date struct {
	Day        calendar.Day
	At         time.Time
	Start, End int // the bytes of the string that say it, clock included
}

// stamps are the forms that machines write, with an offset and without.
var stamps = [...]struct {
	layout string
	zoned  bool
}{
	{time.RFC3339Nano, true}, {"2006-01-02T15:04:05.999Z0700", true}, {"2006-01-02T15:04Z07:00", true}, {"2006-01-02T15:04Z0700", true},
	{"2006-01-02 15:04:05Z07:00", true}, {"2006-01-02 15:04:05 Z0700", true}, {"2006-01-02 15:04:05 Z07:00", true}, {"20060102T150405Z0700", true},
	{"2006-01-02T15:04:05.999", false}, {"2006-01-02T15:04", false}, {"2006-01-02 15:04:05.999", false}, {"2006-01-02 15:04", false},
	{"20060102T150405", false}, {"20060102150405", false}, {"20060102", false}, {time.DateOnly, false},
}

// Stamp reads a string that as a whole says when something was: what machines
// write, and days in words.
func (r *Reader) Stamp(s string) (Date, bool) {
	s = strings.TrimSpace(s)
	for _, form := range stamps {
		t, err := time.Parse(form.layout, s)
		if err != nil || !plausible(t.Year()) {
			continue
		}
		d := Date{Day: calendar.DayOf(t), End: len(s)}
		if form.zoned {
			d.At = t
		}
		return d, true
	}
	if at, ok := seconds(s); ok {
		return Date{Day: calendar.DayOf(at), At: at, End: len(s)}, true
	}
	if f := strings.Fields(s); len(f) == 6 && strings.Contains(f[3], ":") { // date(1): "Mon Apr 22 22:30:00 EDT 2024"
		if d, ok := r.Find(strings.Join([]string{f[1], f[2], f[5], f[3], f[4]}, " ")); ok {
			d.Start, d.End = 0, len(s)
			return d, true
		}
	}
	return r.Find(s)
}

// seconds reads a count of seconds or milliseconds since 1970, from 2001 on.
func seconds(s string) (time.Time, bool) {
	if len(s) != 10 && len(s) != 13 || strings.Trim(s, "0123456789") != "" {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(s[:10], 10, 64)
	if err != nil || n < 1e9 || n > 4e9 {
		return time.Time{}, false
	}
	return time.Unix(n, 0).UTC(), true
}

func plausible(year int) bool { return year >= 1900 && year <= 2100 }

// Line reports the date of a line that says nothing else than when: a day, with
// weekday, clock, zone and marks of division.
func (r *Reader) Line(s string) (Date, bool) {
	d, ok := r.Find(s)
	if !ok {
		return Date{}, false
	}
	rest := s[:d.Start] + " " + s[d.End:]
	for _, word := range strings.FieldsFunc(strings.ToLower(rest), isDivider) {
		if !r.weekdays[word] && !isClockWord(word) {
			return Date{}, false
		}
	}
	return d, true
}

// Clock reports whether a string says nothing else than a time of day: "at 1:23 p.m."
func (r *Reader) Clock(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(s), isDivider)
	digit := false
	for _, word := range words {
		if !isClockWord(word) {
			return false
		}
		digit = digit || strings.ContainsAny(word, "0123456789")
	}
	return digit
}

// isDivider reports marks that stand between the parts of a date line.
func isDivider(r rune) bool { return strings.ContainsRune(" \t\n,.;:|·•-–—/()", r) }

// isClockWord reports words and numbers of a clock that Find did not take.
func isClockWord(word string) bool {
	if _, zone := zones[strings.ToUpper(word)]; zone {
		return true
	}
	switch word {
	case "am", "pm", "a", "p", "m", "at", "h", "hrs", "ist", "irst", "local", "time", "o'clock":
		return true
	}
	return strings.Trim(word, "0123456789+") == "" && len(word) <= 5
}

// zones are the zone names of RFC 822, section 5, and a few that name one offset
// alone, in hours; they mean the same on every machine.
var zones = map[string]int{
	"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
	"CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "BST": 1, "AKST": -9, "AKDT": -8, "HST": -10, "JST": 9, "KST": 9, "HKT": 8,
	"AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "ET": -99, "PT": -99, "CT": -99,
}
