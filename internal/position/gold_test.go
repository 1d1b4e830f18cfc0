package position_test

import (
	"context"
	"fmt"
	"os"
	"sort"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/position"
	"rapporteur/tools/gold"
)

// TestGold prints how many positions of people's records the stage finds, with
// statements of the records and with those of the stages before it.
func TestGold(t *testing.T) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	stages, err := gold.NewStages(lex)
	if err != nil {
		t.Fatal(err)
	}
	s, err := position.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	dir := gold.Folder("dev")
	if dir == "" {
		skip(t)
	}
	records, err := gold.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, told := range []bool{true, false} {
		measure(t, stages, s, records, fmt.Sprintf("dev told=%v", told), told)
	}
}

func skip(t *testing.T) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal("no ../shared/gold: put the gold records beside the project")
	}
	t.Skip("no ../shared/gold: put the gold records beside the project")
}

func measure(t *testing.T, stages *gold.Stages, s *position.Stage, records []gold.Record, name string, told bool) {
	t.Helper()
	var strict, loose gold.Count
	rules := map[string]*gold.Count{}
	for i := range records {
		r := &records[i]
		d, err := stages.Document(r, told)
		if err != nil {
			t.Fatal(err)
		}
		if err := nlp.Run(context.Background(), d, s); err != nil {
			t.Fatal(err)
		}
		found := gold.Positions(d)
		exact := gold.Match(len(r.Positions), len(found), func(g, p int) float64 { return gold.PositionScore(r.Positions[g], found[p], true) })
		any := gold.Match(len(r.Positions), len(found), func(g, p int) float64 { return gold.PositionScore(r.Positions[g], found[p], false) })
		strict.Add(gold.Count{Hits: len(exact), Predicted: len(found), Gold: len(r.Positions)})
		loose.Add(gold.Count{Hits: len(any), Predicted: len(found), Gold: len(r.Positions)})
		tally(rules, d, any, exact)
		if os.Getenv("SHOW") == r.ID {
			show(t, d, r, found, any)
		}
	}
	for _, c := range []struct {
		what string
		gold.Count
	}{{"position", strict}, {"any stance", loose}} {
		p, r, f := c.F1()
		t.Logf("%-18s %-10s P %5.1f R %5.1f F1 %5.1f  %d/%d of %d", name, c.what, p, r, f, c.Hits, c.Predicted, c.Gold)
	}
	if os.Getenv("RULES") == name {
		var keys []string
		for k := range rules {
			keys = append(keys, k)
		}
		sort.Slice(keys, func(i, j int) bool { return rules[keys[i]].Predicted > rules[keys[j]].Predicted })
		for _, k := range keys {
			c := rules[k]
			fmt.Printf("%4d %4d %4d %5.2f %s\n", c.Predicted, c.Hits, c.Gold, float64(c.Hits)/float64(c.Predicted), k)
		}
	}
}

// tally counts hits (any stance) and, in Gold, strict hits, by rule.
func tally(rules map[string]*gold.Count, d *document.Doc, any, exact []gold.Pair) {
	for i := range d.Positions {
		k := d.Positions[i].Made.Rule
		if rules[k] == nil {
			rules[k] = &gold.Count{}
		}
		rules[k].Predicted++
		for _, m := range any {
			if m.Predicted == i {
				rules[k].Hits++
			}
		}
		for _, m := range exact {
			if m.Predicted == i {
				rules[k].Gold++
			}
		}
	}
}

func show(t *testing.T, d *document.Doc, r *gold.Record, found []gold.Position, any []gold.Pair) {
	t.Helper()
	hitG, hitP := map[int]bool{}, map[int]bool{}
	for _, m := range any {
		hitG[m.Gold], hitP[m.Predicted] = true, true
	}
	fmt.Println(r.Text)
	for i, p := range found {
		fmt.Printf("%v P %s %s own=%v by %s [%s] (%s) %s\n", hitP[i], p.Holder, p.Stance, p.Own, p.AssertedBy, p.Mention, p.Point, d.Positions[i].Made.Rule)
	}
	for i, p := range r.Positions {
		fmt.Printf("%v G %s %s own=%v by %s [%s] (%s)\n", hitG[i], p.Holder, p.Stance, p.Own, p.AssertedBy, p.Mention, p.Point)
	}
}

func fuzzStages(t testing.TB) (*gold.Stages, *position.Stage) {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	stages, err := gold.NewStages(lex)
	if err != nil {
		t.Fatal(err)
	}
	s, err := position.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	return stages, s
}
