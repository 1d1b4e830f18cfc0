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
		for i, a := range s.atoms {
			if a.kind != roleAtom {
				continue
			}
			body := s.bodyLeft(i)
			if body.IsEmpty() {
				body = s.bodyRight(i + 1)
			}
			word := d.In(body)
			if body.IsEmpty() || persons[lastWord(word)] || len(s.t.gazetteer[firstWord(word)]) > 0 {
				continue
			}
			if a.role.state {
				states[word] = true
			} else if a.role.kind == "person" && a.role.voice == "of" {
				bodies[word] = true
			}
		}
	}
	addHeaded(d, scans, states, persons)
	markSpeakers(d)
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Kind == document.Person && m.Made.Rule == "first-name" && !states[d.In(m.Head)] {
			persons[lastWord(d.In(m.Head))] = true
		}
	}
	addBareStates(d, states)
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Made.Rule == "first-name" && states[d.In(m.Head)] {
			m.Kind = document.Unclear
		}
		if m.Form != document.Named || m.Kind != document.Unclear || m.Key != "" {
			continue
		}
		word := d.In(m.Head)
		switch of := isAdjectiveOf(word, states); {
		case persons[lastWord(word)]:
			m.Kind = document.Person
		case of != "":
			m.Kind, m.Key, m.Name = document.State, "state:"+text.Fold(of), of
			m.Made.Rule = "gazetteer-adjective"
		case states[word]:
			m.Kind, m.Key, m.Name = document.State, "state:"+text.Fold(word), word
		case bodies[word] && !strings.Contains(word, " "):
			m.Kind = document.Organisation
		}
	}
	joined(d)
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
		if m := &d.Mentions[i]; m.Form == document.Named && m.Kind == document.Unclear && m.Key == "" {
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
func markSpeakers(d *document.Doc) {
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
		next := d.TokensIn(text.Span{Start: m.Head.End, End: min(len(d.Text()), m.Head.End+40)}).First
		says := int(next) < len(d.Tokens) && (d.Tokens[next].Lemma == "say" || d.Tokens[next].Lemma == "tell" || d.Tokens[next].Lemma == "add")
		if before := int(d.TokensIn(m.Head).First) - 1; before >= 0 && d.Tokens[before].Lemma == "say" {
			says = true
		}
		if alone[lastWord(w)] || says {
			m.Kind = document.Person
		}
	}
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

// joined makes a state of a name that "and" joins to an inferred state: "Tolmark
// and Veyra will meet".
func joined(d *document.Doc) {
	for range 2 {
		found := map[string]bool{}
		for i := 0; i+1 < len(d.Mentions); i++ {
			a, b := &d.Mentions[i], &d.Mentions[i+1]
			if a.Span.End > b.Span.Start || d.Text()[a.Span.End:b.Span.Start] != " and " {
				continue
			}
			if isInferred(a) && isOpen(d, b) {
				found[d.In(b.Head)] = true
			} else if isInferred(b) && isOpen(d, a) {
				found[d.In(a.Head)] = true
			}
		}
		for i := range d.Mentions {
			if m := &d.Mentions[i]; found[d.In(m.Head)] && isOpen(d, m) {
				m.Kind, m.Name = document.State, d.In(m.Head)
				m.Key = "state:" + text.Fold(m.Name)
			}
		}
	}
}

func isInferred(m *document.Mention) bool {
	return m.Kind == document.State && m.Form == document.Named && m.Made.Rule == "capitals"
}

func isOpen(d *document.Doc, m *document.Mention) bool {
	return m.Kind == document.Unclear && m.Form == document.Named && m.Key == "" && !strings.Contains(d.In(m.Head), " ")
}
