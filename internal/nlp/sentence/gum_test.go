package sentence

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGUM measures where sentences start on the news documents of GUM; run with -v to
// see the figures. The text is rebuilt from the tokens, a paragraph a line.
func TestGUM(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/data/gum/clean/GUM_news_*.conllu")
	if len(files) == 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("../shared/data/gum is missing")
		}
		t.Skip("../shared/data/gum is missing: GUM is published at github.com/amir-zeldes/gum")
	}
	s := stage(t)
	hit, got, gold := 0, 0, 0
	for _, file := range files {
		body, starts := rebuild(t, file)
		for _, sentence := range read(t, s, body).Sentences {
			got++
			if starts[sentence.Span.Start] {
				hit++
			}
		}
		gold += len(starts)
	}
	p, r := float64(hit)/float64(got), float64(hit)/float64(gold)
	f1 := 100 * 2 * p * r / (p + r)
	t.Logf("%d documents: precision %.1f, recall %.1f, F1 %.1f", len(files), 100*p, 100*r, f1)
	if f1 < 95 {
		t.Errorf("F1 fell to %.1f", f1)
	}
}

// rebuild returns the text of a CoNLL-U file and the offsets at which sentences start.
func rebuild(t *testing.T, file string) (string, map[int]bool) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	starts := map[int]bool{}
	for block := range strings.SplitSeq(string(raw), "\n\n") {
		for line := range strings.SplitSeq(block, "\n") {
			if strings.HasPrefix(line, "# newpar") && b.Len() > 0 {
				b.WriteString("\n")
			}
			if words, ok := strings.CutPrefix(line, "# text = "); ok {
				if b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
					b.WriteByte(' ')
				}
				start := b.Len()
				starts[start] = true
				b.WriteString(words)
			}
		}
	}
	return b.String(), starts
}
