package coref

import (
	"slices"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// longestParty is the most words of a party's name inside that of a forum.
const longestParty = 4

// findForums gives its members to each body whose name is made of two parties and a
// noun for those who sit together: "the Orsa-Veyra Council", "the joint Orsa and Veyra
// Commission". Such a body is where parties meet and no party itself; "Veyra-Orsa" and
// "Orsa-Veyra" are one.
// Source: CAMEO manual 1.1b3, chapter 4, actors are coded by those who make them up.
func (r *resolver) findForums() {
	first := map[string]document.ActorID{}
	for id := 0; id < len(r.d.Actors); id++ { // grows: parties of tables join behind
		a := &r.d.Actors[id]
		if a.Kind == document.Person || a.Kind == document.State || a.Kind == document.Group || len(a.Mentions) == 0 {
			continue
		}
		keys, head := r.t.seats(a.Name)
		if len(keys) < 2 {
			continue
		}
		var members []document.ActorID
		var names []string
		for _, key := range keys {
			m := r.known(key)
			members, names = append(members, m), append(names, text.Fold(r.d.Actors[m].Name))
		}
		slices.Sort(names)
		key := "org:" + strings.Join(names, " ") + " " + head
		a = &r.d.Actors[id] // known may have moved the list
		if other, ok := first[key]; ok {
			r.merge(other, document.ActorID(id))
			delete(r.ofs, other)
			continue
		}
		first[key] = document.ActorID(id)
		a.Members, a.Kind, a.Of = members, document.Organisation, document.NoActor
		if _, ok := r.t.bodies[a.Key]; !ok {
			a.Key = key
		}
		delete(r.ofs, document.ActorID(id))
	}
}

// seats returns the keys of the parties that the name of a forum joins with a dash or
// "and", and its head noun; nil for another name.
func (t *tables) seats(name string) (keys []string, head string) {
	words := strings.FieldsFunc(name, func(c rune) bool { return strings.ContainsRune(" -–—/", c) })
	if len(words) < 3 || !t.forums[strings.ToLower(words[len(words)-1])] {
		return nil, ""
	}
	head = strings.ToLower(words[len(words)-1])
	joined := true
	for i := 0; i < len(words)-1; {
		key, n := t.partyAt(words[:len(words)-1], i)
		switch {
		case n == 0 && strings.EqualFold(words[i], "and"):
			joined, i = true, i+1
			continue
		case n == 0 || slices.Contains(keys, key):
			i++
			continue
		case !joined && !strings.ContainsAny(before(name, words[i]), "-–—/"):
			return nil, ""
		}
		keys, joined, i = append(keys, key), false, i+n
	}
	return keys, head
}

// partyAt returns the key of the longest name of a party that begins at word i, and of
// how many words it is.
func (t *tables) partyAt(words []string, i int) (string, int) {
	for n := min(longestParty, len(words)-i); n > 0; n-- {
		if key := t.parties[text.Fold(strings.Join(words[i:i+n], " "))]; key != "" {
			return key, n
		}
	}
	return "", 0
}

// before returns the mark that stands before a word of a name.
func before(name, word string) string {
	head, _, _ := strings.Cut(name, word)
	if head == "" {
		return ""
	}
	r := []rune(head)
	return string(r[len(r)-1:])
}
