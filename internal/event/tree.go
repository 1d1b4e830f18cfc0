package event

import (
	"slices"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// A tree answers questions on the heads and relations of one sentence (Universal
// Dependencies 2). Without a parse it has no edges, and every answer is empty.
type tree struct {
	*document.View
	below map[int][]int
	named map[int][]document.MentionID // by tokens of their heads
}

func treeOf(v *document.View) *tree {
	t := &tree{View: v}
	if !v.Doc.Layers.Has(document.LayerParse) {
		return t
	}
	t.below, t.named = map[int][]int{}, map[int][]document.MentionID{}
	for i := v.Lo; i < v.Hi; i++ {
		if h := int(v.Doc.Tokens[i].Head); v.Has(h) {
			t.below[h] = append(t.below[h], i)
		}
	}
	t.nameHeads()
	return t
}

// nameHeads notes the mentions of the sentence by the tokens of their heads, those
// inside a longer one too: "U.S." of "a group of U.S. senators".
func (t *tree) nameHeads() {
	sentence := t.Span(t.Lo, t.Hi)
	for id := range t.Doc.Mentions {
		m := &t.Doc.Mentions[id]
		if !sentence.Contains(m.Span) {
			continue
		}
		in := t.Doc.TokensIn(m.Head)
		for k := int(in.First); k < int(in.End); k++ {
			t.named[k] = append(t.named[k], document.MentionID(id))
		}
	}
}

// actorAt returns the actor that can take part whose mention has token k as its
// head, else that of the longest mention at k.
func (t *tree) actorAt(k int, can func(document.ActorID) bool) document.ActorID {
	for _, id := range t.named[k] {
		if a := t.Doc.Mentions[id].Actor; a != document.NoActor && can(t.Doc.Party(a)) {
			return a
		}
	}
	if a := t.Actor(k); a != document.NoActor && can(t.Doc.Party(a)) {
		return a
	}
	return document.NoActor
}

func (t *tree) isKnown() bool { return t.below != nil }

// rel returns the universal relation of token i, without its subtype.
func (t *tree) rel(i int) string {
	if !t.Has(i) {
		return ""
	}
	rel, _, _ := strings.Cut(t.Doc.Tokens[i].DepRel, ":")
	return rel
}

func (t *tree) head(i int) int {
	if !t.Has(i) || !t.isKnown() {
		return -1
	}
	if h := int(t.Doc.Tokens[i].Head); t.Has(h) {
		return h
	}
	return -1
}

// top returns the token of [i, end) whose head lies outside.
func (t *tree) top(i, end int) int {
	for k := i; k < end; k++ {
		if h := t.head(k); h < i || h >= end {
			return k
		}
	}
	return i
}

// kids returns the dependents of token i in one of the relations.
func (t *tree) kids(i int, rels string) []int {
	var out []int
	for _, k := range t.below[i] {
		if lexicon.OneOf(t.rel(k), rels) {
			out = append(out, k)
		}
	}
	return out
}

// mark returns the preposition before a noun: "with" of "with Veyra".
func (t *tree) mark(i int) string {
	for _, k := range t.kids(i, "case") {
		return t.Form(k)
	}
	return ""
}

// under reports whether token i is j or stands below it.
func (t *tree) under(i, j int) bool {
	for range 40 {
		if i == j {
			return true
		}
		if i = t.head(i); i < 0 {
			return false
		}
	}
	return false
}

// together returns a noun and what is coordinated with it: "A, B and C".
func (t *tree) together(i int) []int {
	out := []int{i}
	for _, k := range t.kids(i, "conj") {
		out = append(out, t.together(k)...)
	}
	return out
}

// subjects returns the subjects of a verb, its own or, where it has none, those of
// the verb that it goes with (UD: a subject is shared in coordination and controlled
// in open complements and adverbial clauses): "visits Orsa to meet the governor". A
// relative clause has what it describes as its subject.
func (t *tree) subjects(verb int) []int {
	for range 6 {
		if s := t.kids(verb, "nsubj"); len(s) > 0 {
			if t.UPOS(s[0]) == document.PRON && lexicon.OneOf(t.Form(s[0]), "who which that") && t.rel(verb) == "acl" {
				return t.together(t.head(verb))
			}
			return t.together(s[0])
		}
		up := t.head(verb)
		switch t.rel(verb) {
		case "conj", "xcomp", "advcl", "parataxis", "aux", "cop":
		case "acl":
			if up < 0 {
				return nil
			}
			return t.together(up)
		default:
			return nil
		}
		if verb = up; verb < 0 {
			return nil
		}
	}
	return nil
}

// verbAbove climbs from a noun to the verb that rules it, with the relation of the
// last step and the preposition on the way.
func (t *tree) verbAbove(i int) (verb int, rel, prep string) {
	for range 6 {
		rel = t.rel(i)
		if m := t.mark(i); m != "" {
			prep = m
		}
		if i = t.head(i); i < 0 {
			return -1, rel, prep
		}
		if t.IsVerb(i) {
			return i, rel, prep
		}
		if !lexicon.OneOf(rel, "nmod conj compound appos acl dep flat") {
			return -1, rel, prep
		}
	}
	return -1, rel, prep
}

// sidesOfPhrase calls add for the sides that a noun phrase names: its own actor, or
// those that its modifiers name: "negotiators from Veyra and Orsa".
func (t *tree) sidesOfPhrase(i int, can func(document.ActorID) bool, add func(document.ActorID)) {
	for _, k := range t.together(i) {
		if a := t.actorAt(k, can); a != document.NoActor {
			add(a)
			continue
		}
		if lexicon.OneOf(t.Form(k), pairNouns) && (lexicon.OneOf(t.Form(k-1), "two both")) {
			for _, a := range twoBefore(t.View, k) {
				add(a)
			}
			continue
		}
		for _, m := range t.kids(k, "amod compound nmod appos flat") {
			if t.rel(m) == "nmod" && !lexicon.OneOf(t.mark(m), "of from between 's") && t.mark(m) != "" {
				continue
			}
			t.sidesOfPhrase(m, can, add)
		}
	}
}

// acts reports whether token i is a verb, to the tagger or by having a subject.
func (t *tree) acts(i int) bool { return t.IsVerb(i) || len(t.kids(i, "nsubj")) > 0 }

// byTree returns the sides of a meeting as the tree tells them: what the words for it
// name themselves, whom it was with, and whose act it was.
func (c *clauseOf) byTree(m *session) []document.ActorID {
	var list []document.ActorID
	add := func(a document.ActorID) {
		for _, p := range c.Doc.Parties(a) {
			if c.canMeet(p) && !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	phrase := func(tokens []int) {
		for _, k := range tokens {
			c.t.sidesOfPhrase(k, c.canMeet, add)
		}
	}
	if m.asVerb {
		subjects := c.t.subjects(c.t.top(m.from, m.to))
		if lexicon.OneOf(c.Lemma(m.from), personal) && !lexicon.OneOf(c.Form(m.to-1), "phone telephone") && len(c.persons(slices.Clone(subjects))) == 0 {
			return nil
		}
		phrase(subjects)
		phrase(c.company(m))
		return list
	}
	top := c.t.top(m.from, m.to)
	phrase(c.besideCue(m))
	with := c.company(m)
	verb, rel, prep := c.t.verbAbove(top)
	if verb >= 0 && (len(with) > 0 || rel == "obj" && lexicon.OneOf(c.Lemma(verb), c.takers()) || lexicon.OneOf(rel, "obl") && lexicon.OneOf(prep, "at during in to for from") && lexicon.OneOf(c.Lemma(verb), "attend arrive meet travel agree participate go sign take return gather")) {
		phrase(c.t.subjects(verb))
	}
	phrase(with)
	return list
}

// company returns the nouns that tell whom a meeting was with: the object of a verb
// of meeting, and what "with" or "between" introduces below the cue or the verb that
// rules it.
func (c *clauseOf) company(m *session) []int {
	var out []int
	take := func(k int, marks string) {
		for _, n := range c.t.kids(k, "nmod obl") {
			if lexicon.OneOf(c.t.mark(n), marks) && n > m.from {
				out = append(out, n)
			}
		}
	}
	for k := m.from; k < m.to; k++ {
		if m.asVerb {
			if lexicon.OneOf(c.Lemma(k), "meet visit") {
				out = append(out, c.t.kids(k, "obj")...)
			}
			if lexicon.OneOf(c.Lemma(m.from), personal) {
				out = append(out, c.persons(c.t.kids(k, "obj"))...)
				n := len(out)
				take(k, "with to")
				out = append(out[:n], c.persons(out[n:])...)
				continue
			}
			take(k, "with to")
			continue
		}
		take(k, "with")
		if m.Format == "visit" {
			take(k, "to by")
		}
	}
	if verb, rel, _ := c.t.verbAbove(c.t.top(m.from, m.to)); !m.asVerb && len(out) == 0 && verb >= 0 && lexicon.OneOf(rel, "obj nsubj") {
		take(verb, "with between")
	}
	return out
}

// persons keeps the nouns that stand for people: one receives an envoy, and praise.
func (c *clauseOf) persons(list []int) []int {
	return slices.DeleteFunc(list, func(k int) bool {
		m := c.Mention(k)
		return m == document.NoMention || !lexicon.OneOf(string(c.Doc.Mentions[m].Kind), "person group") || !c.Doc.Mentions[m].Head.Has(c.Doc.Tokens[k].Span.Start)
	})
}

// besideCue returns the nouns that describe the noun of a meeting and tell who takes
// part: "the Veyra–Orsa talks", "a meeting chaired by Veyra", "talks between".
func (c *clauseOf) besideCue(m *session) []int {
	var out []int
	for k := m.from; k < m.to; k++ {
		out = append(out, c.t.kids(k, "compound amod")...)
		for _, n := range c.t.kids(k, "acl") { // "a meeting chaired by Veyra"
			for _, by := range c.t.kids(n, "obl") {
				if c.t.mark(by) == "by" && lexicon.OneOf(c.Lemma(n), "chair attend lead mediate host broker join call") {
					out = append(out, by)
				}
			}
		}
		for _, n := range c.t.kids(k, "nmod") {
			if n < m.from || lexicon.OneOf(c.t.mark(n), "between of among by") {
				out = append(out, n)
			}
		}
	}
	return out
}
