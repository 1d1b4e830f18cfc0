// Package contradiction finds entries of one negotiation that cannot both be so.
//
// In: positions, statements, claims of status and meetings of one negotiation. Out:
// pairs of them, the surest first: a party's own word against what another says of
// it, one speaker who says both, two accounts of one fact. What always holds: both
// sides have evidence and are told at least in part by different words; two sides
// that want different things do not contradict each other, they disagree; the order
// of what comes in changes nothing.
package contradiction

import (
	"cmp"
	"maps"
	"slices"

	"rapporteur/internal/record"
)

// Material is what one negotiation holds.
type Material struct {
	Talks      *string
	Positions  []record.Position
	Statements []record.Statement
	Status     []record.Step
	Meetings   []record.Meeting
	Names      map[string][]string // further names of parties, by ID
}

// byArticle is who tells what the reporter tells.
const byArticle = "article"

// Find returns the contradictions of one negotiation, the surest first, then the
// newest, then by ID. The text of their sides is left empty but for statements.
func (f *Finder) Find(m Material) []record.Contradiction {
	var out []record.Contradiction
	s := f.sceneOf(m)
	for _, p := range Pairs(m.Positions) {
		out = append(out, p.entry(m.Talks))
	}
	for _, rule := range []func() []record.Contradiction{s.denials, s.opposites, s.answers, s.blames, s.consents, s.stands, s.numbers} {
		out = append(out, rule()...)
	}
	out = append(out, accountsOfStatus(m)...)
	out = append(out, accountsOfMeetings(m)...)
	Sort(out)
	return slices.CompactFunc(out, func(a, b record.Contradiction) bool { return a.ID == b.ID })
}

// Sort puts the surest first, then the newest, then goes by ID.
func Sort(list []record.Contradiction) {
	slices.SortFunc(list, func(a, b record.Contradiction) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(latest(b), latest(a)), cmp.Compare(a.ID, b.ID))
	})
}

func latest(c record.Contradiction) string { return max(deref(c.A.Date), deref(c.B.Date)) }

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// unjudged is how sure an entry is taken to be that has no confidence.
const unjudged = 0.7

// sure multiplies what is known of both sides with how often entries of such sides
// do contradict each other. The factor is an estimate, there is no gold for it.
func sure(a, b record.Confidence, factor float64) record.Confidence {
	value := func(c record.Confidence) float64 {
		if c.Value == 0 {
			return unjudged
		}
		return c.Value
	}
	v := value(a) * value(b) * factor
	return record.Confidence{Value: v, Likely: v < sureFrom}
}

// sureFrom is the value from which on a contradiction is not only likely.
const sureFrom = 0.8

func entryOf(talks *string, kind, about string, a, b record.ContradictionSide, c record.Confidence) record.Contradiction {
	return record.Contradiction{
		ID:    record.Digest("x", kind, a.ID, a.Article, a.Evidence.Span.String(), b.ID, b.Article, b.Evidence.Span.String()),
		Talks: talks, Kind: kind, About: about, A: a, B: b, Confidence: c,
	}
}

// apart returns how many days lie between two ISO days; a large number where one is
// not known.
func apart(a, b *string) int {
	x, okA := dayNumber(deref(a))
	y, okB := dayNumber(deref(b))
	if !okA || !okB {
		return 1 << 20
	}
	return max(x-y, y-x)
}
