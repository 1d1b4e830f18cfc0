package contradiction

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

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

// denying cues deny what was said before (PolNeAR guidelines: the content of "deny" is
// what the source holds to be false): "Orsa denies that its boats crossed the line".
const denying = "deny denies denied denying refute refutes refuted dispute disputes disputed"

// denialDays is how long after a claim its denial may come.
const denialDays = 14

// leastShared is how many content words a denial has in common with what it denies,
// and leastShare which part of its own.
const (
	leastShared = 3
	leastShare  = 0.4
)

// denials pairs each statement that denies something with the newest statement of
// somebody else that says it, in the same article or not long before.
func denials(m Material) []record.Contradiction {
	var out []record.Contradiction
	for i := range m.Statements {
		no := &m.Statements[i]
		if no.Cue == nil || !oneOf(lastWord(*no.Cue), denying) || no.Speaker == nil {
			continue
		}
		words := stems(no.Content)
		var best *record.Statement
		for j := range m.Statements {
			yes := &m.Statements[j]
			if !saysWhat(no, yes, words) {
				continue
			}
			if best == nil || cmp.Or(cmp.Compare(deref(yes.Published), deref(best.Published)), -cmp.Compare(yes.ID, best.ID)) > 0 {
				best = yes
			}
		}
		if best != nil {
			about := strings.Join(no.Content, " ")
			out = append(out, entryOf(m.Talks, record.TwoAccounts, about, sideOfStatement(best), sideOfStatement(no), sure(best.Confidence, no.Confidence, 0.7)))
		}
	}
	return out
}

// saysWhat reports whether yes says what no denies, in the words given.
func saysWhat(no, yes *record.Statement, words []string) bool {
	if yes.Speaker == nil || *yes.Speaker == *no.Speaker || yes.ForID != nil && no.ForID != nil && *yes.ForID == *no.ForID {
		return false
	}
	if yes.Cue != nil && oneOf(lastWord(*yes.Cue), denying) || apart(yes.Published, no.Published) > denialDays || deref(yes.Published) > deref(no.Published) {
		return false
	}
	shared := 0
	for _, w := range stems(yes.Content) {
		if slices.Contains(words, w) {
			shared++
		}
	}
	return shared >= leastShared && float64(shared) >= leastShare*float64(len(words))
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
const statusDays = 3

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
			if early.By == late.By || course(early.State)*course(late.State) != -1 || seen[pair] {
				continue
			}
			seen[pair] = true
			factor := 0.8
			if early.By == byArticle || late.By == byArticle {
				factor = 0.6
			}
			out = append(out, entryOf(m.Talks, record.TwoAccounts, "where the talks stand", sideOfStep("status", early), sideOfStep("status", late), sure(record.Confidence{}, record.Confidence{}, factor)))
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

// shortest is how many letters a word needs to count as content.
const shortest = 4

// stems returns the stems of the longer words, each once.
func stems(pieces []string) []string {
	var out []string
	for _, piece := range pieces {
		for _, word := range strings.FieldsFunc(strings.ToLower(piece), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if len([]rune(word)) < shortest {
				continue
			}
			env := snowballstem.NewEnv(word)
			english.Stem(env)
			if s := env.Current(); !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

func lastWord(s string) string {
	fields := strings.Fields(strings.ToLower(s))
	if len(fields) == 0 {
		return ""
	}
	return fields[len(fields)-1]
}

func oneOf(word, list string) bool { return slices.Contains(strings.Fields(list), word) }
