package web

import (
	found "rapporteur/internal/contradiction"
	"rapporteur/internal/record"
)

// A contradiction is two positions that cannot both be so: a party's own word
// against another's claim about it, or one speaker who says both.
type contradiction struct {
	Kind  string // "claim", "speaker"
	Party string
	Point record.Point
	A, B  record.Position // A is the own word, or the earlier one
}

// contradictions finds them among the positions of one negotiation, newest first.
func contradictions(positions []record.Position) []contradiction {
	var all []contradiction
	for _, p := range found.Pairs(positions) {
		all = append(all, contradiction{Kind: p.Kind, Party: p.A.Party, Point: p.A.Point, A: *p.A, B: *p.B})
	}
	return all
}
