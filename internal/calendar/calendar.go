// Package calendar holds days and intervals of days, with their precision.
//
// In: years, months and days of the Gregorian calendar, or ISO 8601 strings.
// Out: comparable values. What always holds: a Day is a valid day or the zero
// Day, which means "not known"; nothing here reads a clock.
package calendar

import (
	"fmt"
	"time"
)

// A Day is one day of the Gregorian calendar. The zero Day is not known.
type Day struct {
	Year  int
	Month time.Month
	Num   int // day of the month, from 1
}

// DayOf returns the calendar day of t in t's own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// ParseDay reads "2022-01-13".
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, fmt.Errorf("day %q: want YYYY-MM-DD", s)
	}
	return DayOf(t), nil
}

// IsZero reports whether the day is not known.
func (d Day) IsZero() bool { return d == Day{} }

// String returns "2022-01-13", or "" for the zero Day.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Num)
}

// Time returns midnight UTC of the day.
func (d Day) Time() time.Time { return time.Date(d.Year, d.Month, d.Num, 0, 0, 0, 0, time.UTC) }

// Add returns the day n days later (earlier when n is negative).
func (d Day) Add(n int) Day { return DayOf(d.Time().AddDate(0, 0, n)) }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.Time().Weekday() }

// Before reports whether d comes before o.
func (d Day) Before(o Day) bool { return d.String() < o.String() }

// MarshalText writes the ISO form; the zero Day is the empty string.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form or the empty string.
func (d *Day) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Day{}
		return nil
	}
	parsed, err := ParseDay(string(b))
	*d = parsed
	return err
}

// Precision says how exactly a When is known.
type Precision uint8

// The precisions, from none to exact.
const (
	Unknown Precision = iota
	ToYear
	ToMonth
	ToInterval // somewhere between First and Last
	ToDay
)

// String names the precision.
func (p Precision) String() string {
	return [...]string{"unknown", "year", "month", "interval", "day"}[p]
}

// A When is a day, or an interval of days of which one is meant or which is
// filled as a whole. First and Last are inclusive. The zero When is not known.
type When struct {
	First, Last Day
	Precision   Precision
}

// On returns the When of one exact day.
func On(d Day) When { return When{First: d, Last: d, Precision: ToDay} }

// Between returns the interval from first to last.
func Between(first, last Day) When {
	return When{First: first, Last: last, Precision: ToInterval}
}

// InMonth returns the When of a month.
func InMonth(year int, month time.Month) When {
	first := Day{year, month, 1}
	return When{First: first, Last: DayOf(first.Time().AddDate(0, 1, -1)), Precision: ToMonth}
}

// InYear returns the When of a year.
func InYear(year int) When {
	return When{First: Day{year, time.January, 1}, Last: Day{year, time.December, 31}, Precision: ToYear}
}

// IsKnown reports whether anything is known.
func (w When) IsKnown() bool { return w.Precision != Unknown }

// ISO returns "2022-01-13" for a day, "2022-01" for a month, "2022" for a year
// and the first day of an interval; "" when nothing is known.
func (w When) ISO() string {
	switch w.Precision {
	case ToDay, ToInterval:
		return w.First.String()
	case ToMonth:
		return w.First.String()[:7]
	case ToYear:
		return w.First.String()[:4]
	}
	return ""
}
