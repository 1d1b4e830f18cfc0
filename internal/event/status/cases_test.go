package status_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"rapporteur/internal/document"
	"rapporteur/internal/event"
	"rapporteur/internal/event/status"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/tools/gold"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestCases(t *testing.T) {
	gold.Cases(t, *update, func(lex *lexicon.Lexicon) ([]nlp.Stage, error) {
		talks, err := event.New(lex)
		if err != nil {
			return nil, err
		}
		s, err := status.New(lex)
		return []nlp.Stage{talks, s}, err
	}, func(d *document.Doc) string {
		var b strings.Builder
		for _, s := range d.Status {
			by := "article"
			if s.AssertedBy != document.NoActor {
				by = d.Actors[s.AssertedBy].Name
			}
			fmt.Fprintf(&b, "%s, said by %s: %s\n", s.State, by, d.In(s.Evidence))
		}
		for _, s := range d.PartStatus {
			fmt.Fprintf(&b, "part: %s: %s\n", s.State, d.In(s.Evidence))
		}
		if b.Len() == 0 {
			b.WriteString("none\n")
		}
		return b.String()
	})
}
