// Package names finds the words that stand for an actor: names, descriptions and
// pronouns.
//
// In: tagged tokens and sentences. Out: Doc.Mentions with Actor unset; names inside
// longer mentions ("Russian" in "Russian Foreign Minister") are mentions too. What
// always holds: mentions stand in reading order, the longer first where two begin
// together; Head lies inside Span; a name needs no table to be found; the time is
// linear in the text.
package names

import (
	"context"
	"sort"
	"unicode"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// A Stage finds mentions.
type Stage struct{ t *tables }

// New reads the tables of data/actors.
func New(lex *lexicon.Lexicon) (*Stage, error) {
	t, err := load(lex)
	if err != nil {
		return nil, err
	}
	return &Stage{t}, nil
}

// Name returns "names".
func (*Stage) Name() string { return "names" }

// Version returns the version of the rules.
func (*Stage) Version() string { return Version }

// Needs returns the layers that must be there.
func (*Stage) Needs() document.Layers { return document.LayerTags | document.LayerSentences }

// Adds returns the layers that the stage fills.
func (*Stage) Adds() document.Layers { return document.LayerNames }

// Annotate fills Doc.Mentions.
func (st *Stage) Annotate(_ context.Context, d *document.Doc) error {
	known, chunks := st.knownWords(d), chunksOf(d)
	lasts, parts := lastsOf(d)
	marked := markedIn(chunks)
	var scans []*scan
	for i := range d.Sentences {
		s := &scan{t: st.t, d: d, lo: d.Sentences[i].Tokens.First, hi: d.Sentences[i].Tokens.End, known: known, chunks: chunks, lasts: lasts, parts: parts, marked: marked}
		s.titled = isTitled(d, d.Sentences[i])
		s.cut()
		scans = append(scans, s)
	}
	d.Mentions = nil
	for _, s := range scans {
		s.read()
		d.Mentions = append(d.Mentions, s.out...)
	}
	sort.SliceStable(d.Mentions, func(i, j int) bool {
		a, b := d.Mentions[i].Span, d.Mentions[j].Span
		return a.Start < b.Start || a.Start == b.Start && a.End > b.End
	})
	inferKinds(d, scans)
	inferPersons(d, chunks)
	return nil
}

// knownWords collects the words of names that stand where a capital tells
// something: inside a sentence that is not in title case.
func (st *Stage) knownWords(d *document.Doc) map[string]bool {
	known := map[string]bool{}
	for i := range d.Sentences {
		s := &scan{t: st.t, d: d, lo: d.Sentences[i].Tokens.First, hi: d.Sentences[i].Tokens.End, known: map[string]bool{}}
		if isTitled(d, d.Sentences[i]) {
			continue
		}
		for j := s.lo; j < s.hi; {
			end := s.nameEnd(j)
			if end == j {
				j++
				continue
			}
			if end-j > 1 || !s.starts(j) {
				for k := j; k < end; k++ {
					if s.upos(k) == document.PROPN || end-j > 1 {
						known[s.form(k)] = true
					}
				}
			}
			j = end
		}
	}
	return known
}

// isTitled reports whether most words of a sentence begin with a capital.
func isTitled(d *document.Doc, sentence document.Sentence) bool {
	upper, lower := 0, 0
	for i := sentence.Tokens.First; i < sentence.Tokens.End; i++ {
		r := []rune(d.Form(i))
		if len(r) < 4 || !unicode.IsLetter(r[0]) {
			continue
		}
		if unicode.IsUpper(r[0]) {
			upper++
		} else {
			lower++
		}
	}
	heading := sentence.Paragraph >= 0 && int(sentence.Paragraph) < len(d.Paragraphs) && d.Paragraphs[sentence.Paragraph].Kind != document.Body
	return heading && upper >= 3 && upper > 2*lower || upper >= 6 && lower == 0
}
