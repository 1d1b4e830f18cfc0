// Package plover codes what a sentence tells as events of the PLOVER codebook.
//
// In: a document of one sentence or more with tokens and dependency trees, and
// the words of who acts and of whom it is done to, where they are known. Out:
// events with root, CAMEO code, weight and mode, best first. What always holds:
// each event has the words of its predicate in the text; the same document gives
// the same events in the same order.
package plover

import (
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
type Coder struct{}

// New returns a coder over the tables of the codebook.
func New(*lexicon.Lexicon) (*Coder, error) { return &Coder{}, nil }

// Code returns the events that the sentences of d tell of source and target; "" is
// an actor that is not known.
func (c *Coder) Code(d *document.Doc, source, target string) []Event { return nil }
