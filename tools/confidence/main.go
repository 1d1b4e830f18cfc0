// Command confidence measures on people's records how far each rule of a stage can
// be trusted, and writes data/confidence.tsv.
//
// In: the records of ../shared/gold/train. Out: the table on standard output, and
// on standard error what a fivefold cross-validation says of each floor.
package main

import (
	"context"
	"fmt"
	"log"
	"maps"
	"os"
	"slices"
	"strings"

	"rapporteur/data"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/position"
	"rapporteur/tools/gold"
)

// A claim is one position that a rule made.
type claim struct {
	rule        string
	strict, any bool
}

// weight of the prior in positions.
const weight = 4

func main() {
	records, claims, err := collect()
	if err != nil {
		log.Fatal(err)
	}
	validate(records, claims)
	table := estimate(slices.Concat(claims...))
	fmt.Println("# licence: Apache-2.0")
	fmt.Println("# source: own; share of positions of each rule (cue|voice) that people marked too, smoothed, in ../shared/gold/train; made by go run ./tools/confidence")
	fmt.Println("# version: 1")
	fmt.Println("rule\tvalue")
	for _, rule := range slices.Sorted(maps.Keys(table)) {
		fmt.Printf("%s\t%.3f\n", rule, table[rule])
	}
}

func collect() ([]gold.Record, [][]claim, error) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		return nil, nil, err
	}
	stages, err := gold.NewStages(lex)
	if err != nil {
		return nil, nil, err
	}
	s, err := position.NewOpen(lex)
	if err != nil {
		return nil, nil, err
	}
	records, err := gold.Load(gold.Folder("train"))
	if err != nil {
		return nil, nil, err
	}
	var out [][]claim
	for i := range records {
		d, err := stages.Document(&records[i], false)
		if err != nil {
			return nil, nil, err
		}
		if err := nlp.Run(context.Background(), d, s); err != nil {
			return nil, nil, err
		}
		found, want := gold.Positions(d), records[i].Positions
		list := make([]claim, len(found))
		for k := range d.Positions {
			list[k].rule = d.Positions[k].Made.Rule
		}
		for _, m := range gold.Match(len(want), len(found), func(g, p int) float64 { return gold.PositionScore(want[g], found[p], true) }) {
			list[m.Predicted].strict = true
		}
		for _, m := range gold.Match(len(want), len(found), func(g, p int) float64 { return gold.PositionScore(want[g], found[p], false) }) {
			list[m.Predicted].any = true
		}
		out = append(out, list)
	}
	return records, out, nil
}

// estimate gives each rule, each cue and each voice its smoothed share of right
// claims.
func estimate(claims []claim) map[string]float64 {
	hits, all := map[string]float64{}, map[string]float64{}
	for _, c := range claims {
		cue, voice, _ := strings.Cut(c.rule, "|")
		for _, key := range []string{c.rule, cue + "|", "|" + voice, "*"} {
			all[key]++
			if c.strict {
				hits[key]++
			}
		}
	}
	base := hits["*"] / all["*"]
	out := map[string]float64{"*": base}
	for key := range all {
		if strings.HasPrefix(key, "|") || strings.HasSuffix(key, "|") {
			out[key] = (hits[key] + weight*base) / (all[key] + weight)
		}
	}
	for key := range all {
		cue, voice, found := strings.Cut(key, "|")
		if !found || cue == "" || voice == "" || all[key] < 2 {
			continue
		}
		prior := min(0.95, out[cue+"|"]*out["|"+voice]/base)
		out[key] = (hits[key] + weight*prior) / (all[key] + weight)
	}
	return out
}

func trust(table map[string]float64, rule string) float64 {
	if v, ok := table[rule]; ok {
		return v
	}
	cue, voice, _ := strings.Cut(rule, "|")
	c, okC := table[cue+"|"]
	v, okV := table["|"+voice]
	switch {
	case okC && okV:
		return min(0.95, c*v/table["*"])
	case okC:
		return c
	case okV:
		return v
	}
	return table["*"]
}

// validate prints, for several floors, what is found in folds that the table has
// not seen.
func validate(records []gold.Record, claims [][]claim) {
	for _, floor := range []float64{0, 0.08, 0.1, 0.12, 0.15, 0.18, 0.2, 0.25, 0.3, 0.5, 0.6, 0.7, 0.8} {
		var strict, loose gold.Count
		for fold := range 5 {
			var seen []claim
			for i := range claims {
				if i%5 != fold {
					seen = append(seen, claims[i]...)
				}
			}
			table := estimate(seen)
			for i := fold; i < len(claims); i += 5 {
				strict.Gold += len(records[i].Positions)
				loose.Gold += len(records[i].Positions)
				for _, c := range claims[i] {
					if trust(table, c.rule) < floor {
						continue
					}
					strict.Predicted++
					loose.Predicted++
					if c.strict {
						strict.Hits++
					}
					if c.any {
						loose.Hits++
					}
				}
			}
		}
		p, r, f := strict.F1()
		p2, r2, f2 := loose.F1()
		fmt.Fprintf(os.Stderr, "floor %.2f  strict P %.1f R %.1f F1 %.1f   any P %.1f R %.1f F1 %.1f  (%d)\n", floor, p, r, f, p2, r2, f2, strict.Predicted)
	}
}
