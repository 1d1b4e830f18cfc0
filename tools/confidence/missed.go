package main

import (
	"fmt"
	"strings"

	"rapporteur/tools/gold"
)

// missed prints people's positions that no candidate is, each with what is lacking:
// the mention, the holder, or the stance.
func missed(items []item) {
	for i := range items {
		it := &items[i]
		for _, g := range it.want {
			lack, near := nearest(g, it.found)
			if lack == "" {
				continue
			}
			fmt.Printf("%s\t%s\t%s own=%v by %s\t[%s]\t%s\t%s\n", lack, g.Holder, g.Stance, g.Own, g.AssertedBy, g.Mention, strings.ReplaceAll(g.Evidence, "\n", " "), near)
		}
	}
}

func nearest(g gold.Position, found []gold.Position) (lack, near string) {
	lack = "mention"
	for _, p := range found {
		same := max(gold.TokenF1(g.Mention, p.Mention), gold.TokenF1(g.Point, p.Mention), gold.TokenF1(g.Mention, p.Point)) >= 0.5
		told := fmt.Sprintf("%s %s own=%v [%s]", p.Holder, p.Stance, p.Own, p.Mention)
		switch {
		case gold.PositionScore(g, p, true) > 0:
			return "", ""
		case gold.PositionScore(g, p, false) > 0:
			lack, near = "stance", told
		case same && lack == "mention":
			lack, near = "holder", told
		}
	}
	return lack, near
}
