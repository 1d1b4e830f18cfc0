// Package position finds moves and positions in an article: which party stands
// where on which point, in its own word or as somebody else tells it.
//
// In: a document with tags, times, actors and statements with their speakers. Out:
// the same document with Moves and Positions. What always holds: each position has
// the words it was read from (Mention), the sentence that proves it (Evidence), the
// moves behind it, and tells who says so; a holder that cannot be resolved gives
// no position but an abstention.
package position

import (
	"context"
	"fmt"
	"sort"
	"strconv"

	"rapporteur/internal/codebook"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// Version changes whenever the same text may be read differently.
const Version = "1"

// A Stage adds LayerPositions.
type Stage struct {
	cues       *lexicon.Phrases[cue]
	tone       map[string]document.Stance
	confidence map[string]float64
	threats    map[string]bool
	codes      map[document.MoveKind]codebook.Code
	all        bool // keep every claim, however doubtful
}

// New returns the stage with the tables "stances", "tone", "confidence" and the
// codes of the moves.
func New(lex *lexicon.Lexicon) (*Stage, error) {
	s := &Stage{}
	for _, load := range []func(*lexicon.Lexicon) error{s.loadCues, s.loadTone, s.loadConfidence, s.loadCodes} {
		if err := load(lex); err != nil {
			return nil, fmt.Errorf("position: %w", err)
		}
	}
	return s, nil
}

// NewOpen returns a stage that keeps every claim, however doubtful: for measuring
// how far each rule can be trusted.
func NewOpen(lex *lexicon.Lexicon) (*Stage, error) {
	s, err := New(lex)
	if err == nil {
		s.all = true
	}
	return s, err
}

// Name returns "position".
func (s *Stage) Name() string { return "position" }

// Version returns the version of the rules.
func (s *Stage) Version() string { return Version }

// Needs returns the layers that the rules look at.
func (s *Stage) Needs() document.Layers {
	return document.LayerSentences | document.LayerTimes | document.LayerNames | document.LayerActors |
		document.LayerStatements | document.LayerSpeakers
}

// Adds returns LayerPositions.
func (s *Stage) Adds() document.Layers { return document.LayerPositions }

// Annotate reads the sentences in order and adds what they tell of positions.
func (s *Stage) Annotate(ctx context.Context, d *document.Doc) error {
	var found []claim
	for i := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		r := newReader(s, d, document.SentenceID(i))
		found = append(found, r.claims()...)
	}
	found = append(found, s.untold(d, found)...)
	sort.SliceStable(found, func(i, j int) bool { return found[i].mention.Start < found[j].mention.Start })
	for _, c := range found {
		s.add(d, c)
	}
	for i := range d.Statements {
		if st := &d.Statements[i]; st.Speaker == document.NoActor && st.For == document.NoActor {
			d.Abstain("position", "s"+strconv.Itoa(i+1), "nobody known to hold what is said")
		}
	}
	return nil
}
