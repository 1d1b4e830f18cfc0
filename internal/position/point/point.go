// Package point tells which matter the words of a position are about, so that other
// words for one matter become one point.
//
// In: a document with parts of speech, lemmas, trees and actors, and the words of a
// position. Out: the words that carry the matter, as stems, and the actors named in
// it. What always holds: the same words give the same matter, whatever else has been
// read, so that points do not depend on the order of articles; a stance turned round
// leaves the matter as it is.
package point

import (
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// What a word adds to a matter, by the table "matters"; any other value is the word
// that it is joined with.
const (
	through = "through" // the matter is what hangs on it
	vague   = "vague"   // nothing
)

// A Finder finds matters.
type Finder struct{ words map[word]string }

// A word is a lemma with its part of speech: "noun", "verb", or "any".
type word struct{ lemma, pos string }

// NewFinder returns a finder with the table "matters".
func NewFinder(lex *lexicon.Lexicon) (*Finder, error) {
	table, err := lex.Table("matters")
	if err != nil {
		return nil, fmt.Errorf("point: %w", err)
	}
	f := &Finder{words: map[word]string{}}
	for _, row := range table.Rows {
		f.words[word{row.Get("word"), row.Get("pos")}] = row.Get("as")
	}
	return f, nil
}

// Matter returns what the words in span are about. Both lists are sorted and without
// repetition; stems is empty where no word tells a matter.
func (f *Finder) Matter(d *document.Doc, span text.Span) (stems []string, named []document.ActorID) {
	in := d.TokensIn(span)
	m := &matter{f: f, d: d, first: int(in.First), end: int(in.End)}
	if m.first >= m.end {
		return nil, nil
	}
	m.gather(m.top())
	if len(m.stems) == 0 {
		m.stems = m.spare
	}
	slices.Sort(m.stems)
	slices.Sort(m.named)
	return slices.Compact(m.stems), slices.Compact(m.named)
}

// A matter is gathered from tokens [first, end).
type matter struct {
	f          *Finder
	d          *document.Doc
	first, end int
	stems      []string
	spare      []string // vague ones
	named      []document.ActorID
	deep       int
}

// top returns the token whose head lies outside, the first of several.
func (m *matter) top() int {
	for t := m.first; t < m.end; t++ {
		if h := int(m.d.Tokens[t].Head); (h < m.first || h >= m.end) && m.isContent(t) {
			return t
		}
	}
	return m.first
}

func (m *matter) isContent(t int) bool {
	switch m.d.Tokens[t].UPOS {
	case document.NOUN, document.PROPN, document.VERB, document.ADJ, document.X:
		return true
	}
	return false
}

// gather takes what token t and the words that hang on it tell. Words such as
// "proposal", "accept" and "end" pass the matter on to what they govern, as
// transparent nouns and support verbs do (FrameNet): "the end of the toll", "accept a
// proposal to end the toll" and "the toll" are one matter.
func (m *matter) gather(t int) {
	if m.deep++; m.deep > 8 {
		return
	}
	if m.as(t) == through {
		if k := m.governed(t); k >= 0 {
			m.gather(k)
			return
		}
	}
	if m.take(t); m.isParty(t) {
		return
	}
	for k := m.first; k < m.end; k++ {
		if int(m.d.Tokens[k].Head) == t && k != t {
			m.modifier(k)
		}
	}
}

// order in which the words that a transparent one may govern are looked at.
var order = []string{"obj", "nsubj:pass", "ccomp", "xcomp", "nmod", "acl", "obl", "compound", "advcl"}

// governed returns the word that a transparent one passes the matter on to, -1: none.
// Of "bring an end to the toll" that is what hangs on "bring" beside "an end", which
// passes it on to nothing.
func (m *matter) governed(t int) int {
	first := -1
	for _, wanted := range order {
		for k := m.first; k < m.end; k++ {
			if !m.governs(t, k, wanted) {
				continue
			}
			if m.as(k) != through || m.governed(k) >= 0 {
				return k
			}
			if first < 0 {
				first = k
			}
		}
	}
	return first
}

// governs reports whether k hangs on t by the relation and may carry a matter.
func (m *matter) governs(t, k int, wanted string) bool {
	token := &m.d.Tokens[k]
	if int(token.Head) != t || k == t || !m.isContent(k) || m.inTime(k) || token.DepRel == "acl:relcl" || token.DepRel == "nmod:poss" || m.isParty(k) {
		return false
	}
	relation := token.DepRel
	if wanted != "nsubj:pass" {
		relation, _, _ = strings.Cut(relation, ":")
	}
	return relation == wanted
}

// isParty reports whether a token stands in the name of somebody who acts.
func (m *matter) isParty(t int) bool {
	return m.actor(t) != document.NoActor
}

// actor returns who is named by the mention that token t heads or stands in.
func (m *matter) actor(t int) document.ActorID {
	span := m.d.Tokens[t].Span
	for i := range m.d.Mentions {
		mention := &m.d.Mentions[i]
		if mention.Actor != document.NoActor && mention.Form == document.Named && mention.Head.Contains(span) {
			return mention.Actor
		}
	}
	return document.NoActor
}

// modifier takes what a word that hangs on the matter adds: nouns and adjectives that
// tell one matter from another, and what a preposition leads to.
func (m *matter) modifier(k int) {
	relation, _, _ := strings.Cut(m.d.Tokens[k].DepRel, ":")
	switch relation {
	case "amod", "compound", "nmod", "obj", "xcomp", "ccomp", "obl", "flat", "advmod":
	default:
		return
	}
	if m.d.Tokens[k].DepRel == "nmod:poss" && m.actor(k) == document.NoActor || m.inTime(k) || !m.isContent(k) {
		return
	}
	switch relation {
	case "amod", "compound", "flat", "advmod":
		m.take(k)
		for j := m.first; j < m.end; j++ {
			if int(m.d.Tokens[j].Head) == k && j != k && strings.HasPrefix(m.d.Tokens[j].DepRel, "compound") {
				m.take(j)
			}
		}
	default:
		m.gather(k)
	}
}

// take adds the stem of one word, or who it names.
func (m *matter) take(t int) {
	if a := m.actor(t); a != document.NoActor {
		m.named = append(m.named, a)
		return
	}
	token := &m.d.Tokens[t]
	as := m.as(t)
	switch {
	case token.Lemma == "" || token.UPOS == document.NUM || m.inTime(t):
	case as == vague:
		m.spare = append(m.spare, stem(token.Lemma))
	case as == "" || as == through:
		m.stems = append(m.stems, stem(token.Lemma))
	default:
		m.stems = append(m.stems, stem(as))
	}
}

func (m *matter) as(t int) string {
	lemma, pos := strings.ToLower(m.d.Tokens[t].Lemma), "noun"
	switch m.d.Tokens[t].UPOS {
	case document.VERB, document.AUX:
		pos = "verb"
	}
	if as, ok := m.f.words[word{lemma, pos}]; ok {
		return as
	}
	return m.f.words[word{lemma, "any"}]
}

func (m *matter) inTime(t int) bool {
	span := m.d.Tokens[t].Span
	return slices.ContainsFunc(m.d.Times, func(e document.Time) bool { return e.Span.Contains(span) })
}

func stem(word string) string {
	env := snowballstem.NewEnv(strings.ToLower(word))
	english.Stem(env)
	return env.Current()
}
