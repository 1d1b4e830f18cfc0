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

// lastsOf returns the last words of the names of persons, of two words and more,
// that the engine marks.
func lastsOf(d *document.Doc) map[string]bool {
	out := map[string]bool{}
	for _, c := range d.Chunks {
		if c.Layer == document.NameLayer && c.Kind == document.PersonName && c.Tokens.End-c.Tokens.First > 1 {
			out[d.Form(c.Tokens.End-1)] = true
		}
	}
	return out
}
