package event_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/event"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/tools/gold"
)

// TestGold prints how many meetings of people's records the stage finds.
func TestGold(t *testing.T) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	stages, err := gold.NewEngineStages(lex)
	if err != nil {
		t.Fatal(err)
	}
	s, err := event.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	var together gold.Count
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
		c := measure(t, stages, s, records, folder)
		together.Add(c)
	}
	report(t, "together", together)
}

func report(t *testing.T, name string, c gold.Count) {
	t.Helper()
	p, r, f := c.F1()
	t.Logf("%-10s meeting P %5.1f R %5.1f F1 %5.1f  %d/%d of %d", name, p, r, f, c.Hits, c.Predicted, c.Gold)
}

func measure(t *testing.T, stages *gold.Stages, s *event.Stage, records []gold.Record, name string) gold.Count {
	t.Helper()
	var all gold.Count
	for i := range records {
		r := &records[i]
		d, err := stages.Document(r, false)
		if err != nil {
			t.Fatal(err)
		}
		if err := nlp.Run(context.Background(), d, s); err != nil {
			t.Fatal(err)
		}
		found := gold.Meetings(d)
		hits := gold.Match(len(r.Meetings), len(found), func(g, p int) float64 { return gold.MeetingScore(r.Meetings[g], found[p]) })
		all.Add(gold.Count{Hits: len(hits), Predicted: len(found), Gold: len(r.Meetings)})
		if os.Getenv("SHOW") != name || len(found)+len(r.Meetings) == 0 {
			continue
		}
		fmt.Println("##", r.ID, r.Published)
		hitG, hitP := map[int]bool{}, map[int]bool{}
		for _, h := range hits {
			hitG[h.Gold], hitP[h.Predicted] = true, true
		}
		for i, m := range found {
			fmt.Printf("  %v P %s | %s | %s | %v | %s | %s\n", hitP[i], m.Date, m.Name, m.Place, m.Participants, m.State, d.Meetings[i].Made.Rule)
		}
		for i, m := range r.Meetings {
			fmt.Printf("  %v G %s | %s | %s | %v | %s\n", hitG[i], m.Date, m.Name, m.Place, m.Participants, m.State)
		}
		for _, talks := range d.Talks {
			fmt.Print("  T")
			for _, p := range talks.Parties {
				fmt.Print(" ", d.Actors[p].Name)
			}
			fmt.Println(" :", talks.SubjectKey, "/", talks.Subject, talks.Paragraphs)
		}
	}
	report(t, name, all)
	return all
}
