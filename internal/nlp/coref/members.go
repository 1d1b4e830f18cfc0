package coref

import (
	"strings"

	"rapporteur/internal/document"
)

// giveMembers names the members of a group that is described only as the parties:
// "both sides", "the two countries", "the delegations" are the two whom the
// paragraph names, else the two states that the article names most, when no third
// comes near them; a mediator is no side.
func (r *resolver) giveMembers() {
	for id := range r.d.Actors {
		a := &r.d.Actors[id]
		if a.Kind != document.Group || a.Members != nil || a.Of != document.NoActor || !r.isBare(a) {
			continue
		}
		persons := r.areTwoPersons(a)
		if !persons && r.roleOf(document.ActorID(id)).voice != "each" {
			continue
		}
		first, second := r.pair(a, persons)
		if second == document.NoActor && !persons {
			first, second, _ = r.sides()
		}
		if second != document.NoActor {
			a.Members = []document.ActorID{first, second}
			if r.d.Actors[second].Key < r.d.Actors[first].Key {
				a.Members = []document.ActorID{second, first}
			}
		}
	}
}

// areTwoPersons reports whether the words count two people: "both men", "the two
// leaders".
func (r *resolver) areTwoPersons(a *document.Actor) bool {
	first, head, _ := strings.Cut(strings.ToLower(a.Name), " ")
	ro := r.t.roles[strings.TrimSuffix(head, "s")]
	return (first == "both" || first == "two") && (head == "men" || head == "women" || ro.kind == "person")
}

// pair returns the two persons, or states and bodies, that the paragraph of a
// group's first mention names before it, when there are exactly two.
func (r *resolver) pair(a *document.Actor, persons bool) (first, second document.ActorID) {
	first, second = document.NoActor, document.NoActor
	if len(a.Mentions) == 0 {
		return first, second
	}
	at := a.Mentions[0]
	paragraph := r.d.ParagraphAt(r.d.Mentions[at].Span.Start)
	for j := int(at) - 1; j >= 0 && r.d.ParagraphAt(r.d.Mentions[j].Span.Start) == paragraph; j-- {
		m := &r.d.Mentions[j]
		id := m.Actor
		if id == document.NoActor || m.Form != document.Named || (r.d.Actors[id].Kind == document.Person) != persons {
			continue
		}
		switch k := r.d.Actors[id].Kind; k {
		case document.Person, document.State, document.ArmedGroup:
		default:
			continue
		}
		switch {
		case id == first || id == second || r.mediates(id):
		case second == document.NoActor:
			second = id
		case first == document.NoActor:
			first = id
		default:
			return document.NoActor, document.NoActor
		}
	}
	if first == document.NoActor {
		return first, document.NoActor
	}
	return first, second
}

// isBare reports whether nothing but a number or "both" tells of which group the words
// speak: "two countries", but not "Arab countries" or "three countries".
func (r *resolver) isBare(a *document.Actor) bool {
	words := strings.Fields(strings.ToLower(a.Name))
	switch len(words) {
	case 1:
		return true
	case 2:
		return words[0] == "both" || words[0] == "two"
	}
	return false
}

// sides returns the two states that are named most and do not mediate.
func (r *resolver) sides() (first, second document.ActorID, looked bool) {
	first, second = document.NoActor, document.NoActor
	best, next, third := 0, 0, 0
	for i := range r.d.Actors {
		id := document.ActorID(i)
		if r.d.Actors[i].Kind != document.State || r.mediates(id) {
			continue
		}
		switch n := r.weight(id); {
		case n > best:
			first, second, best, next, third = id, first, n, best, next
		case n > next:
			second, next, third = id, n, next
		default:
			third = max(third, n)
		}
	}
	if next < 2 || 2*third > next {
		return first, document.NoActor, true
	}
	return first, second, true
}

// mediates reports whether a state's man or the state itself is called a mediator.
func (r *resolver) mediates(state document.ActorID) bool {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Actor == document.NoActor || m.Role.IsEmpty() || !strings.HasPrefix(lastWord(r.d.In(m.Role)), "mediat") {
			continue
		}
		if m.Actor == state || r.party(m.Actor) == state || r.party(r.ofActor(m)) == state {
			return true
		}
	}
	return false
}
