package position

import (
	"strconv"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// A bag gathers features.
type bag struct{ list []Feature }

func (b *bag) add(name string, values ...string) {
	f := Feature{Name: name}
	if len(values) > 0 {
		f.A = values[0]
	}
	if len(values) > 1 {
		f.B = values[1]
	}
	b.list = append(b.list, f)
}

// stretchFeatures tells what a stretch is, where it stands in its tree and its
// statement, and which cues are about it, appended to room.
func (p *proposer) stretchFeatures(st *Stretch, room []Feature) []Feature {
	b := &bag{list: room}
	p.headFeatures(b, st)
	p.edgeFeatures(b, st)
	p.contentFeatures(b, st)
	p.voiceFeatures(b, st)
	for _, c := range st.claims {
		fit := "~"
		if c.mention == st.Words {
			fit = "same"
		}
		b.add("cue", c.cue.words, fit)
		b.add("takes", string(c.cue.takes), fit)
		b.add("told", string(c.stance), fit)
		b.add("mode", string(c.mode))
		if c.denied {
			b.add("denied")
		}
	}
	b.add("cues", steps(len(st.claims), 0, 1, 2))
	return b.list
}

// headFeatures look at the word that heads the stretch, at what governs it, and at
// what hangs on both (Universal Dependencies).
func (p *proposer) headFeatures(b *bag, st *Stretch) {
	r, f, h := p.readers[st.Sentence], p.trees, st.head
	g := f.head(h)
	rel := p.d.Tokens[h].DepRel
	whole := bit(st.first <= f.first[h]) + bit(st.end >= f.last[h])
	b.add("head", r.Lemma(h))
	b.add("upos", string(r.UPOS(h)))
	b.add("xpos", r.XPOS(h))
	b.add("rel", rel)
	b.add("governor", r.Lemma(g), rel)
	b.add("governor word", r.Lemma(g))
	b.add("governor kind", r.s.kinds[r.Lemma(g)], rel)
	b.add("head kind", r.s.kinds[r.Lemma(h)])
	b.add("kinds", r.s.kinds[r.Lemma(g)], r.s.kinds[r.Lemma(h)])
	b.add("governor upos", string(r.UPOS(g)))
	b.add("depth", steps(f.depth[h], 0, 1, 2, 3, 4, 6))
	b.add("whole", whole)
	b.add("whole rel", whole, rel)
	negated, above := false, false
	for _, k := range f.kids[h] {
		inside := bit(k >= st.first && k < st.end)
		kind := p.d.Tokens[k].DepRel
		b.add("child", kind, inside)
		switch kind {
		case "aux", "mark", "advmod", "det", "case":
			b.add("child word", r.Form(k), inside)
		}
		negated = negated || lexicon.OneOf(r.Form(k), negations)
	}
	if r.Has(g) {
		b.add("above", r.Lemma(f.head(g)), p.d.Tokens[g].DepRel)
		for _, k := range f.kids[g] {
			if k != h {
				b.add("sister", p.d.Tokens[k].DepRel)
			}
			switch p.d.Tokens[k].DepRel {
			case "aux", "advmod", "mark", "case":
				b.add("sister word", r.Form(k))
			}
			above = above || lexicon.OneOf(r.Form(k), negations)
		}
	}
	b.add("negated", bit(negated), bit(above))
	b.add("governor negated", r.Lemma(g), bit(above))
	b.add("kind negated", r.s.kinds[r.Lemma(h)]+"/"+r.s.kinds[r.Lemma(g)], bit(negated)+bit(above))
	p.pathFeatures(b, st)
}

// pathFeatures look at the words from the head up to the root: what stands over a
// matter turns how it is meant, as in "an end of the blockade".
func (p *proposer) pathFeatures(b *bag, st *Stretch) {
	r, f := p.readers[st.Sentence], p.trees
	path, turns := "", 0
	for t, k := st.head, 0; r.Has(t) && k < 4; t, k = f.head(t), k+1 {
		if k < 3 {
			path += ">" + p.d.Tokens[t].DepRel
		}
		if t < st.first || t >= st.end {
			if kind := r.s.kinds[r.Lemma(t)]; kind != "" {
				b.add("over", kind, strconv.Itoa(k))
			}
			for _, kid := range f.kids[t] {
				if lexicon.OneOf(r.Form(kid), negations) {
					turns++
				}
			}
		}
	}
	b.add("path", path)
	b.add("turns", strconv.Itoa(turns))
}

// edgeFeatures look at both ends and at what stands beside them.
func (p *proposer) edgeFeatures(b *bag, st *Stretch) {
	r := p.readers[st.Sentence]
	i, j := st.first, st.end
	b.add("words", steps(j-i, 1, 2, 3, 4, 6, 8, 10, 13, 16, 20))
	b.add("first", r.Form(i))
	b.add("first upos", string(r.UPOS(i)))
	b.add("last upos", string(r.UPOS(j-1)))
	b.add("before", r.Form(i-1))
	b.add("before upos", string(r.UPOS(i-1)))
	b.add("after", r.Form(j))
	b.add("after upos", string(r.UPOS(j)))
	b.add("sentence", steps(int(st.Sentence), 0, 1, 2, 5, 10, 20))
	b.add("sentence words", steps(r.Hi-r.Lo, 8, 15, 25, 40))
	if r.opensMark(i - 1) {
		b.add("in marks")
	}
}

// contentFeatures look at the words themselves.
func (p *proposer) contentFeatures(b *bag, st *Stretch) {
	r := p.readers[st.Sentence]
	content, finite, negative := 0, 0, 0
	mood := map[string]int{}
	for t := st.first; t < st.end; t++ {
		switch r.UPOS(t) {
		case document.NOUN, document.VERB, document.ADJ:
			content++
			b.add("word", r.Lemma(t))
		case document.PROPN:
			content++
		case document.AUX:
			b.add("word", r.Lemma(t))
		}
		if r.IsFinite(t) {
			finite++
		}
		if lexicon.OneOf(r.Form(t), negations) {
			negative++
		}
		lemma := r.Lemma(t)
		if kind := r.s.kinds[lemma]; kind != "" {
			mood[kind]++
			if mood[kind] == 1 {
				b.add("holds", kind)
			}
		}
		if tone := r.s.tone[lemma]; tone != "" {
			b.add("tone", string(tone))
		}
	}
	b.add("mood", sign(mood["bad"]+mood["hurt"])+sign(mood["good"]+mood["help"])+sign(mood["turn"]), bit(negative > 0))
	b.add("content", steps(content, 0, 1, 2, 3, 5))
	b.add("finite", steps(finite, 0, 1, 2))
	names := 0
	for _, n := range p.named[st.Sentence] {
		if n.at >= st.first && n.at < st.end {
			names++
		}
	}
	b.add("names", steps(names, 0, 1, 2))
}

// voiceFeatures look at the statement that holds the stretch.
func (p *proposer) voiceFeatures(b *bag, st *Stretch) {
	r := p.readers[st.Sentence]
	if st.voice == document.NoStatement {
		b.add("reporter")
		if id := p.cueAbove(st); id != document.NoStatement {
			b.add("under cue", r.Lemma(int(p.d.TokensIn(p.d.Statements[id].Cue).First)))
		}
		return
	}
	said := &p.d.Statements[st.voice]
	lo, hi := r.sameVoice(st.head, r.Lo, r.Hi)
	share := steps(100*(st.end-st.first)/max(1, hi-lo), 20, 40, 60, 80, 95)
	cue := ""
	if !said.Cue.IsEmpty() {
		if in := p.d.TokensIn(said.Cue); in.First < in.End {
			cue = p.d.Tokens[in.First].Lemma
		}
	}
	b.add("voice", string(said.Kind), string(said.Form))
	b.add("share", share)
	b.add("at start", bit(st.first-lo < 2))
	b.add("at end", bit(hi-st.end <= 1))
	b.add("said", cue)
	b.add("said rel", cue, p.d.Tokens[st.head].DepRel)
	b.add("said kind", cue, r.s.kinds[r.Lemma(st.head)])
	b.add("said share", cue, share)
	b.add("nested", bit(said.Within != document.NoStatement))
	b.add("goes on", bit(said.Follows != document.NoStatement))
	b.add("trust", steps(int(100*said.Sure.Value), 50, 60, 70, 80, 90))
}

func bit(yes bool) string {
	if yes {
		return "1"
	}
	return "0"
}

func sign(n int) string { return steps(n, 0, 1) }

// steps sorts a number into the first step that it does not exceed.
func steps(n int, tops ...int) string {
	for _, top := range tops {
		if n <= top {
			return "≤" + strconv.Itoa(top)
		}
	}
	return ">" + strconv.Itoa(tops[len(tops)-1])
}

// class joins stances that lean the same way.
func class(s document.Stance) string {
	switch s {
	case document.Opposes, document.Rejects, document.Threatens:
		return "against"
	case document.Open, document.Conditional:
		return "open"
	}
	return "for"
}
