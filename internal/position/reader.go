package position

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// A reader reads one sentence. Positions of tokens are indexes into d.Tokens.
type reader struct {
	s      *Stage
	d      *document.Doc
	id     document.SentenceID
	lo, hi int                  // tokens [lo, hi)
	named  []document.MentionID // by token from lo: the longest mention that covers it
	frames []document.StatementID
	cues   []document.StatementID // by token from lo: the statement whose cue it is in
}

func newReader(s *Stage, d *document.Doc, id document.SentenceID) *reader {
	t := d.Sentences[id].Tokens
	r := &reader{s: s, d: d, id: id, lo: int(t.First), hi: int(t.End)}
	r.named = make([]document.MentionID, r.hi-r.lo)
	r.frames = make([]document.StatementID, r.hi-r.lo)
	r.cues = make([]document.StatementID, r.hi-r.lo)
	for i := range r.named {
		r.named[i], r.frames[i], r.cues[i] = document.NoMention, document.NoStatement, document.NoStatement
	}
	r.placeMentions()
	r.placeStatements()
	return r
}

func (r *reader) placeMentions() {
	span := r.d.Sentences[r.id].Span
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if !span.Contains(m.Span) {
			continue
		}
		in := r.d.TokensIn(m.Span)
		for t := max(int(in.First), r.lo); t < min(int(in.End), r.hi); t++ {
			old := r.named[t-r.lo]
			if old == document.NoMention || r.d.Mentions[old].Span.Len() < m.Span.Len() {
				r.named[t-r.lo] = document.MentionID(i)
			}
		}
	}
}

func (r *reader) placeStatements() {
	span := r.d.Sentences[r.id].Span
	size := map[int]int{}
	for i := range r.d.Statements {
		st := &r.d.Statements[i]
		for _, piece := range st.Content {
			if !piece.Overlaps(span) {
				continue
			}
			in := r.d.TokensIn(piece)
			for t := max(int(in.First), r.lo); t < min(int(in.End), r.hi); t++ {
				if n, held := size[t]; !held || piece.Len() < n {
					r.frames[t-r.lo], size[t] = document.StatementID(i), piece.Len()
				}
			}
		}
		if !st.Cue.IsEmpty() && st.Cue.Overlaps(span) {
			in := r.d.TokensIn(st.Cue)
			for t := max(int(in.First), r.lo); t < min(int(in.End), r.hi); t++ {
				r.cues[t-r.lo] = document.StatementID(i)
			}
		}
	}
}

func (r *reader) in(i int) bool { return i >= r.lo && i < r.hi }

func (r *reader) form(i int) string {
	if !r.in(i) {
		return ""
	}
	return strings.ToLower(r.d.Form(document.TokenID(i)))
}

func (r *reader) lemma(i int) string {
	if !r.in(i) || r.d.Tokens[i].Lemma == "" {
		return r.form(i)
	}
	return r.d.Tokens[i].Lemma
}

// upos returns the part of speech of a token; a token of no tag is X.
func (r *reader) upos(i int) document.UPOS {
	if !r.in(i) {
		return document.PUNCT
	}
	return r.d.Tokens[i].UPOS
}

func (r *reader) xpos(i int) string {
	if !r.in(i) {
		return ""
	}
	return r.d.Tokens[i].XPOS
}

// word serves lexicon.Phrases.
func (r *reader) word(i int) (form, lemma string, ok bool) {
	return strings.ReplaceAll(r.form(i), "’", "'"), r.lemma(i), r.in(i)
}

func (r *reader) mention(i int) document.MentionID {
	if !r.in(i) {
		return document.NoMention
	}
	return r.named[i-r.lo]
}

func (r *reader) frame(i int) document.StatementID {
	if !r.in(i) {
		return document.NoStatement
	}
	return r.frames[i-r.lo]
}

// bounds returns the tokens around i that belong to the same voice: the piece of
// the statement that holds it, or the sentence.
func (r *reader) bounds(i int) (lo, hi int) {
	lo, hi = i, i+1
	for lo > r.lo && r.frame(lo-1) == r.frame(i) {
		lo--
	}
	for hi < r.hi && r.frame(hi) == r.frame(i) {
		hi++
	}
	return lo, hi
}

func (r *reader) span(lo, hi int) text.Span {
	return r.d.SpanOf(document.Range{First: document.TokenID(lo), End: document.TokenID(hi)})
}

func (r *reader) isVerb(i int) bool {
	return r.upos(i) == document.VERB || r.upos(i) == document.AUX
}

// isFinite reports whether token i is a verb with tense or a modal.
func (r *reader) isFinite(i int) bool {
	switch r.xpos(i) {
	case "VBD", "VBZ", "VBP", "MD":
		return r.isVerb(i)
	}
	return false
}

func oneOf(word string, list string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}
