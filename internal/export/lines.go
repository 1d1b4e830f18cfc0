package export

import (
	"rapporteur/internal/document"
	"rapporteur/internal/event/plover"
	read "rapporteur/internal/move"
)

// MoveLine is one actor's part in one move of a line of text.
type MoveLine struct {
	Line      int    `json:"line"`
	Actor     string `json:"actor"`
	Predicate string `json:"predicate"`
	Negated   bool   `json:"negated"`
	Polarity  string `json:"polarity"`
	Point     string `json:"point"`
}

// AsMoves returns the moves of a text in the form of [MoveLine]; line is its number
// in the file.
func AsMoves(d *document.Doc, moves []read.Line, line int) []MoveLine {
	out := make([]MoveLine, 0, len(moves))
	for _, m := range moves {
		out = append(out, MoveLine{
			Line: line, Actor: m.Actor, Predicate: d.In(m.Predicate), Negated: m.Negated, Polarity: string(m.Polarity), Point: d.In(m.Point),
		})
	}
	return out
}

// EventLine is one coded event of a sentence.
type EventLine struct {
	ID        string  `json:"id"`
	PLOVER    string  `json:"plover"`
	CAMEO     string  `json:"cameo"`
	Mode      string  `json:"mode"`
	Actor     *string `json:"actor"`
	Recipient *string `json:"recipient"`
	Predicate string  `json:"predicate"`
	Goldstein float64 `json:"goldstein"`
}

// AsEvents returns the events of a sentence, best first.
func AsEvents(d *document.Doc, events []plover.Event, id string) []EventLine {
	out := make([]EventLine, 0, len(events))
	for _, e := range events {
		out = append(out, EventLine{
			ID: id, PLOVER: string(e.Code.PLOVER), CAMEO: string(e.Code.CAMEO), Mode: string(e.Mode), Goldstein: float64(e.Code.Goldstein),
			Actor: orNull(e.Actor), Recipient: orNull(e.Recipient), Predicate: d.In(e.Predicate),
		})
	}
	return out
}
