package position_test

import (
	"testing"

	"rapporteur/data"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/weights"
)

// The model adds up vectors of the engine: with other weights of the engine it must
// be learned anew (go run ./tools/confidence, tools/confidence/learn.py).
func TestModelIsOfTheseWeights(t *testing.T) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	table, err := lex.Table("position_model")
	if err != nil {
		t.Fatal(err)
	}
	file, err := weights.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if got := table.Rows[0].Get("name"); got != "weights "+file.Digest {
		t.Errorf("position_model.tsv is of %q, the engine's weights are %s", got, file.Digest)
	}
}
