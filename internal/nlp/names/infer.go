package names

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// inferKinds decides for the whole article what names that no table knows stand
// for: who has an envoy or a government is a state or like one, who has a
// spokesman is a body, who shares a last name with a person is that person.
// Example: "the Tolmark envoy" makes Tolmark a state; "Okafor said" a person.
func inferKinds(d *document.Doc, scans []*scan) {
	persons, states, bodies := personWords(d), map[string]bool{}, map[string]bool{}
	for _, s := range scans {
		s.ownersOfRoles(persons, states, bodies)
	}
	addHeaded(d, scans, states, persons)
	markSpeakers(d, scans)
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Kind == document.Person && m.Made.Rule == "first-name" && !states[d.In(m.Head)] {
			persons[lastWord(d.In(m.Head))] = true
		}
	}
	addBareStates(d, states)
	addDemonyms(d, states, persons)
	addActing(d, scans, states, persons)
	for i := range d.Mentions {
		inferKind(d, &d.Mentions[i], persons, states, bodies)
	}
	joined(d)
}

// ownersOfRoles notes which names own a role of a state or speak through somebody.
func (s *scan) ownersOfRoles(persons, states, bodies map[string]bool) {
	for i, a := range s.atoms {
		if a.kind == org {
			a.role = s.t.roles[s.lower(a.r.End-1)]
			if !a.role.state {
				a.role = s.t.roles[s.lower(a.r.First)]
			}
		}
		if a.kind != roleAtom && (a.kind != org || !a.role.state) {
			continue
		}
		body, owner := s.bodyLeft(i), true
		if body.IsEmpty() {
			body, owner = s.bodyRight(i+1), false
		}
		word := s.d.In(body)
		if body.IsEmpty() || persons[lastWord(word)] || len(s.t.gazetteer[firstWord(word)]) > 0 {
			continue
		}
		switch {
		case owner && strings.Contains(word, " ") && a.r.End-a.r.First == 1 && s.at(i-1).kind == possessed:
			// "Corvin Dale's ministry" is a man's
		case owner && a.plural && s.at(i-1).kind == possessed:
			// "Orsa's diplomats" may be those who work in that town
		case a.role.state, owner && a.role.kind == "side" && s.looksDemonym(word):
			states[word] = true
		case a.role.kind == "person" && a.role.voice == "of":
			bodies[word] = true
		}
	}
}

// inferKind gives one name without a kind the one that the article tells. A state that
// an apposition gives a role stays one: "Sund, the mediator, …".
func inferKind(d *document.Doc, m *document.Mention, persons, states, bodies map[string]bool) {
	word := d.In(m.Head)
	if m.Form == document.Named && m.Key == "" && m.Kind == document.Person && m.Made.Rule == "capitals" && states[word] && !strings.Contains(word, " ") {
		m.Kind = document.Unclear
	}
	if m.Made.Rule == "first-name" && states[word] {
		m.Kind = document.Unclear
	}
	if m.Form != document.Named || m.Kind != document.Unclear || m.Key != "" {
		return
	}
	switch of := isAdjectiveOf(word, states); {
	case persons[lastWord(word)]:
		m.Kind = document.Person
	case of != "":
		m.Kind, m.Key, m.Name = document.State, stateKey(of), of
		m.Made.Rule = "gazetteer-adjective"
	case states[word]:
		m.Kind, m.Key, m.Name = document.State, stateKey(word), word
		if isModifying(d, m) && hasDemonym(word) {
			m.Made.Rule = "gazetteer-adjective"
		}
	case bodies[word] && !strings.Contains(word, " "):
		m.Kind = document.Organisation
	}
}

// stateKey returns the key of a state that no table knows. Another article may use
// the adjective alone, so that its ending is no part of the key.
func stateKey(name string) string { return "name:" + text.Stem(name) }

// hasDemonym reports whether a name ends as the adjective of a state does.
func hasDemonym(word string) bool {
	return text.Stem(word) != strings.TrimRight(text.Fold(word), "aeiouy")
}

// isModifying reports whether a noun follows a name at once: "Sundian | diplomat".
func isModifying(d *document.Doc, m *document.Mention) bool {
	next := d.TokensIn(text.Span{Start: m.Head.End, End: min(len(d.Text()), m.Head.End+40)}).First
	if int(next) >= len(d.Tokens) {
		return false
	}
	u := d.Tokens[next].UPOS
	return u == document.NOUN || u == document.ADJ || u == document.PROPN
}

// addDemonyms makes a state of a name whose adjective stands in the article too:
// "Sund" and "Sundian".
func addDemonyms(d *document.Doc, states, persons map[string]bool) {
	names := map[string]bool{}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if w := d.In(m.Head); m.Form == document.Named && m.Kind == document.Unclear && m.Key == "" && !persons[w] && !strings.Contains(w, " ") {
			names[w] = true
		}
	}
	for word := range names {
		if of := isAdjectiveOf(word, names); of != "" {
			states[of] = true
		}
	}
}

// addHeaded makes a state of what a president or minister is of, where that stands
// behind the name: "President Oda Brask of Sund".
func addHeaded(d *document.Doc, scans []*scan, states, persons map[string]bool) {
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Form != document.Named || m.Kind != document.Person || m.Of.Start <= m.Head.End || len(scans) == 0 {
			continue
		}
		t, word := scans[0].t, d.In(m.Of)
		role := strings.ToLower(lastWord(d.In(m.Role)))
		if (t.roles[role].state || role == "president") && !persons[lastWord(word)] && len(t.gazetteer[firstWord(word)]) == 0 && isCapital(word) {
			states[word] = true
		}
	}
}

// addBareStates adds the state whose adjective alone told of one: "the Draskian
// delegation" makes a state of Draskia where that name stands too.
func addBareStates(d *document.Doc, states map[string]bool) {
	names := map[string]bool{}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Form == document.Named && m.Key == "" && (m.Kind == document.Unclear || m.Kind == document.Person && m.Made.Rule == "capitals") {
			names[d.In(m.Head)] = true
		}
	}
	var found []string
	for word := range states {
		if of := isAdjectiveOf(word, names); of != "" {
			found = append(found, of)
		}
	}
	for _, name := range found {
		states[name] = true
	}
}

// markSpeakers makes a person of a name of several words whose last word also stands
// alone, or that says something: "Oksu Marel said", later "Marel".
func markSpeakers(d *document.Doc, scans []*scan) {
	alone := map[string]bool{}
	for i := range d.Mentions {
		if m := &d.Mentions[i]; m.Form == document.Named && m.Key == "" && m.Kind == document.Unclear {
			if w := d.In(m.Head); !strings.Contains(w, " ") {
				alone[w] = true
			}
		}
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		w := d.In(m.Head)
		if m.Form != document.Named || m.Key != "" || m.Kind != document.Unclear || !strings.Contains(w, " ") || strings.Contains(w, " of ") {
			continue
		}
		if alone[lastWord(w)] || len(scans) > 0 && says(d, scans[0].t, m.Head) || isOfState(d, i) {
			m.Kind = document.Person
		}
	}
}

// isOfState reports whether a name of two words is said to be of a state, as only
// persons are: "Oda Brask of Sund and Rufus Tal of Veyra spoke".
func isOfState(d *document.Doc, i int) bool {
	m := &d.Mentions[i]
	if i+1 >= len(d.Mentions) || strings.Count(d.In(m.Head), " ") != 1 || d.Mentions[i+1].Span.Start < m.Span.End {
		return false
	}
	next := &d.Mentions[i+1]
	return d.Text()[m.Span.End:next.Span.Start] == " of " && (next.Kind == document.State || isOpen(d, next)) && next.Made.Rule != "gazetteer-adjective"
}

// says reports whether a verb of speech stands behind a name, or "said" in front.
func says(d *document.Doc, t *tables, name text.Span) bool {
	next := d.TokensIn(text.Span{Start: name.End, End: min(len(d.Text()), name.End+40)}).First
	if int(next) < len(d.Tokens) && d.Tokens[next].UPOS == document.VERB && t.speech[d.Tokens[next].Lemma] {
		return true
	}
	before := int(d.TokensIn(name).First) - 1
	return before >= 0 && d.Tokens[before].Lemma == "say"
}

// personWords returns the last words of names of persons.
func personWords(d *document.Doc) map[string]bool {
	out := map[string]bool{}
	for i := range d.Mentions {
		if m := &d.Mentions[i]; m.Kind == document.Person && m.Form == document.Named && m.Made.Rule != "first-name" {
			last := lastWord(d.In(m.Head))
			out[last] = true
			if _, after, ok := strings.Cut(last, "-"); ok {
				out[after] = true // "al-Haddad" is also called "Haddad"
			}
		}
	}
	return out
}

func firstWord(name string) string {
	word, _, _ := strings.Cut(name, " ")
	return word
}

func lastWord(name string) string {
	name = strings.TrimRight(name, "\"”’'")
	return name[strings.LastIndex(name, " ")+1:]
}

// isAdjectiveOf returns the state of which word is the adjective by its form:
// "Tolmarkian", "Veyran" for Tolmark, Veyra.
func isAdjectiveOf(word string, states map[string]bool) string {
	best := ""
	for state := range states {
		if len(word) <= len(state)-1 || len(word) > len(state)+4 || len(state) < 4 || word == state || strings.Contains(word, " ") {
			continue
		}
		stem := strings.TrimRight(state, "aeiouy")
		if len(stem) >= 3 && strings.HasPrefix(word, stem) && hasEnding(word[len(stem):]) && (best == "" || state < best) {
			best = state
		}
	}
	return best
}

func hasEnding(tail string) bool {
	switch strings.TrimLeft(tail, "aeiouy") {
	case "n", "ns", "se", "sh", "n's", "ns'", "r", "rs", "c":
		return true
	}
	return tail == "i" || tail == "is" || tail == "ese" || tail == "ish"
}
