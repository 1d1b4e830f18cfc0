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
	if !ok || c.Tokens.End <= a.r.End || c.Tokens.End > s.hi {
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
