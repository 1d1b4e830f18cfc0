package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"rapporteur/internal/story"
	"rapporteur/tools/corpus"
)

// A side of a pair is an article or a quotation.
type side struct {
	name, outlet, day string
	body              string
	quoted            bool
}

func (t *side) head() string {
	return t.name + " " + fmt.Sprintf("%.160q", t.body)
}

// A pair is two sides and whether they are copies of one text.
type pair struct {
	a, b *side
	same bool
	kind string
}

// A set holds the pairs of both halves.
type set struct{ copies, quotes map[string][]pair }

// Sizes of the set: pairs of each half.
const (
	copiesMade  = 15 // of each way of making a copy
	fewTaken    = 20 // different articles with some words in common
	nearMisses  = 120
	quotesMade  = 20 // of each way of quoting
	otherQuotes = 120
)

func makeSet(data string) (set, error) {
	news, err := corpus.PolNeAR(data)
	if err != nil {
		return set{}, err
	}
	wiki, err := corpus.Wikinews(data)
	if err != nil {
		return set{}, err
	}
	s := set{map[string][]pair{}, map[string][]pair{}}
	halves := map[string][]corpus.Text{}
	for i, t := range append(news, wiki...) {
		if n := t.Words(); n >= 150 && n <= 1600 && len(t.Paragraphs) >= 5 {
			half := [...]string{"tuning", "test"}[i%2]
			halves[half] = append(halves[half], t)
		}
	}
	for i, half := range []string{"tuning", "test"} {
		rng := rand.New(rand.NewPCG(uint64(i+1), 26))
		texts := halves[half]
		made, err := madeCopies(texts, rng)
		if err != nil {
			return set{}, err
		}
		s.copies[half] = append(made, events(texts)...)
		quotes := quotesOf(texts)
		if made, err = madeQuotes(quotes, rng); err != nil {
			return set{}, err
		}
		s.quotes[half] = append(made, otherWords(quotes)...)
	}
	return s, nil
}

func sideOf(t corpus.Text) *side {
	return &side{name: t.Name, outlet: t.Outlet, day: t.Day, body: t.Body()}
}

// madeCopies makes copies of texts in each way in turn.
func madeCopies(texts []corpus.Text, rng *rand.Rand) ([]pair, error) {
	hands, err := newHand(rng)
	if err != nil {
		return nil, err
	}
	order := rng.Perm(len(texts))
	var out []pair
	for i, way := range hands.ways() {
		for k := range copiesMade {
			t := texts[order[i*copiesMade+k]]
			other := texts[order[len(order)-1-k]]
			made := way.make(t, other)
			b := &side{name: fmt.Sprintf("%s copy %d", t.Name, i), outlet: "Another " + t.Outlet, day: t.Day, body: strings.Join(made, "\n\n")}
			out = append(out, pair{sideOf(t), b, true, way.name})
		}
	}
	for k := range fewTaken {
		t, other := texts[order[len(order)-1-k]], texts[order[len(order)-1-fewTaken-k]]
		b := &side{name: other.Name + " quoting", outlet: "Another " + t.Outlet, day: t.Day, body: strings.Join(hands.quoting(t, other), "\n\n")}
		out = append(out, pair{sideOf(t), b, false, "another report with its quotations"})
		t, other = texts[order[k]], texts[order[fewTaken+k]]
		x, y := sideOf(t), sideOf(other)
		for _, s := range []*side{x, y} {
			s.name, s.body = s.name+" of one house", s.body+"\n\n"+boilerplate
		}
		out = append(out, pair{x, y, false, "two articles with the lines of their house"})
	}
	return out, nil
}

// events returns pairs of different articles that are most alike: on one event,
// by two outlets or on two days. Pairs that share more than a third of their runs
// of eight words are left out, since outlets of the corpus do copy each other.
func events(texts []corpus.Text) []pair {
	vectors := vectorsOf(texts)
	type alike struct {
		i, k int
		by   float64
	}
	var all []alike
	for i := range texts {
		for k := range i {
			if by := cosine(vectors[i], vectors[k]); by > .1 && !copied(texts[i], texts[k]) {
				all = append(all, alike{k, i, by})
			}
		}
	}
	slices.SortFunc(all, func(x, y alike) int {
		switch {
		case x.by > y.by:
			return -1
		case x.by < y.by:
			return 1
		}
		return (x.i-y.i)*len(texts) + x.k - y.k
	})
	var out []pair
	used := map[int]int{}
	for _, x := range all {
		if used[x.i] >= 3 || used[x.k] >= 3 || len(out) == nearMisses {
			continue
		}
		used[x.i]++
		used[x.k]++
		out = append(out, pair{sideOf(texts[x.i]), sideOf(texts[x.k]), false, "two articles on one event"})
	}
	return out
}

func copied(a, b corpus.Text) bool {
	const width = 8
	grams := func(t corpus.Text) map[string]bool {
		words := story.Words(t.Body(), 0)
		out := map[string]bool{}
		for i := 0; i+width <= len(words); i++ {
			key := ""
			for _, w := range words[i : i+width] {
				key += w.Form + " "
			}
			out[key] = true
		}
		return out
	}
	x, y := grams(a), grams(b)
	shared := 0
	for g := range x {
		if y[g] {
			shared++
		}
	}
	return 3*shared > min(len(x), len(y))
}

func vectorsOf(texts []corpus.Text) []map[string]float64 {
	in := map[string]int{}
	out := make([]map[string]float64, len(texts))
	for i, t := range texts {
		out[i] = map[string]float64{}
		for _, w := range story.Words(t.Title+" "+t.Body(), 0) {
			out[i][w.Form]++
		}
		for w := range out[i] {
			in[w]++
		}
	}
	for _, v := range out {
		sum := 0.0
		words := make([]string, 0, len(v))
		for w := range v {
			words = append(words, w)
		}
		slices.Sort(words) // sums of floats hang on their order
		for _, w := range words {
			v[w] = (1 + math.Log(v[w])) * math.Log(float64(len(texts))/float64(in[w]))
			sum += v[w] * v[w]
		}
		for w := range v {
			v[w] /= math.Sqrt(sum)
		}
	}
	return out
}

func cosine(a, b map[string]float64) float64 {
	if len(b) < len(a) {
		a, b = b, a
	}
	words := make([]string, 0, len(a))
	for w := range a {
		if b[w] != 0 {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	sum := 0.0
	for _, w := range words {
		sum += a[w] * b[w]
	}
	return sum
}
