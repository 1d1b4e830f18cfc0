package contradiction

import (
	"cmp"
	"maps"
	"slices"

	"rapporteur/internal/record"
)

// A Pair is two positions of one party on one point that cannot both be so.
type Pair struct {
	Kind string           // AgainstClaim or AgainstHimself
	A, B *record.Position // A is the own word, or the earlier one
}

// Latest is the newer day of publication of the two, "" when neither is known.
func (p Pair) Latest() string { return max(deref(p.A.Date), deref(p.B.Date)) }

func (p Pair) entry(talks *string) record.Contradiction {
	factor := 0.9
	if p.A.Point.Label != p.B.Point.Label && p.A.Mention != p.B.Mention {
		factor = 0.8
	}
	out := entryOf(talks, p.Kind, p.A.Point.Label, sideOfPosition(p.A), sideOfPosition(p.B), sure(judged(p.A), judged(p.B), factor))
	party := p.A.Party
	out.Party = &party
	return out
}

// judged is how sure a position is: wholly where a person said so.
func judged(p *record.Position) record.Confidence {
	if p.Decision == "confirmed" || p.Decision == "corrected" {
		return record.Confidence{Value: 1}
	}
	return p.Confidence
}

func sideOfPosition(p *record.Position) record.ContradictionSide {
	says := p.Stance
	if p.Denied {
		says = "not " + says
	}
	out := record.ContradictionSide{Entry: "position", ID: p.ID, By: p.AssertedBy, Says: says + ": " + p.Mention, Date: p.Date, Article: p.Article}
	if len(p.Evidence) > 0 {
		out.Evidence = p.Evidence[0]
	}
	return out
}

// Leaning is 1 for a position that is for its point, -1 for one against it, 0 for
// those that are neither: conditions and threats.
func Leaning(p *record.Position) int {
	side := 0
	switch p.Stance {
	case "demands", "proposes", "supports", "accepts", "promises", "open":
		side = 1
	case "opposes", "rejects":
		side = -1
	}
	if p.Denied {
		return -side
	}
	return side
}

// isOwn reports whether a speaker of the party itself says so; isClaim whether
// somebody else says it of the party. What the reporter tells is neither.
func isOwn(p *record.Position) bool   { return p.Own && p.AssertedBy != byArticle }
func isClaim(p *record.Position) bool { return !p.Own && p.AssertedBy != byArticle }

// Pairs finds contradictions among the positions of one negotiation: one for each
// party, point and claimant or speaker, by the newest positions of each.
func Pairs(positions []record.Position) []Pair {
	type matter struct{ party, point string }
	groups := map[matter][]*record.Position{}
	for i := range positions {
		p := &positions[i]
		if Leaning(p) != 0 {
			k := matter{p.PartyID + "\x00" + p.Party, p.Point.ID}
			groups[k] = append(groups[k], p)
		}
	}
	var all []Pair
	for _, k := range slices.SortedFunc(maps.Keys(groups), func(a, b matter) int {
		return cmp.Or(cmp.Compare(a.party, b.party), cmp.Compare(a.point, b.point))
	}) {
		group := groups[k]
		slices.SortFunc(group, func(a, b *record.Position) int {
			return cmp.Or(cmp.Compare(deref(b.Date), deref(a.Date)), cmp.Compare(a.ID, b.ID))
		})
		all = append(all, claimsAgainst(group)...)
		all = append(all, turns(group)...)
	}
	slices.SortStableFunc(all, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.Latest(), a.Latest()), cmp.Compare(a.A.ID, b.A.ID), cmp.Compare(a.B.ID, b.B.ID))
	})
	return all
}

// claimsAgainst pairs each claimant's newest claim with the holder's newest own
// word to the contrary. The group is newest first.
func claimsAgainst(group []*record.Position) []Pair {
	var found []Pair
	seen := map[string]bool{}
	for _, claim := range group {
		if !isClaim(claim) || seen[claim.AssertedBy] {
			continue
		}
		i := slices.IndexFunc(group, func(p *record.Position) bool { return isOwn(p) && Leaning(p) == -Leaning(claim) })
		if i >= 0 {
			seen[claim.AssertedBy] = true
			found = append(found, Pair{record.AgainstClaim, group[i], claim})
		}
	}
	return found
}

// turns pairs the newest word of a speaker with the same speaker's newest one to the
// contrary: about his own side on an earlier day, about another side on any day, in
// other words: "they say no" beside "no was not said".
func turns(group []*record.Position) []Pair {
	var found []Pair
	seen := map[string]bool{}
	for i, late := range group {
		if late.AssertedBy == byArticle || seen[late.AssertedBy] {
			continue
		}
		for _, early := range group[i+1:] {
			if early.AssertedBy != late.AssertedBy || early.Own != late.Own || Leaning(early) != -Leaning(late) {
				continue
			}
			if late.Own && deref(early.Date) == deref(late.Date) || early.Article == late.Article && len(early.Evidence) > 0 && len(late.Evidence) > 0 && early.Evidence[0].Span == late.Evidence[0].Span {
				continue
			}
			seen[late.AssertedBy] = true
			found = append(found, Pair{record.AgainstHimself, early, late})
			break
		}
	}
	return found
}
