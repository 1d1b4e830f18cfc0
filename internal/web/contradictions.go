package web

import (
	"cmp"
	"slices"

	"rapporteur/internal/record"
)

// A contradiction is two positions that cannot both be so: a party's own word
// against another's claim about it, or one speaker against himself.
type contradiction struct {
	Kind   string // "claim", "speaker"
	Party  string
	Point  record.Point
	A, B   record.Position // A is the own word, or the earlier one
	latest string
}

// contradictions finds them among the positions of one negotiation: one for each
// party, point and claimant or speaker, by the newest positions of each, newest
// first.
func contradictions(positions []record.Position) []contradiction {
	type matter struct{ party, point string }
	groups := map[matter][]*record.Position{}
	for i := range positions {
		p := &positions[i]
		if leaning(p) != 0 {
			k := matter{p.PartyID + "\x00" + p.Party, p.Point.ID}
			groups[k] = append(groups[k], p)
		}
	}
	var all []contradiction
	for _, group := range groups {
		slices.SortFunc(group, func(a, b *record.Position) int {
			return cmp.Or(cmp.Compare(deref(b.Date), deref(a.Date)), cmp.Compare(a.ID, b.ID))
		})
		all = append(all, claimsAgainst(group)...)
		all = append(all, againstThemselves(group)...)
	}
	slices.SortFunc(all, func(a, b contradiction) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.latest, a.latest), cmp.Compare(a.A.ID, b.A.ID), cmp.Compare(a.B.ID, b.B.ID))
	})
	return all
}

// claimsAgainst pairs each claimant's newest claim with the holder's newest own
// word to the contrary. The group is newest first.
func claimsAgainst(group []*record.Position) []contradiction {
	var found []contradiction
	seen := map[string]bool{}
	for _, claim := range group {
		if voiceOf(claim) != claimed || seen[claim.AssertedBy] {
			continue
		}
		i := slices.IndexFunc(group, func(p *record.Position) bool {
			return voiceOf(p) == ownWord && leaning(p) == -leaning(claim)
		})
		if i >= 0 {
			seen[claim.AssertedBy] = true
			found = append(found, newContradiction("claim", group[i], claim))
		}
	}
	return found
}

// againstThemselves pairs the newest own word of a speaker with the same
// speaker's newest one to the contrary on an earlier day.
func againstThemselves(group []*record.Position) []contradiction {
	var found []contradiction
	seen := map[string]bool{}
	for i, late := range group {
		if voiceOf(late) != ownWord || seen[late.AssertedBy] {
			continue
		}
		for _, early := range group[i+1:] {
			if voiceOf(early) == ownWord && early.AssertedBy == late.AssertedBy && leaning(early) == -leaning(late) &&
				deref(early.Date) != deref(late.Date) {
				seen[late.AssertedBy] = true
				found = append(found, newContradiction("speaker", early, late))
				break
			}
		}
	}
	return found
}

func newContradiction(kind string, a, b *record.Position) contradiction {
	return contradiction{Kind: kind, Party: a.Party, Point: a.Point, A: *a, B: *b, latest: max(deref(a.Date), deref(b.Date))}
}
