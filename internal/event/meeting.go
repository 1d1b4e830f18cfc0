package event

import (
	"slices"
	"strings"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// A session is one mention of a meeting, as its sentence tells it.
type session struct {
	document.Meeting
	mention text.Span
	from    int  // tokens of the cue
	to      int  //
	asVerb  bool // "met" rather than "the meeting"
	guessed bool // who takes part is taken from the talks around it
	sides   bool // its subject stands for the parties: "the delegations met"
	back    bool // points back without telling anything: "the talks", "that meeting"
	within  int  // token of the verb of meeting that the noun hangs on, -1 where on none: "met for a summit"
	told    int  // how much the sentence tells: the best mention leads
}

// A clauseOf is the stretch of a sentence that one cue rules.
type clauseOf struct {
	*document.View
	s      *Stage
	t      *tree
	lo, hi int
}

func (s *Stage) findMeetings(d *document.Doc, trees []*tree) {
	var found []session
	for _, t := range trees {
		v := t.View
		for i := v.Lo; i < v.Hi; i++ {
			w, end, ok := s.meetings.At(v.Word, i)
			if ok && w.tells == "verb" && !t.acts(i) {
				w, end, ok = s.nouns.At(v.Word, i) // "talks to end the war"
			}
			if !ok || w.tells != "noun" && w.tells != "verb" {
				continue
			}
			if m, ok := s.read(t, w, i, end); ok {
				found = append(found, m)
			}
			i = end - 1
		}
	}
	for _, m := range s.merge(d, found) {
		m.Sure = s.confidence(&m)
		d.Meetings = append(d.Meetings, m)
	}
}

// read builds a session from the words around the cue at [i, end).
func (s *Stage) read(t *tree, w meetingWord, i, end int) (session, bool) {
	v := t.View
	if w.tells == "noun" && v.Form(end-1) == "with" {
		end--
	}
	c := clauseAround(s, v, i, end)
	c.t = t
	out := session{from: i, to: end, within: -1, asVerb: w.tells == "verb"}
	out.Format, out.Talks = w.format, document.NoTalks
	if !c.fits(w, i, end) {
		return out, false
	}
	c.participants(&out)
	c.place(&out)
	c.time(&out)
	if !c.state(&out) || !out.isMeeting(v.Doc) || c.isInPassing(&out) {
		return out, false
	}
	out.back = c.pointsBack(&out)
	if verb, rel, prep := c.t.verbAbove(c.t.top(i, end)); !out.asVerb && rel == "obl" && lexicon.OneOf(prep, "for at in during") {
		out.within = verb
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
	return lexicon.OneOf(c.Form(k), "; : — that while whereas but although because which who as") || c.Form(k) == "," && lexicon.OneOf(c.Form(k+1), "and but with while") && c.Mention(k+2) != document.NoMention
}

func (c *clauseOf) breaksRight(k int) bool {
	return lexicon.OneOf(c.Form(k), "; : — while whereas but although because which who that after following where") ||
		lexicon.OneOf(c.Form(k), "and but") && k > c.Lo && (c.IsFinite(k+1) || c.IsFinite(k+2) && c.UPOS(k+1) == document.ADV) ||
		c.Form(k) == "," && (c.IsVerb(k+1) && !lexicon.OneOf(c.Form(k+1), "planned scheduled set due held") || lexicon.OneOf(c.Form(k+1), "and but with while as"))
}

// fits sorts out words that are no meeting: "press conference", "the talks" of a
// court, "meet a target".
func (c *clauseOf) fits(w meetingWord, i, end int) bool {
	if w.tells == "verb" {
		if c.Lemma(i) == "discuss" && c.t.isKnown() && !c.isJoint(i) {
			return false
		}
		if c.Lemma(i) == "discuss" && c.Form(i-1) == "to" {
			return false // the purpose of a meeting that other words tell
		}
		if c.Lemma(i) == "discuss" && c.Doc.StatementAt(c.Doc.Tokens[i].Span.Start) != document.NoStatement {
			return false
		}
		if c.XPOS(i) == "VBG" && lexicon.OneOf(c.Form(i-1), "of without by from \" “") {
			return false // an act that somebody is blamed for or kept from
		}
		return c.t.acts(i) && c.Mention(i) == document.NoMention && !c.isPassive(i)
	}
	if m := c.Mention(i); m != document.NoMention && lexicon.OneOf(w.format, "council call visit") {
		return false
	}
	if c.UPOS(i) == document.VERB && (c.XPOS(i) != "VBG" || c.Lemma(i) == "talk") && !lexicon.OneOf(c.t.rel(i), "nsubj obj obl nmod") {
		return false
	}
	if len(c.t.kids(i, "nsubj")) > 0 && len(c.t.kids(i, "cop")) == 0 {
		return false // a verb to the parser: "she talks about plans"
	}
	if w.format == "conference" && c.isBody(i) {
		return false
	}
	for k := i - 1; k >= max(c.Lo, i-2); k-- {
		if w, _, ok := c.s.meetings.At(c.Word, k); ok && w.tells == "not" {
			return false
		}
	}
	return true
}

// pointsBack reports whether a definite noun says nothing of its own of the meeting.
func (c *clauseOf) pointsBack(m *session) bool {
	if m.asVerb || m.When.IsKnown() || m.Place != "" || m.Format == "call" {
		return false
	}
	return lexicon.OneOf(c.Form(m.from-1), "the this that these those their") && c.withAfter(m.to) == 0
}

// isJoint reports whether two sides discuss something: two subjects, or "with".
func (c *clauseOf) isJoint(i int) bool {
	if len(c.t.subjects(i)) >= 2 {
		return true
	}
	return slices.ContainsFunc(c.t.kids(i, "obl"), func(k int) bool { return c.t.mark(k) == "with" }) ||
		slices.ContainsFunc(c.t.kids(i, "obj"), func(k int) bool {
			return slices.ContainsFunc(c.t.kids(k, "nmod"), func(n int) bool { return c.t.mark(n) == "with" })
		})
}

// isBody reports whether the word at i ends the name of a body that meets under it:
// "the Episcopal Conference".
func (c *clauseOf) isBody(i int) bool {
	m := c.Mention(i)
	if m == document.NoMention || c.Doc.Mentions[m].Form != document.Named {
		return false
	}
	return c.Doc.TokensIn(c.Doc.Mentions[m].Span).End == document.TokenID(i+1) && !lexicon.OneOf(c.Form(i+1), "in at on")
}

// isPassive reports whether "be" stands before the verb: "was met by police".
func (c *clauseOf) isPassive(i int) bool {
	return c.XPOS(i) == "VBN" && lexicon.OneOf(c.Form(i-1), "be been being is are was were")
}

// isInPassing reports whether a mention without day or place only speaks of meetings:
// a visit as the occasion of something else, talks of nobody named that were not held,
// meetings of a body in general, a word to people who are no side.
func (c *clauseOf) isInPassing(m *session) bool {
	verb, _, prep := c.t.verbAbove(c.t.top(m.from, m.to))
	switch {
	case m.When.IsKnown():
		return false
	case m.Format == "visit" && !m.asVerb:
		return m.State == document.Held && (lexicon.OneOf(prep, "on during") || verb >= 0 && c.Lemma(verb) == "coincide")
	case m.asVerb && lexicon.OneOf(c.Lemma(m.from), personal):
		return slices.ContainsFunc(m.Participants, func(a document.ActorID) bool {
			return !lexicon.OneOf(string(c.Doc.Actors[a].Kind), "state organisation bloc") && c.Doc.Actors[a].Kind != document.ArmedGroup
		})
	case m.guessed && m.Place == "":
		return m.State == document.Refused || c.Form(m.to-1) == "negotiation"
	}
	return c.XPOS(m.to-1) == "NNS" && m.Format == "meeting" && !m.asVerb && m.Place == "" && lexicon.OneOf(c.Form(m.from-1), "its their his her")
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
	case len(m.Participants) == 1 && dated && m.Format == "meeting" && d.Actors[m.Participants[0]].Kind == document.Organisation:
		return true
	case m.asVerb:
		return len(m.Participants) == 1 && m.Place != "" && lexicon.OneOf(m.Format, "meeting session talks") && d.Actors[m.Participants[0]].Kind != document.Organ
	case len(m.Participants) == 0 && m.Place != "":
		return dated || lexicon.OneOf(m.Format, "talks summit")
	case len(m.Participants) == 1:
		if m.Format == "visit" {
			return m.State != document.Held && m.Place != ""
		}
		return (m.Place != "" || dated || m.Format == "summit")
	}
	return dated && m.Place != ""
}

// state tells what became of the meeting, by words in its clause (TimeML: tense,
// modality and event class decide whether an event happened). It returns false
// where the words only wish for it: "called for talks".
func (c *clauseOf) state(m *session) bool {
	m.State = document.Held
	unreal, wasTo := false, false
	_, rel, prep := c.t.verbAbove(c.t.top(m.from, m.to))
	past := !m.asVerb && rel == "obl" && lexicon.OneOf(prep, "after following during")
	for k := max(c.lo, m.from-9); k < min(c.hi, m.to+9); k++ {
		w, end, ok := c.s.meetings.At(c.Word, k)
		if !ok || k >= m.from && k < m.to {
			continue
		}
		before := k < m.from
		switch w.tells {
		case "planned":
			if c.Form(k) == "would" && m.State != document.Held || !before && !lexicon.OneOf(c.Form(k), "will scheduled due expected planned set to is are") {
				break
			}
			if m.State == document.Held && !(past && before && c.IsVerb(k)) {
				m.State = document.Planned
			}
		case "postponed", "refused":
			if c.IsVerb(k) && !c.overName(k, m) {
				m.State = document.MeetingState(w.tells)
			}
		case "cancelled":
			wasTo = wasTo || lexicon.OneOf(c.Form(k), "was were")
			if !lexicon.OneOf(c.Form(k), "was were") && c.IsVerb(k) {
				m.State = document.Cancelled
			}
		case "unreal":
			if c.Form(k) == "if" && !m.asVerb {
				break
			}
			unreal = unreal || before && m.from-end <= 4 || !before && lexicon.OneOf(c.Form(k), "could might if")
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
		if c.IsVerb(k) && lexicon.OneOf(c.Lemma(k), "travel come go visit arrive gather fly convene") {
			return true
		}
	}
	return false
}

// nameSpan returns the article's own words for the meeting: the noun with its
// modifiers and "between A and B", or the verb with its participants.
func (c *clauseOf) nameSpan(m *session) text.Span {
	lo, hi := m.from, m.to
	for lo > c.lo && m.from-lo < 5 && lexicon.OneOf(string(c.UPOS(lo-1)), "ADJ NOUN PROPN NUM") && !c.isTime(lo-1) {
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
