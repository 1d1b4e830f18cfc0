package export

import (
	"strconv"
	"strings"

	"rapporteur/internal/record"
)

// SourceColumns are the columns of sources; when writes a time for people.
func SourceColumns(when func(string) string) []Column[record.Source] {
	type entry = record.Source
	return []Column[entry]{
		{Name: "address", Width: 60, Value: func(s entry) string { return s.Address }},
		{Name: "kind", Value: func(s entry) string { return s.Kind }},
		{Name: "name", Width: 30, Value: func(s entry) string { return s.Name }},
		{Name: "read", Value: func(s entry) string { return strconv.Itoa(s.Articles) }},
		{Name: "waiting", Value: func(s entry) string { return strconv.Itoa(s.Waiting) }},
		{Name: "refused", Value: func(s entry) string { return strconv.Itoa(s.Refused) }},
		{Name: "last_success", Value: func(s entry) string { return when(s.LastSuccess) }},
		{Name: "next_try", Value: func(s entry) string { return nextTry(s, when) }},
		{Name: "allowed", Width: 30, Value: func(s entry) string { return strings.Join(s.Allow, " ") }},
		{Name: "health", Width: 60, Value: health},
		{Name: "outlet", CSV: true, Value: func(s entry) string { return s.Outlet }},
		{Name: "every", CSV: true, Value: func(s entry) string { return strconv.Itoa(s.Every) }},
		{Name: "via", CSV: true, Value: func(s entry) string { return s.Via }},
		{Name: "failures", CSV: true, Value: func(s entry) string { return strconv.Itoa(s.Failures) }},
		{Name: "last_try", CSV: true, Value: func(s entry) string { return s.LastTry }},
	}
}

// health is "well", "not looked at yet", or why the last look failed.
func health(s record.Source) string {
	switch {
	case s.LastTry == "":
		return "not looked at yet"
	case s.Failures > 0:
		return s.Reason
	}
	return "well"
}

func nextTry(s record.Source, when func(string) string) string {
	if s.NextTry == record.Asked {
		return "now"
	}
	return when(s.NextTry)
}
