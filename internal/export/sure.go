package export

import "slices"

// OnlySure returns the annotation without entries that are only likely. Short
// ids stay as they are.
func (s Spans) OnlySure() Spans {
	s.Statements = kept(s.Statements, func(e Statement) bool { return e.Likely })
	s.Meetings = kept(s.Meetings, func(e Meeting) bool { return e.Likely })
	s.Documents = kept(s.Documents, func(e Document) bool { return e.Likely })
	s.Moves = kept(s.Moves, func(e Move) bool { return e.Likely })
	s.Positions = kept(s.Positions, func(e Position) bool { return e.Likely })
	return s
}

func kept[T any](l Looked[[]T], likely func(T) bool) Looked[[]T] {
	if l.value == nil {
		return l
	}
	return found(l.looked, slices.DeleteFunc(slices.Clone(*l.value), likely), true)
}

// OnlySure returns the record without entries that are only likely.
func (g Gold) OnlySure() Gold {
	g.Statements = slices.DeleteFunc(slices.Clone(g.Statements), func(e GoldStatement) bool { return e.Likely })
	g.Meetings = slices.DeleteFunc(slices.Clone(g.Meetings), func(e GoldMeeting) bool { return e.Likely })
	g.Documents = slices.DeleteFunc(slices.Clone(g.Documents), func(e GoldDocument) bool { return e.Likely })
	g.Positions = slices.DeleteFunc(slices.Clone(g.Positions), func(e GoldPosition) bool { return e.Likely })
	return g
}
