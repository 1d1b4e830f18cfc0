package extract

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode"

	"rapporteur/internal/article"
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

// score returns precision, recall and F1 of the shingles of a text.
func score(got, want string) (p, r, f float64) {
	g, w := shingles(got), shingles(want)
	var hit, ng, nw float64
	for s, n := range g {
		ng += float64(n)
		hit += float64(min(n, w[s]))
	}
	for _, n := range w {
		nw += float64(n)
	}
	switch {
	case ng == 0 && nw == 0:
		return 1, 1, 1
	case hit == 0:
		return 0, 0, 0
	}
	p, r = hit/ng, hit/nw
	return p, r, 2 * p * r / (p + r)
}

// goldPage is what the benchmark knows of a page.
type goldPage struct {
	ID, ArticleBody, URL string
	html                 []byte
}

func goldPages(t *testing.T) []goldPage {
	folder := shared(t, "data/html/scrapinghub")
	raw, err := os.ReadFile(filepath.Join(folder, "ground-truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold map[string]goldPage
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}
	var list []goldPage
	for id, page := range gold {
		file, err := os.Open(filepath.Join(folder, "html", id+".html.gz"))
		if err != nil {
			t.Fatal(err)
		}
		unpacked, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		page.ID = id
		if page.html, err = io.ReadAll(unpacked); err != nil {
			t.Fatal(err)
		}
		file.Close()
		list = append(list, page)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].ID < list[j].ID })
	return list
}

// TestGoldMainText measures the main text on the pages of the benchmark.
func TestGoldMainText(t *testing.T) {
	pages := goldPages(t)
	x := extractor(t, Options{})
	var sum float64
	var dated, titled, placed, shaped int
	begin := time.Now()
	for _, page := range pages {
		a, err := x.Article(context.Background(), article.Page{Path: page.ID + ".html", Type: article.HTML, Bytes: page.html})
		if err != nil {
			t.Errorf("%s: %v", page.ID[:8], err)
			continue
		}
		p, r, f := score(a.BodyText(), page.ArticleBody)
		sum += f
		if !a.Published.IsZero() {
			dated++
		}
		if a.Title != "" {
			titled++
		}
		if a.Outlet != "" {
			placed++
		}
		if a.Kind != "" {
			t.Logf("%s is a %s: %s", page.ID[:8], a.Kind, page.URL)
			shaped++
		}
		if f < 0.93 {
			t.Logf("%s p %.3f r %.3f f %.3f %s", page.ID[:8], p, r, f, page.URL)
		}
		if os.Getenv("SHOW") != "" {
			t.Logf("%s %s | %s | %s | %s | %s | %s", page.ID[:8], a.Published, a.PublishedAt.Format(time.RFC3339), a.Language, a.Outlet, a.Title, page.URL)
		}
		if s := os.Getenv("PAGE"); s != "" && strings.HasPrefix(page.ID, s) {
			t.Logf("%s\n=====\n%s", a.Text, page.ArticleBody)
		}
	}
	n := len(pages)
	mean := sum / float64(n)
	t.Logf("main text: mean F1 %.4f on %d pages, %.0f pages/s; %d with a day, %d with a title, %d with an outlet", mean, n, float64(n)/time.Since(begin).Seconds(), dated, titled, placed)
	if shaped > n/50 {
		t.Errorf("%d of %d articles are taken for something else", shaped, n)
	}
	if mean < 0.955 {
		t.Errorf("mean F1 %.4f is below 0.955", mean)
	}
}
