package position_test

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"testing"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/position"
	"rapporteur/tools/gold"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestCases(t *testing.T) {
	gold.Cases(t, *update, func(lex *lexicon.Lexicon) ([]nlp.Stage, error) {
		s, err := position.New(lex)
		return []nlp.Stage{s}, err
	}, func(d *document.Doc) string {
		var b strings.Builder
		for i, p := range gold.Positions(d) {
			own := "own word"
			switch {
			case !p.Own:
				own = "as told by " + p.AssertedBy
			case p.AssertedBy == "article":
				own = "as reported"
			}
			if p.Denied {
				own += ", denied"
			}
			fmt.Fprintf(&b, "%s %s: %s (%s, %s)\n", p.Holder, p.Stance, p.Mention, own, d.Moves[d.Positions[i].Moves[0]].Mode)
		}
		return b.String()
	})
}

// Every position has words of the text, a holder and a move behind it.
func FuzzPositions(f *testing.F) {
	stages, s := fuzzStages(f)
	f.Add("Veyra demands an end of the toll. Tolmark will not sign, its envoy said.")
	f.Add("“We reject it,” he said. “If they")
	f.Fuzz(func(t *testing.T, body string) {
		d, err := stages.Document(&gold.Record{ID: "x", Published: "2024-05-16", Text: strings.ToValidUTF8(body, "")}, false)
		if err != nil {
			t.Skip()
		}
		if err := nlp.Run(context.Background(), d, s); err != nil {
			t.Fatal(err)
		}
		for i, p := range d.Positions {
			if p.Mention.IsEmpty() || p.Mention.End > len(d.Text()) || p.Party == document.NoActor || len(p.Moves) == 0 || p.Evidence.IsEmpty() {
				t.Errorf("position %d: %+v", i, p)
			}
		}
	})
}
