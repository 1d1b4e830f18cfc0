package document

import (
	"rapporteur/internal/calendar"
	"rapporteur/internal/text"
)

// StatementKind tells speech from attitude.
type StatementKind string

// The kinds of statement.
const (
	Speech   StatementKind = "speech"
	Attitude StatementKind = "attitude" // thought, wanted, felt
)

// Form tells how the words of a statement are given.
type Form string

// The forms of a statement.
const (
	Direct   Form = "direct"   // all content inside quotation marks
	Indirect Form = "indirect" // none of it
	Mixed    Form = "mixed"    // reported speech with quoted fragments
)

// A Statement is one reported utterance.
type Statement struct {
	Kind     StatementKind
	Form     Form
	Content  []text.Span // pieces in reading order, without outer quotation marks
	Source   text.Span   // empty when the sentence names nobody
	Cue      text.Span   // empty when nothing carries the reporting
	Sentence SentenceID  // where the cue or, without one, the content begins
	Within   StatementID // the statement whose content holds this one, or NoStatement
	Follows  StatementID // an earlier statement whose speaker goes on without a new cue, or NoStatement
	Label    bool        // the source is a transcript label ("SORIN:")
	To       text.Span   // words of the addressee: "told parliament"; empty when none
	Place    text.Span   // words of the venue: "in an interview with RTVI"; empty when none
	Edits    []Edit
	Joint    []text.Span // further speakers of a joint statement
	Made     Made
	Sure     Confidence

	// With LayerSpeakers:
	Speaker   ActorID
	For       ActorID // the party spoken for
	Addressee ActorID
	Venue     string // "interview with RTVI"
	SaidOn    calendar.When
}

// Span covers all pieces of the content.
func (s *Statement) Span() text.Span {
	out := s.Content[0]
	for _, c := range s.Content[1:] {
		out = out.Cover(c)
	}
	return out
}

// An Edit is an editor's mark inside a quotation, never the speaker's words.
type Edit struct {
	Kind string // "elision" for <…>, [...], (…); "insertion" for [the proposals]
	Span text.Span
}
