package web

import (
	"encoding/json"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// shortWords is how many words of a statement name it in a line.
const shortWords = 14

// entryWords names an entry in one line.
func (w *words) entryWords(e any) string {
	switch x := e.(type) {
	case *record.Position:
		return w.T("talks.stands", "Party", x.Party, "Stance", w.stanceWords(x.Stance, x.Denied), "Point", x.Point.Label)
	case *record.Statement:
		return w.T("review.says", "Who", speakerOf(w, x), "Words", firstWords(strings.Join(x.Content, " "), shortWords))
	case *record.Meeting:
		if x.Date == nil {
			return w.T("review.undated", "Name", x.Name)
		}
		return w.T("review.dated", "Name", x.Name, "Day", w.Days(*x.Date, deref(x.Until)))
	case *record.Document:
		return x.Name
	case *record.Actor:
		return x.Name
	case *record.Talks:
		return x.Name
	case *record.Point:
		return x.Label
	}
	return ""
}

// whatOf names what a decision was about.
func (w *words) whatOf(d *record.Decision) string {
	var change store.CodebookChange
	if d.Target == store.CodebookEntry && json.Unmarshal([]byte(d.After), &change) == nil {
		return change.Change
	}
	return w.inShort(d.Target, d.Before)
}

// inShort names the entry of a decision by the JSON that it was; "" where there
// was none, or where it cannot be read.
func (w *words) inShort(kind, was string) string {
	var e any
	switch kind {
	case store.PositionEntry:
		e = &record.Position{}
	case store.StatementEntry:
		e = &record.Statement{}
	case store.MeetingEntry:
		e = &record.Meeting{}
	case store.DocumentEntry:
		e = &record.Document{}
	case store.ActorEntry:
		e = &record.Actor{}
	case store.TalksEntry:
		e = &record.Talks{}
	case store.PointEntry:
		e = &record.Point{}
	default:
		return ""
	}
	if was == "" || was == "null" || json.Unmarshal([]byte(was), e) != nil {
		return ""
	}
	return w.entryWords(e)
}

// fieldValue names a value that a field may have.
func (w *words) fieldValue(kind string, f store.Field, value string) string {
	group := f.Name
	switch {
	case f.Yes:
		group = "yes-no"
	case f.Name == "kind":
		group = map[string]string{store.StatementEntry: "statement-kind", store.ActorEntry: "actor"}[kind]
	case f.Name == "state":
		group = "meeting"
	}
	return w.Name(group, value)
}

// sureness says how certain an entry is, in parts of a hundred.
func (w *words) sureness(c record.Confidence) string {
	if c.Value == 0 {
		return w.T("review.not-weighed")
	}
	return w.T("review.sure", "Percent", w.Num(int(c.Value*100+0.5)))
}

// choices returns the values that a form offers for a field; nil for any words.
func choices(f store.Field) []string {
	if f.Yes {
		return []string{"true", "false"}
	}
	return f.Values
}

// pattern is what a browser asks of the words for a day.
func pattern(f store.Field) string {
	switch {
	case !f.Day:
		return ""
	case f.Name == "date":
		return `\d{4}-\d{2}(-\d{2})?`
	}
	return `\d{4}-\d{2}-\d{2}`
}
