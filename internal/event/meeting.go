package event

import (
	"slices"
	"strings"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// A session is one mention of a meeting, as its sentence tells it.
type session struct {
	document.Meeting
	mention text.Span
	from    int  // tokens of the cue
	to      int  //
	asVerb  bool // "met" rather than "the meeting"
	sides   bool // its subject stands for the parties: "the delegations met"
	told    int  // how much the sentence tells: the best mention leads
}

// A clauseOf is the stretch of a sentence that one cue rules.
type clauseOf struct {
	*document.View
	s      *Stage
	lo, hi int
}

func (s *Stage) findMeetings(d *document.Doc, views []*document.View) {
	var found []session
	for _, v := range views {
		for i := v.Lo; i < v.Hi; i++ {
			w, end, ok := s.meetings.At(v.Word, i)
			if !ok || w.tells != "noun" && w.tells != "verb" {
				continue
			}
			if m, ok := s.read(v, w, i, end); ok {
				found = append(found, m)
			}
			i = end - 1
		}
	}
	d.Meetings = append(d.Meetings, merge(d, found)...)
}

// read builds a session from the words around the cue at [i, end).
func (s *Stage) read(v *document.View, w meetingWord, i, end int) (session, bool) {
	c := clauseAround(s, v, i, end)
	out := session{from: i, to: end, asVerb: w.tells == "verb"}
	out.Format, out.Talks = w.format, document.NoTalks
	if !c.fits(w, i, end) {
		return out, false
	}
	c.participants(&out)
	c.place(&out)
	c.time(&out)
	if !c.state(&out) || !out.isMeeting(v.Doc) {
		return out, false
	}
	out.mention = c.nameSpan(&out)
	out.Name = v.Doc.In(out.mention)
	rule := "noun"
	if out.asVerb {
		rule = "verb"
	}
	out.Made = document.Made{Stage: "event", Rule: "meeting-" + rule + "-" + w.format, Version: Version}
	out.told = 2*len(out.Participants) + 2*len(strings.Fields(out.Place)) + int(out.When.Precision)
	return out, true
}

// clauseAround returns the words between the nearest boundaries: marks, and
// conjunctions that open another clause.
func clauseAround(s *Stage, v *document.View, i, end int) *clauseOf {
	c := &clauseOf{View: v, s: s, lo: i, hi: end}
	for c.lo > v.Lo && !c.breaksLeft(c.lo-1) {
		c.lo--
	}
	for c.hi < v.Hi && !c.breaksRight(c.hi) {
		c.hi++
	}
	return c
}

func (c *clauseOf) breaksLeft(k int) bool {
	return oneOf(c.Form(k), "; : — that while whereas but although because which who as") || c.Form(k) == "," && oneOf(c.Form(k+1), "and but with while") && c.Mention(k+2) != document.NoMention
}

func (c *clauseOf) breaksRight(k int) bool {
	return oneOf(c.Form(k), "; : — while whereas but although because which who that after following where") ||
		oneOf(c.Form(k), "and but") && k > c.Lo && (c.IsFinite(k+1) || c.IsFinite(k+2) && c.UPOS(k+1) == document.ADV) ||
		c.Form(k) == "," && (c.IsVerb(k+1) && !oneOf(c.Form(k+1), "planned scheduled set due held") || oneOf(c.Form(k+1), "and but with while as"))
}

// fits sorts out words that are no meeting: "press conference", "the talks" of a
// court, "meet a target".
func (c *clauseOf) fits(w meetingWord, i, end int) bool {
	if w.tells == "verb" {
		if c.Lemma(i) == "discuss" && c.Form(i-1) == "to" {
			return false // the purpose of a meeting that other words tell
		}
		if c.Lemma(i) == "discuss" && c.Doc.StatementAt(c.Doc.Tokens[i].Span.Start) != document.NoStatement {
			return false
		}
		if c.XPOS(i) == "VBG" && oneOf(c.Form(i-1), "of without by from \" “") {
			return false // an act that somebody is blamed for or kept from
		}
		return c.IsVerb(i) && c.Mention(i) == document.NoMention && !c.isPassive(i)
	}
	if m := c.Mention(i); m != document.NoMention && oneOf(w.format, "council call visit") {
		return false
	}
	if c.UPOS(i) == document.VERB && c.XPOS(i) != "VBG" {
		return false
	}
	for k := i - 1; k >= max(c.Lo, i-2); k-- {
		if w, _, ok := c.s.meetings.At(c.Word, k); ok && w.tells == "not" {
			return false
		}
	}
	return true
}

// isPassive reports whether "be" stands before the verb: "was met by police".
func (c *clauseOf) isPassive(i int) bool {
	return c.XPOS(i) == "VBN" && oneOf(c.Form(i-1), "be been being is are was were")
}

// participants are the sides named beside the cue: "talks between A and B", "A's
// meeting with B", "A–B summit", "A met B".
func (c *clauseOf) participants(m *session) {
	var list []document.ActorID
	add := func(k int) {
		if a := c.Actor(k); a != document.NoActor {
			if p := c.Doc.Party(a); c.canMeet(p) && !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	with := c.withAfter(m.to)
	switch {
	case m.asVerb:
		c.eachName(c.lo, m.from, c.isSubject, add)
		if c.lo > c.Lo && oneOf(c.Form(c.lo-1), "and but") && len(list) == 0 {
			c.eachName(c.Lo, c.lo, c.isSubject, add)
		}
		if st := c.Doc.StatementAt(c.Doc.Tokens[m.from].Span.Start); st != document.NoStatement && oneOf(c.Form(m.from-1), "we i") {
			if p := c.Doc.Statements[st].For; p != document.NoActor && !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
		if len(list) == 0 && c.hasSides(m.from) {
			m.sides = true
			list = partiesAt(c.Doc, c.Doc.Sentences[c.Doc.Tokens[m.from].Sentence].Paragraph)
		}
		c.eachName(m.to, c.endOfCompany(m.to), c.isCompany, add)
	default:
		for k := m.from - 1; k >= c.lo && m.from-k <= 5 && !c.IsVerb(k) && !oneOf(c.Form(k), "for to on in of with at"); k-- {
			add(k)
		}
		if with > 0 && c.Form(with) == "with" || oneOf(c.Form(c.governor(m.from)), c.takers()) || c.takes(m.from) {
			c.eachName(c.lo, m.from, c.isSubject, add)
		}
		if with > 0 {
			c.eachName(with+1, min(c.hi, with+16), c.isCompany, add)
		}
		if m.Format == "visit" && (c.Form(m.to) == "to" || c.Form(m.to) == "by") {
			c.eachName(m.to+1, min(c.hi, m.to+6), func(int) bool { return true }, add)
		}
		if c.isFronted(m.from) {
			c.eachName(c.hi, c.firstVerb(c.hi), c.isSubject, add)
		}
	}
	if len(list) == 0 && m.Format == "talks" && len(c.Doc.Talks) == 1 && c.Doc.Talks[0].SubjectKey != "" {
		list = partiesAt(c.Doc, c.Doc.Sentences[c.Doc.Tokens[m.from].Sentence].Paragraph)[:2] // a round is one of the parties
	}
	m.Participants = list
}

// canMeet reports whether an actor can take part: a side, or a person of no known
// side; people that are only described ("the audience") are none.
func (c *clauseOf) canMeet(a document.ActorID) bool {
	actor := &c.Doc.Actors[a]
	if actor.Kind != document.Group && actor.Kind != document.Unclear {
		return true
	}
	return slices.ContainsFunc(actor.Mentions, func(m document.MentionID) bool { return c.Doc.Mentions[m].Form == document.Named })
}

// isFronted reports whether the noun stands in an adjunct that opens the sentence:
// "At a meeting in Jerusalem, the two leaders agreed …".
func (c *clauseOf) isFronted(i int) bool {
	return i-c.Lo <= 5 && oneOf(c.Form(c.Lo), "at during after following in") && c.Form(c.hi) == ","
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
		if oneOf(c.Form(k), "in on at for to") || c.UPOS(k) == document.PUNCT {
			return i
		}
		k++
	}
	for k < min(c.hi, i+22) {
		if oneOf(c.Form(k), "in on at for over about") || c.IsVerb(k) {
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
	return "hold attend join begin start resume enter host open convene skip boycott refuse cancel postpone conduct have continue conclude finish lead mediate"
}

// takes reports whether a verb of takers stands before the noun.
func (c *clauseOf) takes(i int) bool {
	for k := i - 1; k >= c.lo && i-k <= 7; k-- {
		if c.IsVerb(k) {
			return oneOf(c.Lemma(k), c.takers())
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
		if oneOf(c.Form(n), "between with among") {
			return n
		}
		if c.IsVerb(n) && !oneOf(c.Form(n), "held being") {
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
	return !oneOf(c.Form(before), "in at on for over about against amid regarding towards near")
}

// isMeeting asks for what makes a mention a meeting: two sides, or one with a
// place or a day, or a body's own session.
func (m *session) isMeeting(d *document.Doc) bool {
	dated := m.When.IsKnown()
	switch {
	case len(m.Participants) >= 2:
		return m.Format != "signing" || m.Place != ""
	case m.Format == "signing":
		return false
	case m.sides:
		return m.Place != "" || dated
	case m.asVerb:
		return len(m.Participants) == 1 && m.Place != "" && oneOf(m.Format, "meeting session talks") && d.Actors[m.Participants[0]].Kind != document.Organ
	case len(m.Participants) == 0 && m.Place != "":
		return dated || oneOf(m.Format, "talks summit")
	case len(m.Participants) == 1:
		return m.Format != "visit" && (m.Place != "" || dated || m.Format == "summit")
	}
	return dated && m.Place != ""
}

// state tells what became of the meeting, by words in its clause (TimeML: tense,
// modality and event class decide whether an event happened). It returns false
// where the words only wish for it: "called for talks".
func (c *clauseOf) state(m *session) bool {
	m.State = document.Held
	unreal, wasTo := false, false
	for k := max(c.lo, m.from-9); k < min(c.hi, m.to+9); k++ {
		w, end, ok := c.s.meetings.At(c.Word, k)
		if !ok || k >= m.from && k < m.to {
			continue
		}
		before := k < m.from
		switch w.tells {
		case "planned":
			if c.Form(k) == "would" && m.State != document.Held || !before && !oneOf(c.Form(k), "will scheduled due expected planned set to is are") {
				break
			}
			if m.State == document.Held {
				m.State = document.Planned
			}
		case "postponed", "refused":
			if c.IsVerb(k) && !c.overName(k, m) {
				m.State = document.MeetingState(w.tells)
			}
		case "cancelled":
			wasTo = wasTo || oneOf(c.Form(k), "was were")
			if !oneOf(c.Form(k), "was were") && c.IsVerb(k) {
				m.State = document.Cancelled
			}
		case "unreal":
			if c.Form(k) == "if" && !m.asVerb {
				break
			}
			unreal = unreal || before && m.from-end <= 4 || !before && oneOf(c.Form(k), "could might if")
		}
		k = end - 1
	}
	if unreal && m.State == document.Held || unreal && m.State == document.Planned && !m.When.IsKnown() {
		return false
	}
	c.settle(m, wasTo)
	return true
}

// overName reports whether another noun phrase stands between the verb at k and
// the meeting, so that the verb is about something else.
func (c *clauseOf) overName(k int, m *session) bool {
	return k < m.from && m.from-k > 7 || k > m.to && k-m.to > 7
}

// settle lets the calendar decide: what lies after the day of publication is
// planned, "was to meet" on a day gone by did not happen.
func (c *clauseOf) settle(m *session, wasTo bool) {
	published := c.Doc.Article.Published
	if m.State == document.Held && m.asVerb && c.XPOS(m.from) == "VB" && c.Form(m.from-1) == "to" && !c.onTheWay(m.from) {
		m.State = document.Planned
	}
	if published.IsZero() || m.When.Precision != calendar.ToDay {
		return
	}
	switch {
	case m.State == document.Held && published.Before(m.When.First):
		m.State = document.Planned
	case m.State == document.Planned && wasTo && m.When.First.Before(published):
		m.State = document.Cancelled
	case m.State == document.Planned && m.When.First.Before(published):
		m.State = document.Held
	}
}

// onTheWay reports whether a verb of motion governs the infinitive at i: "visit
// Orsa to meet the governor".
func (c *clauseOf) onTheWay(i int) bool {
	for k := i - 1; k >= c.Lo && i-k < 12; k-- {
		if c.IsVerb(k) && oneOf(c.Lemma(k), "travel come go visit arrive gather fly convene") {
			return true
		}
	}
	return false
}

// nameSpan returns the article's own words for the meeting: the noun with its
// modifiers and "between A and B", or the verb with its participants.
func (c *clauseOf) nameSpan(m *session) text.Span {
	lo, hi := m.from, m.to
	for lo > c.lo && m.from-lo < 5 && oneOf(string(c.UPOS(lo-1)), "ADJ NOUN PROPN NUM") && !c.isTime(lo-1) {
		lo--
	}
	if m.asVerb {
		for k := m.from - 1; k >= c.lo && m.from-k < 8; k-- {
			if c.Mention(k) != document.NoMention {
				lo = k
			}
		}
	}
	for k := hi; k < min(c.hi, m.to+9); k++ {
		if c.UPOS(k) == document.PUNCT && c.Form(k) != "-" && c.Form(k) != "–" || c.isTime(k) || c.IsVerb(k) {
			break
		}
		if c.UPOS(k) == document.PROPN || c.UPOS(k) == document.NOUN {
			hi = k + 1
		}
	}
	return c.Span(lo, hi)
}
