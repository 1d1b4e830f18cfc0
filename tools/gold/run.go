package gold

import (
	"rapporteur/internal/document"
)

// Positions returns the positions of a document in the record's form.
func Positions(d *document.Doc) []Position {
	var out []Position
	for _, p := range d.Positions {
		if p.Party == document.NoActor {
			continue
		}
		by := "article"
		if p.AssertedBy != document.NoActor {
			by = d.Actors[p.AssertedBy].Name
		}
		out = append(out, Position{Holder: d.Actors[p.Party].Name, Point: p.Point, Mention: d.In(p.Mention), Stance: string(p.Stance),
			AssertedBy: by, Own: p.Own, Denied: p.Denied, Evidence: d.In(p.Evidence)})
	}
	return out
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
