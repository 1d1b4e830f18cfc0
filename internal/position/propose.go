package position

import (
	"context"
	"slices"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// A Feature is one readable trait of a proposal: a name and one or two values.
type Feature struct{ Name, A, B string }

// String gives the feature as the table of the model has it.
func (f Feature) String() string {
	out := f.Name
	if f.A != "" || f.B != "" {
		out += "=" + f.A
	}
	if f.B != "" {
		out += "|" + f.B
	}
	return out
}

// A Stretch is words that may be the mention of a position.
type Stretch struct {
	Words    text.Span
	Sentence document.SentenceID
	Features []Feature
	Value    float64 // how likely somebody stands somewhere on them

	first, end, head int
	voice            document.StatementID
	claims           []*claim // of cues, about mostly the same words
}

// A Pair is a stretch with an actor that may hold a position on it.
type Pair struct {
	Stretch  int // in the list of stretches
	Holder   document.ActorID
	Features []Feature

	by   document.ActorID
	same []*claim // claims of the stretch with this holder
}

// An origin is one way in which an actor came to be a possible holder.
type origin struct {
	how  string
	by   document.ActorID
	near int // token of its mention in the sentence, or -1
}

// A proposer gathers what one document may tell.
type proposer struct {
	s       *Stage
	d       *document.Doc
	trees   *forest
	readers []*reader
	claims  [][]*claim // by sentence
	named   [][]naming // by sentence
}

// A naming is a mention of a known actor at the token of its head.
type naming struct {
	at    int
	actor document.ActorID
}

func (s *Stage) newProposer(ctx context.Context, d *document.Doc) (*proposer, error) {
	p := &proposer{s: s, d: d, trees: plant(d), readers: make([]*reader, len(d.Sentences)), claims: make([][]*claim, len(d.Sentences)), named: make([][]naming, len(d.Sentences))}
	for i := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.readers[i] = newReader(s, d, document.SentenceID(i))
		for _, c := range p.readers[i].claims() {
			p.claims[i] = append(p.claims[i], &c)
		}
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Actor == document.NoActor {
			continue
		}
		if at := int(d.TokensIn(m.Head).First); at < len(d.Tokens) {
			k := d.Tokens[at].Sentence
			p.named[k] = append(p.named[k], naming{at, m.Actor})
		}
	}
	return p, nil
}

// all returns what each sentence may tell.
func (p *proposer) all() (stretches []Stretch, pairs []Pair) {
	for i := range p.d.Sentences {
		for _, st := range p.stretches(document.SentenceID(i)) {
			st.Features = p.stretchFeatures(&st, nil)
			pairs = append(pairs, p.pairs(len(stretches), &st)...)
			stretches = append(stretches, st)
		}
	}
	return stretches, pairs
}

// candidates returns what the model makes of each pair.
func (p *proposer) candidates() []Candidate {
	var out []Candidate
	room := make([]Feature, 0, 128)
	j := p.s.model.judge(p)
	for i := range p.d.Sentences {
		for _, st := range p.stretches(document.SentenceID(i)) {
			st.Features = p.stretchFeatures(&st, room[:0])
			if j.stretch(&st); j.isHopeless() {
				continue
			}
			if p.readers[i].label(st.Words) == "" || p.holdsCondition(&st) {
				continue
			}
			for _, pair := range p.pairs(0, &st) {
				if p.isAnothers(&st, pair.Holder) {
					continue
				}
				v := j.pair(&pair)
				p.heed(&st, &pair, &v)
				if p.tellsOtherwise(&st, pair.Holder, v.stance) {
					continue
				}
				if v.right >= p.s.model.Floor {
					c := p.claim(&st, &pair, v)
					out = append(out, Candidate{Position: p.s.position(p.d, c, p.readers[i].label(c.mention)), Order: len(out), Value: v.right, claim: c})
				}
			}
		}
	}
	return out
}

// isAnothers reports whether the words tell outright what another party wants, so that
// they are not the holder's own: "Veyra rejects the toll, Tolmark said".
func (p *proposer) isAnothers(st *Stretch, holder document.ActorID) bool {
	return slices.ContainsFunc(p.claims[st.Sentence], func(c *claim) bool {
		return c.isOutright() && !c.own && c.holder != holder && (c.mention.Overlaps(st.Words) || st.Words.Contains(c.predicate))
	})
}

// tellsOtherwise reports whether the words hold a predicate by which the same party
// stands the other way on part of them: "Tolmark did not accept the toll" is no
// position for itself, but one against the toll.
func (p *proposer) tellsOtherwise(st *Stretch, holder document.ActorID, stance document.Stance) bool {
	return slices.ContainsFunc(p.claims[st.Sentence], func(c *claim) bool {
		return c.negated && c.holder == holder && class(c.stance) != class(stance) &&
			st.Words.Contains(c.predicate) && st.Words.Contains(c.mention)
	})
}

// holdsCondition reports whether the words tell both an act and what it hangs on, which
// are two matters: "open the lock if the toll ends".
func (p *proposer) holdsCondition(st *Stretch) bool {
	return slices.ContainsFunc(p.claims[st.Sentence], func(c *claim) bool {
		return c.cue.takes == takesCondition && st.Words.Contains(c.predicate) && st.Words.Contains(c.mention)
	})
}

// heed takes the stance from the cue that gives the words to this holder: on records
// of people it is right more often than what is learned, and a cue within the words of
// another before that one. What the words tell outright
// is kept, at the least as likely.
func (p *proposer) heed(st *Stretch, pair *Pair, v *verdict) {
	var best *claim
	for _, c := range pair.same {
		if c.isOutright() {
			v.right, v.stance, v.own = max(v.right, p.s.model.Floor), c.stance, c.own
			return
		}
		if c.cue.takes != takesCondition && (best == nil || c.mention == st.Words || best.mention.Contains(c.predicate) && best.mention != st.Words) {
			best = c
		}
	}
	if best != nil {
		v.stance = best.stance
	}
}

// isOutright reports whether the claim tells a stance of a named party other than who
// speaks: by a verb of stance with its subject in a statement, or aside.
func (c *claim) isOutright() bool {
	if c.holder == document.NoActor || c.cue.pos != "V" {
		return false
	}
	_, how, _ := strings.Cut(c.rule, "|")
	switch c.cue.move {
	case document.Support, document.Oppose, document.Reject, document.Accept, document.Propose:
		return how == "content-told" || how == "article-aside"
	}
	return false
}

// claim makes a claim of a pair: by the cue that is about the same words and tells a
// stance of the same class, else by the stance alone.
func (p *proposer) claim(st *Stretch, pair *Pair, v verdict) claim {
	r := p.readers[st.Sentence]
	out := claim{
		stance: v.stance, own: v.own, predicate: r.Span(st.head, st.head+1), mention: st.Words, sentence: st.Sentence, holder: pair.Holder,
		recipient: document.NoActor, by: pair.by, statement: st.voice, mode: r.modeOf(st.head, false), rule: "learned",
	}
	out.cue.move = moveOf[v.stance]
	if g := p.trees.head(st.head); r.Has(g) {
		out.predicate, out.mode = r.Span(g, g+1), r.modeOf(g, r.isNegated(g))
	}
	if out.by == document.NoActor && st.voice != document.NoStatement {
		out.by = p.d.Statements[st.voice].Speaker
	}
	if out.by == document.NoActor {
		out.own = true
	}
	if c := closest(st, pair, v.stance, r.Span(st.head, st.head+1)); c != nil {
		out.cue, out.stance, out.denied, out.predicate, out.recipient, out.mode = c.cue, c.stance, c.denied, c.predicate, c.recipient, c.mode
		out.rule, out.mention = c.cue.words, c.mention
		switch {
		case c.holder != pair.Holder: // the cue tells another's act, of this holder only the stance
			out.cue.move = moveOf[c.stance]
		case c.isOutright():
			out.by, out.own = c.by, c.own
		}
	}
	return out
}

// closest returns the claim of a stretch that tells a stance of the class: one of
// this holder before others, one about the very words before others.
func closest(st *Stretch, pair *Pair, stance document.Stance, head text.Span) *claim {
	var best *claim
	rank := -1
	for _, c := range st.claims {
		if class(c.stance) != class(stance) || !c.mention.Contains(head) && !c.predicate.Contains(head) {
			continue
		}
		n := 0
		if c.holder == pair.Holder {
			n += 2
		}
		if c.mention == st.Words {
			n++
		}
		if n > rank {
			best, rank = c, n
		}
	}
	return best
}

// moveOf is the act that a stance is, where no cue tells it.
var moveOf = map[document.Stance]document.MoveKind{
	document.Demands: document.Demand, document.Proposes: document.Propose, document.Supports: document.Support, document.Accepts: document.Accept,
	document.Open: document.Agree, document.Conditional: document.Condition, document.Opposes: document.Oppose, document.Rejects: document.Reject,
	document.Threatens: document.Threaten, document.Promises: document.Promise,
}

// stretches returns the stretches of a sentence, in the order of their heads.
func (p *proposer) stretches(id document.SentenceID) []Stretch {
	r := p.readers[id]
	var out []Stretch
	seen := map[stretch]bool{}
	for h := r.Lo; h < r.Hi; h++ {
		for _, cut := range r.stretches(p.trees, h) {
			if seen[cut] || !r.isPoint(r.Span(cut.first, cut.end)) {
				continue
			}
			seen[cut] = true
			st := Stretch{Words: r.Span(cut.first, cut.end), Sentence: id, first: cut.first, end: cut.end, head: p.trees.top(cut.first, cut.end)}
			st.voice = r.frame(st.head)
			for _, c := range p.claims[id] {
				if alike(st.Words, c.mention) {
					st.claims = append(st.claims, c)
				}
			}
			out = append(out, st)
		}
	}
	return out
}

// alike reports whether two stretches of words are mostly the same.
func alike(a, b text.Span) bool {
	shared := min(a.End, b.End) - max(a.Start, b.Start)
	return shared > 0 && 4*shared >= a.Len()+b.Len()
}

// holders returns who may stand somewhere on a stretch, with how each came there: who
// says it and for whom, who is named in the sentence, else in the one before.
func (p *proposer) holders(st *Stretch) (order []document.ActorID, origins map[document.ActorID][]origin) {
	origins = map[document.ActorID][]origin{}
	put := func(a document.ActorID, o origin) {
		if a == document.NoActor {
			return
		}
		if _, known := origins[a]; !known {
			order = append(order, a)
		}
		origins[a] = append(origins[a], o)
	}
	if st.voice != document.NoStatement {
		p.speakers(st.voice, "said ", put)
		if outer := p.d.Statements[st.voice].Within; outer != document.NoStatement {
			p.speakers(outer, "outer ", put)
		}
	} else if id := p.cueAbove(st); id != document.NoStatement {
		p.speakers(id, "cue ", put)
	}
	for _, n := range p.named[st.Sentence] {
		where := "before"
		if n.at >= st.end {
			where = "after"
		} else if n.at >= st.first {
			where = "in"
		}
		put(n.actor, origin{"named " + where, document.NoActor, n.at})
		if party := p.d.Party(n.actor); party != n.actor {
			put(party, origin{"party " + where, document.NoActor, n.at})
		}
		for _, m := range p.d.Actors[n.actor].Members {
			put(p.d.Party(m), origin{"member " + where, document.NoActor, n.at})
		}
	}
	if st.Sentence > 0 && len(order) == 0 {
		for k, n := range p.named[st.Sentence-1] {
			if k < 2 {
				put(p.d.Party(n.actor), origin{"sentence before", document.NoActor, -1})
			}
		}
	}
	r := p.readers[st.Sentence]
	order = slices.DeleteFunc(order, func(a document.ActorID) bool { return !r.canHold(a) })
	return order, origins
}

// speakers puts whoever a statement may speak for.
func (p *proposer) speakers(id document.StatementID, how string, put func(document.ActorID, origin)) {
	said := &p.d.Statements[id]
	by := said.Speaker
	put(said.For, origin{how + "for", by, -1})
	if by == document.NoActor {
		return
	}
	put(by, origin{how + "speaker", by, -1})
	put(p.d.Party(by), origin{how + "party", by, -1})
	for _, m := range p.d.Actors[by].Members {
		put(p.d.Party(m), origin{how + "member", by, -1})
	}
}

// cueAbove returns the statement whose cue governs a stretch in the reporter's voice.
func (p *proposer) cueAbove(st *Stretch) document.StatementID {
	r := p.readers[st.Sentence]
	for t, k := st.head, 0; t >= 0 && k < 12; t, k = p.trees.head(t), k+1 {
		if r.Has(t) && r.cues[t-r.Lo] != document.NoStatement {
			return r.cues[t-r.Lo]
		}
	}
	return document.NoStatement
}

// Tokens returns the first token of the words, the one after the last, and the one
// that heads them.
func (st *Stretch) Tokens() (first, end, head int) { return st.first, st.end, st.head }
