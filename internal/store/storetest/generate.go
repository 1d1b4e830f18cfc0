package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"rapporteur/internal/record"
)

var (
	states  = []string{"Arvenia", "Borland", "Cestria", "Dorvale", "Estmark", "Fenwick"}
	towns   = []string{"Halm", "Ostra", "Perrin", "Quay"}
	matters = []string{"harbour toll", "river water", "prisoner exchange", "border posts", "grain transit", "observer mission", "fishing quota", "rail link"}
	stances = []string{"demands", "rejects", "supports", "accepts"}
	filler  = strings.Fields("delegation evening table session draft annex minister harbour council spokesman journalists building corridor statement long short careful public private answer question week office reply text map line clause signature witness translator protocol agenda lunch door car hotel square bridge")
)

// Generate makes n readings of invented articles that name the same actors, hold
// the same meetings and papers and stand on the same points, so that much joins.
// Every eighth is a copy of another. Days fall within span days; each article
// has at least quotes statements.
func Generate(seed uint64, n, span, quotes int) []*record.Reading {
	out := make([]*record.Reading, 0, n)
	rng := rand.New(rand.NewPCG(seed, 1))
	begin := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		source := rng
		if i%8 == 7 { // a copy: what is random in it is what was random before
			source = rand.New(rand.NewPCG(seed+uint64(i/16), 2))
		}
		day := begin.AddDate(0, 0, rng.IntN(span))
		out = append(out, generated(source, fmt.Sprintf("g%d-%06d", seed, i), day, fmt.Sprintf("Outlet %d", rng.IntN(9)), quotes))
	}
	return out
}

func generated(rng *rand.Rand, id string, day time.Time, outlet string, least int) *record.Reading {
	a := rng.IntN(len(states))
	b := (a + 1 + rng.IntN(len(states)-1)) % len(states)
	if a > b {
		a, b = b, a
	}
	first, second, matter, town := states[a], states[b], matters[rng.IntN(len(matters))], towns[rng.IntN(len(towns))]
	keyA, keyB := "state:"+first, "state:"+second
	envoy := fmt.Sprintf("Envoy%c%d Lund", 'A'+rune(a), rng.IntN(5))
	meeting := day.AddDate(0, 0, -rng.IntN(2)).Format(time.DateOnly)
	stance, count := stances[rng.IntN(len(stances))], least+rng.IntN(4)
	paragraphs := []string{
		fmt.Sprintf("%s and %s held talks on the %s in %s, and %s spoke for %s afterwards.", first, second, matter, town, envoy, first),
		fmt.Sprintf("%s %s an end of the %s. %s sees it otherwise and rejects the %s clause of the %s paper.", first, stance, matter, second, matter, matter),
		"The talks are deadlocked, two diplomats said.",
	}
	var quotes []string
	for range count {
		words := make([]string, 9+rng.IntN(9))
		for k := range words {
			words[k] = filler[rng.IntN(len(filler))]
		}
		quotes = append(quotes, "our "+strings.Join(words, " "))
		paragraphs = append(paragraphs, fmt.Sprintf("“%s,” said %s.", quotes[len(quotes)-1], envoy))
	}
	key := keyA + "|" + keyB + "|" + matter
	d := Article(id, day.Format(time.DateOnly), outlet, "Talks on the "+matter, paragraphs...).
		Actor(keyA, first, "state", "", "").Actor(keyB, second, "state", "", "").
		Actor("person:"+strings.ToLower(envoy), envoy, "person", "Envoy", keyA, strings.Fields(envoy)[0]).
		Talks(key, first+" · "+second+": "+matter, matter, "held talks", keyA, keyB)
	for _, q := range quotes {
		d.Says(key, "person:"+strings.ToLower(envoy), keyA, q)
	}
	d.Wants(key, keyA, matter, "an end of the "+matter, stance, "").
		Wants(key, keyB, matter+" clause", "the "+matter+" clause", "rejects", keyA).
		Moves(key, keyA, "demand", "an end", "an end of the "+matter).
		Meets(key, "talks in "+town, meeting, town, "held", "held talks", keyA, keyB).
		Paper(key, "draft", matter+" paper", keyB, "rejected", "").
		Stands(key, "deadlocked", "article", "The talks are deadlocked").
		Expects(key, keyA, "an end of the "+matter, day.AddDate(0, 0, 7).Format(time.DateOnly), count%2 == 0, matter)
	return d.Reading()
}
