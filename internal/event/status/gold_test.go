package status_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/event"
	"rapporteur/internal/event/status"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/tools/gold"
)

// TestGold prints in how many records of people the stage gives their status.
func TestGold(t *testing.T) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	stages, err := gold.NewStages(lex)
	if err != nil {
		t.Fatal(err)
	}
	talks, err := event.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	s, err := status.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	together, of := 0, 0
	for _, folder := range []string{"train", "dev"} {
		dir := gold.Folder(folder)
		if dir == "" {
			if os.Getenv("CI") == "true" {
				t.Fatal("no ../shared/gold: put the gold records beside the project")
			}
			t.Skip("no ../shared/gold: put the gold records beside the project")
		}
		records, err := gold.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		right := 0
		for i := range records {
			r := &records[i]
			d, err := stages.Document(r, false)
			if err != nil {
				t.Fatal(err)
			}
			if err := nlp.Run(context.Background(), d, talks, s); err != nil {
				t.Fatal(err)
			}
			if gold.State(d) == r.Status.State {
				right++
			} else if os.Getenv("SHOW") == folder {
				said := ""
				if len(d.Status) > 0 {
					said = d.In(d.Status[0].Evidence)
				}
				fmt.Printf("%s: %s, not %s\n   said: %.200s\n   gold: %.200s\n", r.ID, gold.State(d), r.Status.State, said, r.Status.Evidence)
			}
		}
		t.Logf("%-8s status %d of %d", folder, right, len(records))
		together, of = together+right, of+len(records)
	}
	t.Logf("together status %d of %d: %.1f %%", together, of, 100*float64(together)/float64(of))
}
