package web

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"rapporteur/internal/calendar"
	"rapporteur/internal/store"
)

// A series is cooperation and conflict of one negotiation, week by week or, over
// many years, by month or year.
type series struct {
	Unit   string // "week", "month", "year"
	Bars   []bar
	Likely bool // some of it rests on likely moves alone
}

// A bar sums up one week, month or year. Places and heights are in parts of a
// hundred of the chart's width and half height.
type bar struct {
	Date   string // first day
	Label  string
	Sure   store.Weighed
	Likely store.Weighed
	X, W   string
	Up     [2]string // heights of cooperation: sure, then likely on top of it
	Down   [2]string
	UpTop  [2]string // where they begin, in parts of a hundred of the whole height
	DownAt [2]string
}

// longest spans of weeks and months that are drawn bar by bar.
const (
	weeksDrawn  = 104
	monthsDrawn = 144
)

func (d *desk) series(ctx context.Context, talks string) (series, error) {
	days, err := d.store.Tallies(ctx, store.Filter{Talks: talks})
	if err != nil {
		return series{}, fmt.Errorf("web: moves of talks %s: %w", talks, err)
	}
	return newSeries(d.words, days), nil
}

// newSeries gathers days, in their order, into bars without gaps.
func newSeries(w *words, days []store.Tally) series {
	var known []store.Tally
	for _, t := range days {
		if _, err := calendar.ParseDay(t.Date); err == nil {
			known = append(known, t)
		}
	}
	if len(known) == 0 {
		return series{}
	}
	s := series{Unit: unitOf(known[0].Date, known[len(known)-1].Date)}
	at := begin(known[0].Date, s.Unit)
	for _, t := range known {
		for end := begin(t.Date, s.Unit); len(s.Bars) == 0 || !at.After(end); at = next(at, s.Unit) {
			s.Bars = append(s.Bars, bar{Date: at.Format(time.DateOnly)})
		}
		b := &s.Bars[len(s.Bars)-1]
		add(&b.Sure, t.Sure)
		add(&b.Likely, t.Likely)
		s.Likely = s.Likely || t.Likely.Moves > 0
	}
	s.draw()
	for i := range s.Bars {
		s.Bars[i].Label = w.periodName(s.Bars[i].Date, s.Unit)
	}
	return s
}

func add(to *store.Weighed, x store.Weighed) {
	to.Moves += x.Moves
	to.Cooperation += x.Cooperation
	to.Conflict += x.Conflict
}

func unitOf(first, last string) string {
	a, _ := time.Parse(time.DateOnly, first)
	b, _ := time.Parse(time.DateOnly, last)
	switch days := b.Sub(a).Hours() / 24; {
	case days <= 7*weeksDrawn:
		return "week"
	case days <= 30*monthsDrawn:
		return "month"
	}
	return "year"
}

// begin returns the first day of the week (a Monday), month or year of a day.
func begin(day, unit string) time.Time {
	t, _ := time.Parse(time.DateOnly, day) // days are looked at before
	switch unit {
	case "week":
		return t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
	case "month":
		return t.AddDate(0, 0, 1-t.Day())
	}
	return time.Date(t.Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
}

func next(t time.Time, unit string) time.Time {
	switch unit {
	case "week":
		return t.AddDate(0, 0, 7)
	case "month":
		return t.AddDate(0, 1, 0)
	}
	return t.AddDate(1, 0, 0)
}

// narrowBar is the part of its place that a bar fills, widest the widest bar in
// parts of a hundred of the chart.
const (
	narrowBar = 0.72
	widestBar = 6.0
)

// draw gives bars their places: cooperation above the middle, conflict below it.
func (s *series) draw() {
	most := 0.0
	for _, b := range s.Bars {
		most = max(most, b.Sure.Cooperation+b.Likely.Cooperation, -b.Sure.Conflict-b.Likely.Conflict)
	}
	step := 100 / float64(len(s.Bars))
	width := min(step*narrowBar, widestBar)
	height := func(x float64) float64 {
		if most == 0 {
			return 0
		}
		return max(0, 50*x/most) // never -0, which no length may be
	}
	for i := range s.Bars {
		b := &s.Bars[i]
		b.X, b.W = percent(float64(i)*step+(step-width)/2), percent(width)
		up, more := height(b.Sure.Cooperation), height(b.Likely.Cooperation)
		b.Up, b.UpTop = [2]string{percent(up), percent(more)}, [2]string{percent(50 - up), percent(50 - up - more)}
		down, less := height(-b.Sure.Conflict), height(-b.Likely.Conflict)
		b.Down, b.DownAt = [2]string{percent(down), percent(less)}, [2]string{percent(50), percent(50 + down)}
	}
}

func percent(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) + "%" }

// ticksOfSeries bounds the labels under a chart.
const ticksOfSeries = 4

// ticks label the first bar, the last and some between.
func (s *series) ticks(w *words) []tick {
	step := 100 / float64(len(s.Bars))
	most := min(ticksOfSeries, len(s.Bars))
	out := make([]tick, 0, most)
	for i := range most {
		at := 0
		if most > 1 {
			at = i * (len(s.Bars) - 1) / (most - 1)
		}
		t := tick{X: percent((float64(at) + 0.5) * step), Label: w.periodDay(s.Bars[at].Date, s.Unit), Anchor: "middle"}
		switch {
		case at == 0 && step < 16:
			t.X, t.Anchor = "0%", "start"
		case at == len(s.Bars)-1 && step < 16 && at > 0:
			t.X, t.Anchor = "100%", "end"
		}
		out = append(out, t)
	}
	return out
}

// periodDay labels a week by the day of its Monday, a month or a year.
func (w *words) periodDay(day, unit string) string {
	if unit == "week" {
		return w.ShortDay(day)
	}
	return w.periodName(day, unit)
}

// periodName names a week by its Monday, a month or a year.
func (w *words) periodName(day, unit string) string {
	switch unit {
	case "week":
		return w.T("series.week-of", "Day", w.ShortDay(day))
	case "month":
		return w.Day(day[:7])
	}
	return day[:4]
}

// Rate writes a rate.
func (w *words) Rate(x float64) string { return w.numbers.Sprintf("%.1f", x) }

// Weight writes a sum of weights.
func (w *words) Weight(x float64) string {
	if x == 0 {
		return w.numbers.Sprintf("%d", 0)
	}
	return w.numbers.Sprintf("%+.1f", x)
}
