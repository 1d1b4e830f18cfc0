package main

import (
	"math"
	"slices"

	"rapporteur/internal/position"
)

const (
	penalty = 15   // of a squared weight
	rounds  = 300  // over all candidates
	step    = 0.3  // first step of each weight
	seldom  = 4    // fewest candidates of a feature
	least   = 0.02 // weight that is written
)

// train fits a logistic regression by gradient descent over all candidates at once
// with a step of its own for each weight (Duchi et al. 2011, Adaptive Subgradient
// Methods), in the order of the candidates.
func train(items []item) *position.Model {
	names, rows, right := table(items)
	w, slope := make([]float64, len(names)), make([]float64, len(names))
	grad := make([]float64, len(names))
	for range rounds {
		for k := range grad {
			grad[k] = penalty * w[k]
		}
		for i, row := range rows {
			sum := 0.0
			for _, k := range row {
				sum += w[k]
			}
			e := 1/(1+math.Exp(-sum)) - right[i]
			for _, k := range row {
				grad[k] += e
			}
		}
		for k, g := range grad {
			slope[k] += g * g
			w[k] -= step * g / math.Sqrt(slope[k]+1e-9)
		}
	}
	m := &position.Model{Weights: map[string]float64{}, Slope: 1}
	for k, name := range names {
		m.Weights[name] = math.Round(1000*w[k]) / 1000
	}
	return m
}

// table numbers the features that are not too rare.
func table(items []item) (names []string, rows [][]int, right []float64) {
	times := map[string]int{}
	for i := range items {
		for _, c := range items[i].candidates {
			for _, f := range c.Features {
				times[f]++
			}
		}
	}
	for f, n := range times {
		if n >= seldom {
			names = append(names, f)
		}
	}
	slices.Sort(names)
	number := map[string]int{}
	for k, f := range names {
		number[f] = k
	}
	for i := range items {
		for k, c := range items[i].candidates {
			var row []int
			for _, f := range c.Features {
				if n, ok := number[f]; ok {
					row = append(row, n)
				}
			}
			slices.Sort(row)
			rows = append(rows, slices.Compact(row))
			y := 0.0
			if items[i].right[k] {
				y = 1
			}
			right = append(right, y)
		}
	}
	return names, rows, right
}

// calibrate bends scores of kept-out candidates onto the share of right ones
// (Platt 1999), by Newton's method.
func calibrate(items []item) (slope, shift float64) {
	slope = 1
	for range 50 {
		var ga, gb, haa, hab, hbb float64
		for i := range items {
			for k, c := range items[i].candidates {
				p := 1 / (1 + math.Exp(-(slope*c.Value + shift)))
				e := p
				if items[i].right[k] {
					e = p - 1
				}
				v := p * (1 - p)
				ga += e * c.Value
				gb += e
				haa += v * c.Value * c.Value
				hab += v * c.Value
				hbb += v
			}
		}
		det := haa*hbb - hab*hab
		if det < 1e-9 {
			break
		}
		slope -= (hbb*ga - hab*gb) / det
		shift -= (haa*gb - hab*ga) / det
	}
	return math.Round(1e4*slope) / 1e4, math.Round(1e4*shift) / 1e4
}
