package position

import (
	"encoding/base64"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp/encoder/kernel"
	"rapporteur/internal/text"
)

// A Model tells how likely a pair is a position, which stance it is, and whether it
// is the holder's own word. Readable features count straight and through one layer
// of hidden units, to which the engine's vectors of the words add. The product of
// the three is bent onto the share of right candidates (Platt 1999, Probabilistic
// Outputs for Support Vector Machines).
type Model struct {
	Weights string  // digest of the weights whose vectors it learned from
	Floor   float64 // least probability of a position that is kept
	Sure    float64 // least probability of one that is not only likely
	Alone   float64 // least score of words, before their holder is looked at

	stretch, pair map[Feature][]float32 // by feature: outputs, then hidden units
	bias          []float32             // outputs, then hidden units
	out           [outputs][]float32    // by output: weights of its hidden units
	slots         *kernel.Matrix        // from a vector to hidden units, one block a slot
	path          kernel.Path
	hidden        int // units in all; the first half is for the first output
	bend          [4]float64
}

// The outputs: that it is a position, each stance, and that it is the own word.
const (
	outPosition = 0
	outStance   = 1
	outOwn      = 11
	outputs     = 12
)

// order of the stances among the outputs.
var order = []document.Stance{
	document.Supports, document.Demands, document.Proposes, document.Accepts, document.Promises,
	document.Opposes, document.Rejects, document.Threatens, document.Open, document.Conditional,
}

// The slots: which token's vector, or the mean of which, adds to hidden units.
const (
	slotHead = iota
	slotGovernor
	slotMean
	slotBefore
	slotAfter
	slots
)

// loadModel reads the table that tools/confidence makes: settings, biases, the
// weights of features, of slots and of outputs; weights as signed bytes in base64
// that a scale multiplies.
func (s *Stage) loadModel(lex *lexicon.Lexicon) error {
	table, err := lex.Table("position_model")
	if err != nil {
		return err
	}
	paths := kernel.Paths()
	m := &Model{stretch: map[Feature][]float32{}, pair: map[Feature][]float32{}, path: paths[len(paths)-1]}
	var rows slotRows
	for _, row := range table.Rows {
		scale, err := strconv.ParseFloat(row.Get("scale"), 64)
		if err != nil || math.IsNaN(scale) || math.IsInf(scale, 0) {
			scale = 0
		}
		values, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(row.Get("values"), "-"))
		if err != nil {
			return row.Errorf("weights: %v", err)
		}
		if err := m.take(row.Get("kind"), row.Get("name"), scale, values, &rows); err != nil {
			return row.Errorf("%v", err)
		}
	}
	if m.slots, err = rows.matrix(m.path, m.hidden); err != nil {
		return fmt.Errorf("position_model: %w", err)
	}
	s.model = m
	return nil
}

// slotRows are the rows of the slots' matrix as they are read.
type slotRows struct {
	values []int8
	scale  []float32
	width  int
}

func (w *slotRows) matrix(path kernel.Path, hidden int) (*kernel.Matrix, error) {
	if len(w.scale) == 0 {
		return kernel.NewMatrix(path, 0, 0), nil
	}
	if len(w.scale) != slots*hidden || hidden%16 != 0 {
		return nil, fmt.Errorf("%d rows of slots for %d hidden units", len(w.scale), hidden)
	}
	m := kernel.NewMatrix(path, len(w.scale), w.width)
	m.Pack(w.values, len(w.scale), w.width, w.width)
	copy(m.Scale, w.scale)
	return m, nil
}

// take takes one row of the table.
func (m *Model) take(kind, name string, scale float64, values []byte, rows *slotRows) error {
	switch kind {
	case "set":
		return m.set(name, scale)
	case "bias":
		m.bias = append(m.bias, float32(scale))
		m.hidden = max(0, len(m.bias)-outputs)
		return nil
	case "slot":
		if rows.width != 0 && rows.width != len(values) {
			return fmt.Errorf("%d weights, not %d", len(values), rows.width)
		}
		rows.width = len(values)
		for _, v := range values {
			rows.values = append(rows.values, int8(v))
		}
		rows.scale = append(rows.scale, float32(scale))
		return nil
	case "out":
		n, err := strconv.Atoi(name)
		if err != nil || n < 0 || n >= outputs || len(values) != m.hidden/2 {
			return fmt.Errorf("output %q with %d weights", name, len(values))
		}
		m.out[n] = floats(values, scale)
		return nil
	}
	if len(values) != outputs+m.hidden {
		return fmt.Errorf("feature %q has %d weights, not %d", name, len(values), outputs+m.hidden)
	}
	switch kind {
	case "stretch":
		m.stretch[parseFeature(name)] = floats(values, scale)
	case "pair":
		m.pair[parseFeature(name)] = floats(values, scale)
	default:
		return fmt.Errorf("%q is no kind of row", kind)
	}
	return nil
}

func (m *Model) set(name string, value float64) error {
	switch name {
	case "floor":
		m.Floor = value
	case "sure":
		m.Sure = value
	case "alone":
		m.Alone = value
	case "bend 0", "bend 1", "bend 2", "bend 3":
		m.bend[name[len(name)-1]-'0'] = value
	default:
		m.Weights = strings.TrimPrefix(name, "weights ")
		if m.Weights == name {
			return fmt.Errorf("%q is no setting", name)
		}
	}
	return nil
}

func floats(values []byte, scale float64) []float32 {
	out := make([]float32, len(values))
	for i, v := range values {
		out[i] = float32(int8(v)) * float32(scale)
	}
	return out
}

func parseFeature(s string) Feature {
	name, rest, _ := strings.Cut(s, "=")
	a, b, _ := strings.Cut(rest, "|")
	return Feature{name, a, b}
}

// A Candidate is a position that the stage proposes, with how likely it is right.
type Candidate struct {
	Position document.Position
	Value    float64
	Order    int // among all candidates of the document
	claim    claim
}

// Choose keeps the candidates of a probability of at least floor, the best first.
// Of those of one holder whose words are mostly the same only the best is kept: a
// party has one stance on one matter in one place. What is kept comes back in the
// order of the text.
func Choose(all []Candidate, floor float64) []Candidate {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return all[order[i]].Value > all[order[j]].Value })
	var kept []int
	for _, i := range order {
		if all[i].Value < floor {
			break
		}
		if !crowded(all, kept, i) {
			kept = append(kept, i)
		}
	}
	sort.Ints(kept)
	out := make([]Candidate, len(kept))
	for k, i := range kept {
		out[k] = all[i]
	}
	return out
}

// parties leaves out who speaks for a party, or several who speak together, where
// the party or one of them is kept itself with mostly the same words: a position is
// the party's.
func parties(d *document.Doc, kept []Candidate) []Candidate {
	return slices.DeleteFunc(slices.Clone(kept), func(c Candidate) bool {
		p := &c.Position
		return slices.ContainsFunc(d.Parties(p.Party), func(side document.ActorID) bool {
			return side != p.Party && slices.ContainsFunc(kept, func(other Candidate) bool {
				return other.Position.Party == side && isMostly(p.Mention, other.Position.Mention)
			})
		})
	})
}

// isMostly reports whether the shorter of two spans shares most of its bytes with
// the other.
func isMostly(a, b text.Span) bool {
	shared := min(a.End, b.End) - max(a.Start, b.Start)
	return 2*shared > min(a.Len(), b.Len())
}

func crowded(all []Candidate, kept []int, i int) bool {
	p := &all[i].Position
	for _, k := range kept {
		q := &all[k].Position
		if p.Party == q.Party && isMostly(p.Mention, q.Mention) {
			return true
		}
	}
	return false
}
