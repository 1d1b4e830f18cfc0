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

func TestCases(t *testing.T) {
	gold.Cases(t, *update, func(lex *lexicon.Lexicon) ([]nlp.Stage, error) {
		s, err := event.New(lex)
		return []nlp.Stage{s}, err
	}, func(d *document.Doc) string {
		var b strings.Builder
		for i, m := range gold.Meetings(d) {
			fmt.Fprintf(&b, "%s: %q on %q in %q, %s, %d mentions\n", m.State, m.Name, m.Date, m.Place, strings.Join(m.Participants, " + "), len(d.Meetings[i].Mentions))
		}
		return b.String()
	})
}
