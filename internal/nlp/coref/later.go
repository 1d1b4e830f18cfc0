package coref

import "rapporteur/internal/document"

// nameLater joins an official whom the lead only describes to the one person who is
// named later, and first without a role: "Veyra's water minister said … “Never,” Oda Brask said."
func (r *resolver) nameLater() {
	office, person := document.NoActor, document.NoActor
	for i := range r.d.Actors {
		id := document.ActorID(i)
		a := &r.d.Actors[i]
		if a.Kind != document.Person || !r.isSource(a) {
			continue
		}
		switch {
		case a.Made.Rule == "description" && r.roleOf(id).state && r.roleOf(id).voice == "of" && r.d.ParagraphAt(r.d.Mentions[a.Mentions[0]].Span.Start) <= 2:
			if office != document.NoActor || r.party(id) == id || r.isIndefinite(&r.d.Mentions[a.Mentions[0]]) {
				return
			}
			office = id
		case a.Made.Rule == "name" && r.party(id) == id && r.d.Mentions[a.Mentions[0]].Role.IsEmpty() && r.roleOf(id).voice != "of":
			if person != document.NoActor {
				return
			}
			person = id
		}
	}
	if office == document.NoActor || person == document.NoActor {
		return
	}
	r.merge(person, office)
}

// isSource reports whether an actor utters a statement.
func (r *resolver) isSource(a *document.Actor) bool {
	for _, i := range a.Mentions {
		if r.sources[i] {
			return true
		}
	}
	return false
}

// merge gives all mentions of one actor, with what they tell, to another.
func (r *resolver) merge(into, from document.ActorID) {
	a, b := &r.d.Actors[into], &r.d.Actors[from]
	for _, i := range b.Mentions {
		r.d.Mentions[i].Actor = into
	}
	a.Mentions = append(a.Mentions, b.Mentions...)
	b.Mentions = nil
	r.roles[into] = append(r.roles[from], r.roles[into]...)
	r.ofs[into] = append(r.ofs[from], r.ofs[into]...)
	delete(r.roles, from)
	delete(r.ofs, from)
}
