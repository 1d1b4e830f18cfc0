package web

import (
	"strings"
	"time"

	"rapporteur/internal/record"
)

// A strip is a line of time with meetings on it.
type strip struct {
	Stops []stop
	Ticks []tick
	Lanes int
}

// A stop is one meeting of known day.
type stop struct {
	Meeting *record.Meeting
	X       string // of its first day, in parts of a hundred
	W       string // of its days
	Lane    int    // 0 is lowest
}

// A tick labels a day, week, month or year under a chart.
type tick struct{ X, Label, Anchor string }

// near is how close two stops of one lane may come, in parts of a hundred.
const near = 2.4

// margin keeps the first and the last stop off the edges.
const stripMargin = 3.0

// newStrip places meetings by day; nothing is drawn of fewer than two days. The
// meetings come by day.
func newStrip(w *words, meetings []record.Meeting) strip {
	var s strip
	var days []time.Time
	var of []*record.Meeting
	for i := range meetings {
		if day, err := time.Parse(time.DateOnly, deref(meetings[i].Date)); err == nil {
			days, of = append(days, day), append(of, &meetings[i])
		}
	}
	if len(days) < 2 || days[0].Equal(days[len(days)-1]) {
		return strip{}
	}
	first, last := days[0], days[len(days)-1]
	for _, m := range of {
		if until, err := time.Parse(time.DateOnly, deref(m.Until)); err == nil && until.After(last) {
			last = until
		}
	}
	place := func(t time.Time) float64 {
		return stripMargin + (100-2*stripMargin)*t.Sub(first).Hours()/last.Sub(first).Hours()
	}
	var ends []float64 // of each lane
	for i, m := range of {
		x, width := place(days[i]), 0.0
		if until, err := time.Parse(time.DateOnly, deref(m.Until)); err == nil && until.After(days[i]) {
			width = place(until) - x
		}
		lane := 0
		for lane < len(ends) && x < ends[lane]+near {
			lane++
		}
		if lane == len(ends) {
			ends = append(ends, 0)
		}
		ends[lane] = x + width
		s.Stops = append(s.Stops, stop{Meeting: m, X: percent(x), W: percent(width), Lane: lane})
	}
	s.Lanes = len(ends)
	s.Ticks = ticksBetween(w, first, last, place)
	return s
}

// ticksBetween labels months, or every few of them, so that labels keep apart.
func ticksBetween(w *words, first, last time.Time, place func(time.Time) float64) []tick {
	months := (last.Year()-first.Year())*12 + int(last.Month()) - int(first.Month())
	if months < 2 {
		return []tick{
			{percent(place(first)), w.ShortDay(first.Format(time.DateOnly)), "start"},
			{percent(place(last)), w.ShortDay(last.Format(time.DateOnly)), "end"},
		}
	}
	every := 1 + months/6
	var out []tick
	for t := time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC); !t.After(last); t = t.AddDate(0, every, 0) {
		if !t.Before(first) {
			out = append(out, tick{percent(place(t)), w.Day(t.Format("2006-01")), "middle"})
		}
	}
	return out
}

// heightOf is the height of the strip in pixels, atLane that of a stop on it.
const (
	laneHeight = 22
	stripFoot  = 26
)

func (s *strip) height() int { return s.Lanes*laneHeight + stripFoot + 4 }

func (s *strip) base() int { return s.Lanes*laneHeight + 2 }

func (s *strip) atLane(lane int) int { return s.base() - lane*laneHeight - laneHeight/2 }

// anchorOf is where a meeting stands in the list below.
func anchorOf(m *record.Meeting) string { return "meeting-" + strings.ReplaceAll(m.ID, " ", "-") }
