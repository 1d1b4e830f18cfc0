package main

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"rapporteur/internal/story"
	"rapporteur/tools/corpus"
)

var inMarks = regexp.MustCompile(`“([^“”]{40,600})”`)

// A saying is a quotation in an article.
type saying struct {
	corpus.Text
	words []string
}

// quotesOf returns what stands in quotation marks, nine words and more, no two
// with the same words.
func quotesOf(texts []corpus.Text) []saying {
	var out []saying
	known := map[string]bool{}
	for _, t := range texts {
		for _, m := range inMarks.FindAllStringSubmatch(t.Body(), -1) {
			words := strings.Fields(m[1])
			if plain := story.Plain(m[1]); len(words) >= 9 && !known[plain] {
				known[plain] = true
				out = append(out, saying{t, words})
			}
		}
	}
	return out
}

type quoting struct {
	name string
	make func(h *hand, words []string) []string
}

var quotings = []quoting{
	{"end cut", func(h *hand, w []string) []string { return w[:5+h.rng.IntN(len(w)-6)] }},
	{"begin cut", func(h *hand, w []string) []string { return w[1+h.rng.IntN(len(w)-6):] }},
	{"elided in the midst", func(h *hand, w []string) []string {
		n := len(w)
		gap := 2 + h.rng.IntN(n/3)
		at := 3 + h.rng.IntN(max(1, n-gap-5))
		return slices.Concat(w[:at], []string{[]string{"…", "[...]", "<...>", "..."}[h.rng.IntN(4)]}, w[at+gap:])
	}},
	{"other marks", func(h *hand, w []string) []string {
		return remarked([]string{strings.ReplaceAll(strings.Join(w, " "), ",", " –")})
	}},
	{"a word changed", func(h *hand, w []string) []string {
		out := slices.Clone(w)
		out[2+h.rng.IntN(len(w)-4)] = "something"
		return out
	}},
	{"reworded in places", func(h *hand, w []string) []string { return h.reworded([]string{strings.Join(w, " ")}, .7) }},
	{"words put in by the editor", func(h *hand, w []string) []string {
		at := 3 + h.rng.IntN(len(w)-5)
		return slices.Concat(w[:at], []string{"[the", "proposals", "of", "last", "week]"}, w[at:])
	}},
	{"cut and elided", func(h *hand, w []string) []string {
		kept := w[:max(8, 2*len(w)/3)]
		at := len(kept)/2 - 1
		return slices.Concat(kept[:at], []string{"…"}, kept[at+2:])
	}},
}

func madeQuotes(quotes []saying, rng *rand.Rand) ([]pair, error) {
	hands, err := newHand(rng)
	if err != nil {
		return nil, err
	}
	order := rng.Perm(len(quotes))
	var out []pair
	for i, way := range quotings {
		for k := range quotesMade {
			q := quotes[order[i*quotesMade+k]]
			a, b := q.side("said"), q.side("quoted")
			b.body = strings.Join(way.make(hands, q.words), " ")
			if rng.IntN(2) == 0 { // either may be the one that is looked for
				a, b = b, a
			}
			out = append(out, pair{a, b, true, way.name})
		}
	}
	return out, nil
}

func (q saying) side(what string) *side {
	body := strings.Join(q.words, " ")
	return &side{name: fmt.Sprintf("%s %s %s", q.Name, what, story.Plain(body)), outlet: q.Outlet, day: q.Day, body: body, quoted: true}
}

// otherWords returns pairs of different quotations with the most words in common.
// Pairs of which one holds half of the other in a row are left out: speakers
// repeat themselves, and outlets quote what others quote.
func otherWords(quotes []saying) []pair {
	type alike struct {
		i, k int
		by   float64
	}
	var all []alike
	sets := make([]map[string]bool, len(quotes))
	for i, q := range quotes {
		sets[i] = map[string]bool{}
		for _, w := range story.Words(strings.Join(q.words, " "), 0) {
			sets[i][w.Form] = true
		}
	}
	for i := range quotes {
		for k := range i {
			shared := 0
			for w := range sets[i] {
				if sets[k][w] {
					shared++
				}
			}
			if by := float64(shared) / float64(min(len(sets[i]), len(sets[k]))); by >= .4 && !holds(quotes[i].words, quotes[k].words) {
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
		return (x.i-y.i)*len(quotes) + x.k - y.k
	})
	var out []pair
	used := map[int]int{}
	for _, x := range all {
		if used[x.i] >= 2 || used[x.k] >= 2 || len(out) == otherQuotes {
			continue
		}
		used[x.i]++
		used[x.k]++
		out = append(out, pair{quotes[x.i].side("said"), quotes[x.k].side("said"), false, "other words of like matter"})
	}
	return out
}

// holds reports whether half of the shorter quotation stands in the other in a row.
func holds(a, b []string) bool {
	if len(b) < len(a) {
		a, b = b, a
	}
	whole := " " + story.Plain(strings.Join(b, " ")) + " "
	words := strings.Fields(story.Plain(strings.Join(a, " ")))
	n := (len(words) + 1) / 2
	for i := 0; i+n <= len(words); i++ {
		if strings.Contains(whole, " "+strings.Join(words[i:i+n], " ")+" ") {
			return true
		}
	}
	return false
}
