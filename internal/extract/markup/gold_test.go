package markup

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// shared returns a folder beside the project, or skips the test.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir, _ := os.Getwd()
	for ; dir != "/"; dir = filepath.Dir(dir) {
		path := filepath.Join(dir, "shared", name)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("../shared/%s is missing", name)
	}
	t.Skipf("../shared/%s is missing: this test measures on it", name)
	return ""
}

// shingles counts the runs of four words of a text, as the benchmark does.
func shingles(s string) map[string]int {
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
	counts := map[string]int{}
	for i := 0; i+4 <= len(words); i++ {
		counts[strings.Join(words[i:i+4], " ")]++
	}
	if len(words) > 0 && len(words) < 4 {
		counts[strings.Join(words, " ")]++
	}
	return counts
}

func score(got, want string) (p, r, f float64) {
	g, w := shingles(got), shingles(want)
	var hit, ng, nw int
	for s, n := range g {
		ng += n
		hit += min(n, w[s])
	}
	for _, n := range w {
		nw += n
	}
	if ng == 0 || nw == 0 {
		if ng == nw {
			return 1, 1, 1
		}
		return 0, 0, 0
	}
	p, r = float64(hit)/float64(ng), float64(hit)/float64(nw)
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return p, r, f
}

func TestGoldMainText(t *testing.T) {
	folder := shared(t, "data/html/scrapinghub")
	raw, err := os.ReadFile(filepath.Join(folder, "ground-truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold map[string]struct{ ArticleBody, URL string }
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}
	var sum, own, n float64
	for id, want := range gold {
		file, err := os.Open(filepath.Join(folder, "html", id+".html.gz"))
		if err != nil {
			t.Fatal(err)
		}
		unpacked, _ := gzip.NewReader(file)
		content, _ := io.ReadAll(unpacked)
		file.Close()
		source := string(content)
		page := Walk(source)
		main, err := page.Main(context.Background(), source)
		if err != nil {
			t.Errorf("%s: %v", id, err)
		}
		var text []string
		for _, p := range main.Paragraphs {
			text = append(text, p.Text())
		}
		raw := ""
		if x, err := page.extract(context.Background(), source); err == nil {
			raw = strings.Join(blocksOf(x.ContentNode), "\n")
		}
		p, r, f := score(strings.Join(text, "\n"), want.ArticleBody)
		_, _, f0 := score(raw, want.ArticleBody)
		sum += f
		own += f0
		n++
		if f < 0.93 || f < f0-0.005 {
			t.Logf("%s p %.3f r %.3f f %.3f, trafilatura alone %.3f %s", id[:8], p, r, f, f0, want.URL)
		}
	}
	t.Logf("mean F1 %.4f on %.0f pages; trafilatura alone %.4f", sum/n, n, own/n)
}
