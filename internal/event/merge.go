package event

import (
	"slices"
	"strings"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
)

// merge makes one meeting of all mentions of it. Mentions of one day with a place
// or a participant in common are one; a mention without a day belongs to the one
// meeting that its place or its sides point at: "the Brussels round".
func (s *Stage) merge(d *document.Doc, found []session) []document.Meeting {
	var groups [][]session
	place := func(m session) bool {
		for i := range groups {
			if slices.ContainsFunc(groups[i], func(o session) bool { return s.isSame(d, m, o) && !isLongAgo(d, m, o) }) {
				groups[i] = append(groups[i], m)
				return true
			}
		}
		return false
	}
	for _, dated := range []bool{true, false} {
		for _, m := range found {
			if m.When.IsKnown() == dated && !m.back && !place(m) {
				groups = append(groups, []session{m})
			}
		}
	}
	for _, m := range found {
		if !m.back {
			continue
		}
		if at := lastBefore(groups, m); at >= 0 {
			groups[at] = append(groups[at], m)
		} else if !place(m) {
			groups = append(groups, []session{m})
		}
	}
	slices.SortStableFunc(groups, func(a, b []session) int { return first(a) - first(b) })
	var out []document.Meeting
	for _, g := range groups {
		out = append(out, joined(g))
	}
	return out
}

// lastBefore returns the group whose mention is the nearest before s, of calls only
// for a call.
func lastBefore(groups [][]session, s session) int {
	best, at := -1, -1
	for i, g := range groups {
		for _, o := range g {
			if o.mention.Start < s.mention.Start && o.mention.Start > at && o.Format != "call" && o.Format != "signing" {
				best, at = i, o.mention.Start
			}
		}
	}
	return best
}

func first(group []session) int {
	at := group[0].mention.Start
	for _, s := range group {
		at = min(at, s.mention.Start)
	}
	return at
}

// longAgo is how many days before the article a meeting is history, which a mention
// without a day does not point at.
const longAgo = 45

func isLongAgo(d *document.Doc, a, b session) bool {
	if year, other := yearIn(a.Name), yearIn(b.Name); year != other && !d.Article.Published.IsZero() && isPast(d, year, other) {
		return true
	}
	if a.When.IsKnown() || !b.When.IsKnown() || d.Article.Published.IsZero() || strings.EqualFold(a.Name, b.Name) {
		return false
	}
	return b.When.Last.Add(longAgo).Before(d.Article.Published)
}

// yearIn returns the year that a name holds: "the 2010 summit"; "" where it holds none.
func yearIn(name string) string {
	for _, f := range strings.Fields(name) {
		if len(f) == 4 && f >= "1900" && f <= "2199" {
			return f
		}
	}
	return ""
}

// isPast reports whether one of the years is before that of the article.
func isPast(d *document.Doc, years ...string) bool {
	return slices.ContainsFunc(years, func(y string) bool { return y != "" && y < d.Article.Published.String()[:4] })
}

func (s *Stage) isSame(d *document.Doc, a, b session) bool {
	if a.When.IsKnown() && b.When.IsKnown() && !overlaps(a.When, b.When) {
		return false
	}
	if a.holds(b) || b.holds(a) {
		return true
	}
	place := a.Place != "" && b.Place != "" && samePlace(a.Place, b.Place)
	if a.Place != "" && b.Place != "" && !place {
		return false
	}
	both := s.shared(d, a.Participants, b.Participants, place)
	if (a.Format == "call") != (b.Format == "call") && !(a.When.IsKnown() && b.When.IsKnown()) {
		return false
	}
	if a.Format == "summit" && b.Format == "summit" && both >= 1 {
		return true // one body holds one summit at a time
	}
	if isLarge(a) != isLarge(b) && !place && max(len(a.Participants), len(b.Participants)) >= 2 && a.When.IsKnown() && b.When.IsKnown() {
		return both >= 2 // at a summit its host met somebody: another meeting
	}
	if a.When.IsKnown() && b.When.IsKnown() {
		return place || both >= 2 || both == 1 && a.When == b.When && (a.Place == "" || b.Place == "") || both == 1 && (len(a.Participants) == 1 || len(b.Participants) == 1)
	}
	if strings.EqualFold(a.Name, b.Name) {
		return true
	}
	if len(a.Participants) == 0 || len(b.Participants) == 0 {
		return place
	}
	return both >= 2 || both == 1 && (place || min(len(a.Participants), len(b.Participants)) == 1 && a.Format == b.Format && a.State == b.State)
}

// holds reports whether a verb of meeting and a noun below it tell of one meeting: "met
// in Sable for a summit".
func (m session) holds(o session) bool {
	return m.asVerb && o.within >= m.from && o.within < m.to
}

// shared counts the participants of one meeting that take part in the other too. In one
// place a bloc stands for its members: "the Strait League met Orsa in Sable", "the
// Sable talks of Veyra and Orsa".
func (s *Stage) shared(d *document.Doc, a, b []document.ActorID, blocs bool) int {
	n := 0
	for _, p := range a {
		if slices.Contains(b, p) || blocs && slices.ContainsFunc(b, func(q document.ActorID) bool { return s.blocs.stand(d, p, q) }) {
			n++
		}
	}
	return n
}

func isLarge(s session) bool { return s.Format == "summit" || s.Format == "conference" }

func samePlace(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}

func overlaps(a, b calendar.When) bool {
	return !a.Last.Before(b.First) && !b.Last.Before(a.First)
}

// joined makes a meeting of its mentions, led by the one that tells most; of the
// states, what went wrong outweighs the plan and the plan is outweighed by its
// being held.
func joined(group []session) document.Meeting {
	lead := group[0]
	for _, s := range group[1:] {
		if s.told > lead.told {
			lead = s
		}
	}
	out := lead.Meeting
	out.Mentions = append(out.Mentions, lead.mention)
	for _, s := range group {
		if s.mention != lead.mention {
			out.Mentions = append(out.Mentions, s.mention)
		}
		for _, p := range s.Participants {
			if len(lead.Participants) < 2 && !slices.Contains(out.Participants, p) {
				out.Participants = append(out.Participants, p)
			}
		}
		if out.Place == "" {
			out.Place = s.Place
		}
		if s.When.IsKnown() && s.When.Precision > out.When.Precision {
			out.When = s.When
		}
		if weight(s.State) > weight(out.State) {
			out.State = s.State
		}
	}
	return out
}

func weight(s document.MeetingState) int {
	return slices.Index([]document.MeetingState{document.Planned, document.Held, document.Postponed, document.Refused, document.Cancelled}, s)
}
