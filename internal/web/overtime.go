package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"time"

	"rapporteur/internal/calendar"
	"rapporteur/internal/record"
)

// A window says on which day the position table is read, and with which earlier
// day it is compared.
type window struct {
	Then string // ISO day; "" to compare with none
	Now  string // ISO day; "" for the newest
	Days []string
	Last string // the newest day of a position
}

// days behind the newest to which one click compares.
var spansOffered = []int{7, 30, 90}

// daysOfSlider bounds the stops of the slider; of more days, every second, third
// and so on is a stop.
const daysOfSlider = 200

// newWindow reads the days of an address. The later of two is now.
func newWindow(q url.Values, positions []record.Position) (window, error) {
	v := window{Then: q.Get("then"), Now: q.Get("now")}
	for _, day := range []string{v.Then, v.Now} {
		if day == "" {
			continue
		}
		if _, err := calendar.ParseDay(day); err != nil {
			return v, fmt.Errorf("web: %w: %w", err, record.ErrInvalid)
		}
	}
	if v.Then != "" && v.Now != "" && v.Then > v.Now {
		v.Then, v.Now = v.Now, v.Then
	}
	for i := range positions {
		if day := deref(positions[i].Date); day != "" {
			v.Days = append(v.Days, day)
		}
	}
	slices.Sort(v.Days)
	v.Days = slices.Compact(v.Days)
	if len(v.Days) > 0 {
		v.Last = v.Days[len(v.Days)-1]
	}
	if every := (len(v.Days) + daysOfSlider - 1) / daysOfSlider; every > 1 {
		var some []string
		for i := len(v.Days) - 1; i >= 0; i -= every {
			some = append(some, v.Days[i])
		}
		slices.Reverse(some)
		v.Days = some
	}
	return v, nil
}

// upToNow leaves out what was published later than now; entries of unknown day
// stand only in the newest table.
func (v *window) upToNow(positions []record.Position) []record.Position {
	if v.Now == "" {
		return positions
	}
	return slices.DeleteFunc(positions, func(p record.Position) bool { return p.Date == nil || *p.Date > v.Now })
}

// until is the last day that the table shows.
func (v *window) until() string { return cmp.Or(v.Now, v.Last) }

// before returns the day that lies some days before the newest.
func (v *window) before(days int) string {
	last, err := time.Parse(time.DateOnly, v.Last)
	if err != nil {
		return ""
	}
	return last.AddDate(0, 0, -days).Format(time.DateOnly)
}

// stop is the number of the slider's stop for now.
func (v *window) stop() int {
	i, _ := slices.BinarySearch(v.Days, v.until())
	return min(i, len(v.Days)-1)
}

// A change is a cell in which a party's position moved, or is new, between then
// and now.
type change struct {
	Party string
	Point record.Point
	Was   *record.Position // nil where the party had none
	Is    *record.Position
	URL   string
}

// changesShown bounds the list of what moved.
const changesShown = 12

// changed compares where a party stands on a point, by its own word or by the
// reporter's, with where it stood. What others claim does not move a party, and
// neither does a stance that it held on its newest day before.
func changed(positions []*record.Position, then string) *change {
	var was, is []*record.Position
	for _, p := range positions {
		if voiceOf(p) == claimed || p.Date == nil {
			continue
		}
		if *p.Date <= then {
			was = newestOf(was, p)
		}
		is = newestOf(is, p)
	}
	if len(is) == 0 || *is[0].Date <= then {
		return nil
	}
	for _, a := range was {
		for _, b := range is {
			if a.Stance == b.Stance && a.Denied == b.Denied {
				return nil
			}
		}
	}
	c := &change{Party: is[0].Party, Point: is[0].Point, Is: is[0]}
	if len(was) > 0 {
		c.Was = was[0]
	}
	return c
}

// newestOf keeps the positions of the newest day, sure ones first.
func newestOf(kept []*record.Position, p *record.Position) []*record.Position {
	switch {
	case len(kept) == 0 || *p.Date > *kept[0].Date:
		return []*record.Position{p}
	case *p.Date < *kept[0].Date:
		return kept
	case kept[0].Likely && !p.Likely:
		return append([]*record.Position{p}, kept...)
	}
	return append(kept, p)
}

// movedFirst puts moves before new positions, then the newest first.
func movedFirst(a, b *change) int {
	moved := func(c *change) int {
		if c.Was != nil {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(moved(a), moved(b)), cmp.Compare(*b.Is.Date, *a.Is.Date), cmp.Compare(a.Party, b.Party), cmp.Compare(a.Point.Label, b.Point.Label), cmp.Compare(a.Point.ID, b.Point.ID))
}
