// Command confidence learns from people's records how likely each candidate of a
// position is right, and writes data/position_model.tsv.
//
// In: the records of ../shared/gold/train. Out: the table on standard output, and
// on standard error the reliability table of docs/accuracy.md, measured by folds
// over articles. What always holds: the same records give the same figures.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"maps"
	"math"
	"os"
	"slices"

	"rapporteur/data"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/position"
	"rapporteur/tools/gold"
)

// folds over articles.
const folds = 5

// An item is one article with the candidates of its positions.
type item struct {
	want       []gold.Position
	found      []gold.Position
	candidates []position.Candidate
	right      []bool      // by candidate: some person's position, strictly
	strict     [][]float64 // by person's position and candidate
	loose      [][]float64
}

func main() {
	showMissed := flag.Bool("missed", false, "print people's positions that no candidate is")
	flag.Parse()
	items, err := collect()
	if err != nil {
		log.Fatal(err)
	}
	if *showMissed {
		missed(items)
		return
	}
	held := keptOut(items)
	model := train(items)
	model.Slope, model.Shift = calibrate(held)
	for i := range held {
		for k := range held[i].candidates {
			c := &held[i].candidates[k]
			c.Value = 1 / (1 + math.Exp(-(model.Slope*c.Value + model.Shift)))
		}
	}
	model.Floor, model.Sure = thresholds(held)
	report(held, model)
	write(model)
}

func collect() ([]item, error) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		return nil, err
	}
	stages, err := gold.NewStages(lex)
	if err != nil {
		return nil, err
	}
	s, err := position.New(lex)
	if err != nil {
		return nil, err
	}
	records, err := gold.Load(gold.Folder("train"))
	if err != nil {
		return nil, err
	}
	var out []item
	for i := range records {
		d, err := stages.Document(&records[i], false)
		if err != nil {
			return nil, err
		}
		candidates, err := s.Candidates(context.Background(), d)
		if err != nil {
			return nil, fmt.Errorf("candidates of %s: %w", records[i].ID, err)
		}
		it := item{want: records[i].Positions, candidates: candidates}
		for k := range candidates {
			p := gold.PositionOf(d, &candidates[k].Position)
			it.found = append(it.found, p)
		}
		it.score()
		out = append(out, it)
	}
	return out, nil
}

// score compares each candidate with each of people's positions.
func (it *item) score() {
	it.right = make([]bool, len(it.found))
	for _, g := range it.want {
		strict, loose := make([]float64, len(it.found)), make([]float64, len(it.found))
		for k, p := range it.found {
			if loose[k] = gold.PositionScore(g, p, false); loose[k] > 0 {
				strict[k] = gold.PositionScore(g, p, true)
			}
			it.right[k] = it.right[k] || strict[k] > 0
		}
		it.strict, it.loose = append(it.strict, strict), append(it.loose, loose)
	}
}

// keptOut returns the items with, as Value, the score of each candidate by a model
// that has not seen its article.
func keptOut(items []item) []item {
	out := make([]item, len(items))
	for fold := range folds {
		var seen []item
		for i := range items {
			if i%folds != fold {
				seen = append(seen, items[i])
			}
		}
		model := train(seen)
		for i := fold; i < len(items); i += folds {
			out[i] = items[i]
			out[i].candidates = slices.Clone(items[i].candidates)
			for k := range out[i].candidates {
				out[i].candidates[k].Value = model.Score(out[i].candidates[k].Features)
			}
		}
	}
	return out
}

func write(m *position.Model) {
	fmt.Println("# licence: Apache-2.0")
	fmt.Println("# source: own; weights of a logistic regression over candidates of positions in ../shared/gold/train, made by go run ./tools/confidence; rows with * are settings")
	fmt.Println("# version: 1")
	fmt.Println("feature\tweight")
	for _, s := range m.Settings() {
		fmt.Printf("%s\t%.4f\n", s.Name, s.Value)
	}
	for _, f := range slices.Sorted(maps.Keys(m.Weights)) {
		if w := m.Weights[f]; math.Abs(w) >= least {
			fmt.Printf("%s\t%.3f\n", f, w)
		}
	}
}

// count scores what would be kept of the items at a floor, alone by entries of at
// least sure.
func count(items []item, floor, sure float64) (strict, loose gold.Count) {
	for i := range items {
		var kept []int
		for _, c := range position.Choose(items[i].candidates, floor) {
			if c.Value >= sure {
				kept = append(kept, c.Order)
			}
		}
		it := &items[i]
		exact := gold.Match(len(it.want), len(kept), func(g, p int) float64 { return it.strict[g][kept[p]] })
		anyway := gold.Match(len(it.want), len(kept), func(g, p int) float64 { return it.loose[g][kept[p]] })
		strict.Add(gold.Count{Hits: len(exact), Predicted: len(kept), Gold: len(it.want)})
		loose.Add(gold.Count{Hits: len(anyway), Predicted: len(kept), Gold: len(it.want)})
	}
	return strict, loose
}

// thresholds returns the floor of the best F1, strict and of any stance taken
// together as the strict one is flat near its best, and the least value from which on
// four of five entries are right.
func thresholds(items []item) (floor, sure float64) {
	best := 0.0
	for f := 0.10; f < 0.6; f += 0.02 {
		strict, loose := count(items, f, 0)
		_, _, f1 := strict.F1()
		_, _, f2 := loose.F1()
		if f1+f2 > best {
			best, floor = f1+f2, f
		}
	}
	for sure = floor; sure < 0.95; sure += 0.01 {
		if strict, _ := count(items, floor, sure); 100*strict.Hits >= 80*strict.Predicted {
			break
		}
	}
	return floor, sure
}

func report(items []item, m *position.Model) {
	for _, floor := range []float64{0, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, m.Floor} {
		strict, loose := count(items, floor, 0)
		p, r, f := strict.F1()
		_, r2, f2 := loose.F1()
		fmt.Fprintf(os.Stderr, "floor %.2f  strict P %.1f R %.1f F1 %.1f   any R %.1f F1 %.1f  (%d)\n", floor, p, r, f, r2, f2, strict.Predicted)
	}
	for _, sure := range []float64{0.5, 0.6, 0.7, 0.8, m.Sure} {
		strict, _ := count(items, m.Floor, sure)
		p, r, _ := strict.F1()
		fmt.Fprintf(os.Stderr, "sure %.2f  P %.1f R %.1f (%d)\n", sure, p, r, strict.Predicted)
	}
	fmt.Fprintln(os.Stderr, "\n| confidence | positions | mean confidence | right |\n| --- | --- | --- | --- |")
	for lo := 0.0; lo < 0.99; lo += 0.1 {
		n, sum, hits := 0.0, 0.0, 0.0
		for i := range items {
			for k, c := range items[i].candidates {
				if c.Value >= lo && c.Value < lo+0.1 {
					n++
					sum += c.Value
					if items[i].right[k] {
						hits++
					}
				}
			}
		}
		if n > 0 {
			fmt.Fprintf(os.Stderr, "| %.0f–%.0f %% | %.0f | %.0f %% | %.0f %% |\n", 100*lo, 100*lo+10, n, 100*sum/n, 100*hits/n)
		}
	}
}
