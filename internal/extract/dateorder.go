package extract

import (
	"net/url"
	"strings"

	"rapporteur/internal/calendar"
	"rapporteur/internal/extract/markup"
	"rapporteur/internal/extract/pagedate"
)

// inOrder returns an extractor that reads "03/04/2022" as the page means it, where
// that can be told.
func (x *Extractor) inOrder(p *markup.Page, address string) *Extractor {
	order := x.orderOf(p, metaOf(p.Metas), address)
	if order == pagedate.UnknownOrder {
		return x
	}
	told, tables := *x, *x.tables
	tables.dates = tables.dates.In(order)
	told.tables = &tables
	return &told
}

// orderOf tells which of day and month comes first on a page: by the day in its
// address, by its other dates ("31/12/2021"), by the language and territory that it
// names, by the domain of its address. Unknown where none of them tells.
func (x *Extractor) orderOf(p *markup.Page, meta metas, address string) pagedate.Order {
	u, err := url.Parse(firstURL(p.Canonical, meta.first("og:url"), address))
	if err != nil {
		u = &url.URL{}
	}
	dates := shownDates(p)
	if m := addressDay.FindStringSubmatch(strings.ToLower(u.Path)); m != nil {
		if d, ok := x.tables.dates.Stamp(m[1] + "-" + m[2] + "-" + m[3]); ok {
			if order := x.shown(dates, d.Day); order != pagedate.UnknownOrder {
				return order
			}
		}
	}
	if order := x.shown(dates, calendar.Day{}); order != pagedate.UnknownOrder {
		return order
	}
	for _, locale := range []string{p.Language, meta.first("og:locale")} {
		language, territory, _ := strings.Cut(strings.ReplaceAll(locale, "_", "-"), "-")
		for _, key := range []string{"language " + strings.ToLower(language), "territory " + strings.ToUpper(territory)} {
			if order, known := x.tables.orders[key]; known {
				return order
			}
		}
	}
	host := u.Hostname()
	domain := strings.ToLower(host[strings.LastIndexByte(host, '.')+1:])
	if order, known := x.tables.orders["domain "+domain]; known {
		return order
	}
	if domain == "uk" {
		domain = "gb"
	}
	return x.tables.orders["territory "+strings.ToUpper(domain)]
}

// shown returns the one order that all these dates can have; when a day is given,
// those of it.
func (x *Extractor) shown(dates []string, of calendar.Day) pagedate.Order {
	var days, months int
	for _, s := range dates {
		switch day, month := x.tables.dates.Orders(s, of); {
		case day && !month:
			days++
		case month && !day:
			months++
		}
	}
	switch {
	case days > 0 && months == 0:
		return pagedate.DayFirst
	case months > 0 && days == 0:
		return pagedate.MonthFirst
	}
	return pagedate.UnknownOrder
}

// shownDates returns what a page says of days: short lines and time elements.
func shownDates(p *markup.Page) []string {
	var out []string
	for _, paragraph := range p.Paragraphs {
		if s := paragraph.Text(); len(s) <= maxDated && strings.Count(s, "/") >= 2 {
			out = append(out, s)
		}
	}
	for _, t := range p.Times {
		out = append(out, t.Stamp, t.Text)
	}
	return out
}

// maxDated is how long a line may be in which a date tells the order of all.
const maxDated = 400
