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
			if first, second = r.sides(); second != document.NoActor && r.d.Actors[second].Key < r.d.Actors[first].Key {
				first, second = second, first
			}
		}
		if second != document.NoActor {
			a.Members = []document.ActorID{first, second}
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

// pair returns the two that a group's first mention counts: the last two persons, or
// states and armed groups, that "and" joined before it, else the only two whom its
// paragraph names.
func (r *resolver) pair(a *document.Actor, persons bool) (first, second document.ActorID) {
	if len(a.Mentions) == 0 {
		return document.NoActor, document.NoActor
	}
	at := int(a.Mentions[0])
	here := r.d.ParagraphAt(r.d.Mentions[at].Span.Start)
	reach := document.ParagraphID(2)
	if persons {
		reach = 20
	}
	for j := at - 1; j > max(0, at-lookBack); j-- {
		m, before := &r.d.Mentions[j], &r.d.Mentions[j-1]
		if here-r.d.ParagraphAt(m.Span.Start) > reach {
			break
		}
		if r.isSide(before, persons) && r.isSide(m, persons) && before.Actor != m.Actor && before.Span.End < m.Span.Start && r.d.Text()[before.Span.End:m.Span.Start] == " and " {
			return before.Actor, m.Actor
		}
	}
	return r.onlyTwo(at, persons)
}

// onlyTwo returns the two whom the paragraph of mention at names before it, none when
// there are more or fewer.
func (r *resolver) onlyTwo(at int, persons bool) (first, second document.ActorID) {
	first, second = document.NoActor, document.NoActor
	here := r.d.ParagraphAt(r.d.Mentions[at].Span.Start)
	for j := at - 1; j >= max(0, at-lookBack) && r.d.ParagraphAt(r.d.Mentions[j].Span.Start) == here; j-- {
		m := &r.d.Mentions[j]
		switch id := m.Actor; {
		case !r.isSide(m, persons) || id == first || id == second:
		case second == document.NoActor:
			second = id
		case first == document.NoActor:
			first = id
		default:
			return document.NoActor, document.NoActor
		}
	}
	if first == document.NoActor {
		return first, first
	}
	return first, second
}

// isSide reports whether a mention names a person, or a state or armed group that
// does not mediate.
func (r *resolver) isSide(m *document.Mention, persons bool) bool {
	if m.Actor == document.NoActor || m.Form != document.Named {
		return false
	}
	switch r.d.Actors[m.Actor].Kind {
	case document.Person:
		return persons
	case document.State, document.ArmedGroup:
		return !persons && !r.mediates(m.Actor)
	}
	return false
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
func (r *resolver) sides() (first, second document.ActorID) {
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
		return first, document.NoActor
	}
	return first, second
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
