package web

import (
	"slices"

	"rapporteur/internal/record"
)

// told counts positions so that what copies of one text tell is told once: of each
// story as many as the article of it that tells most of them. Witnesses are the
// outlets of all of them, in the order of the alphabet.
func told(positions []*record.Position) (times int, witnesses []string) {
	byStory := map[string]map[string]int{}
	for _, p := range positions {
		story := p.Story
		if story == "" {
			story = p.Article
		}
		if byStory[story] == nil {
			byStory[story] = map[string]int{}
		}
		byStory[story][p.Article]++
		if p.Outlet != "" && !slices.Contains(witnesses, p.Outlet) {
			witnesses = append(witnesses, p.Outlet)
		}
	}
	for _, articles := range byStory {
		most := 0
		for _, n := range articles {
			most = max(most, n)
		}
		times += most
	}
	slices.Sort(witnesses)
	return times, witnesses
}

// together puts positions that copies of one text tell alike into one: the first
// of them, with the others as witnesses.
func together(positions []record.Position) (first []record.Position, witnesses [][]record.Position) {
	type key struct {
		story string
		standKey
	}
	at := map[key]int{}
	for _, p := range positions {
		k := key{p.Story, keyOf(&p)}
		i, known := at[k]
		if known && p.Story != "" && first[i].Article != p.Article {
			witnesses[i] = append(witnesses[i], p)
			continue
		}
		if !known {
			at[k] = len(first)
		}
		first, witnesses = append(first, p), append(witnesses, nil)
	}
	return first, witnesses
}
