package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
	"rapporteur/internal/text"
)

// datelineForm is the beginning of a wire text after the Associated Press
// Stylebook, "datelines": place in capitals, region, day, agency in parentheses, a
// dash. "VEYRA CITY, Jan. 13 (Orsa News) — The envoy left."
var datelineForm = regexp.MustCompile(`^(?P<place>[\p{Lu}][\p{L}.'’\- /]{1,40}?(?:, ?[\p{Lu}][\p{L}.'’\- ]{1,25}){0,2}?)??` +
	`(?:[,;]? ?(?P<day>\p{L}{3,9}\.? \d{1,2}|\d{1,2} \p{L}{3,9})(?:,? (?P<year>\d{4}))?)?` +
	` ?(?:[(/](?P<agency>[\p{L}\d .'’/&-]{2,30}?)[)/])?` +
	`\s?(?P<dash>--?|—|–|―|:)[ \t]?`)

// maxDateline is the longest beginning of a text that is looked at, in bytes.
const maxDateline = 160

// dateline reads the dateline at the beginning of a text.
func (x *Extractor) dateline(s string, published calendar.Day) (article.Dateline, bool) {
	head := s[:min(len(s), maxDateline)]
	for !utf8.ValidString(head) && head != "" {
		head = head[:len(head)-1]
	}
	if i := strings.IndexByte(head, '\n'); i >= 0 {
		head = head[:i]
	}
	m := datelineForm.FindStringSubmatchIndex(head)
	if m == nil {
		return article.Dateline{}, false
	}
	part := func(name string) string {
		i := 2 * datelineForm.SubexpIndex(name)
		if m[i] < 0 {
			return ""
		}
		return strings.TrimSpace(head[m[i]:m[i+1]])
	}
	place, agency, day, dash := part("place"), part("agency"), part("day"), part("dash")
	if dash == "-" && agency == "" && !strings.HasSuffix(head[:m[1]], " - ") {
		return article.Dateline{}, false // "A-10 aircraft", "T-72 tanks"
	}
	if !x.isDateline(place, agency, day, dash, head[m[1]:]) {
		return article.Dateline{}, false
	}
	d := article.Dateline{Span: text.Span{End: m[1]}, Agency: agency, Place: placeName(place)}
	if day != "" {
		d.Day = x.datelineDay(day, part("year"), published)
		if d.Day.IsZero() && part("year") == "" && !x.isDayAndMonth(day) {
			return article.Dateline{}, false
		}
	}
	return d, true
}

// isDateline decides whether what has the form is one: an agency that is known, or
// a place in capitals before a dash, or a place with a day.
func (x *Extractor) isDateline(place, agency, day, dash, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	if next == utf8.RuneError || unicode.IsLower(next) {
		return false
	}
	switch {
	case agency != "":
		return x.tables.agencies[agency] || isCapitals(place)
	case dash == ":":
		return false
	case place == "":
		return false
	case day != "":
		return true
	}
	return isCapitals(place)
}

// isCapitals reports whether the first part of a place is written in capitals.
func isCapitals(place string) bool {
	city, _, _ := strings.Cut(place, ",")
	letters := 0
	for _, r := range city {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 3
}

// placeName returns "Veyra City" for "VEYRA CITY".
func placeName(place string) string {
	if !isCapitals(place) {
		return place
	}
	city, region, more := strings.Cut(place, ",")
	words := strings.Fields(city)
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		if !strings.Contains(w, ".") { // initials stay: "WASHINGTON D.C."
			words[i] = string(r) + strings.ToLower(w[n:])
		}
	}
	name := strings.Join(words, " ")
	if more {
		name += "," + region
	}
	return name
}

func (x *Extractor) isDayAndMonth(day string) bool {
	_, ok := x.tables.dates.Find(strings.ReplaceAll(day, ".", "") + " 2000")
	return ok
}

// datelineDay gives a day without a year the year that brings it nearest to the
// day of publication, and not after it by more than a day.
func (x *Extractor) datelineDay(day, year string, published calendar.Day) calendar.Day {
	day = strings.ReplaceAll(day, ".", "")
	if year != "" {
		d, _ := x.tables.dates.Find(day + " " + year)
		return d.Day
	}
	if published.IsZero() {
		return calendar.Day{}
	}
	for _, y := range []int{published.Year + 1, published.Year, published.Year - 1} {
		d, ok := x.tables.dates.Find(day + " " + calendar.Day{Year: y, Month: 1, Num: 1}.String()[:4])
		if ok && !published.Add(1).Before(d.Day) {
			return d.Day
		}
	}
	return calendar.Day{}
}
