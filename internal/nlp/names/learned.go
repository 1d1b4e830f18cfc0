package names

import "rapporteur/internal/document"

// chunksOf returns the names that the learned engine marks, by their first token.
func chunksOf(d *document.Doc) map[document.TokenID]document.Chunk {
	out := map[document.TokenID]document.Chunk{}
	for _, c := range d.Chunks {
		if c.Layer == document.NameLayer {
			out[c.Tokens.First] = c
		}
	}
	return out
}

// learned widens the atom that the rules cut to the name that the engine marks
// there. What a table knows stands, and so does a role: the engine knows names by
// their words and place alone.
//
// "The Orsa Harbour Watch for Free Trade said": the rules end at "Watch".
func (s *scan) learned(a atom) atom {
	c, ok := s.chunks[a.r.First]
	if !ok || c.Tokens.End > s.hi {
		return a
	}
	if c.Kind == document.PersonName && a.kind == hit && s.isNamesake(a, c) {
		return atom{kind: name, r: c.Tokens}
	}
	if c.Tokens.End <= a.r.End {
		return a
	}
	switch c.Kind {
	case document.OrganisationName:
		if a.kind == org || a.kind == name {
			if a.kind == name {
				a.kind, a.org = org, "organisation"
			}
			a.r.End = c.Tokens.End
		}
	case document.PersonName:
		if a.kind == name {
			a.r.End = c.Tokens.End
		}
	}
	return a
}

// isNamesake reports whether a name of the gazetteer stands for a person here: the
// engine says so, and a longer name of the article ends with it. "Jane Chad spoke.
// Chad left."
func (s *scan) isNamesake(a atom, c document.Chunk) bool {
	if a.entry.kind != document.State || c.Tokens.End < a.r.End {
		return false
	}
	if c.Tokens.End > a.r.End {
		return a.entry.use == useName || a.entry.use == usePeople || a.entry.use == useMetonym
	}
	return s.lasts[s.form(a.r.End-1)]
}

// lastsOf returns the words of the names of persons, of two words and more, that the
// engine marks: the last ones, and all of them.
func lastsOf(d *document.Doc) (lasts, all map[string]bool) {
	lasts, all = map[string]bool{}, map[string]bool{}
	for _, c := range d.Chunks {
		if c.Layer != document.NameLayer || c.Kind != document.PersonName || c.Tokens.End-c.Tokens.First < 2 {
			continue
		}
		lasts[d.Form(c.Tokens.End-1)] = true
		for t := c.Tokens.First; t < c.Tokens.End; t++ {
			all[d.Form(t)] = true
		}
	}
	return lasts, all
}

// isPerson reports whether the engine marks the name at atom i as a person's. A name
// of one word must be part of a longer one: alone, the engine cannot tell an unknown
// state from an unknown person.
func (s *scan) isPerson(i int) bool {
	r := s.atoms[i].r
	c, ok := s.chunks[r.First]
	return ok && c.Kind == document.PersonName && c.Tokens == r && (r.End-r.First > 1 || s.parts[s.form(r.First)])
}

// inferPersons makes persons of the names of one word that are of no kind yet and
// that the engine takes for a person's.
func inferPersons(d *document.Doc, chunks map[document.TokenID]document.Chunk) {
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Form != document.Named || m.Kind != document.Unclear || m.Key != "" {
			continue
		}
		if r := d.TokensIn(m.Head); chunks[r.First].Kind == document.PersonName && chunks[r.First].Tokens == r {
			m.Kind, m.Made.Rule = document.Person, "engine"
		}
	}
}

// markedIn returns the tokens of the names of persons and bodies that the engine
// marks: where capitals tell nothing they are name words.
func markedIn(chunks map[document.TokenID]document.Chunk) map[document.TokenID]bool {
	out := map[document.TokenID]bool{}
	for _, c := range chunks {
		if c.Kind != document.PersonName && c.Kind != document.OrganisationName {
			continue
		}
		for t := c.Tokens.First; t < c.Tokens.End; t++ {
			out[t] = true
		}
	}
	return out
}
