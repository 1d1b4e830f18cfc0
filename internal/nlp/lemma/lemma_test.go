package lemma

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/lexicon"
)

func stage(t testing.TB) *Stage {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(lex)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOf(t *testing.T) {
	s := stage(t)
	for _, c := range []struct{ form, xpos, want string }{
		{"met", "VBD", "meet"}, {"Said", "VBD", "say"}, {"stating", "VBG", "state"}, {"planned", "VBN", "plan"}, {"n’t", "RB", "not"},
		{"denies", "VBZ", "deny"}, {"crises", "NNS", "crisis"}, {"parties", "NNS", "party"}, {"an", "DT", "a"}, {"12,000", "CD", "12000"},
		{"3,40", "CD", "3,40"}, {"better", "JJR", "good"}, {"Tolmark", "NNP", "tolmark"}, {"us", "PRP", "we"}, {"1990's", "NNS", "1990"},
	} {
		if got := s.Of(c.form, c.xpos); got != c.want {
			t.Errorf("%s as %s: %q, not %q", c.form, c.xpos, got, c.want)
		}
	}
}

// TestDev measures on UD English EWT dev with its own tags; run with -v to see it.
func TestDev(t *testing.T) {
	const name = "../../../../shared/data/ud-ewt/dev.conllu"
	file, err := os.Open(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("%s is missing: UD English EWT is published at github.com/UniversalDependencies/UD_English-EWT", name)
	}
	defer file.Close()
	s := stage(t)
	all, right := 0, 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		cols := strings.Split(lines.Text(), "\t")
		if len(cols) != 10 || strings.ContainsAny(cols[0], "-.") {
			continue
		}
		all++
		if s.Of(cols[1], cols[4]) == strings.ToLower(cols[2]) {
			right++
		}
	}
	share := 100 * float64(right) / float64(all)
	t.Logf("%d tokens: %.2f", all, share)
	if share < 98.5 {
		t.Errorf("lemmas fell to %.2f", share)
	}
}

func FuzzOf(f *testing.F) {
	s := stage(f)
	f.Add("’", "VBD")
	f.Add("1,", "CD")
	f.Fuzz(func(_ *testing.T, form, xpos string) {
		if form != "" {
			s.Of(form, xpos)
		}
	})
}
