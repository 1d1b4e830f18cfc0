// Package event finds the negotiations, meetings and documents in play that an
// article tells of.
//
// In: a document with tags, times, actors and statements. Out: the same document
// with Talks, Meetings, Instruments and Expectations. What always holds: each has at least one
// mention in the text; a meeting stands once, however often the article names it;
// participants and parties are sides (states, organisations, groups), or persons
// of whom no side is known.
package event

import (
	"context"
	"fmt"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// Version changes whenever the same text may be read differently.
const Version = "6"

// A Stage adds LayerTalks, LayerMeetings, LayerInstruments and LayerExpectations.
type Stage struct {
	meetings    *lexicon.Phrases[meetingWord]
	nouns       *lexicon.Phrases[meetingWord] // nouns of meetings alone
	talks       *lexicon.Phrases[talksWord]
	instruments *lexicon.Phrases[instrumentWord]
	sure        map[told]tally
	expect      expectWords
	borders     map[[2]string]bool // keys of states that share a border
	combining   map[string]string  // keys of states by the form that begins a compound: "russo"
	blocs       blocs
	quiet       quiet
}

// New returns the stage with the tables "meetings", "talks", "instruments",
// "neighbours", "combining", "meeting_sure", "expectations", "actors/members", "actors/bodies"
// and "actors/org_words".
func New(lex *lexicon.Lexicon) (*Stage, error) {
	s := &Stage{}
	for _, load := range []func(*lexicon.Lexicon) error{s.loadMeetings, s.loadTalks, s.loadInstruments, s.loadNeighbours, s.loadCombining, s.loadSure, s.loadExpectations, s.loadBlocs, s.loadQuiet} {
		if err := load(lex); err != nil {
			return nil, fmt.Errorf("event: %w", err)
		}
	}
	return s, nil
}

// Name returns "event".
func (s *Stage) Name() string { return "event" }

// Version returns the version of the rules.
func (s *Stage) Version() string { return Version }

// Needs returns the layers that the rules look at.
func (s *Stage) Needs() document.Layers {
	return document.LayerSentences | document.LayerTimes | document.LayerNames | document.LayerActors |
		document.LayerStatements | document.LayerSpeakers
}

// Adds returns the layers of talks, meetings, documents in play and what is to come.
func (s *Stage) Adds() document.Layers {
	return document.LayerTalks | document.LayerMeetings | document.LayerInstruments | document.LayerExpectations
}

// Annotate adds what it finds to d.
func (s *Stage) Annotate(ctx context.Context, d *document.Doc) error {
	var views []*document.View
	for i := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		views = append(views, d.ViewOf(document.SentenceID(i)))
	}
	s.findTalks(d, views)
	trees := make([]*tree, len(views))
	for i, v := range views {
		trees[i] = treeOf(v)
	}
	s.findMeetings(d, trees)
	s.findInstruments(d, trees)
	s.findExpectations(d, trees)
	tellExpectations(d)
	return nil
}
