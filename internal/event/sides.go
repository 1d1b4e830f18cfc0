package event

import (
	"slices"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// personal are verbs that tell of a meeting only where people are subject and object:
// one receives an envoy, and a letter; one speaks to a governor, and to a crowd.
const personal = "receive host welcome summon speak talk"

// participants are the sides named beside the cue: "talks between A and B", "A's
// meeting with B", "A–B summit", "A met B".
func (c *clauseOf) participants(m *session) {
	var told []document.ActorID
	if c.t.isKnown() {
		told = c.byTree(m)
		if len(told) >= 2 || m.asVerb && lexicon.OneOf(c.Lemma(m.from), personal) {
			m.Participants = told
			return
		}
	}
	n := &names{c: c}
	if m.asVerb {
		n.besideVerb(m)
	} else {
		n.besideNoun(m)
	}
	if len(n.list) == 0 && m.Format == "talks" && len(c.Doc.Talks) == 1 && c.Doc.Talks[0].SubjectKey != "" {
		m.guessed = true
		n.list = partiesAt(c.Doc, c.Doc.Sentences[c.Doc.Tokens[m.from].Sentence].Paragraph)[:2] // a round is one of the parties
	}
	for _, a := range told {
		n.take(a)
	}
	if st := c.Doc.StatementAt(c.Doc.Tokens[m.from].Span.Start); len(n.list) == 1 && st != document.NoStatement && lexicon.OneOf(m.Format, "call meeting") && !m.asVerb && len(c.company(m)) > 0 {
		if p := c.Doc.Statements[st].For; p != document.NoActor && c.canMeet(p) {
			n.take(p) // "tariffs will wait after a call with the governor, she said"
		}
	}
	m.Participants = n.list
}

// names gathers the sides that words beside a cue name, each once.
type names struct {
	c    *clauseOf
	list []document.ActorID
}

func (n *names) take(a document.ActorID) {
	if a != document.NoActor && !slices.Contains(n.list, a) {
		n.list = append(n.list, a)
	}
}

func (n *names) add(k int) {
	for _, p := range n.c.Doc.Parties(n.c.Actor(k)) {
		if n.c.canMeet(p) {
			n.take(p)
		}
	}
}

func (n *names) besideVerb(m *session) {
	c := n.c
	c.eachName(c.lo, m.from, c.isSubject, n.add)
	if c.lo > c.Lo && lexicon.OneOf(c.Form(c.lo-1), "and but") && len(n.list) == 0 {
		c.eachName(c.Lo, c.lo, c.isSubject, n.add)
	}
	if st := c.Doc.StatementAt(c.Doc.Tokens[m.from].Span.Start); st != document.NoStatement && lexicon.OneOf(c.Form(m.from-1), "we i") {
		n.take(c.Doc.Statements[st].For)
	}
	if len(n.list) == 0 && c.hasSides(m.from) {
		m.sides = true
		n.list = partiesAt(c.Doc, c.Doc.Sentences[c.Doc.Tokens[m.from].Sentence].Paragraph)
	}
	c.eachName(m.to, c.endOfCompany(m.to), c.isCompany, n.add)
}

func (n *names) besideNoun(m *session) {
	c := n.c
	for k := m.from - 1; k >= c.lo && m.from-k <= 5 && !c.IsVerb(k) && !lexicon.OneOf(c.Form(k), "for to on in of with at"); k-- {
		n.add(k)
	}
	with := c.withAfter(m.to)
	if with > 0 && c.Form(with) == "with" || lexicon.OneOf(c.Form(c.governor(m.from)), c.takers()) || c.takes(m.from) {
		c.eachName(c.lo, m.from, c.isSubject, n.add)
	}
	if with > 0 {
		c.eachName(with+1, min(c.hi, with+16), c.isCompany, n.add)
	}
	if m.Format == "visit" && (c.Form(m.to) == "to" || c.Form(m.to) == "by") {
		c.eachName(m.to+1, min(c.hi, m.to+6), func(int) bool { return true }, n.add)
	}
	if lo, hi := c.where(m.to); lo < hi {
		c.eachName(lo, hi, c.isSubject, n.add)
	}
	if c.isFronted(m.from) {
		c.eachName(c.hi, c.firstVerb(c.hi), c.isSubject, n.add)
	}
}

// canMeet reports whether an actor can take part: a side, or a person of no known
// side; people that are only described ("the audience") are none, nor is who asks and
// reports.
func (c *clauseOf) canMeet(a document.ActorID) bool {
	if a == document.NoActor {
		return false
	}
	actor := &c.Doc.Actors[a]
	if actor.Kind == document.Organisation && c.s.quiet.reports(c.Doc, a) {
		return false
	}
	if actor.Kind != document.Group && actor.Kind != document.Unclear {
		return true
	}
	return slices.ContainsFunc(actor.Mentions, func(m document.MentionID) bool { return c.Doc.Mentions[m].Form == document.Named })
}

// isFronted reports whether the noun stands in an adjunct that opens the sentence:
// "At a meeting in Jerusalem, the two leaders agreed …".
func (c *clauseOf) isFronted(i int) bool {
	return i-c.Lo <= 5 && lexicon.OneOf(c.Form(c.Lo), "at during after following in") && c.Form(c.hi) == ","
}

// where returns the tokens between "where" and the first verb of a clause that tells
// what was done at the meeting whose noun ends at token k: "the Sable conference,
// where Orsa and Veyra agreed to a truce".
func (c *clauseOf) where(k int) (lo, hi int) {
	for n := k; n < min(c.Hi, k+8) && !c.IsVerb(n) && !lexicon.OneOf(c.Form(n), "; that who"); n++ {
		if c.Form(n) == "where" {
			return n + 1, c.firstVerb(n + 1)
		}
	}
	return k, k
}

// firstVerb returns the first finite verb from token k on, at most 16 tokens away.
func (c *clauseOf) firstVerb(k int) int {
	for n := k; n < min(c.Hi, k+16); n++ {
		if c.IsFinite(n) {
			return n
		}
	}
	return k
}

// endOfCompany returns the token after the object of a verb of meeting: it begins
// beside the verb or after "with", and ends with its coordination.
func (c *clauseOf) endOfCompany(i int) int {
	k := i
	for k < c.hi && k-i < 5 && c.Mention(k) == document.NoMention && c.Form(k) != "with" {
		if lexicon.OneOf(c.Form(k), "in on at for to") || c.UPOS(k) == document.PUNCT {
			return i
		}
		k++
	}
	for k < min(c.hi, i+22) {
		if lexicon.OneOf(c.Form(k), "in on at for over about") || c.IsVerb(k) {
			break
		}
		k++
	}
	return k
}

// hasSides reports whether words that stand for the parties come before token i in
// its sentence: "the delegations", "both sides".
func (c *clauseOf) hasSides(i int) bool {
	for k := i - 1; k >= c.Lo && i-k < 16; k-- {
		if w, _, ok := c.s.meetings.At(c.Word, k); ok && w.tells == "sides" {
			return true
		}
	}
	return false
}

// partiesAt returns the parties of the talks that the paragraph tells of, else of
// the article's first talks.
func partiesAt(d *document.Doc, p document.ParagraphID) []document.ActorID {
	for i := range d.Talks {
		if slices.Contains(d.Talks[i].Paragraphs, p) {
			return slices.Clone(d.Talks[i].Parties)
		}
	}
	if len(d.Talks) > 0 {
		return slices.Clone(d.Talks[0].Parties)
	}
	return nil
}

// takers are verbs whose subject takes part in the meeting that is their object.
func (c *clauseOf) takers() string {
	return "launch hold attend join begin start resume enter host open convene skip boycott refuse cancel postpone conduct have continue conclude finish lead mediate"
}

// takes reports whether a verb of takers stands before the noun.
func (c *clauseOf) takes(i int) bool {
	for k := i - 1; k >= c.lo && i-k <= 7; k-- {
		if c.IsVerb(k) {
			return lexicon.OneOf(c.Lemma(k), c.takers())
		}
	}
	return false
}

func (c *clauseOf) governor(i int) int {
	for k := i - 1; k >= c.lo; k-- {
		if c.IsVerb(k) {
			return k
		}
	}
	return -1
}

// withAfter returns the token "between" or "with" that belongs to the noun ending
// at k, or 0.
func (c *clauseOf) withAfter(k int) int {
	for n := k; n < min(c.hi, k+9); n++ {
		if lexicon.OneOf(c.Form(n), "between with among") {
			return n
		}
		if c.IsVerb(n) && !lexicon.OneOf(c.Form(n), "held being") {
			return 0
		}
	}
	return 0
}

// eachName calls add for one token of each mention in [i, j) that ok accepts.
func (c *clauseOf) eachName(i, j int, ok func(int) bool, add func(int)) {
	last := document.NoMention
	for k := i; k < j; k++ {
		m := c.Mention(k)
		if m == document.NoMention || m == last {
			continue
		}
		last = m
		if ok(k) {
			add(k)
		}
	}
}

// isSubject reports whether the name that begins at k can be a subject: no
// preposition before it.
func (c *clauseOf) isSubject(k int) bool {
	before := k - 1
	for c.UPOS(before) == document.DET && c.Has(before) {
		before--
	}
	return !c.Has(before) || c.UPOS(before) != document.ADP
}

// isCompany reports whether the name at k stands for who was met, not for a place
// or a subject: "met Iran's envoy in Oman on sanctions".
func (c *clauseOf) isCompany(k int) bool {
	before := k - 1
	for c.UPOS(before) == document.DET && c.Has(before) {
		before--
	}
	return !lexicon.OneOf(c.Form(before), "in at on for over about against amid regarding towards near")
}
