package coref

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// affiliate fills role, body and the party spoken for of every actor.
func (r *resolver) affiliate() {
	for id := 0; id < len(r.d.Actors); id++ { // grows: bodies of tables join behind
		r.giveBody(document.ActorID(id))
	}
	for id := range len(r.d.Actors) { // the oppositions that join behind speak for themselves
		party := r.speaks(document.ActorID(id), 0)
		r.d.Actors[id].Speaks = party
	}
}

// giveBody gives one actor its role and the body it belongs to.
func (r *resolver) giveBody(id document.ActorID) {
	a := &r.d.Actors[id]
	r.fillRole(id)
	if b, ok := r.t.bodies[a.Key]; ok && b.of != "" {
		of := r.known(b.of)
		a = &r.d.Actors[id]
		a.Of, a.OfMade = of, r.made("table")
		return
	}
	if a.Of == document.NoActor {
		if of := r.bodyOf(id); of != document.NoActor {
			a.Of, a.OfMade = of, r.made("words")
		}
	}
	if a.Of == document.NoActor {
		r.guessBody(id)
	}
}

func (r *resolver) fillRole(id document.ActorID) {
	a := &r.d.Actors[id]
	for _, span := range r.roles[id] {
		better := a.RoleSpan.IsEmpty() || r.isPast(a.RoleSpan) && !r.isPast(span) || a.RoleSpan.Len() < span.Len() && r.isPast(a.RoleSpan) == r.isPast(span)
		if a.Kind == document.Person && better && !strings.Contains(r.d.In(span), "\n") {
			a.Role, a.RoleSpan = r.bare(span), span
		}
	}
	if g := r.roleOf(id).gender; a.Gender == "" && g != "" {
		a.Gender = g
	}
	if a.Gender == "" && a.Kind == document.Person {
		first, _, _ := strings.Cut(text.Fold(a.Name), " ")
		a.Gender = r.t.first[first]
	}
}

// roleOf returns what the tables know of an actor's role.
func (r *resolver) roleOf(id document.ActorID) role {
	var best role
	for _, span := range r.roles[id] {
		if ro, ok := r.t.roles[r.roleHead(span)]; ok && (best.kind == "" || best.voice == "none" && ro.voice != "none") {
			best = ro
		}
	}
	return best
}

// roleHead returns the head noun of a role's words: "minister" of "minister of
// sea trade".
func (r *resolver) roleHead(span text.Span) string {
	words := strings.ToLower(r.d.In(span))
	for _, cut := range []string{" of ", " for "} {
		words, _, _ = strings.Cut(words, cut)
	}
	words = lastWord(words)
	if _, ok := r.t.roles[words]; !ok {
		return strings.TrimSuffix(words, "s")
	}
	return words
}

// guessBody finds a body that the words do not name: the state for which somebody
// of that name held office in that year, else, for an office of a state, the
// state last named before.
func (r *resolver) guessBody(id document.ActorID) {
	a := &r.d.Actors[id]
	if a.Kind == document.Person && a.Made.Rule == "name" {
		if key, role := r.t.officeOf(a.Name, r.year); key != "" && (strings.Contains(a.Name, " ") || len(r.roles[id]) > 0 && r.roleOf(id).voice == "of") {
			of := r.known(key)
			a = &r.d.Actors[id]
			a.Of, a.OfMade = of, r.made("office-table")
			if a.Role == "" {
				a.Role = role
			}
			return
		}
	}
	if of := r.organBefore(id); of != document.NoActor {
		a.Of, a.OfMade = of, r.made("organ-before")
		return
	}
	ro := r.roleOf(id)
	if (a.Kind != document.Person && a.Kind != document.Organ && a.Kind != document.Group) || !(ro.state || r.namesOrgan(id) || r.isHeadOfState(id)) || len(a.Mentions) == 0 {
		return
	}
	if of, ok := r.byKey[r.officeState(id)]; ok {
		a.Of, a.OfMade = of, r.made("office")
		return
	}
	if of := r.stateBefore(r.firstTold(a)); of != document.NoActor && of != id {
		a.Of, a.OfMade = of, r.made("state-before")
	}
}

// isHeadOfState reports whether a person bears the title of a president: "President
// Brask" of no body is a state's.
func (r *resolver) isHeadOfState(id document.ActorID) bool {
	for _, i := range r.d.Actors[id].Mentions {
		m := &r.d.Mentions[i]
		if m.Form == document.Named && m.Role.Start == m.Span.Start && r.d.In(m.Role) == "President" {
			return true
		}
	}
	return false
}

// officeState returns the key of the state whose office a role's words name.
func (r *resolver) officeState(id document.ActorID) string {
	for _, span := range r.roles[id] {
		words := strings.ToLower(r.bare(span))
		for _, drop := range []string{"deputy ", "acting ", "assistant ", "the "} {
			words = strings.TrimPrefix(words, drop)
		}
		if key := r.t.offices[words]; key != "" {
			return key
		}
	}
	return ""
}

// organBefore returns the organ or body that the same sentence named before the
// first mention of a spokesman: "the Harbour Council is ready, spokesman Dale said".
func (r *resolver) organBefore(id document.ActorID) document.ActorID {
	a := &r.d.Actors[id]
	head := r.roleHeads(id)
	if len(a.Mentions) == 0 || !strings.HasPrefix(head, "spokes") {
		return document.NoActor
	}
	first := a.Mentions[0]
	here := r.d.SentenceAt(r.d.Mentions[first].Span.Start)
	for j := int(first) - 1; j >= 0 && r.d.SentenceAt(r.d.Mentions[j].Span.Start) == here; j-- {
		m := &r.d.Mentions[j]
		if m.Actor == document.NoActor || m.Form == document.Pronoun {
			continue
		}
		if k := r.d.Actors[m.Actor].Kind; (k == document.Organ || k == document.Organisation) && r.isSubject(m.Span, r.d.Sentences[here]) {
			return m.Actor
		}
	}
	return document.NoActor
}

func (r *resolver) roleHeads(id document.ActorID) string {
	for _, span := range r.roles[id] {
		return r.roleHead(span)
	}
	return ""
}

// namesOrgan reports whether the words of a role name an organ of a state:
// "government spokesman", "army officials".
func (r *resolver) namesOrgan(id document.ActorID) bool {
	for _, span := range r.roles[id] {
		words := strings.Fields(strings.ToLower(r.d.In(span)))
		if len(words) < 2 {
			continue
		}
		for _, w := range words {
			if ro := r.t.roles[w]; ro.kind == "organ" && ro.state || r.t.portfolio[w] {
				return true
			}
		}
	}
	return false
}

// speaks returns the party whose position an actor voices: a minister that of the
// state, an organ that of its state, a spokeswoman that of her body; nobody's for
// those who report, judge or study, and for holders of former offices.
func (r *resolver) speaks(id document.ActorID, depth int) document.ActorID {
	a := &r.d.Actors[id]
	if depth > 4 {
		return document.NoActor
	}
	if b, ok := r.t.bodies[a.Key]; ok {
		switch b.voice {
		case "none":
			if b.of != "" && r.isStateMedia(id) {
				return r.byKey[b.of]
			}
			return document.NoActor
		case "own":
			return id
		}
	}
	switch a.Kind {
	case document.State, document.ArmedGroup, document.Bloc:
		return id
	case document.Organisation:
		return r.bodySpeaks(id, depth)
	case document.Unclear:
		if a.Made.Rule == "name" {
			return id
		}
	}
	return r.holderSpeaks(id, depth)
}

// bodySpeaks returns the party of an organisation: itself, or the body or person that
// the words put above it; nobody where it reports or studies.
func (r *resolver) bodySpeaks(id document.ActorID, depth int) document.ActorID {
	a := &r.d.Actors[id]
	if len(a.Members) > 1 {
		return document.NoActor // a forum: those who sit in it speak
	}
	if ro := r.roleOf(id); ro.voice == "none" || r.isQuiet(a.Name) || r.isOutlet(text.Fold(a.Name)) {
		return document.NoActor
	}
	if a.Of == document.NoActor || a.Of == id {
		return id
	}
	k := r.d.Actors[a.Of].Kind
	if k == document.Person || (k == document.Organ || k == document.Organisation) && a.OfMade.Rule == "words" {
		return r.speaks(a.Of, depth+1)
	}
	return id
}

// holderSpeaks returns the party of a person, organ or group by role and body.
func (r *resolver) holderSpeaks(id document.ActorID, depth int) document.ActorID {
	a := &r.d.Actors[id]
	ro, past := r.roleOf(id), r.allPast(id)
	if past || ro.voice == "none" && !(r.isStateMedia(id) && a.Of != document.NoActor) {
		return document.NoActor
	}
	if a.Kind == document.Person {
		if id := r.opposition(id); id != document.NoActor {
			return id
		}
		if ro.voice == "body" && (a.Of == document.NoActor || r.d.Actors[a.Of].Kind != document.Organisation) {
			return document.NoActor
		}
	}
	if ro.voice == "own" && a.Kind != document.Person {
		return id
	}
	if a.Of != document.NoActor && a.Of != id {
		return r.speaks(a.Of, depth+1)
	}
	if a.Kind == document.Organ || a.Kind == document.Group && ro.voice == "own" {
		return id
	}
	return document.NoActor
}

// isQuiet reports whether a body by its name reports or studies and speaks for
// nobody: "Orsa Herald", "Institute for River Studies".
func (r *resolver) isQuiet(name string) bool {
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	return r.t.media[lastWord(name)] || r.t.media[first]
}

// isStateMedia reports whether the text itself calls an agency or channel the
// state's: "state news agency".
func (r *resolver) isStateMedia(id document.ActorID) bool {
	for _, span := range r.roles[id] {
		if words := strings.ToLower(r.d.In(span)); strings.HasPrefix(words, "state") || strings.HasPrefix(words, "official ") {
			return true
		}
	}
	return false
}

// opposition returns the opposition of the state, for a person whose role says so:
// "Veyran opposition leader Idris Kanu".
func (r *resolver) opposition(id document.ActorID) document.ActorID {
	a := &r.d.Actors[id]
	if a.Of != document.NoActor && r.d.Actors[a.Of].Kind != document.State {
		return document.NoActor
	}
	for _, span := range r.roles[id] {
		if !hasWord(strings.ToLower(r.d.In(span)), "opposition") || r.isPast(span) {
			continue
		}
		of := a.Of
		if of == document.NoActor {
			of = r.stateBefore(r.firstTold(a))
		}
		if of == document.NoActor {
			return document.NoActor
		}
		state := r.d.Actors[of]
		name := r.t.adjective[state.Key]
		if name == "" {
			name = state.Name
		}
		group := r.actor("org:opposition "+bareKey(state.Key), name+" opposition", document.Group, "opposition")
		r.d.Actors[group].Of, r.d.Actors[group].Speaks = of, group
		return group
	}
	return document.NoActor
}

// allPast reports whether every role that the article tells of is a former one.
func (r *resolver) allPast(id document.ActorID) bool {
	for _, span := range r.roles[id] {
		if !r.isPast(span) {
			return false
		}
	}
	return len(r.roles[id]) > 0
}
