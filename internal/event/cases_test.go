package event_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"rapporteur/internal/document"
	"rapporteur/internal/event"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/tools/gold"
)

var update = flag.Bool("update", false, "write the golden files anew")

// stage makes the stage alone.
func stage(lex *lexicon.Lexicon) ([]nlp.Stage, error) {
	s, err := event.New(lex)
	return []nlp.Stage{s}, err
}

func showMeetings(d *document.Doc) string {
	var b strings.Builder
	for i, m := range gold.Meetings(d) {
		fmt.Fprintf(&b, "%s: %q on %q in %q, %s, %d mentions\n", m.State, m.Name, m.Date, m.Place, strings.Join(m.Participants, " + "), len(d.Meetings[i].Mentions))
	}
	return b.String()
}

// TestTrees: meetings by trees.
func TestTrees(t *testing.T) { gold.CasesIn(t, "trees", *update, stage, showMeetings) }

// TestExpectations: what is to come, and what was done.
func TestExpectations(t *testing.T) {
	gold.CasesIn(t, "expectations", *update, stage, func(d *document.Doc) string {
		name := func(a document.ActorID, none string) string {
			if a == document.NoActor {
				return none
			}
			return d.Actors[a].Name
		}
		var b strings.Builder
		for _, e := range d.Expectations {
			done := "to come"
			if e.Done {
				done = "done"
			}
			fmt.Fprintf(&b, "%s: %s: %q by %s to %s, says %s\n", done, name(e.Who, "?"), d.In(e.What), e.By.First, e.By.Last, name(e.AssertedBy, "article"))
		}
		return b.String()
	})
}

// TestDocuments: documents in play.
func TestDocuments(t *testing.T) {
	gold.CasesIn(t, "documents", *update, stage, func(d *document.Doc) string {
		var b strings.Builder
		for _, in := range d.Instruments {
			by := "?"
			if in.By != document.NoActor {
				by = d.Actors[in.By].Name
			}
			var to []string
			for _, a := range in.To {
				to = append(to, d.Actors[a].Name)
			}
			fmt.Fprintf(&b, "%s %q by %s to %q, %s, %s\n", in.Kind, in.Name, by, strings.Join(to, " + "), in.State, in.When.ISO())
		}
		return b.String()
	})
}

func TestCases(t *testing.T) { gold.Cases(t, *update, stage, showMeetings) }
