// Package record is the negotiation model: the entries that a record holds, each
// with the evidence that proves it and the decisions that persons took about it.
//
// In: nothing; these are values. Out: entries whose JSON form is the one that
// design documents call "lines of the record". What always holds: no entry
// without evidence; content is always a span of a stored text; an entry's ID comes
// from what it says and where, so that reading the same article again with the
// same rules gives the same IDs; who says so is part of every claim.
package record

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"rapporteur/internal/text"
)

// Categories of error, for callers to ask with errors.Is.
var (
	ErrNotFound    = errors.New("not found")
	ErrInvalid     = errors.New("invalid")
	ErrUnavailable = errors.New("unavailable")
	ErrConflict    = errors.New("conflict")
	ErrNoEvidence  = errors.New("no evidence")
)

// Evidence says which words of which article prove an entry, and what read them.
type Evidence struct {
	Article string    `json:"article"`
	Span    text.Span `json:"span"` // bytes of the article's stored text
	Stage   string    `json:"stage"`
	Rule    string    `json:"rule"`
	Version string    `json:"version"` // version of the stage
}

// Confidence of an entry: Value is calibrated, 0 when nobody judged it; Likely is
// true below the threshold of its kind.
type Confidence struct {
	Value  float64 `json:"confidence,omitempty"`
	Likely bool    `json:"likely,omitempty"`
}

// A Point is a matter at issue, within one negotiation.
type Point struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Digest returns a short ID that depends on its parts and their order alone:
// kind is its first letters ("s", "p", "m"), the rest are hex digits.
func Digest(kind string, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return kind + hex.EncodeToString(h.Sum(nil))[:12]
}
