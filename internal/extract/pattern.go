package extract

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
)

// DefaultPattern is the form of file names that Discourse Network Analyzer uses.
const DefaultPattern = "DD.MM.YYYY - Author - Source - TYPE"

// A pattern reads file names.
type pattern struct{ form *regexp.Regexp }

// patternParts are the words of a pattern and what they stand for; longer first.
var patternParts = []struct{ word, group, form string }{
	{"YYYY", "year", `\d{4}`}, {"MM", "month", `\d{1,2}`}, {"DD", "day", `\d{1,2}`},
	{"Author", "author", `.*?`}, {"Source", "source", `.+?`}, {"Title", "title", `.+?`}, {"TYPE", "type", `.+?`},
}

// compilePattern reads a pattern such as "DD.MM.YYYY - Author - Source - TYPE".
func compilePattern(form string) (*pattern, error) {
	if form == "" {
		form = DefaultPattern
	}
	var b strings.Builder
	b.WriteString("^")
	seen := map[string]bool{}
	for i := 0; i < len(form); {
		n := 1
		b2 := regexp.QuoteMeta(form[i : i+1])
		for _, part := range patternParts {
			if strings.HasPrefix(form[i:], part.word) {
				if seen[part.word] {
					return nil, fmt.Errorf("extract: file-name pattern %q has %s twice", form, part.word)
				}
				seen[part.word] = true
				n, b2 = len(part.word), "(?P<"+part.group+">"+part.form+")"
				break
			}
		}
		b.WriteString(b2)
		i += n
	}
	b.WriteString("$")
	if len(seen) == 0 {
		return nil, fmt.Errorf("extract: file-name pattern %q names no part: want some of DD MM YYYY Author Source Title TYPE", form)
	}
	compiled, err := regexp.Compile(b.String())
	if err != nil {
		return nil, fmt.Errorf("extract: file-name pattern %q: %w", form, err)
	}
	return &pattern{compiled}, nil
}

// apply gives the article what its file name says, where it knows nothing better.
func (p *pattern) apply(a *article.Article, file string) {
	name := path.Base(strings.ReplaceAll(file, `\`, "/"))
	for ext := path.Ext(name); len(ext) > 1 && len(ext) <= 7 && !strings.ContainsAny(ext, " 0123456789"); ext = path.Ext(name) {
		name = strings.TrimSuffix(name, ext)
	}
	m := p.form.FindStringSubmatch(name)
	if m == nil {
		return
	}
	part := func(group string) string {
		if i := p.form.SubexpIndex(group); i >= 0 {
			return strings.TrimSpace(m[i])
		}
		return ""
	}
	number := func(group string) int {
		n, _ := strconv.Atoi(part(group))
		return n
	}
	day := calendar.Day{Year: number("year"), Month: time.Month(number("month")), Num: number("day")}
	if a.Published.IsZero() && day.Year > 0 && calendar.DayOf(day.Time()) == day {
		a.Published = day
	}
	if a.Outlet == "" {
		a.Outlet = part("source")
	}
	if a.Author == "" {
		a.Author = part("author")
	}
	if kind := part("type"); kind != "" {
		setMeta(a, "type", kind)
	}
}

func setMeta(a *article.Article, key, value string) {
	if a.Meta == nil {
		a.Meta = map[string]string{}
	}
	a.Meta[key] = value
}
