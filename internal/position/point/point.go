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
	"sort"
	"strings"

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

// A Matter is what words are about. Both lists are sorted and without repetition.
type Matter struct {
	Stems []string           // of the words that tell it from another; empty where none does
	Named []document.ActorID // who is named in it
	Core  text.Span          // the words that name it: "ceasefire in the north" of "accept a ceasefire in the north"
}

// Matter returns what the words in span are about.
func (f *Finder) Matter(d *document.Doc, span text.Span) Matter {
	in := d.TokensIn(span)
	g := &gatherer{f: f, d: d, first: int(in.First), end: int(in.End), core: -1}
	if g.first >= g.end {
		return Matter{Core: span}
	}
	g.look(span)
	g.gather(g.top())
	if len(g.stems) == 0 {
		g.stems = g.spare
	}
	slices.Sort(g.stems)
	slices.Sort(g.named)
	return Matter{slices.Compact(g.stems), slices.Compact(g.named), g.below(g.core)}
}

// A gatherer gathers a matter from tokens [first, end).
type gatherer struct {
	f          *Finder
	d          *document.Doc
	first, end int
	stems      []string
	spare      []string // vague ones
	named      []document.ActorID
	deep       int
	core       int // the word that the transparent ones lead to

	parties []party     // who is named in the words
	times   []text.Span // expressions of time in them
}

// A party is who a name in the words names.
type party struct {
	name  text.Span
	actor document.ActorID
}

// longestMention is more bytes than a mention is long.
const longestMention = 200

// look finds the names and times in the words.
func (g *gatherer) look(span text.Span) {
	all := g.d.Mentions
	for i := sort.Search(len(all), func(i int) bool { return all[i].Span.Start >= span.Start-longestMention }); i < len(all) && all[i].Span.Start < span.End; i++ {
		if m := &all[i]; m.Actor != document.NoActor && m.Form == document.Named && m.Head.Overlaps(span) {
			g.parties = append(g.parties, party{m.Head, m.Actor})
		}
	}
	for i := range g.d.Times {
		if e := g.d.Times[i].Span; e.Overlaps(span) {
			g.times = append(g.times, e)
		}
	}
}

// top returns the token whose head lies outside, the first of several.
func (g *gatherer) top() int {
	for t := g.first; t < g.end; t++ {
		if h := int(g.d.Tokens[t].Head); (h < g.first || h >= g.end) && g.isContent(t) {
			return t
		}
	}
	return g.first
}

// below returns the words from the first to the last that hang on token t.
func (g *gatherer) below(t int) text.Span {
	out := g.d.Tokens[t].Span
	for k := g.first; k < g.end; k++ {
		h := k
		for up := 0; h != t && h >= g.first && h < g.end && up < g.end-g.first; up++ {
			h = int(g.d.Tokens[h].Head)
		}
		if h == t {
			span := g.d.Tokens[k].Span
			out.Start, out.End = min(out.Start, span.Start), max(out.End, span.End)
		}
	}
	return out
}

func (g *gatherer) isContent(t int) bool {
	switch g.d.Tokens[t].UPOS {
	case document.NOUN, document.PROPN, document.VERB, document.ADJ, document.X:
		return true
	}
	return false
}

// gather takes what token t and the words that hang on it tell. Words such as
// "proposal", "accept" and "end" pass the matter on to what they govern, as
// transparent nouns and support verbs do (FrameNet): "the end of the toll", "accept a
// proposal to end the toll" and "the toll" are one matter.
func (g *gatherer) gather(t int) {
	if g.deep++; g.deep > 8 {
		return
	}
	passed := -1
	if g.as(t) == through {
		passed = g.governed(t)
	}
	if passed >= 0 && !strings.HasPrefix(g.d.Tokens[passed].DepRel, "compound") {
		g.gather(passed)
		return
	}
	if g.core < g.first {
		g.core = t
	}
	if passed < 0 {
		g.take(t)
	}
	if g.isParty(t) {
		return
	}
	for k := g.first; k < g.end; k++ {
		if int(g.d.Tokens[k].Head) == t && k != t {
			g.modifier(k)
		}
	}
}

// order in which the words that a transparent one may govern are looked at.
var order = []string{"obj", "nsubj:pass", "ccomp", "xcomp", "nmod", "acl", "obl", "compound", "advcl"}

// governed returns the word that a transparent one passes the matter on to, -1: none.
// Of "bring an end to the toll" that is what hangs on "bring" beside "an end", which
// passes it on to nothing.
func (g *gatherer) governed(t int) int {
	first := -1
	for _, wanted := range order {
		for k := g.first; k < g.end; k++ {
			if !g.governs(t, k, wanted) {
				continue
			}
			if g.as(k) != through || g.governed(k) >= 0 {
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
func (g *gatherer) governs(t, k int, wanted string) bool {
	token := &g.d.Tokens[k]
	if int(token.Head) != t || k == t || !g.isContent(k) || g.inTime(k) || token.DepRel == "acl:relcl" || token.DepRel == "nmod:poss" || g.isParty(k) {
		return false
	}
	relation := token.DepRel
	if wanted != "nsubj:pass" {
		relation, _, _ = strings.Cut(relation, ":")
	}
	return relation == wanted
}

// isParty reports whether a token stands in the name of somebody who acts.
func (g *gatherer) isParty(t int) bool {
	return g.actor(t) != document.NoActor
}

// actor returns who is named by the mention that token t heads or stands in.
func (g *gatherer) actor(t int) document.ActorID {
	span := g.d.Tokens[t].Span
	for _, p := range g.parties {
		if p.name.Contains(span) {
			return p.actor
		}
	}
	return document.NoActor
}

// modifier takes what a word that hangs on the matter adds: nouns and adjectives that
// tell one matter from another, and what a preposition leads to.
func (g *gatherer) modifier(k int) {
	relation, _, _ := strings.Cut(g.d.Tokens[k].DepRel, ":")
	switch relation {
	case "amod", "compound", "nmod", "obj", "xcomp", "ccomp", "obl", "flat", "advmod":
	default:
		return
	}
	if g.d.Tokens[k].DepRel == "nmod:poss" && g.actor(k) == document.NoActor || g.inTime(k) || !g.isContent(k) {
		return
	}
	switch relation {
	case "amod", "compound", "flat", "advmod":
		g.take(k)
		for j := g.first; j < g.end; j++ {
			if int(g.d.Tokens[j].Head) == k && j != k && strings.HasPrefix(g.d.Tokens[j].DepRel, "compound") {
				g.take(j)
			}
		}
	default:
		g.gather(k)
	}
}

// take adds the stem of one word, or who it names.
func (g *gatherer) take(t int) {
	if a := g.actor(t); a != document.NoActor {
		g.named = append(g.named, a)
		return
	}
	token := &g.d.Tokens[t]
	as := g.as(t)
	switch {
	case token.Lemma == "" || token.UPOS == document.NUM || g.inTime(t):
	case as == vague:
		g.spare = append(g.spare, stem(token.Lemma))
	case as == "" || as == through:
		g.stems = append(g.stems, stem(token.Lemma))
	default:
		g.stems = append(g.stems, stem(as))
	}
}

func (g *gatherer) as(t int) string {
	lemma, pos := strings.ToLower(g.d.Tokens[t].Lemma), "noun"
	switch g.d.Tokens[t].UPOS {
	case document.VERB, document.AUX:
		pos = "verb"
	}
	if as, ok := g.f.words[word{lemma, pos}]; ok {
		return as
	}
	return g.f.words[word{lemma, "any"}]
}

func (g *gatherer) inTime(t int) bool {
	span := g.d.Tokens[t].Span
	return slices.ContainsFunc(g.times, func(e text.Span) bool { return e.Contains(span) })
}

func stem(word string) string { return lexicon.Stem(strings.ToLower(word)) }
