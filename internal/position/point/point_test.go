package point_test

import (
	"strings"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/position/point"
	"rapporteur/internal/text"
	"rapporteur/tools/gold"
)

// Sentences with the words of a position in brackets; those of one group are about
// one matter, those of different groups are not.
var groups = [][]string{
	{
		"Tolmark rejects [a ceasefire].",
		"Tolmark rejects [the proposal for a new 30-day ceasefire].",
		"Tolmark wants [to end the ceasefire].",
		"Tolmark agreed to [an unconditional truce].",
	},
	{"Tolmark proposed [a ceasefire for the harbours of the north]."},
	{
		"Tolmark opposes [the toll on grain barges].",
		"Tolmark refuses [to accept a toll on grain barges].",
	},
	{
		"Tolmark demands [the withdrawal of all soldiers].",
		"Tolmark promised [to withdraw its troops].",
	},
	{
		"Tolmark wants [to begin peace talks].",
		"Tolmark opposes [further negotiations].",
		"Tolmark supports [the negotiating process].",
	},
	{
		"Tolmark wants [to hold presidential elections].",
		"Tolmark rejects [a presidential election this year].",
	},
}

func TestMatter(t *testing.T) {
	stages, f := house(t)
	group := map[string]int{}
	for i, sentences := range groups {
		first := ""
		for _, s := range sentences {
			a, b := strings.Index(s, "["), strings.Index(s, "]")-1
			d, err := stages.Document(&gold.Record{ID: "x", Published: "2024-05-16", Text: strings.NewReplacer("[", "", "]", "").Replace(s)}, false)
			if err != nil {
				t.Fatal(err)
			}
			k := key(f, d, text.Span{Start: a, End: b})
			if first == "" {
				first = k
			}
			if other, ok := group[k]; k != first || ok && other != i {
				t.Errorf("%s: matter %q, not that of %q", s, k, sentences[0])
			}
			group[k] = i
		}
	}
}

// house returns the stages that read a text, and a finder.
func house(t *testing.T) (*gold.Stages, *point.Finder) {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	stages, err := gold.NewStages(lex)
	if err != nil {
		t.Fatal(err)
	}
	f, err := point.NewFinder(lex)
	if err != nil {
		t.Fatal(err)
	}
	return stages, f
}
