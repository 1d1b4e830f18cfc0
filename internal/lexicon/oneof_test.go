package lexicon_test

import (
	"testing"

	"rapporteur/internal/lexicon"
)

func TestOneOf(t *testing.T) {
	for _, c := range []struct {
		word, list string
		want       bool
	}{
		{"toll", "toll dam", true}, {"dam", "toll dam", true}, {"to", "toll dam to", true}, {"to", "toll dam", false}, {"", "toll", false}, {"toll", "", false}, {"ll", "toll", false},
	} {
		if got := lexicon.OneOf(c.word, c.list); got != c.want {
			t.Errorf("%q in %q: %v", c.word, c.list, got)
		}
	}
}
