package event_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/document"
	"rapporteur/internal/event"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/tools/gold"
)

// figures are what the meetings of some records come to.
type figures struct {
	all, sure gold.Count
	tallies   map[string]gold.Count // rows of data/meeting_sure.tsv
}

// TestGold prints how many meetings of people's records the stage finds, in
// gold/train, gold/dev and both together, and the rows of data/meeting_sure.tsv that
// gold/train gives.
func TestGold(t *testing.T) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	stages, err := gold.NewStages(lex)
	if err != nil {
		t.Fatal(err)
	}
	s, err := event.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	together := figures{tallies: map[string]gold.Count{}}
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
		f := figures{tallies: map[string]gold.Count{}}
		for i := range records {
			d, err := stages.Document(&records[i], false)
			if err != nil {
				t.Fatal(err)
			}
			if err := nlp.Run(context.Background(), d, s); err != nil {
				t.Fatal(err)
			}
			f.add(d, &records[i], os.Getenv("SHOW") == folder)
		}
		f.report(t, folder)
		together.all.Add(f.all)
		together.sure.Add(f.sure)
		for _, row := range slices.Sorted(maps.Keys(f.tallies)) {
			if folder == "train" {
				t.Logf("%s\t%d\t%d", row, f.tallies[row].Hits, f.tallies[row].Predicted)
			}
		}
	}
	together.report(t, "together")
}

func (f *figures) report(t *testing.T, name string) {
	t.Helper()
	for _, part := range []struct {
		name string
		c    gold.Count
	}{{name, f.all}, {name + ", sure", f.sure}} {
		p, r, f1 := part.c.F1()
		t.Logf("%-15s meeting P %5.1f R %5.1f F1 %5.1f  %d/%d of %d", part.name, p, r, f1, part.c.Hits, part.c.Predicted, part.c.Gold)
	}
}

// add scores one document; with show it prints what was found and what was not.
func (f *figures) add(d *document.Doc, r *gold.Record, show bool) {
	found := gold.Meetings(d)
	right, known := map[int]bool{}, map[int]bool{}
	for _, h := range gold.Match(len(r.Meetings), len(found), func(g, p int) float64 { return gold.MeetingScore(r.Meetings[g], found[p]) }) {
		right[h.Predicted], known[h.Gold] = true, true
	}
	f.all.Add(gold.Count{Hits: len(right), Predicted: len(found), Gold: len(r.Meetings)})
	f.sure.Add(gold.Count{Gold: len(r.Meetings)})
	for i := range d.Meetings {
		m := &d.Meetings[i]
		one := gold.Count{Predicted: 1}
		if right[i] {
			one.Hits = 1
		}
		if !m.Sure.Likely {
			f.sure.Add(one)
		}
		day := "unknown"
		if m.When.IsKnown() {
			day = "known"
		}
		for _, format := range []string{m.Format, "*"} {
			row := f.tallies[format+"\t"+day]
			row.Add(one)
			f.tallies[format+"\t"+day] = row
		}
		if show {
			fmt.Printf("%v P %s | %s | %s | %s | %v | %s | %s\n", right[i], r.ID, found[i].Date, found[i].Name, found[i].Place, found[i].Participants, found[i].State, m.Made.Rule)
		}
	}
	for i, m := range r.Meetings {
		if show {
			fmt.Printf("%v G %s | %s | %s | %s | %v | %s\n", known[i], r.ID, m.Date, m.Name, m.Place, m.Participants, m.State)
		}
	}
}
