// Command copies measures how well a record finds copies of articles and of
// quotations.
//
// In: articles of ../shared/data. Out: precision, recall and F1 for each half of a
// set that is made of them anew each time, and, when asked, the pairs that were
// judged wrongly. What always holds: the same articles give the same set; the
// half "tuning" is what rules are tried on, the half "test" only measures; pairs
// are judged by a record into which all articles of the half were put.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"rapporteur/tools/corpus"
)

func main() {
	wrong := flag.String("wrong", "", "list the wrong pairs of this half: tuning or test")
	check := flag.Bool("check", false, "fail when F1 on the test half is below .95 for copies or .90 for quotations")
	flag.Parse()
	if err := run(*wrong, *check); err != nil {
		fmt.Fprintln(os.Stderr, "copies:", err)
		os.Exit(1)
	}
}

func run(wrong string, check bool) error {
	data, err := corpus.Find()
	if err != nil {
		fmt.Println("copies: skipped:", err)
		if os.Getenv("CI") == "true" {
			return err
		}
		return nil
	}
	s, err := makeSet(data)
	if err != nil {
		return err
	}
	low := false
	for _, half := range []string{"tuning", "test"} {
		for _, what := range []struct {
			name  string
			pairs []pair
			judge func(context.Context, []pair) ([]bool, error)
			least float64
		}{{"copies", s.copies[half], judgeCopies, .95}, {"quotations", s.quotes[half], judgeQuotes, .90}} {
			found, err := what.judge(context.Background(), what.pairs)
			if err != nil {
				return err
			}
			f1 := report(half, what.name, what.pairs, found, half == wrong)
			low = low || half == "test" && f1 < what.least
		}
	}
	if low && check {
		return fmt.Errorf("below what is asked for")
	}
	return nil
}

// report prints the figures of a half and returns F1.
func report(half, what string, pairs []pair, found []bool, wrong bool) float64 {
	var hits, misses, false_ int
	kinds := map[string][2]int{}
	var order []string
	for i, p := range pairs {
		k, known := kinds[p.kind]
		if !known {
			order = append(order, p.kind)
		}
		k[1]++
		if found[i] == p.same {
			k[0]++
		} else if wrong {
			fmt.Printf("  %s %s: %s | %s\n", what, p.kind, p.a.head(), p.b.head())
		}
		kinds[p.kind] = k
		switch {
		case found[i] && p.same:
			hits++
		case p.same:
			misses++
		case found[i]:
			false_++
		}
	}
	precision, recall := ratio(hits, hits+false_), ratio(hits, hits+misses)
	f1 := 0.0
	if precision+recall > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	fmt.Printf("%s, %s: %d pairs, precision %.3f, recall %.3f, F1 %.3f\n", what, half, len(pairs), precision, recall, f1)
	for _, kind := range order {
		fmt.Printf("    %-34s %3d of %3d right\n", kind, kinds[kind][0], kinds[kind][1])
	}
	return f1
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
