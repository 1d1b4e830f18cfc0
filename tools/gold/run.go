package gold

import (
	"rapporteur/internal/document"
)

// Positions returns the positions of a document in the record's form.
func Positions(d *document.Doc) []Position {
	var out []Position
	for i := range d.Positions {
		if d.Positions[i].Party != document.NoActor {
			out = append(out, PositionOf(d, &d.Positions[i]))
		}
	}
	return out
}

// PositionOf returns a position with a party in the record's form.
func PositionOf(d *document.Doc, p *document.Position) Position {
	by := "article"
	if p.AssertedBy != document.NoActor {
		by = d.Actors[p.AssertedBy].Name
	}
	return Position{Holder: d.Actors[p.Party].Name, Point: p.Point, Mention: d.In(p.Mention), Stance: string(p.Stance),
		AssertedBy: by, Own: p.Own, Denied: p.Denied, Evidence: d.In(p.Evidence)}
}

// Meetings returns the meetings of a document in the record's form.
func Meetings(d *document.Doc) []Meeting {
	var out []Meeting
	for _, m := range d.Meetings {
		g := Meeting{Name: m.Name, Date: m.When.ISO(), Place: m.Place, State: string(m.State)}
		for _, p := range m.Participants {
			g.Participants = append(g.Participants, d.Actors[p].Name)
		}
		out = append(out, g)
	}
	return out
}

// State returns the state of the talks that a document gives, "none" for none.
func State(d *document.Doc) string {
	if len(d.Status) == 0 {
		return "none"
	}
	return string(d.Status[0].State)
}
