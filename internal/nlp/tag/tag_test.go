package tag

import (
	"bufio"
	"os"
	"path/filepath"
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

// shared returns the path of a file of the data beside the project, or skips.
func shared(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("../../../../shared", name)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing", path)
		}
		t.Skipf("%s is missing: UD English EWT is published at github.com/UniversalDependencies/UD_English-EWT", path)
	}
	return path
}

func TestTag(t *testing.T) {
	s := stage(t)
	for _, c := range []struct{ sentence, xpos, lemmas string }{
		{"The envoy said that talks ended .", "DT NN VBD IN NNS VBD .", "the envoy say that talk end ."},
		{"Tolmark has rejected the offer .", "NNP VBZ VBN DT NN .", "tolmark have reject the offer ."},
		{"They want to sign it .", "PRP VBP TO VB PRP .", "they want to sign it ."},
		{"“ We will not sign , ” said Okafor .", "`` PRP MD RB VB , '' VBD NNP .", "“ we will not sign , ” say okafor ."},
	} {
		var xpos, lemmas []string
		for _, w := range s.Tag(strings.Fields(c.sentence)) {
			xpos, lemmas = append(xpos, w.XPOS), append(lemmas, w.Lemma)
		}
		if got := strings.Join(xpos, " "); got != c.xpos {
			t.Errorf("%s\n got %s\nwant %s", c.sentence, got, c.xpos)
		}
		if got := strings.Join(lemmas, " "); got != c.lemmas {
			t.Errorf("%s\n got %s\nwant %s", c.sentence, got, c.lemmas)
		}
	}
}

// TestDev measures on UD English EWT dev; run with -v to see the figures.
func TestDev(t *testing.T) {
	s := stage(t)
	file, err := os.Open(shared(t, "data/ud-ewt/dev.conllu"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var forms []string
	var rows [][]string
	all, upos, xpos, lemma := 0, 0, 0, 0
	confused := map[string]int{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		cols := strings.Split(lines.Text(), "\t")
		if len(cols) == 10 && !strings.ContainsAny(cols[0], "-.") {
			forms, rows = append(forms, cols[1]), append(rows, cols)
		}
		if lines.Text() != "" {
			continue
		}
		for i, w := range s.Tag(forms) {
			all++
			if string(w.UPOS) == rows[i][3] {
				upos++
			} else {
				confused[rows[i][3]+" as "+string(w.UPOS)]++
			}
			if w.XPOS == rows[i][4] {
				xpos++
			}
			if w.Lemma == strings.ToLower(rows[i][2]) {
				lemma++
			}
		}
		forms, rows = nil, nil
	}
	share := func(n int) float64 { return 100 * float64(n) / float64(all) }
	t.Logf("%d tokens: UPOS %.2f, XPOS %.2f, lemma %.2f", all, share(upos), share(xpos), share(lemma))
	for pair, n := range confused {
		if n > 60 {
			t.Logf("%s: %d", pair, n)
		}
	}
	if share(upos) < 93 {
		t.Errorf("UPOS fell to %.2f", share(upos))
	}
}
