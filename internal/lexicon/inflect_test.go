package lexicon_test

import (
	"slices"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/lexicon"
)

func TestBases(t *testing.T) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	in, err := lexicon.NewInflections(lex)
	if err != nil {
		t.Fatal(err)
	}
	for word, base := range map[string]string{
		"urged": "urge", "stopped": "stop", "banning": "ban", "denies": "deny", "denied": "deny", "parties": "party", "talks": "talk",
		"fled": "flee", "sought": "seek", "withdrawn": "withdraw", "sanctions": "sanction", "clashes": "clash", "releases": "release", "pass": "pass",
	} {
		if got := in.Bases(word); !slices.Contains(got, base) {
			t.Errorf("bases of %q are %q, without %q", word, got, base)
		}
	}
}
