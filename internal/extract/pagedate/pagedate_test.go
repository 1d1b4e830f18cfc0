package pagedate

import (
	"testing"
	"time"

	"rapporteur/internal/calendar"
)

func reader() *Reader {
	return New(map[string]time.Month{"january": 1, "jan": 1, "may": 5, "april": 4, "apr": 4, "janvier": 1, "december": 12, "ژانویه": 1},
		map[string]bool{"monday": true, "friday": true, "mon": true})
}

func TestStamp(t *testing.T) {
	cases := []struct{ in, day, at string }{
		{"2022-01-13T19:46:00+03:30", "2022-01-13", "2022-01-13T19:46:00+03:30"},
		{"2022-01-13T23:46:00Z", "2022-01-13", "2022-01-13T23:46:00Z"},
		{"2022-01-13T19:46:00.000-0500", "2022-01-13", "2022-01-13T19:46:00-05:00"},
		{"2022-01-13 19:46:00", "2022-01-13", ""},
		{"20220113", "2022-01-13", ""},
		{"2022-January-13  19:46", "2022-01-13", ""},
		{"Friday, 14 January 2022", "2022-01-14", ""},
		{"January 13, 2022 7:46 p.m. EDT", "2022-01-13", "2022-01-13T19:46:00-04:00"},
		{"Mon, 22 Apr 2024 22:30:00 EDT", "2024-04-22", "2024-04-22T22:30:00-04:00"},
		{"Mon, 22 Apr 2024 22:30:00 +0200", "2024-04-22", "2024-04-22T22:30:00+02:00"},
		{"11:21 pm CST, Friday, January 14, 2022", "2022-01-14", "2022-01-14T23:21:00-06:00"},
		{"Fri, 14 Jan 22 22:30:00 EST", "2022-01-14", "2022-01-14T22:30:00-05:00"},
		{"Fri Jan 14 2022 22:30:00 GMT-0400 (EDT)", "2022-01-14", "2022-01-14T22:30:00-04:00"},
		{"Fri, 14 Jan 2022 22:30:00 GMT+2", "2022-01-14", "2022-01-14T22:30:00+02:00"},
		{"Fri Jan 14 22:30:00 EST 2022", "2022-01-14", "2022-01-14T22:30:00-05:00"},
		{"1642199400", "2022-01-14", "2022-01-14T22:30:00Z"},
		{"14 Jan 22 envoys met", "", ""},
		{"19:46 GMT 13 January 2022", "2022-01-13", "2022-01-13T19:46:00Z"},
		{"the 13th of January, 2022", "2022-01-13", ""},
		{"13.01.2022", "2022-01-13", ""},
		{"31/12/2021", "2021-12-31", ""},
		{"12/31/2021", "2021-12-31", ""},
		{"03/04/2022", "", ""}, // nobody knows
		{"31.02.2022", "", ""},
		{"13 janvier 2022", "2022-01-13", ""},
		{"۱۳ ژانویه ۲۰۲۲", "2022-01-13", ""},
		{"version 1.2.3", "", ""},
		{"", "", ""},
	}
	for _, c := range cases {
		d, _ := reader().Stamp(c.in)
		at := ""
		if !d.At.IsZero() {
			at = d.At.Format(time.RFC3339)
		}
		if d.Day.String() != c.day || at != c.at {
			t.Errorf("%q: %s %s, want %s %s", c.in, d.Day, at, c.day, c.at)
		}
	}
}

func TestOrders(t *testing.T) {
	for _, c := range []struct {
		in         string
		order      Order
		day        string
		any, other bool // the orders that the string can have
	}{
		{"03/04/2022", DayFirst, "2022-04-03", true, true},
		{"03/04/2022", MonthFirst, "2022-03-04", true, true},
		{"31/12/2021", MonthFirst, "2021-12-31", true, false},
		{"12/31/2021", DayFirst, "2021-12-31", false, true},
		{"3.4.2022", MonthFirst, "2022-04-03", false, false},
		{"40/50/2022", DayFirst, "", false, false},
	} {
		d, _ := reader().In(c.order).Stamp(c.in)
		day, month := reader().Orders("On "+c.in+" in Orsa", calendar.Day{})
		if d.Day.String() != c.day || day != c.any || month != c.other {
			t.Errorf("%q: %s, %v, %v", c.in, d.Day, day, month)
		}
	}
	if day, month := reader().Orders("03/04/2022", calendar.Day{Year: 2022, Month: 3, Num: 4}); day || !month {
		t.Errorf("of a known day: %v, %v", day, month)
	}
}

func TestLine(t *testing.T) {
	for line, want := range map[string]bool{
		"2022-January-13  19:46":                     true,
		"Monday, May 23, 2022":                       true,
		"May 3, 2022 | 7:46 pm GMT":                  true,
		"Talks in brief, 11 January 2025":            false,
		"On 11 January 2025 the envoy went to Orsa.": false,
		"The envoy went to Orsa":                     false,
		"Friday":                                     false,
	} {
		if _, ok := reader().Line(line); ok != want {
			t.Errorf("%q is a date line: %v", line, ok)
		}
	}
}

func FuzzStamp(f *testing.F) {
	for _, s := range []string{"2022-01-13T19:46:00+03:30", "Mon, 22 Apr 2024 22:30:00 EDT", "13 de january de 2022", "January 1st 2022 12.30 a.m.", "\u0661\u0663/1/2022"} {
		f.Add(s)
	}
	r := reader()
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := r.Stamp(s)
		if !ok {
			return
		}
		if calendar.DayOf(d.Day.Time()) != d.Day || d.Start < 0 || d.End > len(s) || d.Start > d.End {
			t.Fatalf("%q: %+v", s, d)
		}
		r.Line(s)
	})
}
