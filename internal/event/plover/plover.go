// Package plover codes what a sentence tells as events of the PLOVER codebook.
//
// In: a document of one sentence or more with tokens and dependency trees, and
// the words of who acts and of whom it is done to, where they are known. Out:
// events with root, CAMEO code, weight and mode, best first. What always holds:
// each event has the words of its predicate in the text; the same document gives
// the same events in the same order.
package plover

import (
	"fmt"
	"sort"

	"rapporteur/internal/codebook"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// An Event is one coded act.
type Event struct {
	Code      codebook.Code
	Mode      document.Mode
	Actor     string
	Recipient string
	Predicate text.Span
}

// A Coder codes sentences. It is safe for concurrent use.
type Coder struct {
	acts     map[string][]sense // by part of speech and first word: "V impose"
	plain    map[string]codebook.CAMEO
	bases    *lexicon.Inflections
	codebook *codes
}

// New returns a coder over the tables of the codebook.
func New(lex *lexicon.Lexicon) (*Coder, error) {
	c := &Coder{}
	for _, load := range []func(*lexicon.Lexicon) error{c.loadCodes, c.loadActs, c.loadPlain} {
		if err := load(lex); err != nil {
			return nil, fmt.Errorf("plover: %w", err)
		}
	}
	var err error
	if c.bases, err = lexicon.NewInflections(lex); err != nil {
		return nil, fmt.Errorf("plover: %w", err)
	}
	return c, nil
}

// Code returns the events that the sentences of d tell of source and target; "" is
// an actor that is not known.
func (c *Coder) Code(d *document.Doc, source, target string) []Event {
	var all []found
	for i := range d.Sentences {
		all = append(all, c.sentence(d, document.SentenceID(i), source, target)...)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].score > all[j].score })
	out := make([]Event, 0, len(all))
	seen := map[codebook.CAMEO]bool{}
	for _, f := range all {
		if code, ok := c.codebook.code(f.cameo); ok && !seen[f.cameo] {
			seen[f.cameo] = true
			out = append(out, Event{Code: code, Mode: f.mode, Actor: source, Recipient: target, Predicate: d.Tokens[f.at].Span})
		}
	}
	return out
}
