package position

import (
	"slices"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// A forest is the trees of a document: by token its children, how deep it stands,
// and the first and last token of what hangs below it.
type forest struct {
	tokens      []document.Token
	kids        [][]int
	depth       []int
	first, last []int // of the subtree, last excluded
}

func plant(d *document.Doc) *forest {
	n := len(d.Tokens)
	f := &forest{tokens: d.Tokens, kids: make([][]int, n), depth: make([]int, n), first: make([]int, n), last: make([]int, n)}
	deepest := 0
	for i := range n {
		f.first[i], f.last[i] = i, i+1
		if h := f.head(i); h >= 0 {
			f.kids[h] = append(f.kids[h], i)
		}
		for h := f.head(i); h >= 0 && f.depth[i] <= n; h = f.head(h) {
			f.depth[i]++
		}
		deepest = max(deepest, f.depth[i])
	}
	levels := make([][]int, deepest+1)
	for i := range n {
		levels[f.depth[i]] = append(levels[f.depth[i]], i)
	}
	for level := deepest; level > 0; level-- {
		for _, i := range levels[level] {
			h := f.head(i)
			f.first[h], f.last[h] = min(f.first[h], f.first[i]), max(f.last[h], f.last[i])
		}
	}
	return f
}

// head returns the head of token i, -1 at a root.
func (f *forest) head(i int) int { return int(f.tokens[i].Head) }

// relation returns the relation of token i to its head without its subtype.
func (f *forest) relation(i int) string {
	relation, _, _ := strings.Cut(f.tokens[i].DepRel, ":")
	return relation
}

// top returns the token of [i, j) that stands highest, the first of several.
func (f *forest) top(i, j int) int {
	best := i
	for t := i + 1; t < j; t++ {
		if f.depth[t] < f.depth[best] {
			best = t
		}
	}
	return best
}

// longestStretch is the most tokens of a stretch that may be a point.
const longestStretch = 30

// A stretch is tokens [first, end) that may be the words of a position.
type stretch struct{ first, end int }

// stretches returns what hangs below token h of the same voice as h, whole and
// without what only adds to it: later clauses, subjects and auxiliaries of a verb,
// what stands behind a comma. The annotation guide takes the clause or the noun
// phrase that the stance is about: of "Tolmark said on Monday it would close the
// lock if the toll stays", "close the lock".
func (r *reader) stretches(f *forest, h int) []stretch {
	switch r.UPOS(h) {
	case document.NOUN, document.VERB, document.PROPN, document.ADJ, document.X:
	default:
		return nil
	}
	lo, hi := r.sameVoice(h, f.first[h], f.last[h])
	c := cutter{r: r, f: f, h: h}
	c.put(lo, hi)
	closing := r.beforeClauses(f, h, hi)
	c.put(lo, closing)
	for t := h + 1; t < closing; t++ {
		if lexicon.OneOf(r.Form(t), subordinators) || lexicon.OneOf(r.Form(t), "; : — --") {
			closing = t
			break
		}
	}
	c.put(lo, closing)
	isVerb := r.isPredicate(f, h)
	if isVerb {
		begin := max(lo, r.withoutSubject(f, h))
		c.put(begin, hi)
		c.put(begin, closing)
		c.put(h, closing)
	} else {
		for _, k := range f.kids[h] {
			if k > h && (f.relation(k) == "nmod" || f.relation(k) == "acl" || f.relation(k) == "appos") && f.first[k] > h {
				c.put(lo, f.first[k])
			}
		}
		c.put(lo, h+1)
	}
	for t := h + 1; t < closing; t++ {
		if r.Form(t) == "," {
			c.put(lo, t)
			if isVerb {
				c.put(h, t)
			}
			break
		}
	}
	return c.out
}

// sameVoice narrows [first, end) to the tokens around h that are told by the same
// voice.
func (r *reader) sameVoice(h, first, end int) (lo, hi int) {
	lo, hi = h, h+1
	for lo > first && r.frame(lo-1) == r.frame(h) {
		lo--
	}
	for hi < end && r.frame(hi) == r.frame(h) {
		hi++
	}
	return lo, hi
}

// beforeClauses returns where the first addition behind token h begins: a clause, a
// conjunct, or an adjunct of time, cause or place in time.
func (r *reader) beforeClauses(f *forest, h, hi int) int {
	for _, k := range f.kids[h] {
		if k < h {
			continue
		}
		switch f.relation(k) {
		case "advcl", "parataxis", "conj", "acl":
		case "obl":
			if !lexicon.OneOf(r.Form(f.first[k]), "after before despite amid following since during on") {
				continue
			}
		default:
			continue
		}
		if f.first[k] > h {
			return min(hi, f.first[k])
		}
		return hi
	}
	return hi
}

// isPredicate reports whether token h heads a clause.
func (r *reader) isPredicate(f *forest, h int) bool {
	return r.UPOS(h) == document.VERB || slices.ContainsFunc(f.kids[h], func(k int) bool {
		return lexicon.OneOf(f.tokens[k].DepRel, "nsubj cop aux")
	})
}

// withoutSubject returns where the words of a predicate begin past its subject, its
// auxiliaries and what leads to them.
func (r *reader) withoutSubject(f *forest, h int) int {
	begin := h
	for _, k := range f.kids[h] {
		if k < h && !lexicon.OneOf(f.relation(k), "nsubj aux csubj mark cc punct advcl expl obl discourse vocative nmod") {
			begin = min(begin, f.first[k])
		}
	}
	return begin
}

// A cutter gathers the stretches around one token.
type cutter struct {
	r   *reader
	f   *forest
	h   int
	out []stretch
}

// put adds [i, j) less marks and words that only lead to it, where h stays inside.
func (c *cutter) put(i, j int) {
	r := c.r
	for i < j && (r.UPOS(i) == document.PUNCT && r.Form(i) != "$" || r.UPOS(i) == document.CCONJ || r.UPOS(i) == document.SCONJ ||
		lexicon.OneOf(r.Form(i), "to that for of also on in at by with against")) {
		i++
	}
	for j > i && (r.UPOS(j-1) == document.PUNCT && r.Form(j-1) != "%" || lexicon.OneOf(r.Form(j-1), "and or but to also today yesterday tomorrow that")) {
		j--
	}
	if s := (stretch{i, j}); i <= c.h && c.h < j && j-i <= longestStretch && !slices.Contains(c.out, s) {
		c.out = append(c.out, s)
	}
}
