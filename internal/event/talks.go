package event

import (
	"slices"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// A strand is what one paragraph tells of a negotiation.
type strand struct {
	parties   []document.ActorID
	weight    map[document.ActorID]int // how surely each is a party
	conflict  conflict
	mediators []document.ActorID
	mentions  []text.Span
	subject   text.Span
	classes   map[string]int
	class     string // told by the very words for the talks: "trade deal"
	paragraph document.ParagraphID
}

// findTalks reads each paragraph and joins strands of the same sides.
func (s *Stage) findTalks(d *document.Doc, views []*document.View) {
	var strands []strand
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		st := strand{classes: map[string]int{}, weight: map[document.ActorID]int{}, paragraph: document.ParagraphID(i)}
		for id := p.First; id < p.End && int(id) < len(views); id++ {
			s.readTalks(views[id], &st)
			st.conflict.read(views[id], s.combining)
		}
		if len(st.mentions) > 0 && len(st.parties) > 0 {
			strands = append(strands, st)
		}
	}
	for _, group := range joinStrands(strands) {
		if t, ok := s.talksOf(d, group); ok {
			d.Talks = append(d.Talks, t)
		}
	}
}

// readTalks adds what a sentence tells: a word for talks with the sides beside it,
// or two sides that agree, sign or meet.
func (s *Stage) readTalks(v *document.View, st *strand) {
	for i := v.Lo; i < v.Hi; {
		w, end, ok := s.talks.At(v.Word, i)
		if !ok {
			i++
			continue
		}
		switch w.tells {
		case "class":
			st.classes[w.class]++
			if st.subject.IsEmpty() {
				st.subject = subjectAround(v, i, end)
			}
		case "mediate":
			st.mediators = append(st.mediators, s.mediatorsBeside(v, i, end)...)
		case "talks":
			if isNegotiation(v, i, end) {
				st.mentions = append(st.mentions, v.Span(i, end))
				st.add(1, s.sidesOf(v)...)
				st.add(3, s.sidesBeside(v, i, end)...)
				if w.class != "" {
					st.class = w.class
					st.classes[w.class] += 2
				}
			}
		case "act":
			if both := s.actingTogether(v, i); len(both) >= 2 {
				st.mentions = append(st.mentions, v.Span(i, end))
				st.add(4, both...)
			}
		}
		i = end
	}
}

func (st *strand) add(weight int, sides ...document.ActorID) {
	for _, a := range sides {
		if !slices.Contains(st.parties, a) {
			st.parties = append(st.parties, a)
		}
		st.weight[a] += weight
	}
}

// sidesBeside returns the parties that the words for the talks themselves name:
// "talks between A and B", "negotiations with A", "the A–B deal".
func (s *Stage) sidesBeside(v *document.View, i, end int) []document.ActorID {
	var out []document.ActorID
	add := func(k int) {
		for _, p := range v.Doc.Parties(v.Actor(k)) {
			if s.isSide(v.Doc, p) && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	for k := i - 1; k >= max(v.Lo, i-4) && (v.Mention(k) != document.NoMention || lexicon.OneOf(v.Form(k), "- – 's peace trade")); k-- {
		add(k)
	}
	for k := end; k < min(v.Hi, end+5); k++ {
		if !lexicon.OneOf(v.Form(k), "between with among") {
			continue
		}
		if isPair(v, k+1) {
			return append(out, twoBefore(v, i)...)
		}
		for n := k + 1; n < min(v.Hi, k+10) && !v.IsVerb(n) && !lexicon.OneOf(v.Form(n), "in on at over about to"); n++ {
			add(n)
		}
		break
	}
	return out
}

// pairNouns stand, with "two" or "both", for the two states named last.
const pairNouns = "countries nations states governments sides neighbours neighbors capitals"

// isPair reports whether "the two countries" or "both sides" stands at token k.
func isPair(v *document.View, k int) bool {
	if v.Form(k) == "the" {
		k++
	}
	return lexicon.OneOf(v.Form(k), "two both") && lexicon.OneOf(v.Form(k+1), pairNouns)
}

// twoBefore returns the two states that the paragraph names last before token k, nil
// where it names one.
func twoBefore(v *document.View, k int) []document.ActorID {
	d := v.Doc
	paragraph := d.ParagraphAt(d.Tokens[k].Span.Start)
	var out []document.ActorID
	for i := len(d.Mentions) - 1; i >= 0 && len(out) < 2; i-- {
		m := &d.Mentions[i]
		if m.Span.End > d.Tokens[k].Span.Start || d.ParagraphAt(m.Span.Start) != paragraph || m.Actor == document.NoActor {
			continue
		}
		if p := d.Party(m.Actor); d.Actors[p].Kind == document.State && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	if len(out) < 2 {
		return nil
	}
	slices.Reverse(out)
	return out
}

// isNegotiation sorts out "a great deal", "talks to reporters", "deal with".
func isNegotiation(v *document.View, i, end int) bool {
	if v.IsVerb(i) {
		return lexicon.OneOf(v.Lemma(i), "negotiate mediate")
	}
	return !lexicon.OneOf(v.Form(i-1), "great good big") && !(v.Form(end) == "to" && lexicon.OneOf(v.Form(end-1), "talk talks") && v.UPOS(end+1) != document.VERB)
}

// sidesOf returns the parties that the sentence names.
func (s *Stage) sidesOf(v *document.View) []document.ActorID {
	var out []document.ActorID
	for i := v.Lo; i < v.Hi; i++ {
		a := v.Actor(i)
		if a == document.NoActor {
			continue
		}
		for _, p := range v.Doc.Parties(a) {
			if s.isSide(v.Doc, p) && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// isSide reports whether an actor can be a side of a negotiation: a state, body or
// group that the article calls by its name. "both sides", "reporters" and "a group
// of experts" stand for others or for nobody; who judges or reports is none.
func (s *Stage) isSide(d *document.Doc, a document.ActorID) bool {
	if a == document.NoActor || s.quiet.reports(d, a) || d.Actors[a].Kind == document.Organisation && d.Actors[a].Speaks == document.NoActor {
		return false // a forum in which the sides sit speaks for nobody
	}
	switch d.Actors[a].Kind {
	case document.State, document.Organisation, document.ArmedGroup, document.Bloc, document.Group:
		return slices.ContainsFunc(d.Actors[a].Mentions, func(m document.MentionID) bool { return d.Mentions[m].Form == document.Named })
	}
	return false
}

// actingTogether returns the coordinated subjects of the verb at i: "A and B sign".
func (s *Stage) actingTogether(v *document.View, i int) []document.ActorID {
	if !v.IsVerb(i) {
		return nil
	}
	var out []document.ActorID
	joint := false
	for k := i - 1; k >= v.Lo && i-k < 18; k-- {
		if lexicon.OneOf(v.Form(k), "; : that while") {
			break
		}
		joint = joint || v.Form(k) == "and"
		if a := v.Actor(k); a != document.NoActor {
			if p := v.Doc.Party(a); s.isSide(v.Doc, p) && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	for k := i + 1; k < min(v.Hi, i+8) && v.Lemma(i) != "agree"; k++ {
		if v.Form(k) == "with" {
			joint = true
			if p := v.Doc.Party(v.Actor(k + 1)); p != document.NoActor && s.isSide(v.Doc, p) && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	if !joint {
		return nil
	}
	slices.Reverse(out)
	return out
}

// mediatorsBeside returns who mediates: "mediated by Qatar and Egypt", "Oman
// mediates", "US-brokered".
func (s *Stage) mediatorsBeside(v *document.View, i, end int) []document.ActorID {
	var out []document.ActorID
	add := func(k int) {
		if a := v.Actor(k); a != document.NoActor {
			if p := v.Doc.Party(a); s.isSide(v.Doc, p) && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	if v.Form(end) == "by" {
		for k := end + 1; k < min(v.Hi, end+8) && !v.IsVerb(k); k++ {
			add(k)
		}
		return out
	}
	for k := i - 1; k >= max(v.Lo, i-3); k-- {
		add(k)
	}
	return out
}

// subjectAround returns the noun phrase around the word of a subject: "security
// guarantees", "the release of hostages".
func subjectAround(v *document.View, i, end int) text.Span {
	lo, hi := i, end
	for lo > v.Lo && i-lo < 3 && lexicon.OneOf(string(v.UPOS(lo-1)), "ADJ NOUN") {
		lo--
	}
	for hi < v.Hi && hi-end < 2 && v.UPOS(hi) == document.NOUN {
		hi++
	}
	return v.Span(lo, hi)
}

// namedFrom is the weight of a party that the words for the talks name at least once.
const namedFrom = 3

// joinStrands puts together strands whose sides are those of one negotiation: one
// set within the other, or two sides in common; their classes must not exclude
// each other.
func joinStrands(strands []strand) [][]strand {
	var groups [][]strand
	for _, st := range strands {
		at := slices.IndexFunc(groups, func(g []strand) bool {
			return slices.ContainsFunc(g, func(o strand) bool { return sameTalks(o, st) })
		})
		if at < 0 {
			groups = append(groups, []strand{st})
			continue
		}
		groups[at] = append(groups[at], st)
	}
	return groups
}

func sameTalks(a, b strand) bool {
	both := 0
	for _, p := range a.parties {
		if slices.Contains(b.parties, p) {
			both++
		}
	}
	if both == 0 || a.class != "" && b.class != "" && a.class != b.class {
		return false
	}
	return both >= 2 || both == min(len(a.parties), len(b.parties))
}

// talksOf makes a negotiation of its strands: the parties named most often first,
// mediators apart. One side alone makes no talks.
func (s *Stage) talksOf(d *document.Doc, group []strand) (document.Talks, bool) {
	count, classes := map[document.ActorID]int{}, map[string]int{}
	var out document.Talks
	var war conflict
	for _, st := range group {
		war.theatres, war.sides = append(war.theatres, st.conflict.theatres...), append(war.sides, st.conflict.sides...)
		for _, p := range st.parties {
			if count[p] += st.weight[p]; !slices.Contains(out.Parties, p) {
				out.Parties = append(out.Parties, p)
			}
		}
		for _, m := range st.mediators {
			if !slices.Contains(out.Mediators, m) {
				out.Mediators = append(out.Mediators, m)
			}
		}
		for c, n := range st.classes {
			classes[c] += n
		}
		out.Mentions = append(out.Mentions, st.mentions...)
		out.Paragraphs = append(out.Paragraphs, st.paragraph)
		if out.Subject == "" && !st.subject.IsEmpty() {
			out.Subject = d.In(st.subject)
		}
	}
	for _, p := range out.Parties {
		if count[p] >= namedFrom {
			out.Named = append(out.Named, p)
		}
		if kind := d.Actors[p].Kind; kind == document.Organisation || kind == document.Group {
			count[p] -= 2 // a firm, an outlet or a union named nearby is less often a party than a state
		}
	}
	slices.SortStableFunc(out.Parties, func(a, b document.ActorID) int { return count[b] - count[a] })
	if rest := slices.DeleteFunc(slices.Clone(out.Parties), func(p document.ActorID) bool { return slices.Contains(out.Mediators, p) }); len(rest) >= 2 {
		out.Parties = rest
	} else {
		out.Mediators = nil
	}
	out.SubjectKey = mostOften(classes)
	out.Parties = s.blocs.without(d, out.Parties, out.Named)
	out.Conflict = s.conflictOf(&war, stateKeys(d, out.Parties), classes["peace"] >= 1)
	out.Parties = belligerentsFirst(d, out.Conflict, out.Parties)
	out.Made = document.Made{Stage: "event", Rule: "talks-sides-and-subject", Version: Version}
	return out, len(out.Parties) >= 2
}

// belligerentsFirst puts those who fight before those who talk of it, where the
// article names both.
func belligerentsFirst(d *document.Doc, keys []string, parties []document.ActorID) []document.ActorID {
	var out []document.ActorID
	for _, key := range keys {
		for a := range d.Actors {
			if d.Actors[a].Key == key && len(d.Actors[a].Mentions) > 0 {
				out = append(out, document.ActorID(a))
			}
		}
	}
	if len(out) < 2 {
		return parties
	}
	for _, p := range parties {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

func mostOften(counts map[string]int) string {
	best := ""
	for c, n := range counts {
		if n > counts[best] || n == counts[best] && c < best {
			best = c
		}
	}
	return best
}

func stateKeys(d *document.Doc, list []document.ActorID) []string {
	var out []string
	for _, a := range list {
		if d.Actors[a].Kind == document.State {
			out = append(out, d.Actors[a].Key)
		}
	}
	return out
}
