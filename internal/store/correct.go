package store

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rapporteur/internal/record"
)

// A Field is something about an entry that a person may correct, under the name
// that it has in the entry's JSON.
type Field struct {
	Name   string
	Values []string // what is possible; none: any words
	List   bool     // holds several values, written "a; b"
	Yes    bool     // holds yes or no, written "true" or "false"
	Day    bool     // holds a day; a Meeting's first day may be a month
}

// Fields returns what a person may correct in entries of a kind; none when
// entries of that kind are not corrected.
func Fields(target string) []Field {
	switch target {
	case StatementEntry:
		return []Field{
			{Name: "speaker"}, {Name: "for"}, {Name: "addressee"}, {Name: "said_on", Day: true}, {Name: "venue"},
			{Name: "kind", Values: []string{"speech", "attitude"}}, {Name: "form", Values: []string{"direct", "indirect", "mixed"}},
		}
	case PositionEntry:
		return []Field{
			{Name: "party"},
			{Name: "stance", Values: []string{"demands", "proposes", "supports", "accepts", "open", "conditional", "opposes", "rejects", "threatens", "promises"}},
			{Name: "own", Yes: true}, {Name: "asserted_by"}, {Name: "denied", Yes: true},
		}
	case MeetingEntry:
		return []Field{
			{Name: "name"}, {Name: "date", Day: true}, {Name: "until", Day: true}, {Name: "place"}, {Name: "participants", List: true},
			{Name: "state", Values: []string{"held", "planned", "postponed", "cancelled", "refused"}},
		}
	case DocumentEntry:
		return []Field{{Name: "name"}, {Name: "kind"}, {Name: "by"}, {Name: "to", List: true}, {Name: "state"}, {Name: "date", Day: true}}
	case ActorEntry:
		return []Field{
			{Name: "name"}, {Name: "aliases", List: true},
			{Name: "kind", Values: []string{"person", "state", "organ", "organisation", "armed group", "bloc", "group"}},
		}
	}
	return nil
}

// Value reads what a person wrote for a field into the value that a Correct
// decision holds: nil for no words, a bool, a list or the words. It fails with
// record.ErrInvalid when that is not possible.
func (f Field) Value(words string) (any, error) {
	words = strings.TrimSpace(words)
	switch {
	case f.Yes && words != "true" && words != "false":
		return nil, fmt.Errorf("%s=%s: want true or false: %w", f.Name, words, record.ErrInvalid)
	case f.Yes:
		return words == "true", nil
	case f.Values != nil && !slices.Contains(f.Values, words):
		return nil, fmt.Errorf("%s=%s: want one of %s: %w", f.Name, words, strings.Join(f.Values, ", "), record.ErrInvalid)
	case f.List:
		out := []string{}
		for part := range strings.SplitSeq(words, ";") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
		return out, nil
	case words == "":
		return nil, nil
	case f.Day:
		return words, f.day(words)
	}
	return words, nil
}

// day accepts a day, and a month for the date of an entry.
func (f Field) day(words string) error {
	layouts := []string{time.DateOnly}
	if f.Name == "date" {
		layouts = append(layouts, "2006-01")
	}
	for _, layout := range layouts {
		if _, err := time.Parse(layout, words); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%s=%s: want YYYY-MM-DD: %w", f.Name, words, record.ErrInvalid)
}
