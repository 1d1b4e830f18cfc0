package names

import (
	"context"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// Fuse is a stage that corrects the names that the learned engine marks by the
// tables: states, capitals and bodies are of the kind that the table gives, those that
// it missed are added, and one string is of one kind in one article.
type Fuse struct{ t *tables }

// NewFuse reads the tables of data/actors.
func NewFuse(lex *lexicon.Lexicon) (*Fuse, error) {
	t, err := load(lex)
	if err != nil {
		return nil, err
	}
	return &Fuse{t}, nil
}

// Name returns "fuse".
func (*Fuse) Name() string { return "fuse" }

// Version changes whenever the same text may be read differently.
func (*Fuse) Version() string { return "1" }

// Needs returns the layers that must be there.
func (*Fuse) Needs() document.Layers {
	return document.LayerChunks | document.LayerTags | document.LayerSentences
}

// Adds returns no layer: the names stand in LayerChunks.
func (*Fuse) Adds() document.Layers { return 0 }

// Annotate corrects the chunks of the layer of names. Links point to chunks by their
// place, so that new ones join behind.
func (f *Fuse) Annotate(_ context.Context, d *document.Doc) error {
	taken, places := make([]bool, len(d.Tokens)), map[document.Range]int{}
	for i, c := range d.Chunks {
		if c.Layer != document.NameLayer {
			continue
		}
		places[c.Tokens] = i
		for t := c.Tokens.First; t < c.Tokens.End; t++ {
			taken[t] = true
		}
	}
	agree(d)
	for i := range d.Sentences {
		s := &scan{t: f.t, d: d, lo: d.Sentences[i].Tokens.First, hi: d.Sentences[i].Tokens.End, known: map[string]bool{}}
		f.sentence(s, taken, places)
	}
	return nil
}

// agree gives all names of the same words the kind that most of them have; the first
// kind wins where two are equal.
func agree(d *document.Doc) {
	votes := map[string]map[document.ChunkKind]int{}
	best := map[string]document.ChunkKind{}
	words := func(c document.Chunk) string { return d.In(d.SpanOf(c.Tokens)) }
	for _, c := range d.Chunks {
		if c.Layer != document.NameLayer {
			continue
		}
		w := words(c)
		if votes[w] == nil {
			votes[w], best[w] = map[document.ChunkKind]int{}, c.Kind
		}
		if votes[w][c.Kind]++; votes[w][c.Kind] > votes[w][best[w]] {
			best[w] = c.Kind
		}
	}
	for i := range d.Chunks {
		if c := &d.Chunks[i]; c.Layer == document.NameLayer {
			c.Kind = best[words(*c)]
		}
	}
}

// sentence corrects the names of one sentence; places tells where the chunk of a
// range of tokens stands.
func (f *Fuse) sentence(s *scan, taken []bool, places map[document.Range]int) {
	for i := s.lo; i < s.hi; {
		a, ok := s.hitAt(i)
		kind := kindOf(a.entry)
		if !ok || kind == "" || s.upos(i) == document.PRON {
			i++
			continue
		}
		if at, marked := places[a.r]; marked {
			if c := &s.d.Chunks[at]; c.Kind != document.PersonName || a.r.End-a.r.First > 1 || a.entry.kind != document.State {
				c.Kind = kind
			}
		} else if kind != document.GroupName && isFree(taken, a.r) && s.upos(i) == document.PROPN {
			s.d.Chunks = append(s.d.Chunks, document.Chunk{Kind: kind, Tokens: a.r, Layer: document.NameLayer})
		}
		i = a.r.End
	}
}

func isFree(taken []bool, r document.Range) bool {
	for t := r.First; t < r.End; t++ {
		if taken[t] {
			return false
		}
	}
	return true
}

// kindOf returns the kind of name that an entry of the gazetteer is, "" where it
// depends on the place.
func kindOf(e entry) document.ChunkKind {
	switch {
	case e.place || e.name == "":
		return ""
	case e.kind == document.State && (e.use == useName || e.use == useMetonym):
		return document.PlaceName
	case e.kind == document.State && (e.use == useAdjective || e.use == usePeople):
		return document.GroupName
	case e.kind == document.Organisation || e.kind == document.ArmedGroup || e.kind == document.Organ && !strings.Contains(e.name, " "):
		return document.OrganisationName
	}
	return ""
}
