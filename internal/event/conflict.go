package event

import (
	"fmt"
	"slices"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// A conflict is what an article tells of the war that talks are to end: where it is
// fought, and who fights, by keys of actors.
type conflict struct {
	theatres []string
	sides    []string
}

// conflictNouns name fighting or its end. Their complement tells where or against
// whom it is (CAMEO manual 1.1b3, roots 18 to 20 and code 0871: the target of force
// or of a ceasefire is the other belligerent).
const conflictNouns = "war invasion conflict fighting hostilities ceasefire cease-fire truce armistice peace"

func (s *Stage) loadNeighbours(lex *lexicon.Lexicon) error {
	table, err := lex.Table("neighbours")
	if err != nil {
		return err
	}
	s.borders = map[[2]string]bool{}
	for _, row := range table.Rows {
		a, b := row.Get("iso3"), row.Get("other")
		if a == "" || b == "" || a == b {
			return fmt.Errorf("neighbours line %d: %q and %q are no two states", row.Line, a, b)
		}
		s.borders[[2]string{"state:" + a, "state:" + b}] = true
		s.borders[[2]string{"state:" + b, "state:" + a}] = true
	}
	return nil
}

// loadCombining reads the parts of names of wars that name a state: "Russo-Turkish".
func (s *Stage) loadCombining(lex *lexicon.Lexicon) error {
	table, err := lex.Table("combining")
	if err != nil {
		return err
	}
	s.combining = map[string]string{}
	for _, row := range table.Rows {
		if row.Get("form") == "" || len(row.Get("iso3")) != 3 {
			return row.Errorf("%q is no form of a state %q", row.Get("form"), row.Get("iso3"))
		}
		s.combining[row.Get("form")] = "state:" + row.Get("iso3")
	}
	states, err := lex.Table("actors/states")
	if err != nil {
		return err
	}
	for _, row := range states.Rows {
		for adjective := range strings.SplitSeq(strings.ToLower(row.Get("adjectives")), "|") {
			if _, there := s.combining[adjective]; !there && adjective != "" {
				s.combining[adjective] = "state:" + row.Get("iso3")
			}
		}
	}
	return nil
}

// read looks for the words that name an armed conflict in a sentence: "the
// war in Orsa", "Veyra's invasion of Orsa", "the Veyra–Orsa war", "the Orsan
// conflict", "a ceasefire with Veyra".
func (c *conflict) read(v *document.View, combining map[string]string) {
	for i := v.Lo; i < v.Hi; i++ {
		if !lexicon.OneOf(v.Form(i), conflictNouns) || v.UPOS(i) == document.VERB {
			continue
		}
		c.readBefore(v, i, combining)
		c.readAfter(v, i+1)
	}
}

// readBefore reads what stands before the noun: one state is where a war is fought,
// but who begins an invasion; two that a dash joins fight each other.
func (c *conflict) readBefore(v *document.View, i int, combining map[string]string) {
	var named []string
	for k := i - 1; k >= max(v.Lo, i-4); k-- {
		if key := stateAt(v, k); key != "" {
			named = addKey(named, key)
			continue
		}
		if key := combining[v.Form(k)]; key != "" {
			named = addKey(named, key)
			continue
		}
		if v.Form(k) != "-" && v.Form(k) != "–" && v.Form(k) != "'s" && v.Form(k) != "full-scale" {
			break
		}
	}
	switch {
	case len(named) == 2:
		c.sides = addKey(addKey(c.sides, named[0]), named[1])
	case len(named) == 1 && v.Form(i) == "invasion":
		c.sides = addKey(c.sides, named[0])
	case len(named) == 1 && v.Form(i) != "ceasefire" && v.Form(i) != "truce":
		c.theatres = addKey(c.theatres, named[0])
	}
}

func (c *conflict) readAfter(v *document.View, k int) {
	prep := v.Form(k)
	if !lexicon.OneOf(prep, "in of on with against between") {
		return
	}
	for k++; lexicon.OneOf(v.Form(k), "the neighbouring neighboring eastern western northern southern central"); k++ {
	}
	key := stateAt(v, k)
	if key == "" {
		return
	}
	if prep != "between" {
		if lexicon.OneOf(prep, "with against") {
			c.sides = addKey(c.sides, key)
		} else {
			c.theatres = addKey(c.theatres, key)
		}
		return
	}
	for n := k + 1; n < min(v.Hi, k+6); n++ {
		if other := stateAt(v, n); other != "" && other != key {
			c.sides = addKey(addKey(c.sides, key), other)
			return
		}
	}
}

// stateAt returns the key of the state that token k names, "" where it names none.
func stateAt(v *document.View, k int) string {
	id := v.Mention(k)
	if id == document.NoMention || !v.Has(k) {
		return ""
	}
	m := &v.Doc.Mentions[id]
	if strings.HasPrefix(m.Key, "state:") {
		return m.Key
	}
	if m.Actor != document.NoActor && m.Form == document.Named && v.Doc.Actors[m.Actor].Kind == document.State {
		return v.Doc.Actors[m.Actor].Key
	}
	return ""
}

func addKey(list []string, key string) []string {
	if slices.Contains(list, key) {
		return list
	}
	return append(list, key)
}

// conflictOf tells which armed conflict the talks are to end, by its two
// belligerents, sorted, so that articles that name it differently agree: who fights
// where a war is fought is told by the words, else the neighbour among the parties,
// for wars between states are fought mostly between neighbours (Correlates of War,
// Vasquez 1995). It is nil when the words tell no conflict.
func (s *Stage) conflictOf(c *conflict, parties []string, peace bool) []string {
	pair := func(a, b string) []string {
		out := []string{a, b}
		slices.Sort(out)
		return out
	}
	for _, where := range c.theatres {
		for _, side := range slices.Concat(c.sides, parties) {
			if s.borders[[2]string{where, side}] {
				return pair(where, side)
			}
		}
	}
	for n, a := range c.sides {
		for _, b := range slices.Concat(c.sides[n+1:], parties) {
			if s.borders[[2]string{a, b}] {
				return pair(a, b)
			}
		}
	}
	if !peace || len(parties) < 3 || s.borders[[2]string{parties[0], parties[1]}] {
		return nil
	}
	for n, a := range parties {
		for _, b := range parties[n+1:] {
			if s.borders[[2]string{a, b}] {
				return pair(a, b)
			}
		}
	}
	return nil
}
