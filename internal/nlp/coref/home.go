package coref

import (
	"strings"

	"rapporteur/internal/document"
)

// stateBefore returns the state that an office without one belongs to: the one whose
// doings the paragraph told before, else the home of the article, else the one that
// the article names most, else the last one named before.
// Example: "Veyra will wait, Foreign Minister Dale said."
func (r *resolver) stateBefore(i document.MentionID) document.ActorID {
	if id := r.subjectBefore(i); id != document.NoActor {
		return id
	}
	if id := r.homeState(); id != document.NoActor {
		return id
	}
	if id := r.mainState(); id != document.NoActor {
		return id
	}
	for j := int(i) - 1; j >= max(0, int(i)-lookBack); j-- {
		if id := r.d.Mentions[j].Actor; id != document.NoActor && r.d.Actors[id].Kind == document.State {
			return id
		}
	}
	for j := int(i); j < min(len(r.d.Mentions), int(i)+lookBack); j++ {
		if id := r.d.Mentions[j].Actor; id != document.NoActor && r.d.Actors[id].Kind == document.State {
			return id
		}
	}
	return document.NoActor
}

// subjectBefore returns the state that is the subject of an earlier clause in the
// paragraph, when only one is.
func (r *resolver) subjectBefore(i document.MentionID) document.ActorID {
	at := r.d.Mentions[i].Span.Start
	p := r.d.ParagraphAt(at)
	found := document.NoActor
	for j := int(i) - 1; j >= max(0, int(i)-nearMentions); j-- {
		m := &r.d.Mentions[j]
		if r.d.ParagraphAt(m.Span.Start) != p {
			break
		}
		state := r.stateOf(m)
		if state == document.NoActor {
			continue
		}
		s := r.d.SentenceAt(m.Span.Start)
		if s < 0 || !r.isSubject(m.Span, r.d.Sentences[s]) || !r.acts(document.MentionID(j)) {
			continue
		}
		if found != document.NoActor && found != state {
			return document.NoActor
		}
		found = state
	}
	return found
}

// stateOf returns the state that a mention names, or whose side or delegation it names.
func (r *resolver) stateOf(m *document.Mention) document.ActorID {
	if m.Actor == document.NoActor || strings.HasSuffix(m.Made.Rule, "adjective") || m.Form == document.Pronoun {
		return document.NoActor
	}
	id := m.Actor
	if a := &r.d.Actors[id]; a.Kind == document.Organ || a.Kind == document.Organisation && m.Form == document.Described {
		id = r.ofActor(m)
	}
	if id == document.NoActor || r.d.Actors[id].Kind != document.State {
		return document.NoActor
	}
	return id
}

// firstTold returns the first mention of an actor that tells a role outside the title,
// else the first of all.
func (r *resolver) firstTold(a *document.Actor) document.MentionID {
	for _, i := range a.Mentions {
		if m := &r.d.Mentions[i]; !m.Role.IsEmpty() && !r.isTitle(m.Span) {
			return i
		}
	}
	return a.Mentions[0]
}

// homeState returns the state whose officials the article names without saying
// whose they are: the one of the two most named that qualifies nobody's role, while
// the other does. An agency writes "the Foreign Minister" of its own and "the Veyran
// foreign minister" of another.
func (r *resolver) homeState() document.ActorID {
	if r.homeKnown {
		return r.home
	}
	r.homeKnown, r.home = true, document.NoActor
	first, second := r.mostNamed()
	if second == document.NoActor {
		return r.home
	}
	a, b := r.qualifies(first), r.qualifies(second)
	switch {
	case a > 0 && b == 0 && 3*r.weight(second) >= r.weight(first):
		r.home = second
	case b > 0 && a == 0:
		r.home = first
	}
	return r.home
}

// mostNamed returns the two states that the article names most, a mention in the title
// counting for three; NoActor for one that it names less than twice.
func (r *resolver) mostNamed() (first, second document.ActorID) {
	first, second = document.NoActor, document.NoActor
	best, next := 1, 1
	for id := range r.d.Actors {
		if r.d.Actors[id].Kind != document.State {
			continue
		}
		switch n := r.weight(document.ActorID(id)); {
		case n > best:
			first, second, best, next = document.ActorID(id), first, n, best
		case n > next:
			second, next = document.ActorID(id), n
		}
	}
	return first, second
}

// weight counts the mentions of an actor, those in the title three times.
func (r *resolver) weight(id document.ActorID) int {
	n := 0
	for _, m := range r.d.Actors[id].Mentions {
		n++
		if r.isTitle(r.d.Mentions[m].Span) {
			n += 2
		}
	}
	return n
}

// qualifies counts the persons whom the words say to be of a state; "the senior Veyran
// diplomat" may stand for somebody named before and tells nothing.
func (r *resolver) qualifies(state document.ActorID) int {
	n := 0
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != document.Person || m.Actor == document.NoActor || m.Of.Start < m.Span.Start || m.Form == document.Described && r.isStock(m) {
			continue
		}
		if r.party(r.ofActor(m)) == state {
			n++
		}
	}
	return n
}

// isStock reports whether a description is one that papers use for a person named
// before: "the diplomat", "the official".
func (r *resolver) isStock(m *document.Mention) bool {
	head := strings.ToLower(r.d.In(m.Head))
	return head == "diplomat" || head == "official" || head == "leader"
}

// mainState returns the state that is named at least half again as often as the
// next one.
func (r *resolver) mainState() document.ActorID {
	if r.mainKnown {
		return r.main
	}
	r.mainKnown, r.main = true, document.NoActor
	best, second, bestID := 0, 0, document.NoActor
	for id := range r.d.Actors {
		if r.d.Actors[id].Kind != document.State {
			continue
		}
		if n := r.weight(document.ActorID(id)); n > best {
			best, second, bestID = n, best, document.ActorID(id)
		} else {
			second = max(second, n)
		}
	}
	if 2*best < 3*second || best < 3 {
		return document.NoActor
	}
	r.main = bestID
	return bestID
}
