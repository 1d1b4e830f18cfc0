// Package move reads the moves of one line of text, as reports of multilateral
// talks tell them: who urged, opposed or proposed what, and who stood with them.
//
// In: a document with tokens, sentences and dependency trees. Out: one entry for
// each actor of each predicate, in reading order. What always holds: predicate and
// point are spans of the text; an actor is a name, never a pronoun or a number of
// delegates; the names of one predicate differ.
package move

import (
	"fmt"
	"slices"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// Polarity sorts moves by what they are to their point.
type Polarity string

// The polarities.
const (
	Support Polarity = "support"
	Oppose  Polarity = "oppose"
	Report  Polarity = "report"
)

// against returns the polarity of the negated predicate.
func (p Polarity) against() Polarity {
	switch p {
	case Support:
		return Oppose
	case Oppose:
		return Support
	}
	return p
}

// A Line is one actor's part in one predicate.
type Line struct {
	Actor     string // canonical name
	Predicate text.Span
	Negated   bool
	Polarity  Polarity
	Point     text.Span
}

// A Reader reads moves. It is safe for concurrent use.
type Reader struct {
	verbs verbs
	nouns map[string]noun
	names *nameTable
}

// New returns a reader over the tables "move_verbs", "move_nouns" and those of the actors.
func New(lex *lexicon.Lexicon) (*Reader, error) {
	r := &Reader{}
	var err error
	if r.verbs, err = loadVerbs(lex); err != nil {
		return nil, fmt.Errorf("move: %w", err)
	}
	if r.nouns, err = loadNouns(lex); err != nil {
		return nil, fmt.Errorf("move: %w", err)
	}
	if r.names, err = loadNames(lex); err != nil {
		return nil, fmt.Errorf("move: %w", err)
	}
	return r, nil
}

// Read returns the moves of all sentences.
func (r *Reader) Read(d *document.Doc) []Line {
	var out []Line
	for i := range d.Sentences {
		s := newSentence(r, d, document.SentenceID(i))
		for _, p := range inText(s.predicates(), s.nominal()) {
			out = append(out, s.lines(p)...)
		}
	}
	return out
}

// inText joins predicates in reading order.
func inText(all, more []*predicate) []*predicate {
	all = append(all, more...)
	slices.SortStableFunc(all, func(a, b *predicate) int { return a.at - b.at })
	return all
}

// lines gives each actor of a predicate its line.
func (s *sentence) lines(p *predicate) []Line {
	if p.point.IsEmpty() {
		return nil
	}
	var out []Line
	seen := []string{}
	add := func(names []string, against bool) {
		for _, name := range names {
			if slices.Contains(seen, name) {
				continue
			}
			seen = append(seen, name)
			line := Line{Actor: name, Predicate: s.Span(p.at, p.at+1), Negated: p.negated != against, Polarity: p.verb.polarity, Point: p.point}
			if line.Negated {
				line.Polarity = line.Polarity.against()
			}
			out = append(out, line)
		}
	}
	add(p.who.with, false)
	add(p.who.against, true)
	return out
}
