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
	"strconv"

	"rapporteur/internal/codebook"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/position/point"
)

// Version changes whenever the same text may be read differently.
const Version = "3"

// A Stage adds LayerPositions.
type Stage struct {
	cues    *lexicon.Phrases[cue]
	tone    map[string]document.Stance
	kinds   map[string]string // what a word does to a matter: bad, good, turn, hurt, help
	model   *Model
	threats map[string]bool
	codes   map[string]codebook.Code
	points  *point.Finder
}

// New returns the stage with the tables "stances", "tone", "position_model" and the
// codes of the moves.
func New(lex *lexicon.Lexicon) (*Stage, error) {
	s := &Stage{}
	for _, load := range []func(*lexicon.Lexicon) error{s.loadCues, s.loadTone, s.loadKinds, s.loadModel} {
		if err := load(lex); err != nil {
			return nil, fmt.Errorf("position: %w", err)
		}
	}
	var err error
	if s.codes, err = lexicon.MoveCodes(lex); err != nil {
		return nil, fmt.Errorf("position: %w", err)
	}
	if s.points, err = point.NewFinder(lex); err != nil {
		return nil, fmt.Errorf("position: %w", err)
	}
	return s, nil
}

// Name returns "position".
func (s *Stage) Name() string { return "position" }

// Version returns the version of the rules.
func (s *Stage) Version() string { return Version }

// Needs returns the layers that the rules look at.
func (s *Stage) Needs() document.Layers {
	return document.LayerSentences | document.LayerParse | document.LayerTimes | document.LayerNames | document.LayerActors |
		document.LayerStatements | document.LayerSpeakers
}

// Adds returns LayerPositions.
func (s *Stage) Adds() document.Layers { return document.LayerPositions }

// Annotate adds the candidates that are rather right than wrong.
func (s *Stage) Annotate(ctx context.Context, d *document.Doc) error {
	p, err := s.newProposer(ctx, d)
	if err != nil {
		return err
	}
	all := p.candidates()
	for _, c := range parties(d, Choose(all, s.model.Floor)) {
		s.add(p, c)
	}
	for i := range d.Statements {
		if st := &d.Statements[i]; st.Speaker == document.NoActor && st.For == document.NoActor {
			d.Abstain("position", "s"+strconv.Itoa(i+1), "nobody known to hold what is said")
		}
	}
	return nil
}

// Propose returns the stretches of words that may be mentions of positions, and for
// each the actors that may hold one, in the order of the text, however doubtful.
func (s *Stage) Propose(ctx context.Context, d *document.Doc) ([]Stretch, []Pair, error) {
	p, err := s.newProposer(ctx, d)
	if err != nil {
		return nil, nil, err
	}
	stretches, pairs := p.all()
	return stretches, pairs, nil
}
