package coref

import (
	"slices"
	"sort"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// others resolves descriptions and pronouns in reading order, so that each finds
// what was said before it.
func (r *resolver) others() {
	for i := range r.d.Mentions {
		id := document.MentionID(i)
		m := &r.d.Mentions[i]
		switch {
		case m.Actor != document.NoActor:
		case m.Form == document.Pronoun:
			r.join(id, r.pronoun(id))
		case r.sameOf(m) != document.NoActor:
			r.join(id, r.sameOf(m))
		default:
			r.join(id, r.description(id))
		}
		if m.Actor != document.NoActor {
			r.lastOf[m.Actor] = m.Span.Start
		}
	}
}

func (r *resolver) description(i document.MentionID) document.ActorID {
	m := &r.d.Mentions[i]
	if ahead := r.appositionAhead(i); ahead != document.NoActor {
		return ahead
	}
	switch {
	case m.Plural || m.Kind == document.Group:
		return r.group(i)
	case m.Kind == document.Person:
		return r.office(i)
	case m.Kind == document.Organ:
		return r.describedOrgan(i)
	}
	return r.describedBody(i)
}

// appositionAhead returns the actor of a later name that stands in apposition to
// this description: "its spokesman, Corvin Dale".
func (r *resolver) appositionAhead(i document.MentionID) document.ActorID {
	for j := int(i) + 1; j < len(r.d.Mentions) && j < int(i)+6; j++ {
		if m := &r.d.Mentions[j]; m.Same == r.d.Mentions[i].Head && m.Form == document.Named {
			return m.Actor
		}
	}
	return document.NoActor
}

// office resolves "the Russian president", "the senior diplomat", "the minister":
// the person whose role and body fit, the last mentioned first.
func (r *resolver) office(i document.MentionID) document.ActorID {
	m := &r.d.Mentions[i]
	head := strings.ToLower(r.d.In(m.Head))
	if !r.isIndefinite(m) && !r.isPast(m.Role) {
		if id := r.bestPerson(i, head); id != document.NoActor {
			return id
		}
	}
	name := trimDet(r.bare(m.Span))
	return r.actor("person:"+text.Fold(name), name, document.Person, "description")
}

func (r *resolver) isPast(role text.Span) bool { return r.told(role).past }

// roleWords is what the words of a role tell, kept because descriptions ask often.
type roleWords struct {
	words, last string // in small letters
	past        bool
}

func (r *resolver) told(role text.Span) roleWords {
	if w, ok := r.toldRoles[role]; ok {
		return w
	}
	w := roleWords{words: strings.ToLower(r.d.In(role))}
	w.last = lastWord(w.words)
	for f := range strings.FieldsSeq(w.words) {
		w.past = w.past || r.t.past[f]
	}
	r.toldRoles[role] = w
	return w
}

func (r *resolver) isIndefinite(m *document.Mention) bool {
	first, _, _ := strings.Cut(strings.ToLower(r.d.In(m.Span)), " ")
	switch first {
	case "a", "an", "another", "one", "some", "any", "every", "no", "each":
		return true
	}
	return false
}

// bestPerson weighs the persons of the article for a description. A person whom
// the reader has met counts before one who is named only later.
func (r *resolver) bestPerson(i document.MentionID, head string) document.ActorID {
	m := &r.d.Mentions[i]
	of := r.party(r.ofActor(m))
	best, bestScore := document.NoActor, 0
	for _, id := range r.candidates(i) {
		a := &r.d.Actors[id]
		if a.Kind != document.Person || a.Made.Rule == "description" && !strings.HasSuffix(text.Fold(a.Name), head) {
			continue
		}
		score := r.roleScore(id, head)
		if score == 0 || m.Gender != "" && a.Gender != "" && m.Gender != a.Gender {
			continue
		}
		switch theirs := r.party(r.bodyOf(id)); {
		case of != document.NoActor && theirs == of:
			score += 20
		case of != document.NoActor && (theirs != document.NoActor || r.holdsElsewhere(a, of)):
			continue
		case of != document.NoActor:
			score -= 8
		}
		if score <= 0 {
			continue
		}
		last, met := r.lastOf[id]
		if met {
			score += 10 - min(9, (m.Span.Start-last)/400)
		} else if score < 30 {
			continue
		}
		if score > bestScore || score == bestScore && met && last > r.lastOf[best] {
			best, bestScore = id, score
		}
	}
	return best
}

// manyActors is from where on only those mentioned nearby are weighed; it bounds
// the time.
const manyActors = 800

// candidates returns the actors that a description may stand for: all of them in an
// article of usual length, else those of the last mentions before it.
func (r *resolver) candidates(i document.MentionID) []document.ActorID {
	var out []document.ActorID
	if len(r.d.Actors) <= manyActors {
		for id := range r.d.Actors {
			out = append(out, document.ActorID(id))
		}
		return out
	}
	for j := max(0, int(i)-nearMentions); j < int(i); j++ {
		if id := r.d.Mentions[j].Actor; id != document.NoActor {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// holdsElsewhere reports whether a table knows a person as an office holder of
// another state than of.
func (r *resolver) holdsElsewhere(a *document.Actor, of document.ActorID) bool {
	key, _ := r.t.officeOf(a.Name, r.year)
	return key != "" && key != r.d.Actors[of].Key
}

// roleScore tells how well a description's head noun fits the roles of a person:
// 15 for the same role, 8 for one of its class, 4 for a person without any role.
func (r *resolver) roleScore(id document.ActorID, head string) int {
	best := 0
	for _, span := range r.roles[id] {
		told := r.told(span)
		if told.past {
			continue
		}
		switch {
		case told.last == head || strings.Contains(told.words, head) && hasWord(told.words, head):
			best = max(best, 15)
		default:
			for _, other := range r.t.classes[head] {
				if strings.Contains(told.words, other) {
					best = max(best, 8)
				}
			}
		}
	}
	if len(r.roles[id]) == 0 && r.t.roles[head].voice == "of" {
		if _, role := r.t.officeOf(r.d.Actors[id].Name, r.year); role != "" && (strings.HasSuffix(strings.ToLower(role), head) || head == "leader") {
			return 12
		}
	}
	return best
}

// bodyOf returns the body of a person as far as it is known now.
func (r *resolver) bodyOf(id document.ActorID) document.ActorID {
	if id == document.NoActor {
		return id
	}
	if of := r.d.Actors[id].Of; of != document.NoActor {
		return of
	}
	first := document.NoActor
	opposed := r.isOpposed(id)
	for _, o := range r.ofs[id] {
		m, ok := r.heads[o.span]
		if !ok || r.d.Mentions[m].Actor == document.NoActor || r.d.Mentions[m].Actor == id {
			continue
		}
		of := r.d.Mentions[m].Actor
		if opposed && r.d.Actors[of].Kind == document.Organisation {
			return of
		}
		if first == document.NoActor {
			first = of
		}
	}
	return first
}

// isOpposed reports whether somebody's role is one in the opposition: then a party
// says more of him than the state.
func (r *resolver) isOpposed(id document.ActorID) bool {
	for _, span := range r.roles[id] {
		if hasWord(strings.ToLower(r.d.In(span)), "opposition") {
			return true
		}
	}
	return false
}

// party climbs from an organ or person to the state or organisation behind it.
func (r *resolver) party(id document.ActorID) document.ActorID {
	for range 4 {
		if id == document.NoActor {
			return id
		}
		a := &r.d.Actors[id]
		if b, ok := r.t.bodies[a.Key]; ok && b.of != "" && b.voice == "of" {
			id = r.known(b.of)
			continue
		}
		if a.Kind != document.Organ && a.Kind != document.Person && a.Kind != document.Group {
			return id
		}
		up := r.bodyOf(id)
		if up == document.NoActor {
			return id
		}
		id = up
	}
	return id
}

// group returns the actor of a plural description: "U.S. officials", "the rebels".
// The same words, or the same head noun with a bare "the", are one group.
func (r *resolver) group(i document.MentionID) document.ActorID {
	m := &r.d.Mentions[i]
	name := trimDet(r.bare(m.Span))
	fold := text.Fold(name)
	if !strings.Contains(fold, " ") && strings.HasPrefix(strings.ToLower(r.d.In(m.Span)), "the ") {
		for j := int(i) - 1; j >= max(0, int(i)-lookBack); j-- {
			b := &r.d.Mentions[j]
			if b.Form == document.Described && b.Plural && b.Actor != document.NoActor && text.Fold(r.d.In(b.Head)) == fold {
				return b.Actor
			}
		}
	}
	return r.actor("group:"+fold, name, document.Group, "group")
}

// describedOrgan resolves "the French government", "the ministry".
func (r *resolver) describedOrgan(i document.MentionID) document.ActorID {
	m := &r.d.Mentions[i]
	of, head := r.ofActor(m), text.Fold(r.d.In(m.Head))
	if of != document.NoActor && r.d.Actors[of].Kind == document.Person && (head == "administration" || head == "government" || head == "cabinet") {
		name := trimDet(r.bare(m.Span))
		return r.actor("organ:"+text.Fold(name), name, document.Organ, "organ-of-person")
	}
	if of != document.NoActor {
		role := text.Fold(r.d.In(m.Role))
		id := r.actor("organ:"+bareKey(r.d.Actors[of].Key)+" "+role, r.organName(m, of), document.Organ, "organ-of")
		r.d.Actors[id].Of = of
		return id
	}
	for j := int(i) - 1; j >= max(0, int(i)-lookBack); j-- {
		b := &r.d.Mentions[j]
		if b.Actor == document.NoActor || b.Form == document.Pronoun {
			continue
		}
		if a := &r.d.Actors[b.Actor]; a.Kind == document.Organ && hasWord(text.Fold(a.Name), head) {
			return b.Actor
		}
	}
	name := trimDet(r.bare(m.Span))
	return r.actor("organ:"+text.Fold(name), name, document.Organ, "organ")
}

func hasWord(name, word string) bool {
	return strings.Contains(" "+name+" ", " "+word+" ")
}

// describedBody resolves "the union", "the company", "the kingdom": the last body
// whose name holds the noun, else the last one of a fitting kind.
func (r *resolver) describedBody(i document.MentionID) document.ActorID {
	m := &r.d.Mentions[i]
	head := text.Fold(r.d.In(m.Head))
	if m.Made.Stage == "coref" {
		if id := r.issuer(i); id != document.NoActor {
			return id
		}
		name := trimDet(r.bare(m.Span))
		return r.actor("source:"+text.Fold(name), name, document.Unclear, "source")
	}
	if id := r.namedBefore(m); id != document.NoActor {
		return id
	}
	definite := !r.isIndefinite(m) && m.Of.IsEmpty()
	if definite {
		if id := r.outlet(i, head); id != document.NoActor {
			return id
		}
		if id := r.lastBody(i, func(a *document.Actor) bool { return hasWord(text.Fold(a.Name), head) }); id != document.NoActor {
			return id
		}
		if r.t.stateNouns[head] {
			if id := r.lastBody(i, func(a *document.Actor) bool { return a.Kind == document.State }); id != document.NoActor {
				return id
			}
		} else if head != "side" && !strings.Contains(r.bare(m.Span), "opposition") && len(strings.Fields(r.bare(m.Span))) == 2 {
			if id := r.lastBody(i, func(a *document.Actor) bool {
				return a.Kind == document.Organisation && r.t.bodies[a.Key].voice != "none"
			}); id != document.NoActor {
				return id
			}
		}
	}
	name := trimDet(r.bare(m.Span))
	return r.actor("org:"+text.Fold(name), name, document.Organisation, "description")
}

// namedBefore returns the body whose name stands right before a description of it:
// "the Harbour Herald newspaper".
func (r *resolver) namedBefore(m *document.Mention) document.ActorID {
	of := r.ofActor(m)
	if of == document.NoActor || m.Of.End > m.Head.Start {
		return document.NoActor
	}
	if a := &r.d.Actors[of]; a.Kind != document.Organisation && a.Kind != document.Unclear {
		return document.NoActor
	}
	if between := r.d.Text()[m.Of.End:m.Head.Start]; strings.TrimSpace(between) != "" {
		return document.NoActor
	}
	return of
}

func (r *resolver) lastBody(i document.MentionID, fits func(*document.Actor) bool) document.ActorID {
	for j := int(i) - 1; j >= max(0, int(i)-lookBack); j-- {
		if id := r.d.Mentions[j].Actor; id != document.NoActor && r.d.Mentions[j].Form != document.Pronoun {
			if a := &r.d.Actors[id]; a.Kind != document.Person && a.Kind != document.Group && fits(a) {
				return id
			}
		}
	}
	return document.NoActor
}

// order sorts the actors that stay by their first mention; actors without one come
// last.
func (r *resolver) order() {
	d := r.d
	at := make([]int, len(d.Actors))
	var perm []int
	for i := range d.Actors {
		at[i] = len(d.Text()) + i
		if r.keep[i] {
			perm = append(perm, i)
		}
		for _, m := range d.Actors[i].Mentions {
			at[i] = min(at[i], d.Mentions[m].Span.Start)
		}
	}
	sort.SliceStable(perm, func(i, j int) bool { return at[perm[i]] < at[perm[j]] })
	back := make([]document.ActorID, len(d.Actors))
	actors := make([]document.Actor, len(perm))
	for i := range back {
		back[i] = document.NoActor
	}
	for n, old := range perm {
		back[old], actors[n] = document.ActorID(n), d.Actors[old]
	}
	move := func(id document.ActorID) document.ActorID {
		if id == document.NoActor {
			return id
		}
		return back[id]
	}
	for i := range actors {
		actors[i].Of, actors[i].Speaks = move(actors[i].Of), move(actors[i].Speaks)
		for n, m := range actors[i].Members {
			actors[i].Members[n] = move(m)
		}
		sort.Slice(actors[i].Mentions, func(a, b int) bool { return actors[i].Mentions[a] < actors[i].Mentions[b] })
	}
	for i := range d.Mentions {
		d.Mentions[i].Actor = move(d.Mentions[i].Actor)
	}
	d.Actors = actors
}
