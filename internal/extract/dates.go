package extract

import (
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
	"rapporteur/internal/extract/pagedate"
)

// Where a day of publication was read, the surest first.
const (
	fromData    = iota // JSON-LD of the article
	fromGraph          // OpenGraph
	fromElement        // a time element that says so
	fromMeta           // other meta elements
	fromTime           // any time element of the article
	fromLine           // a visible date line
	fromAddress        // the path of the URL
	fromWords          // a short visible line with other words beside the day
	fromTitle
	fromNowhere
)

// pageDates collects what a page says about its day of publication.
type pageDates struct {
	found    [fromNowhere]pagedate.Date
	known    [fromNowhere]bool
	modified pagedate.Date
	changed  bool
	zone     *time.Location  // other than universal time, of the first stamp that is told in one
	seen     []pagedate.Date // what readers see with clock and zone, as far as it is kept
}

// maxSeen is how many visible dates of a page are kept.
const maxSeen = 20

// see keeps a date that readers see.
func (p *pageDates) see(d pagedate.Date) {
	p.note(d)
	if !d.At.IsZero() && len(p.seen) < maxSeen {
		p.seen = append(p.seen, d)
	}
}

// note keeps the zone of a date.
func (p *pageDates) note(d pagedate.Date) {
	if _, offset := d.At.Zone(); p.zone == nil && !d.At.IsZero() && offset != 0 {
		p.zone = d.At.Location()
	}
}

// add notes a date; of several from the same place the first counts.
func (p *pageDates) add(from int, d pagedate.Date) {
	p.note(d)
	if !p.known[from] {
		p.found[from], p.known[from] = d, true
	}
}

// modify notes when the page was changed; the latest counts.
func (p *pageDates) modify(d pagedate.Date) {
	p.note(d)
	if !p.changed || p.modified.Day.Before(d.Day) {
		p.modified, p.changed = d, true
	}
}

// apply gives the article its days, where it has none yet. A stamp of a change is
// never the day of publication; a meta element that repeats it is trusted last.
func (p *pageDates) apply(a *article.Article) {
	if p.changed {
		a.Modified = p.modified.Day
	}
	if !a.Published.IsZero() {
		return
	}
	for _, trusted := range []bool{true, false} {
		for from := range p.found {
			d := p.found[from]
			if !p.known[from] || trusted && p.changed && from >= fromMeta && d.Day == p.modified.Day && p.later(from) {
				continue
			}
			a.Published, a.PublishedAt = p.ownDay(d), d.At
			if d.At.IsZero() {
				a.PublishedAt = p.instantOf(d.Day)
			}
			return
		}
	}
}

// ownDay returns the outlet's own day of a date. A stamp in universal time says
// nothing of the outlet's zone: where a visible date line or the address names the day
// beside it, and some zone of the earth has that day at the instant, theirs counts;
// else the zone that another stamp of the page is told in. A stamp whose zone is wrong
// ("04:31-06:00" for 04:31 in universal time, beside "10:31 pm CST") gives way to the
// clock that readers see.
func (p *pageDates) ownDay(d pagedate.Date) calendar.Day {
	if d.At.IsZero() {
		return d.Day
	}
	for _, seen := range p.seen {
		if apart := seen.At.Sub(d.At); apart.Abs() < 2*time.Minute {
			return seen.Day
		}
	}
	for _, seen := range p.seen {
		if seen.At.Minute() == d.At.Minute() && (seen.Day == d.Day.Add(-1) || seen.Day == d.Day.Add(1)) {
			return seen.Day
		}
	}
	if _, offset := d.At.Zone(); offset != 0 {
		return d.Day
	}
	for _, from := range []int{fromLine, fromWords, fromAddress} {
		day := p.found[from].Day
		if p.known[from] && (day == d.Day.Add(-1) && d.At.Hour() < farWest || day == d.Day.Add(1) && d.At.Hour() >= 24-farEast) {
			return day
		}
		if p.known[from] && day == d.Day {
			return day
		}
	}
	if p.zone != nil {
		return calendar.DayOf(d.At.In(p.zone))
	}
	return d.Day
}

// The hours by which outlets are behind and before universal time at most: Alaska, New
// Zealand in summer.
const (
	farWest = 9
	farEast = 13
)

// later reports whether a less trusted place names an earlier day than from does.
func (p *pageDates) later(from int) bool {
	for other := from + 1; other < len(p.found); other++ {
		if p.known[other] && p.found[other].Day.Before(p.found[from].Day) {
			return true
		}
	}
	return false
}

// instantOf returns the instant that another place gives for the same day.
func (p *pageDates) instantOf(day calendar.Day) time.Time {
	for from := range p.found {
		if p.known[from] && p.found[from].Day == day && !p.found[from].At.IsZero() {
			return p.found[from].At
		}
	}
	return time.Time{}
}
