package contradiction

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rapporteur/internal/record"
)

// dayNumber counts the days of an ISO day from 1970.
func dayNumber(iso string) (int, bool) {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return 0, false
	}
	return int(t.Unix() / 86400), true
}

func sideOfStatement(s *record.Statement) record.ContradictionSide {
	text := strings.Join(s.Content, " … ")
	says := text
	if s.Cue != nil {
		says = *s.Cue + ": " + text
	}
	out := record.ContradictionSide{Entry: "statement", ID: s.ID, By: deref(s.Speaker), Says: says, Text: text, Date: s.Published, Article: s.Article}
	if len(s.Evidence) > 0 {
		out.Evidence = s.Evidence[0]
	}
	return out
}

// statusDays is within how many days two claims are about one time.
const statusDays = 1

// course is 1 for states in which talks go well, -1 for those in which they do not.
func course(state string) int {
	switch state {
	case "progressing", "agreed":
		return 1
	case "deadlocked", "suspended", "collapsed":
		return -1
	}
	return 0
}

// accountsOfStatus pairs claims of two sides about one time: one that talks go well,
// one that they do not.
func accountsOfStatus(m Material) []record.Contradiction {
	steps := slices.Clone(m.Status)
	slices.SortStableFunc(steps, func(a, b record.Step) int {
		return cmp.Or(cmp.Compare(deref(a.Date), deref(b.Date)), cmp.Compare(a.Article, b.Article), a.Evidence.Span.Start-b.Evidence.Span.Start)
	})
	var out []record.Contradiction
	seen := map[[2]string]bool{}
	for i := len(steps) - 1; i >= 0; i-- {
		late := &steps[i]
		for j := i - 1; j >= 0; j-- {
			early := &steps[j]
			if apart(early.Date, late.Date) > statusDays {
				break
			}
			pair := [2]string{min(early.By, late.By), max(early.By, late.By)}
			if early.By == late.By || course(early.State)*course(late.State) != -1 || seen[pair] || early.Article == late.Article && early.Evidence.Span.Overlaps(late.Evidence.Span) {
				continue
			}
			seen[pair] = true
			factor := 0.8
			if early.By == byArticle || late.By == byArticle {
				factor = 0.6
			}
			out = append(out, entryOf(m.Talks, record.TwoAccounts, "where the talks stand", sideOfStep("status", early), sideOfStep("status", late), record.Confidence{Value: factor, Likely: factor < sureFrom}))
		}
	}
	return out
}

func sideOfStep(entry string, s *record.Step) record.ContradictionSide {
	return record.ContradictionSide{Entry: entry, By: s.By, Says: s.State, Date: s.Date, Article: s.Article, Evidence: s.Evidence}
}

// accountsOfMeetings pairs, of one meeting whose day has passed, an article that says
// it was held with another that says it was not.
func accountsOfMeetings(m Material) []record.Contradiction {
	var out []record.Contradiction
	for i := range m.Meetings {
		meeting := &m.Meetings[i]
		var held, not *record.Step
		for k := range meeting.History {
			step := &meeting.History[k]
			if deref(step.Date) <= deref(meeting.Date) || deref(meeting.Date) == "" {
				continue
			}
			switch step.State {
			case "held":
				held = step
			case "cancelled", "refused", "postponed":
				not = step
			}
		}
		if held == nil || not == nil || held.Article == not.Article {
			continue
		}
		c := entryOf(m.Talks, record.TwoAccounts, meeting.Name, sideOfStep("meeting", held), sideOfStep("meeting", not), sure(meeting.Confidence, meeting.Confidence, 0.8))
		c.A.ID, c.B.ID = meeting.ID, meeting.ID
		out = append(out, c)
	}
	return out
}
