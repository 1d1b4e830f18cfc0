// Package speaker resolves who made a statement, for whom, to whom, where and
// when.
//
// In: statements, actors and times. Out: Speaker, For, Addressee, Venue and
// SaidOn of each statement; an actor more for each list of several who speak
// together. What always holds: a field that could not be decided
// keeps its absent value; a day comes from an expression of the text or, where the
// text tells the present day's news, from the day of publication.
package speaker

import (
	"context"
	"fmt"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// Version changes whenever the same text may be read differently.
const Version = "4"

// A Stage resolves speakers.
type Stage struct{}

// New returns the stage; it needs no table of its own.
func New(_ *lexicon.Lexicon) (*Stage, error) { return &Stage{}, nil }

// Name returns "speaker".
func (*Stage) Name() string { return "speaker" }

// Version returns the version of the rules.
func (*Stage) Version() string { return Version }

// Needs returns the layers that must be there.
func (*Stage) Needs() document.Layers {
	return document.LayerActors | document.LayerStatements | document.LayerTimes
}

// Adds returns the layers that the stage fills.
func (*Stage) Adds() document.Layers { return document.LayerSpeakers }

// Annotate fills the fields of each statement that tell who spoke.
func (*Stage) Annotate(_ context.Context, d *document.Doc) error {
	for i := range d.Statements {
		s := &d.Statements[i]
		s.Speaker, s.For, s.Addressee = document.NoActor, document.NoActor, document.NoActor
		id := document.StatementID(i)
		s.Speaker = speakerOf(d, id)
		if s.Speaker == document.NoActor {
			d.Abstain("speaker", fmt.Sprintf("s%d", i+1), whyNot(d, s))
			continue
		}
		s.For = d.Actors[s.Speaker].Speaks
		if a := &d.Actors[s.Speaker]; a.Kind == document.Group && s.For == document.NoActor && len(a.Members) > 1 {
			s.Speaker, s.For = jointOf(d, a.Members, a.Mentions)
		}
		if head := d.HeadMention(s.To); head != document.NoMention {
			s.Addressee = d.Mentions[head].Actor
		}
	}
	venues(d)
	days(d)
	return nil
}

func whyNot(d *document.Doc, s *document.Statement) string {
	if s.Source.IsEmpty() {
		return "no source"
	}
	return fmt.Sprintf("nobody or several fit %q", d.In(s.Source))
}

// speakerOf returns the actor of a statement's source; without a source the speaker
// of the statement that it continues, or of the one just before a bare quotation.
// Example: "Oduya told the chamber the deal was thin. “It is a list of dates.”"
func speakerOf(d *document.Doc, id document.StatementID) document.ActorID {
	s := &d.Statements[id]
	if list := members(d, s.Source); list != nil {
		who, _ := jointSpeaker(d, list)
		return who
	}
	if head := d.HeadMention(s.Source); head != document.NoMention {
		return d.Mentions[head].Actor
	}
	if !s.Source.IsEmpty() {
		return document.NoActor
	}
	if s.Follows != document.NoStatement && s.Follows < id {
		return d.Statements[s.Follows].Speaker
	}
	if s.Form != document.Direct || id == 0 {
		return document.NoActor
	}
	before := &d.Statements[id-1]
	near := d.ParagraphAt(s.Span().Start) - d.ParagraphAt(before.Span().Start)
	if near >= 0 && near <= 1 && len(before.Content) > 0 {
		return before.Speaker
	}
	return document.NoActor
}
