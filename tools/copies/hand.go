package main

import (
	_ "embed"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"rapporteur/tools/corpus"
)

//go:embed synonyms.tsv
var synonyms string

// A hand edits texts as desks do.
type hand struct {
	rng   *rand.Rand
	other map[string]string
}

func newHand(rng *rand.Rand) (*hand, error) {
	h := &hand{rng: rng, other: map[string]string{}}
	for line := range strings.Lines(synonyms) {
		if word, other, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			h.other[word] = other
		}
	}
	return h, nil
}

// A way is how a copy is made: of a text and, in some, of an unrelated one.
type way struct {
	name string
	make func(t, other corpus.Text) []string
}

func (h *hand) ways() []way {
	return []way{
		{"cut from the end", func(t, _ corpus.Text) []string { return h.head(t.Paragraphs) }},
		{"paragraphs cut", func(t, _ corpus.Text) []string { return h.thinned(t.Paragraphs) }},
		{"reworded", func(t, _ corpus.Text) []string { return h.reworded(t.Paragraphs, .8) }},
		{"reworded and cut", func(t, _ corpus.Text) []string { return h.reworded(h.head(t.Paragraphs), .8) }},
		{"own lead and boilerplate", func(t, other corpus.Text) []string { return h.dressed(t.Paragraphs, other) }},
		{"paragraphs in another order", func(t, _ corpus.Text) []string { return h.shuffled(t.Paragraphs) }},
		{"half of it inside another report", func(t, other corpus.Text) []string { return h.embedded(t.Paragraphs, other) }},
		{"sentences turned round, reworded, cut", func(t, _ corpus.Text) []string { return h.reworded(h.turned(h.head(t.Paragraphs)), .9) }},
		{"reworded, cut and in other marks", func(t, _ corpus.Text) []string { return remarked(h.reworded(h.thinned(t.Paragraphs), .6)) }},
	}
}

// head keeps between a third and two thirds, from the top: the inverted pyramid.
func (h *hand) head(paragraphs []string) []string {
	n := len(paragraphs)
	return slices.Clone(paragraphs[:max(3, n/3+h.rng.IntN(n/3+1))])
}

// thinned drops every third paragraph or so, and sentences from others.
func (h *hand) thinned(paragraphs []string) []string {
	var out []string
	for i, p := range paragraphs {
		if i > 0 && h.rng.IntN(3) == 0 {
			continue
		}
		if sentences := strings.SplitAfter(p, ". "); len(sentences) > 2 && h.rng.IntN(2) == 0 {
			p = strings.Join(slices.Delete(sentences, 1, 2), "")
		}
		out = append(out, p)
	}
	return out
}

// reworded puts other words for those of the list, and drops adverbs.
func (h *hand) reworded(paragraphs []string, often float64) []string {
	out := make([]string, len(paragraphs))
	for i, p := range paragraphs {
		words := strings.Fields(p)
		kept := words[:0:0]
		for _, w := range words {
			core := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
			other, known := h.other[strings.ToLower(core)]
			switch {
			case known && h.rng.Float64() < often:
				w = strings.Replace(w, core, other, 1)
			case strings.HasSuffix(core, "ly") && len(core) > 5 && h.rng.Float64() < often:
				continue
			}
			kept = append(kept, w)
		}
		out[i] = strings.Join(kept, " ")
	}
	return out
}

var (
	opening = regexp.MustCompile(`^((?:In|On|At|During|After|Before|For|With) [^,.“”]{3,60}), ([^.“”]+)\.$`)
	saidBy  = regexp.MustCompile(`^“([^“”]+),” ([A-Z][^,.“”]{2,40}) said\.$`)
)

// turned moves the opening of a sentence to its end and the speaker to its begin.
func (h *hand) turned(paragraphs []string) []string {
	out := make([]string, len(paragraphs))
	for i, p := range paragraphs {
		sentences := strings.SplitAfter(p, ". ")
		for k, sentence := range sentences {
			bare := strings.TrimSpace(sentence)
			turned := saidBy.ReplaceAllString(bare, "$2 said: “$1.”")
			if m := opening.FindStringSubmatch(turned); m != nil {
				turned = m[2] + " " + strings.ToLower(m[1][:1]) + m[1][1:] + "."
			}
			sentences[k] = turned
		}
		out[i] = strings.Join(sentences, " ")
	}
	return out
}

// quoting returns an unrelated report that holds the quotations of a text and no
// more of it: up to a quarter of its words.
func (h *hand) quoting(t, other corpus.Text) []string {
	left := other.Words() / 4
	out := slices.Clone(other.Paragraphs)
	for _, p := range t.Paragraphs {
		if n := len(strings.Fields(p)); strings.ContainsRune(p, '“') && n <= left {
			out = slices.Insert(out, h.rng.IntN(len(out)+1), p)
			left -= n
		}
	}
	return out
}

const boilerplate = "Sign up for our morning letter and never miss a story. Follow our correspondents on every platform. The views of contributors are their own, and comments are closed after seven days."

// dressed gives a text another lead, a last paragraph of the house, and drops its end.
func (h *hand) dressed(paragraphs []string, other corpus.Text) []string {
	lead := "Our correspondent followed the day. " + other.Title + ", and much else besides, was on the agenda as well."
	kept := paragraphs[1:max(3, len(paragraphs)-len(paragraphs)/5)]
	return append(append([]string{lead}, kept...), boilerplate)
}

func (h *hand) shuffled(paragraphs []string) []string {
	out := slices.Clone(paragraphs)
	h.rng.Shuffle(len(out), func(i, k int) { out[i], out[k] = out[k], out[i] })
	return out
}

// embedded puts half of a text into an unrelated one, of which a part of a third
// of that length is kept.
func (h *hand) embedded(paragraphs []string, other corpus.Text) []string {
	from := h.rng.IntN(len(paragraphs)/4 + 1)
	taken := slices.Clone(paragraphs[from : from+(len(paragraphs)+1)/2])
	words := 0
	for _, p := range taken {
		words += len(strings.Fields(p))
	}
	var own []string
	for _, p := range other.Paragraphs {
		if n := len(strings.Fields(p)); n < words/3 {
			own, words = append(own, p), words-3*n
		}
	}
	half := len(own) / 2
	return append(append(slices.Clone(own[:half]), taken...), own[half:]...)
}

var marks = strings.NewReplacer("“", "\"", "”", "\"", "‘", "'", "’", "'", " – ", " - ", " — ", " -- ", "\"", "''", "…", "...")

// remarked sets other marks.
func remarked(paragraphs []string) []string {
	out := make([]string, len(paragraphs))
	for i, p := range paragraphs {
		out[i] = marks.Replace(p)
	}
	return out
}
