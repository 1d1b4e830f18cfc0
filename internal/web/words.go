package web

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"rapporteur/internal/calendar"
)

//go:embed words
var catalogue embed.FS

// words speaks the interface in one language: every label, date and number that
// does not come from the record goes through it.
type words struct {
	Lang, Dir string
	localizer *i18n.Localizer
	plain     map[string]string // messages without placeholders or plural forms
	numbers   *message.Printer
}

// openWords reads the catalogue of one language: en.toml and the files of single
// pages, as review.en.toml.
func openWords(tag language.Tag) (*words, error) {
	bundle := i18n.NewBundle(tag)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	names, err := fs.Glob(catalogue, "words/*."+tag.String()+".toml")
	if err != nil {
		return nil, fmt.Errorf("web: words of language %s: %w", tag, err)
	}
	w := &words{
		Lang: tag.String(), Dir: "ltr",
		localizer: i18n.NewLocalizer(bundle, tag.String()),
		plain:     map[string]string{},
		numbers:   message.NewPrinter(tag),
	}
	for _, name := range append(names, "words/"+tag.String()+".toml") {
		file, err := bundle.LoadMessageFileFS(catalogue, name)
		if err != nil {
			return nil, fmt.Errorf("web: words of language %s: %w", tag, err)
		}
		for _, m := range file.Messages {
			if m.One == "" && !strings.Contains(m.Other, "{{") {
				w.plain[m.ID] = m.Other
			}
		}
	}
	return w, nil
}

// T returns the words of a message; args are names and values of its placeholders.
func (w *words) T(id string, args ...any) string {
	if s, ok := w.plain[id]; ok {
		return s
	}
	return w.say(&i18n.LocalizeConfig{MessageID: id, TemplateData: pairs(args)})
}

// N returns the words of a message in the plural form that n asks for, with n
// written as {{.Count}}.
func (w *words) N(id string, n int, args ...any) string {
	data := pairs(args)
	data["Count"] = w.Num(n)
	return w.say(&i18n.LocalizeConfig{MessageID: id, PluralCount: n, TemplateData: data})
}

// say shows a missing message by its ID, so that a page never breaks over a word.
func (w *words) say(c *i18n.LocalizeConfig) string {
	s, err := w.localizer.Localize(c)
	if err != nil && s == "" {
		return c.MessageID
	}
	return s
}

// Has reports whether the catalogue holds a message without placeholders.
func (w *words) Has(id string) bool { _, ok := w.plain[id]; return ok }

// Name returns the catalogue's words for a value of the record ("stance",
// "rejects"), or the value itself when the catalogue does not know it.
func (w *words) Name(group, value string) string {
	id := group + "." + strings.ReplaceAll(value, " ", "-")
	if s, ok := w.plain[id]; ok {
		return s
	}
	return value
}

// Num writes a number.
func (w *words) Num(n int) string { return w.numbers.Sprintf("%d", n) }

// Day writes an ISO day, month or year in words; what is not one is written as it is.
func (w *words) Day(iso string) string { return w.date(iso, "date.day") }

// ShortDay writes an ISO day for narrow places.
func (w *words) ShortDay(iso string) string { return w.date(iso, "date.short") }

func (w *words) date(iso, layout string) string {
	if day, err := calendar.ParseDay(iso); err == nil {
		return w.T(layout, "Day", day.Num, "Month", w.month(day.Month), "Short", w.T(fmt.Sprintf("date.m%02d-short", day.Month)), "Year", day.Year)
	}
	if t, err := time.Parse("2006-01", iso); err == nil {
		return w.T("date.month", "Month", w.month(t.Month()), "Year", t.Year())
	}
	return iso
}

func (w *words) month(m time.Month) string { return w.T(fmt.Sprintf("date.m%02d", m)) }

// Days writes a day, or an interval where until is a later day.
func (w *words) Days(from, until string) string {
	if until == "" || until == from {
		return w.Day(from)
	}
	return w.T("date.interval", "From", w.Day(from), "Until", w.Day(until))
}

// List joins names: "A", "A and B", "A, B and C".
func (w *words) List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return w.T("list.last", "Before", strings.Join(names[:last], w.T("list.comma")), "Last", names[last])
}

func pairs(args []any) map[string]any {
	data := make(map[string]any, len(args)/2+1)
	for i := 0; i+1 < len(args); i += 2 {
		data[args[i].(string)] = args[i+1]
	}
	return data
}

// Instant writes an RFC 3339 time with the outlet's own time of day.
func (w *words) Instant(rfc3339 string) string {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return rfc3339
	}
	return w.T("date.instant", "Day", w.Day(t.Format(time.DateOnly)), "Time", t.Format("15:04"), "Zone", t.Format("-07:00"))
}
