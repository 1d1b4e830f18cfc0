package position

import (
	"rapporteur/internal/document"
)

// A reader reads one sentence.
type reader struct {
	*document.View
	s      *Stage
	id     document.SentenceID
	frames []document.StatementID // by token from Lo: the innermost statement whose content holds it
	cues   []document.StatementID // by token from Lo: the statement whose cue it is in
}

func newReader(s *Stage, d *document.Doc, id document.SentenceID) *reader {
	r := &reader{View: d.ViewOf(id), s: s, id: id}
	r.frames = make([]document.StatementID, r.Hi-r.Lo)
	r.cues = make([]document.StatementID, r.Hi-r.Lo)
	for i := range r.frames {
		r.frames[i], r.cues[i] = document.NoStatement, document.NoStatement
	}
	r.placeStatements()
	return r
}

func (r *reader) placeStatements() {
	span := r.Doc.Sentences[r.id].Span
	size := map[int]int{}
	for i := range r.Doc.Statements {
		st := &r.Doc.Statements[i]
		for _, piece := range st.Content {
			if !piece.Overlaps(span) {
				continue
			}
			in := r.Doc.TokensIn(piece)
			for t := max(int(in.First), r.Lo); t < min(int(in.End), r.Hi); t++ {
				if n, held := size[t]; !held || piece.Len() < n {
					r.frames[t-r.Lo], size[t] = document.StatementID(i), piece.Len()
				}
			}
		}
		if !st.Cue.IsEmpty() && st.Cue.Overlaps(span) {
			in := r.Doc.TokensIn(st.Cue)
			for t := max(int(in.First), r.Lo); t < min(int(in.End), r.Hi); t++ {
				r.cues[t-r.Lo] = document.StatementID(i)
			}
		}
	}
}

func (r *reader) frame(i int) document.StatementID {
	if !r.Has(i) {
		return document.NoStatement
	}
	return r.frames[i-r.Lo]
}

// bounds returns the tokens around i that belong to the same voice: the piece of
// the statement that holds it, or the sentence.
func (r *reader) bounds(i int) (lo, hi int) {
	lo, hi = i, i+1
	for lo > r.Lo && r.frame(lo-1) == r.frame(i) {
		lo--
	}
	for hi < r.Hi && r.frame(hi) == r.frame(i) {
		hi++
	}
	return lo, hi
}
