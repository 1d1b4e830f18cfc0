package times_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/grammar"
	"rapporteur/internal/nlp/times"
	"rapporteur/internal/text"
)

// stages are loaded once for all tests; they are read-only.
var stages = sync.OnceValues(load)

func load() ([]nlp.Stage, error) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		return nil, err
	}
	before, err := grammar.Embedded(lex)
	if err != nil {
		return nil, err
	}
	stage, err := times.New(lex)
	return append(before, stage), err
}

func read(t testing.TB, body, published string) *document.Doc {
	t.Helper()
	all, err := stages()
	if err != nil {
		t.Fatal(err)
	}
	a := &article.Article{Text: body, Body: text.Span{Start: 0, End: len(body)}}
	if published != "" {
		if a.Published, err = calendar.ParseDay(published); err != nil {
			t.Fatal(err)
		}
	}
	d := document.New(a)
	if err := nlp.Run(context.Background(), d, all...); err != nil {
		t.Fatal(err)
	}
	return d
}

// show writes the expressions of d: words, precision, first day, last day if another.
func show(d *document.Doc) string {
	var out []string
	for _, x := range d.Times {
		s := d.In(x.Span) + " = " + x.When.Precision.String() + " " + x.When.First.String()
		if x.When.Last != x.When.First {
			s += ".." + x.When.Last.String()
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestTimes(t *testing.T) {
	for _, c := range []struct{ name, body, published, want string }{
		{"the day of publication", "They met on Wednesday.", "2025-01-01", "Wednesday = day 2025-01-01"},
		{"past weekday over New Year", "He said on Sunday that it could wait.", "2025-01-01", "Sunday = day 2024-12-29"},
		{"future weekday", "The delegations will meet in Orsa on Friday.", "2025-01-01", "Friday = day 2025-01-03"},
		{"two tenses", "They met on 20 December and will meet again on Friday.", "2025-01-01", "20 December = day 2024-12-20; Friday = day 2025-01-03"},
		{"year by tense", "The round opens after they agreed to meet on January 12.", "2024-12-20", "January 12 = day 2025-01-12"},
		{"month first with year", "It was signed on January 12, 2022, in Orsa.", "2024-12-20", "January 12, 2022 = day 2022-01-12"},
		{"day first with year", "It was signed on 12 January 2022.", "2024-12-20", "12 January 2022 = day 2022-01-12"},
		{"abbreviation", "It was signed on Jan. 13.", "2022-01-14", "Jan. 13 = day 2022-01-13"},
		{"ISO", "The draft of 2022-01-13 is lost.", "2024-12-20", "2022-01-13 = day 2022-01-13"},
		{"weekday before a date", "They met on Friday, 14 January 2022.", "", "Friday, 14 January 2022 = day 2022-01-14"},
		{"without publication only full dates", "They met on Friday and on 3 May.", "", ""},
		{"range", "The round will be held on May 3-5.", "2024-04-20", "May 3-5 = interval 2024-05-03..2024-05-05"},
		{"last and next", "They met last Friday and meet next Friday.", "2024-05-16", "last Friday = day 2024-05-10; next Friday = day 2024-05-17"},
		{"relative days", "He left yesterday and returns tomorrow evening.", "2024-05-16", "yesterday = day 2024-05-15; tomorrow evening = day 2024-05-17"},
		{"earlier this week", "They spoke earlier this week.", "2024-05-16", "earlier this week = interval 2024-05-13..2024-05-16"},
		{"last month", "The bill fell last month.", "2024-01-16", "last month = month 2023-12-01..2023-12-31"},
		{"upcoming days", "An answer may come in the upcoming days.", "2022-01-13", "the upcoming days = interval 2022-01-14..2022-01-20"},
		{"this weekend", "They will talk this weekend.", "2024-05-16", "this weekend = interval 2024-05-18..2024-05-19"},
		{"the 14th", "They met on the 14th.", "2024-05-16", "the 14th = day 2024-05-14"},
		{"ago", "The talks broke off two days ago.", "2024-05-16", "two days ago = day 2024-05-14"},
		{"month alone", "They met in March.", "2024-05-16", "March = month 2024-03-01..2024-03-31"},
		{"a person and a verb are no months", "March said that Veyra may send a ship; Linnea March agreed.", "2024-05-16", ""},
		{"years", "The toll was set in 2019.", "2024-05-16", "2019 = year 2019-01-01..2019-12-31"},
		{"weekday of a named week", "They met on Monday last week.", "2024-05-16", "Monday last week = day 2024-05-06"},
		{"a plan that lies behind", "They are to speak in Orsa on January 10.", "2022-01-13", "January 10 = day 2022-01-10"},
		{"a deadline ahead in the past tense", "Veyra rejected the 1 May deadline.", "2024-04-17", "the 1 May = day 2024-05-01"},
		{"far ahead in the past tense", "They signed it on 3 November.", "2024-06-10", "3 November = day 2023-11-03"},
		{"no such day", "It was dated 31 February 2024 and 99 May.", "2024-05-16", "February 2024 = month 2024-02-01..2024-02-29"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(read(t, c.body, c.published)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Times may be wrong; they stand in order, do not overlap and are valid days.
func FuzzTimes(f *testing.F) {
	f.Add("on the 31st of February 2024 - June 0, 2022-13-45, next last 3 weeks ago in Mar. 99")
	f.Add("Friday, 14 January 2022; May 3-5; the day before yesterday")
	f.Fuzz(func(t *testing.T, body string) {
		body = strings.ToValidUTF8(body, "")
		d := read(t, body, "2024-02-29")
		end := 0
		for _, x := range d.Times {
			if x.Span.Start < end || x.Span.IsEmpty() || x.Span.End > len(body) {
				t.Fatalf("time %v after byte %d", x.Span, end)
			}
			end = x.Span.End
			if x.When.Last.Before(x.When.First) {
				t.Fatalf("%q ends %s before it begins %s", d.In(x.Span), x.When.Last, x.When.First)
			}
			for _, day := range []calendar.Day{x.When.First, x.When.Last} {
				if calendar.DayOf(day.Time()) != day {
					t.Fatalf("%q is no day: %v", d.In(x.Span), day)
				}
			}
		}
	})
}
