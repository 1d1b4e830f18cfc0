package quote

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/grammar"
	"rapporteur/internal/nlp/names"
	"rapporteur/internal/nlp/times"
	"rapporteur/internal/text"
)

// goldStatement is a statement of the gold records.
type goldStatement struct {
	Content []string
	Source  *string
	Cue     *string
	Form    string
}

// house is the chain of stages before statements, built once a test.
type house struct{ stages []nlp.Stage }

func newHouse(t testing.TB) *house {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	before, err := grammar.Embedded(lex)
	if err != nil {
		t.Fatal(err)
	}
	marks, err := NewMarks(lex)
	if err != nil {
		t.Fatal(err)
	}
	quotes, err := New(lex)
	if err != nil {
		t.Fatal(err)
	}
	days, err := times.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	mentions, err := names.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	return &house{append(before, marks, days, mentions, quotes)}
}

func (h *house) read(t testing.TB, body, title string) *document.Doc {
	t.Helper()
	a := &article.Article{Text: body, Title: title}
	if title != "" && strings.HasPrefix(body, title) {
		a.Body = text.Span{Start: len(title), End: len(body)}
	}
	d := document.New(a)
	if err := nlp.Run(context.Background(), d, h.stages...); err != nil {
		t.Fatal(err)
	}
	return d
}

var wordPattern = regexp.MustCompile(`[\pL\pN_]+`)

func wordsOf(s string) []string { return wordPattern.FindAllString(strings.ToLower(s), -1) }

func tokenF1(a, b string) float64 {
	count := map[string]int{}
	wa, wb := wordsOf(a), wordsOf(b)
	for _, w := range wa {
		count[w]++
	}
	hit := 0
	for _, w := range wb {
		if count[w] > 0 {
			count[w]--
			hit++
		}
	}
	if hit == 0 {
		return 0
	}
	return 2 * float64(hit) / float64(len(wa)+len(wb))
}

type pairing2 struct {
	f    float64
	i, j int
}

// matched pairs gold with read statements one to one, best first.
func matched(gold, got int, score func(i, j int) float64) []pairing2 {
	var all, out []pairing2
	for i := range gold {
		for j := range got {
			if f := score(i, j); f > 0 {
				all = append(all, pairing2{f, i, j})
			}
		}
	}
	sort.SliceStable(all, func(a, b int) bool { return all[a].f > all[b].f })
	usedI, usedJ := map[int]bool{}, map[int]bool{}
	for _, p := range all {
		if !usedI[p.i] && !usedJ[p.j] {
			usedI[p.i], usedJ[p.j] = true, true
			out = append(out, p)
		}
	}
	return out
}

// TestGold measures statements on the gold records; run with -v for the figures,
// with RAPPORTEUR_SHOW=train for every difference.
func TestGold(t *testing.T) {
	h := newHouse(t)
	for _, part := range []struct {
		name           string
		lenient, exact float64
	}{{"train", 86, 76}, {"dev", 84, 69}} {
		folder := filepath.Join("../../../shared/gold", part.name)
		files, _ := filepath.Glob(filepath.Join(folder, "*.json"))
		if len(files) == 0 {
			if os.Getenv("CI") == "true" {
				t.Fatalf("%s is missing", folder)
			}
			t.Skipf("%s is missing: the gold records stand beside the project", folder)
		}
		var n counts
		show := os.Getenv("RAPPORTEUR_SHOW") == part.name
		for _, file := range files {
			n.add(measure(t, h, file, show))
		}
		lenient, exact := n.f1(n.lenient), n.f1(n.exact)
		t.Logf("%s: lenient P %.1f R %.1f F1 %.1f · exact F1 %.1f · source %.1f cue %.1f form %.1f %% of found · %d read, %d gold",
			part.name, share(n.lenient, n.read), share(n.lenient, n.gold), lenient, exact, share(n.source, n.lenient), share(n.cue, n.lenient), share(n.form, n.lenient), n.read, n.gold)
		if lenient < part.lenient || exact < part.exact {
			t.Errorf("%s fell below lenient %.0f, exact %.0f", part.name, part.lenient, part.exact)
		}
		if show {
			n.rules(t)
		}
	}
}

type counts struct {
	lenient, exact, source, cue, form, read, gold int
	right, wrong                                  map[string]int
}

func (c *counts) add(o counts) {
	c.lenient, c.exact, c.source, c.cue = c.lenient+o.lenient, c.exact+o.exact, c.source+o.source, c.cue+o.cue
	c.form, c.read, c.gold = c.form+o.form, c.read+o.read, c.gold+o.gold
	if c.right == nil {
		c.right, c.wrong = map[string]int{}, map[string]int{}
	}
	for k, v := range o.right {
		c.right[k] += v
	}
	for k, v := range o.wrong {
		c.wrong[k] += v
	}
}

func (c *counts) rules(t *testing.T) {
	keys := map[string]bool{}
	for k := range c.right {
		keys[k] = true
	}
	for k := range c.wrong {
		keys[k] = true
	}
	var list []string
	for k := range keys {
		list = append(list, k)
	}
	sort.Slice(list, func(i, j int) bool { return c.wrong[list[i]] > c.wrong[list[j]] })
	for _, k := range list {
		t.Logf("%-40s right %d wrong %d", k, c.right[k], c.wrong[k])
	}
}

func share(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }

func (c *counts) f1(hit int) float64 { return 200 * float64(hit) / float64(max(c.read+c.gold, 1)) }

// nested marks the rules of statements within others.
func nested(s document.Statement) string {
	if s.Within != document.NoStatement {
		return " (nested)"
	}
	return ""
}

func measure(t *testing.T, h *house, file string, show bool) counts {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var gold struct {
		Title      string
		Statements []goldStatement
	}
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	c := comparison{t: t, name: filepath.Base(file), body: string(body), d: h.read(t, string(body), gold.Title), gold: gold.Statements, show: show}
	return c.count()
}

// comparison holds the statements of one article that were read and those of its
// gold record.
type comparison struct {
	t    *testing.T
	name string
	body string
	d    *document.Doc
	gold []goldStatement
	got  []document.Statement
	show bool
	n    counts
}

func (c *comparison) content(s document.Statement) string {
	var out []string
	for _, piece := range s.Content {
		out = append(out, c.d.In(piece))
	}
	return strings.Join(out, " ")
}

func (c *comparison) count() counts {
	for _, s := range c.d.Statements {
		if s.Kind == document.Speech {
			c.got = append(c.got, s)
		}
	}
	c.n = counts{read: len(c.got), gold: len(c.gold), right: map[string]int{}, wrong: map[string]int{}}
	pairs := matched(len(c.gold), len(c.got), func(i, j int) float64 {
		if f := tokenF1(strings.Join(c.gold[i].Content, " "), c.content(c.got[j])); f >= 0.5 {
			return f
		}
		return 0
	})
	c.n.lenient = len(pairs)
	foundGold, foundGot := map[int]bool{}, map[int]bool{}
	for _, p := range pairs {
		foundGold[p.i], foundGot[p.j] = true, true
		c.pair(c.gold[p.i], c.got[p.j])
	}
	for i, g := range c.gold {
		if c.show && !foundGold[i] {
			c.t.Logf("MISSED %s %s <%s> <%s> %q", c.name, g.Form, said(g.Source), said(g.Cue), g.Content)
		}
	}
	for j, s := range c.got {
		if foundGot[j] {
			continue
		}
		c.n.wrong[s.Made.Rule+nested(s)]++
		if c.show {
			c.t.Logf("EXTRA %s [%s] <%s> <%s> %q\n   in %.220q", c.name, s.Made.Rule, c.d.In(s.Source), c.d.In(s.Cue), c.content(s), c.d.In(c.d.Sentences[s.Sentence].Span))
		}
	}
	return c.n
}

// pair compares a statement that was found with its gold.
func (c *comparison) pair(g goldStatement, s document.Statement) {
	c.n.right[s.Made.Rule+nested(s)]++
	if c.show {
		c.t.Logf("RIGHT %s [%s] <%s> <%s> %q", c.name, s.Made.Rule, c.d.In(s.Source), c.d.In(s.Cue), c.content(s))
	}
	if g.Form == string(s.Form) {
		c.n.form++
	}
	if strings.EqualFold(said(g.Cue), c.d.In(s.Cue)) {
		c.n.cue++
	}
	if strings.EqualFold(said(g.Source), c.d.In(s.Source)) {
		c.n.source++
	} else if c.show {
		c.t.Logf("SOURCE %s: gold %q got %q", c.name, said(g.Source), c.d.In(s.Source))
	}
	if strings.Join(wordsOf(strings.Join(g.Content, " ")), " ") == strings.Join(wordsOf(c.content(s)), " ") {
		c.n.exact++
	} else if c.show {
		c.t.Logf("NEAR %s [%s]\n   gold %q\n   got  %q", c.name, s.Made.Rule, g.Content, c.content(s))
	}
}

// said returns what a gold value says, "" for null.
func said(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}
