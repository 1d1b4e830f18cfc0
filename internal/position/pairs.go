package position

import (
	"slices"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// pairs returns each holder that a stretch may have, with its features.
func (p *proposer) pairs(number int, st *Stretch) []Pair {
	order, origins := p.holders(st)
	var out []Pair
	for _, a := range order {
		pair := Pair{Stretch: number, Holder: a, by: document.NoActor}
		for _, o := range origins[a] {
			if o.by != document.NoActor {
				pair.by = o.by
				break
			}
		}
		for _, c := range st.claims {
			if c.holder == a {
				pair.same = append(pair.same, c)
			}
		}
		pair.Features = p.holderFeatures(st, &pair, origins[a], len(order))
		out = append(out, pair)
	}
	return out
}

// holderFeatures tell who the holder is, how it came to be thought of, and how its
// mention hangs together with the stretch.
func (p *proposer) holderFeatures(st *Stretch, pair *Pair, origins []origin, others int) []Feature {
	b := &bag{list: make([]Feature, 0, 30)}
	voice := "said"
	if st.voice == document.NoStatement {
		voice = "told"
	}
	a := &p.d.Actors[pair.Holder]
	b.add("holder", string(a.Kind), voice)
	b.add("holder mentions", steps(len(a.Mentions), 0, 1, 2, 4, 8))
	b.add("holders", steps(others, 1, 2, 3, 5))
	b.add("holder of", bit(a.Of != document.NoActor), string(a.Kind))
	var ways []string
	subject, nearest, before := false, 1000, false
	for _, o := range origins {
		b.add("origin", o.how, voice)
		if !slices.Contains(ways, o.how) {
			ways = append(ways, o.how)
		}
		if o.near < 0 {
			continue
		}
		subject = p.roleFeatures(b, st, o) || subject
		if away := max(st.head-o.near, o.near-st.head); away < nearest {
			nearest, before = away, o.near < st.head
		}
	}
	slices.Sort(ways)
	b.add("origins", strings.Join(ways, ","), voice)
	b.add("is subject", bit(subject), voice)
	if nearest < 1000 {
		b.add("distance", steps(nearest, 2, 4, 8, 15), bit(before))
	}
	b.add("claimed", bit(len(pair.same) > 0), steps(len(st.claims), 0, 1, 2))
	for _, c := range pair.same {
		_, how, _ := strings.Cut(c.rule, "|")
		b.add("claim", how)
		b.add("claim takes", string(c.cue.takes), how)
	}
	return b.list
}

// roleFeatures look at the relation between a mention of the holder and the words:
// as a rule the subject of what governs them holds what is told (PolNeAR, Newell et
// al. 2018, sources as subjects of cues): "Veyra" in "Veyra wants the lock opened".
func (p *proposer) roleFeatures(b *bag, st *Stretch, o origin) (subject bool) {
	r, f := p.readers[st.Sentence], p.trees
	t, climbed := o.near, 0
	for climbed < 6 && f.head(t) >= 0 && lexicon.OneOf(p.d.Tokens[t].DepRel, "compound flat flat:name nmod:poss amod appos conj nmod det") {
		t, climbed = f.head(t), climbed+1
	}
	role, top := p.d.Tokens[t].DepRel, f.head(t)
	u, away := st.head, 0
	for u >= 0 && u != top {
		u, away = f.head(u), away+1
	}
	b.add("climbed", steps(climbed, 0, 1, 2, 3))
	if top < 0 || u != top {
		b.add("role apart", role)
		return false
	}
	b.add("role", role, steps(away, 0, 1, 2, 3, 5))
	b.add("role of", role+" "+r.Lemma(top), steps(away, 0, 1, 2))
	b.add("role kind", role+" "+r.s.kinds[r.Lemma(top)], steps(away, 0, 1, 2))
	return strings.HasPrefix(role, "nsubj")
}
