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
	cues    *lexicon.Phrases[cue]
	tone    map[string]document.Stance
	model   *Model
	threats map[string]bool
	codes   map[document.MoveKind]codebook.Code
}

// New returns the stage with the tables "stances", "tone", "position_model" and the
// codes of the moves.
func New(lex *lexicon.Lexicon) (*Stage, error) {
	s := &Stage{}
	for _, load := range []func(*lexicon.Lexicon) error{s.loadCues, s.loadTone, s.loadModel, s.loadCodes} {
		if err := load(lex); err != nil {
			return nil, fmt.Errorf("position: %w", err)
		}
	}
	return s, nil
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

// Annotate adds the candidates that are rather right than wrong.
func (s *Stage) Annotate(ctx context.Context, d *document.Doc) error {
	all, err := s.Candidates(ctx, d)
	if err != nil {
		return err
	}
	for _, c := range Choose(all, s.model.Floor) {
		s.add(d, c)
	}
	for i := range d.Statements {
		if st := &d.Statements[i]; st.Speaker == document.NoActor && st.For == document.NoActor {
			d.Abstain("position", "s"+strconv.Itoa(i+1), "nobody known to hold what is said")
		}
	}
	return nil
}

// Candidates reads the sentences in order and returns what they may tell of
// positions, however doubtful, in the order of the text.
func (s *Stage) Candidates(ctx context.Context, d *document.Doc) ([]Candidate, error) {
	readers := make([]*reader, len(d.Sentences))
	var found []claim
	for i := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		readers[i] = newReader(s, d, document.SentenceID(i))
		cued := readers[i].claims()
		found = append(append(found, cued...), readers[i].uncued(cued)...)
	}
	found = append(found, s.untold(d, readers)...)
	sort.SliceStable(found, func(i, j int) bool { return found[i].mention.Start < found[j].mention.Start })
	for _, c := range found {
		readers[c.sentence].proposed++
	}
	found = giveWay(found)
	var out []Candidate
	for _, c := range found {
		if c.holder == document.NoActor || !readers[c.sentence].isPoint(c.mention) {
			continue
		}
		label := readers[c.sentence].label(c.mention)
		if label == "" {
			continue
		}
		features := readers[c.sentence].features(c)
		out = append(out, Candidate{Position: s.position(d, c, label), Features: features, Order: len(out), Value: s.model.Probability(features), claim: c})
	}
	return out, nil
}

// giveWay drops candidates without a cue where a condition of the same party is
// about the same words or where they tell what another party wants ("Tolmark
// rejects the toll, Veyra said"), and marks those where another cue is: what is told outright goes before what an act may mean.
func giveWay(found []claim) []claim {
	var out []claim
	for _, c := range found {
		dropped := false
		for _, o := range found {
			if c.isCued() || !o.isCued() || o.sentence != c.sentence || !o.mention.Overlaps(c.mention) {
				continue
			}
			c.overlaps = true
			dropped = dropped || o.holder == c.holder && class(o.stance) == "open" || !o.own && c.cue.words == "" && c.mention.Contains(o.predicate)
		}
		if !dropped {
			out = append(out, c)
		}
	}
	return out
}

func (c *claim) isCued() bool { return c.cue.words != "" && c.cue.words != anyVerb }
