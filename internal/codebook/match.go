package codebook

import (
	"strings"

	"rapporteur/internal/text"
)

// A Matcher tells which point of a book words belong to.
type Matcher struct {
	phrases  []phrase
	examples []example
	first    map[string][]int // phrases by their first word
	tops     map[string]string
}

type phrase struct {
	words []string
	point string
}

type example struct {
	words map[string]bool
	point string
}

// Matcher returns the matcher of a book that has been checked.
func (b *Book) Matcher() *Matcher {
	m := &Matcher{first: map[string][]int{}, tops: map[string]string{}}
	for i := range b.Points {
		p := &b.Points[i]
		m.tops[p.Name] = p.Name
		if b.Top {
			m.tops[p.Name] = b.top(p)
		}
		m.addPhrase(p.Name, p.Name)
		for _, s := range p.Synonyms {
			m.addPhrase(s, p.Name)
		}
		for _, e := range p.Examples {
			if words := content(e); len(words) > 0 {
				m.examples = append(m.examples, example{words, p.Name})
			}
		}
	}
	return m
}

func (b *Book) top(p *Point) string {
	for p.Parent != "" {
		p = b.find(p.Parent)
	}
	return p.Name
}

func (m *Matcher) addPhrase(words, point string) {
	w := stems(words)
	if len(w) == 0 {
		return
	}
	m.first[w[0]] = append(m.first[w[0]], len(m.phrases))
	m.phrases = append(m.phrases, phrase{w, point})
}

// Point returns the name of the point that a label and the words it was read from
// belong to, "" for none. A name or synonym in the label comes before one in the
// words, the longest first; then the example that shares most content words, at
// least two and half of the shorter side's; of equals, the one that stands first
// in the book.
func (m *Matcher) Point(label, mention string) string {
	for _, words := range []string{label, mention} {
		if p := m.phrase(stems(words)); p != "" {
			return m.tops[p]
		}
	}
	if p := m.example(content(label + " " + mention)); p != "" {
		return m.tops[p]
	}
	return ""
}

func (m *Matcher) phrase(words []string) string {
	best, size := "", 0
	for i, w := range words {
		for _, k := range m.first[w] {
			p := &m.phrases[k]
			if len(p.words) > size && startsWith(words[i:], p.words) {
				best, size = p.point, len(p.words)
			}
		}
	}
	return best
}

func startsWith(words, phrase []string) bool {
	if len(words) < len(phrase) {
		return false
	}
	for i, w := range phrase {
		if words[i] != w {
			return false
		}
	}
	return true
}

func (m *Matcher) example(words map[string]bool) string {
	best, most := "", 0.0
	for _, e := range m.examples {
		shared := 0
		for w := range e.words {
			if words[w] {
				shared++
			}
		}
		if part := float64(shared) / float64(max(1, min(len(words), len(e.words)))); shared >= 2 && part >= 0.5 && part > most {
			best, most = e.point, part
		}
	}
	return best
}

// small are words that tell nothing of a matter.
const small = " a an the of to in on for and or by with from at as that this its his her their it is are be was were has have had not no will would should could may must all any more than into "

// content returns the words that tell of a matter.
func content(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range stems(words) {
		if !strings.Contains(small, " "+w+" ") {
			out[w] = true
		}
	}
	return out
}

// stems returns the words in the form of keys, plurals as singulars.
func stems(words string) []string {
	out := strings.Fields(text.Fold(words))
	for i, w := range out {
		switch {
		case len(w) > 4 && strings.HasSuffix(w, "ies"):
			out[i] = w[:len(w)-3] + "y"
		case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
			out[i] = w[:len(w)-1]
		}
	}
	return out
}
