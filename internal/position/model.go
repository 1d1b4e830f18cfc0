package position

import (
	"math"
	"sort"
	"strconv"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// A Model tells how likely a candidate is right: a logistic regression over the
// readable features of Features, bent onto the share of right candidates (Platt
// 1999, Probabilistic Outputs for Support Vector Machines).
type Model struct {
	Weights      map[string]float64
	Slope, Shift float64 // of the calibration
	Floor        float64 // least probability of a position that is kept
	Sure         float64 // least probability of one that is not only likely
}

// names of the rows of the table that are no features.
const (
	rowSlope = "*slope"
	rowShift = "*shift"
	rowFloor = "*floor"
	rowSure  = "*sure"
)

// Settings returns the rows of the table that are no features, in the order in
// which they are written.
func (m *Model) Settings() []struct {
	Name  string
	Value float64
} {
	return []struct {
		Name  string
		Value float64
	}{{rowSlope, m.Slope}, {rowShift, m.Shift}, {rowFloor, m.Floor}, {rowSure, m.Sure}}
}

// Score returns the sum of the weights of the features.
func (m *Model) Score(features []string) float64 {
	sum := 0.0
	for _, f := range features {
		sum += m.Weights[f]
	}
	return sum
}

// Probability returns how likely a candidate with the features is right.
func (m *Model) Probability(features []string) float64 {
	return 1 / (1 + math.Exp(-(m.Slope*m.Score(features) + m.Shift)))
}

func (s *Stage) loadModel(lex *lexicon.Lexicon) error {
	table, err := lex.Table("position_model")
	if err != nil {
		return err
	}
	m := &Model{Weights: map[string]float64{}, Slope: 1}
	for _, row := range table.Rows {
		value, err := strconv.ParseFloat(row.Get("weight"), 64)
		if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
			return row.Errorf("%q is no weight", row.Get("weight"))
		}
		switch name := row.Get("feature"); name {
		case rowSlope:
			m.Slope = value
		case rowShift:
			m.Shift = value
		case rowFloor:
			m.Floor = value
		case rowSure:
			m.Sure = value
		default:
			m.Weights[name] = value
		}
	}
	s.model = m
	return nil
}

// A Candidate is a position that a rule proposes, with what tells how far to trust
// it.
type Candidate struct {
	Position document.Position
	Features []string
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

func crowded(all []Candidate, kept []int, i int) bool {
	p := &all[i].Position
	for _, k := range kept {
		q := &all[k].Position
		if p.Party != q.Party {
			continue
		}
		shared := min(p.Mention.End, q.Mention.End) - max(p.Mention.Start, q.Mention.Start)
		if 2*shared > min(p.Mention.Len(), q.Mention.Len()) {
			return true
		}
	}
	return false
}
