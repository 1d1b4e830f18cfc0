package wordpiece

import (
	"slices"
	"strings"
	"testing"
)

func TestCut(t *testing.T) {
	vocabulary := []string{"[UNK]", "said", "u", ".", "s", "##s", "haus", "##er", "muller", `"`, "-", "e", "mail", "don", "##'"}
	c := New(vocabulary, 0)
	for word, want := range map[string]string{
		"said":                   "said",
		"Said":                   "said",
		"U.S.":                   "u . s .",
		"Häuser":                 "haus ##er",
		"Müllers":                "muller ##s",
		"“":                      `"`,
		"e‑mail":                 "e - mail",
		"zzz":                    "[UNK]",
		"sai":                    "[UNK]",
		"":                       "[UNK]",
		"\u200b":                 "[UNK]",
		strings.Repeat("s", 101): "[UNK]",
	} {
		var got []string
		for _, id := range c.Cut(nil, word) {
			got = append(got, vocabulary[id])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, not %q", word, got, want)
		}
	}
}

func TestShape(t *testing.T) {
	for word, want := range map[string]int32{"": NoShape, "talks": Lower, "Geneva": Title, "I": Title, "NATO": Upper, "U.S.": Upper,
		"iPhone": Mixed, "McKee": Mixed, "2022": Digit, "G7": Digit, "—": Mark, "n't": Lower, "Őry": Title} {
		if got := Shape(word); got != want {
			t.Errorf("%q: %d, not %d", word, got, want)
		}
	}
}

func FuzzCut(f *testing.F) {
	c := New([]string{"[UNK]", "a", "##a", "é"}, 0)
	f.Add("Aa")
	f.Fuzz(func(t *testing.T, word string) {
		got := c.Cut([]int32{7}, word)
		if len(got) < 2 || got[0] != 7 || slices.Min(got) < 0 {
			t.Errorf("%q: %v", word, got)
		}
	})
}
