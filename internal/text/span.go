// Package text holds immutable text and the byte spans that point into it.
//
// In: a string that is valid UTF-8. Out: spans, and maps from the bytes of a
// stored text back to the bytes of the file it came from. What always holds:
// a span is half-open and counts bytes; text is never edited, only pointed into.
package text

import (
	"encoding/json"
	"fmt"
)

// A Span is the half-open byte range [Start, End) of some text.
type Span struct {
	Start, End int
}

// Len returns the number of bytes the span covers.
func (s Span) Len() int { return s.End - s.Start }

// IsEmpty reports whether the span covers no byte.
func (s Span) IsEmpty() bool { return s.End <= s.Start }

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Has reports whether the byte at offset lies inside s.
func (s Span) Has(offset int) bool { return s.Start <= offset && offset < s.End }

// Overlaps reports whether s and o share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Cover returns the smallest span that contains both s and o.
func (s Span) Cover(o Span) Span {
	return Span{min(s.Start, o.Start), max(s.End, o.End)}
}

// In returns the words of body that the span points at. It panics when the
// span lies outside body, which is a bug of the caller.
func (s Span) In(body string) string { return body[s.Start:s.End] }

// String returns "[start,end)".
func (s Span) String() string { return fmt.Sprintf("[%d,%d)", s.Start, s.End) }

// MarshalJSON writes a span as the pair [start,end] of INTERFACE.md.
func (s Span) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%d]", s.Start, s.End), nil
}

// UnmarshalJSON reads the pair [start,end].
func (s *Span) UnmarshalJSON(b []byte) error {
	var pair [2]int
	if err := json.Unmarshal(b, &pair); err != nil {
		return fmt.Errorf("span %s: %w", b, err)
	}
	s.Start, s.End = pair[0], pair[1]
	return nil
}
