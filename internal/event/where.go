package event

import (
	"slices"
	"strings"
	"time"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
)

// place reads "in Geneva", "at Sable Point", "the Geneva talks", "visit Ottawa".
func (c *clauseOf) place(m *session) {
	if !m.asVerb && c.UPOS(m.from-1) == document.PROPN && !c.isTime(m.from-1) && c.Mention(m.from-1) == document.NoMention {
		if p, _ := c.placeEnding(m.from); p != "" {
			m.Place = p
		}
	}
	if oneOf(c.Lemma(m.from), "visit arrive travel fly") || m.Format == "visit" && c.Form(m.to) == "to" {
		if p := c.placeAt(c.skipTo(m.to)); p != "" {
			m.Place = p
			return
		}
	}
	for k := m.to; k < min(c.hi, m.to+22); k++ {
		if oneOf(c.Form(k), "in at") && !c.isTime(k+1) {
			if p := c.placeAt(c.skipTo(k + 1)); p != "" {
				m.Place = p
				return
			}
		}
	}
	if !m.asVerb {
		return
	}
	for k := c.lo; k < m.from; k++ {
		if oneOf(c.Form(k), "in at") && k == c.Lo && !c.isTime(k+1) {
			if p := c.placeAt(c.skipTo(k + 1)); p != "" {
				m.Place = p
			}
		}
	}
}

func (c *clauseOf) skipTo(k int) int {
	for oneOf(c.Form(k), "to in the") {
		k++
	}
	return k
}

// placeAt returns the run of proper nouns at k that names no person.
func (c *clauseOf) placeAt(k int) string {
	end := k
	for end < c.hi && (c.isProper(end) || end > k && c.Form(end) == "-" && c.isProper(end+1)) && !c.isTime(end) && end-k < 5 {
		if m := c.Mention(end); m != document.NoMention && c.Doc.Mentions[m].Kind == document.Person && c.Form(k-1) != "in" {
			return ""
		}
		end++
	}
	if end == k || c.Form(end) == "'s" {
		return ""
	}
	for n := end; n < min(c.hi, end+3); n++ { // "the Orsan port of Sable"
		if c.Form(n) == "of" && n > end && c.isProper(n+1) {
			return c.placeAt(n + 1)
		}
		if c.UPOS(n) != document.NOUN {
			break
		}
	}
	return c.Doc.In(c.Span(k, end))
}

// isProper reports whether token k is part of a name: tagged so, or in capitals
// within the sentence.
func (c *clauseOf) isProper(k int) bool {
	if !c.Has(k) {
		return false
	}
	first := c.Doc.Form(document.TokenID(k))[0]
	return c.UPOS(k) == document.PROPN || k > c.Lo && first >= 'A' && first <= 'Z' && c.UPOS(k) != document.PRON
}

func (c *clauseOf) placeEnding(end int) (string, int) {
	k := end
	for k > c.lo && c.UPOS(k-1) == document.PROPN && c.Mention(k-1) == document.NoMention && !c.isTime(k-1) {
		k--
	}
	if k == end {
		return "", k
	}
	return c.Doc.In(c.Span(k, end)), k
}

func (c *clauseOf) isTime(k int) bool {
	if !c.Has(k) {
		return false
	}
	if isCalendarName(c.Doc.Form(document.TokenID(k))) {
		return true
	}
	at := c.Doc.Tokens[k].Span.Start
	return slices.ContainsFunc(c.Doc.Times, func(t document.Time) bool { return t.Span.Has(at) })
}

// isCalendarName reports whether the word is a month or a day of the week.
func isCalendarName(word string) bool {
	for m := time.January; m <= time.December; m++ {
		if word == m.String() {
			return true
		}
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if word == d.String() {
			return true
		}
	}
	return false
}

// time takes the day that stands nearest to the cue in its clause, else nearest in
// the sentence. A verb in the present tense of a report without another day, and
// what directly follows "after" or "at" in one, was on the day of publication:
// "Iran's envoy meets his colleague in Muscat".
func (c *clauseOf) time(m *session) {
	best, away := -1, 1<<30
	cue := c.Span(m.from, m.to)
	for n, t := range c.Doc.Times {
		if !c.Doc.Sentences[c.Doc.Tokens[m.from].Sentence].Span.Contains(t.Span) || t.When.Precision != calendar.ToDay && t.When.Precision != calendar.ToMonth {
			continue
		}
		in := c.Doc.TokensIn(t.Span)
		if int(in.First) < c.lo && !c.opens(int(in.First)) || int(in.First) >= c.hi || c.Mention(int(in.First)) != document.NoMention || c.setOff(m, int(in.First)) {
			continue
		}
		distance := t.Span.Start - cue.End
		if distance < 0 {
			distance = 2 * (cue.Start - t.Span.End)
		}
		if distance < away {
			best, away = n, distance
		}
	}
	switch {
	case best >= 0:
		m.When = c.ahead(m, c.Doc.Times[best])
	case c.inPresent(m) && !c.Doc.Article.Published.IsZero():
		m.When = calendar.On(c.Doc.Article.Published)
	}
}

// ahead moves a bare weekday into the week after the article where the verb tells
// what is still to come (TimeML: the present tense of a schedule, modals): "the round
// opens on Tuesday".
func (c *clauseOf) ahead(m *session, t document.Time) calendar.When {
	published := c.Doc.Article.Published
	if published.IsZero() || !isCalendarName(strings.TrimPrefix(c.Doc.In(t.Span), "on ")) || !t.When.First.Before(published) || t.When.Precision != calendar.ToDay {
		return t.When
	}
	for k := m.to; k < c.hi && !m.asVerb; k++ {
		if !c.IsVerb(k) {
			continue
		}
		if oneOf(c.Form(k), "opens begins starts resumes will") || oneOf(c.Form(k), "is are") && oneOf(c.Form(k+1), "to due scheduled planned expected set") {
			return calendar.On(t.When.First.Add(7))
		}
		break
	}
	return t.When
}

// setOff reports whether the time at token t is that of something before or after
// which the meeting was: "met before the vote on Friday".
func (c *clauseOf) setOff(m *session, t int) bool {
	for k := m.to; k < t; k++ {
		if oneOf(c.Form(k), "before after since until ahead") && k < t-1 {
			return true
		}
	}
	return oneOf(c.Form(t-1), "before since until")
}

// opens reports whether the time at token k opens the sentence: "On Friday, …".
func (c *clauseOf) opens(k int) bool { return k-c.Lo <= 1 }

// inPresent reports whether the meeting is told in the present tense of a report:
// "the envoys meet", "after talking to Veyra, Orsa says", "flies to Lyon to meet".
func (c *clauseOf) inPresent(m *session) bool {
	before := m.from - 1
	if m.asVerb {
		switch {
		case c.XPOS(m.from) == "VBG" && m.Format != "talks" && oneOf(c.Form(before), "after following during"):
			return c.tellsNow(true)
		case c.Form(before) == "to" && c.onTheWay(m.from):
			return c.tellsNow(true)
		}
		return oneOf(c.XPOS(m.from), "VBZ VBP VB") && !c.afterModal(m.from)
	}
	for c.Has(before) && (oneOf(string(c.UPOS(before)), "ADJ DET NOUN PROPN")) {
		before--
	}
	switch c.Form(before) {
	case "following", "after":
		return c.tellsNow(true)
	case "during": // talks last for days, a call does not
		return m.Format != "talks" && c.tellsNow(true)
	case "at":
		return c.tellsNow(false)
	}
	return oneOf(c.XPOS(before), "VBZ VBP") && oneOf(c.Lemma(before), "hold begin attend start conclude convene host")
}

// tellsNow reports whether the first finite verb of the sentence is in the present;
// one in the plural, which taggers take for a bare form, counts on demand.
func (c *clauseOf) tellsNow(plural bool) bool {
	for k := c.Lo; k < c.Hi; k++ {
		if c.IsFinite(k) || plural && c.XPOS(k) == "VB" && !c.afterModal(k) {
			return c.XPOS(k) == "VBZ" || plural && oneOf(c.XPOS(k), "VBP VB")
		}
	}
	return false
}

func (c *clauseOf) afterModal(i int) bool {
	for k := i - 1; k >= max(c.lo, i-3); k-- {
		if c.XPOS(k) == "MD" || c.Form(k) == "to" {
			return true
		}
	}
	return false
}
