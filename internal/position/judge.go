package position

import (
	"math"

	"rapporteur/internal/document"
	"rapporteur/internal/nlp/encoder/kernel"
)

// A judge scores the pairs of one document.
type judge struct {
	m      *Model
	p      *proposer
	vector []float32 // by token and slot: what it adds to the hidden units
	wide   int       // floats a token in vector
	sums   []float32 // running sums of the slot of means
	base   []float32 // what the stretch at hand adds: outputs, then hidden units
	row    []float32
}

// A verdict is what the model says of a pair.
type verdict struct {
	right  float64 // that holder, class of stance and voice are right
	stance document.Stance
	own    bool
}

func (m *Model) judge(p *proposer) *judge {
	j := &judge{m: m, p: p, wide: slots * m.hidden, base: make([]float32, outputs+m.hidden), row: make([]float32, outputs+m.hidden)}
	n := len(p.d.Tokens)
	if n == 0 || len(p.d.Vectors) != n*m.slots.K {
		return j
	}
	rows := kernel.NewRows(m.path, n, m.slots.K)
	for i := range n {
		kernel.Quantise(m.path, p.d.Vectors[i*m.slots.K:(i+1)*m.slots.K], rows, i)
	}
	j.vector = make([]float32, (n+7)/8*8*j.wide)
	kernel.Multiply(rows, m.slots, j.vector, j.wide)
	j.sums = make([]float32, (n+1)*m.hidden)
	for i := range n {
		add := j.slot(i, slotMean)
		for k := range m.hidden {
			j.sums[(i+1)*m.hidden+k] = j.sums[i*m.hidden+k] + add[k]
		}
	}
	return j
}

func (j *judge) slot(token, slot int) []float32 {
	at := token*j.wide + slot*j.m.hidden
	return j.vector[at : at+j.m.hidden]
}

// stretch sums up what the words themselves tell.
func (j *judge) stretch(st *Stretch) {
	copy(j.base, j.m.bias)
	for _, f := range st.Features {
		plus(j.base, j.m.stretch[f])
	}
	if j.vector == nil {
		return
	}
	units := j.base[outputs:]
	plus(units, j.slot(st.head, slotHead))
	if g := j.p.trees.head(st.head); g >= 0 {
		plus(units, j.slot(g, slotGovernor))
	}
	if st.first > 0 {
		plus(units, j.slot(st.first-1, slotBefore))
	}
	if st.end < len(j.p.d.Tokens) {
		plus(units, j.slot(st.end, slotAfter))
	}
	n := float32(st.end - st.first)
	for k := range units {
		units[k] += (j.sums[st.end*j.m.hidden+k] - j.sums[st.first*j.m.hidden+k]) / n
	}
}

// isHopeless reports whether no holder would make the words a position.
func (j *judge) isHopeless() bool {
	copy(j.row, j.base)
	return float64(j.output(outPosition)) < j.m.Alone
}

// output adds up what reaches an output from the row at hand.
func (j *judge) output(o int) float32 {
	units, half := j.row[outputs:], j.m.hidden/2
	sum, from := j.row[o], units[:half]
	if o != outPosition {
		from = units[half:]
	}
	for k, w := range j.m.out[o] {
		if from[k] > 0 {
			sum += float32(w * from[k])
		}
	}
	return sum
}

func plus(sum, add []float32) {
	for i, v := range add {
		sum[i] += v
	}
}

// pair scores a pair of the stretch at hand.
func (j *judge) pair(pair *Pair) verdict {
	copy(j.row, j.base)
	for _, f := range pair.Features {
		plus(j.row, j.m.pair[f])
	}
	var score [outputs]float64
	for o := range score {
		score[o] = float64(j.output(o))
	}
	return j.m.weigh(&score)
}

// weigh turns scores into a verdict.
func (m *Model) weigh(score *[outputs]float64) verdict {
	top, total := score[outStance], 0.0
	for _, s := range score[outStance:outOwn] {
		top = max(top, s)
	}
	leans := map[string]float64{}
	for i, stance := range order {
		share := math.Exp(score[outStance+i] - top)
		total += share
		leans[class(stance)] += share
	}
	lean := "for"
	for _, other := range []string{"against", "open"} {
		if leans[other] > leans[lean] {
			lean = other
		}
	}
	best := -1
	for i, stance := range order {
		if class(stance) == lean && (best < 0 || score[outStance+i] > score[outStance+best]) {
			best = i
		}
	}
	own := sigmoid(score[outOwn])
	x := m.bend[0] + m.bend[1]*score[outPosition] + m.bend[2]*math.Log(leans[lean]/total) + m.bend[3]*math.Log(max(own, 1-own))
	return verdict{right: sigmoid(x), stance: order[best], own: own >= 0.5}
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
