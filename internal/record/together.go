package record

import "slices"

// enough is how sure several tellings together must be, as what is shown unmarked must
// be right in four of five cases.
const enough = 0.8

// weak tellings count for nothing: what is misread once is misread in many articles.
const weak = 0.4

// A standing is one stance of a party on a point, in one voice.
type standing struct {
	party, point, lean string
	own, denied        bool
}

// TogetherSure reports for each position whether it is sure, or one of several that
// articles tell apart from one another and that are sure together: the chance that
// all of them are wrong is at most one in five. What copies of one text tell, and what
// one article tells twice, is told once.
func TogetherSure(positions []Position) []bool {
	best := map[standing]map[string]float64{}
	for i := range positions {
		p := &positions[i]
		s := standingOf(p)
		if best[s] == nil {
			best[s] = map[string]float64{}
		}
		text := p.Story
		if text == "" {
			text = p.Article
		}
		best[s][text] = max(best[s][text], p.Value)
	}
	out := make([]bool, len(positions))
	for i := range positions {
		out[i] = !positions[i].Likely || wrong(best[standingOf(&positions[i])]) <= 1-enough
	}
	return out
}

// wrong is the chance that all tellings are. They are multiplied in the order of their
// size, so that the same tellings give the same figure.
func wrong(tellings map[string]float64) float64 {
	var all []float64
	for _, v := range tellings {
		if v >= weak {
			all = append(all, v)
		}
	}
	if len(all) < 2 {
		return 1
	}
	slices.Sort(all)
	out := 1.0
	for _, v := range all {
		out *= 1 - v
	}
	return out
}

func standingOf(p *Position) standing {
	lean := "for"
	switch p.Stance {
	case "opposes", "rejects", "threatens":
		lean = "against"
	case "open", "conditional":
		lean = "open"
	}
	return standing{p.PartyID, p.Point.ID, lean, p.Own, p.Denied}
}
