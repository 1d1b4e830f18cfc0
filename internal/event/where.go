package event

import (
	"slices"
	"strings"
	"time"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// place reads "in Geneva", "at Sable Point", "the Geneva talks", "visit Ottawa".
func (c *clauseOf) place(m *session) {
	if !m.asVerb && c.UPOS(m.from-1) == document.PROPN && !c.isTime(m.from-1) && c.Mention(m.from-1) == document.NoMention {
		if p, _ := c.placeEnding(m.from); p != "" {
			m.Place = p
		}
	}
	if lexicon.OneOf(c.Lemma(m.from), "visit arrive travel fly") || m.Format == "visit" && c.Form(m.to) == "to" {
		if p := c.placeAt(c.skipTo(m.to)); p != "" {
			m.Place = p
			return
		}
	}
	for k := m.to; k < min(c.hi, m.to+22); k++ {
		if lexicon.OneOf(c.Form(k), "in at") && !c.isTime(k+1) && !c.ofOther(m, c.skipTo(k+1)) {
			if p := c.placeAt(c.skipTo(k + 1)); p != "" {
				m.Place = p
				return
			}
		}
	}
	if p := c.placeOnTheWay(m); p != "" {
		m.Place = p
		return
	}
	if !m.asVerb {
		return
	}
	for k := c.lo; k < m.from; k++ {
		if lexicon.OneOf(c.Form(k), "in at") && k == c.Lo && !c.isTime(k+1) {
			if p := c.placeAt(c.skipTo(k + 1)); p != "" {
				m.Place = p
			}
		}
	}
}

// ofOther reports whether the tree hangs the place at token k on what the meeting was
// about: "talks on the hostages in Sable".
func (c *clauseOf) ofOther(m *session, k int) bool {
	for k = c.t.head(k); k >= m.to; k = c.t.head(k) {
		switch {
		case c.IsVerb(k):
			return c.t.rel(k) == "acl"
		case lexicon.OneOf(c.t.mark(k), "on over about regarding concerning of for against from into after before since"):
			return true
		}
	}
	return false
}

// placeOnTheWay returns where somebody goes for a meeting: "arrives in Qatar for
// talks".
func (c *clauseOf) placeOnTheWay(m *session) string {
	verb, _, _ := c.t.verbAbove(c.t.top(m.from, m.to))
	if verb < 0 || verb > m.from || !lexicon.OneOf(c.Lemma(verb), "arrive go travel fly come gather land return head") {
		return ""
	}
	for k := verb + 1; k < m.from; k++ {
		if lexicon.OneOf(c.Form(k), "in to at") {
			if p := c.placeAt(c.skipTo(k + 1)); p != "" {
				return p
			}
		}
	}
	return ""
}

func (c *clauseOf) skipTo(k int) int {
	for lexicon.OneOf(c.Form(k), "to in the") {
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
		if (int(in.First) < c.lo && !c.opens(int(in.First)) || int(in.First) >= c.hi) && !c.tellsOf(m, int(in.First)) || !c.rules(m, int(in.First)) || c.inName(int(in.First)) || c.setOff(m, int(in.First)) || c.ofTelling(m, t.Span.Start) {
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
	if on, ok := c.daysFrom(m); ok {
		m.When = on
		return
	}
	switch {
	case best >= 0:
		m.When = c.ahead(m, c.Doc.Times[best])
	case c.inTitle(m):
	case c.inPresent(m) && !c.Doc.Article.Published.IsZero():
		m.When = calendar.On(c.Doc.Article.Published)
	}
}

// inName reports whether token k is part of a name itself, not only of what stands
// before one: "the Sunday Herald", but "on Sunday Governor Brask signed".
func (c *clauseOf) inName(k int) bool {
	m := c.Mention(k)
	return m != document.NoMention && c.Doc.Mentions[m].Head.Has(c.Doc.Tokens[k].Span.Start)
}

// daysFrom counts from the day of a report: "the raid comes a day after the talks",
// "two days before the visit". What comes was on the day of publication.
func (c *clauseOf) daysFrom(m *session) (calendar.When, bool) {
	k := m.from - 1
	for c.Has(k) && !lexicon.OneOf(c.Form(k), "before after") && m.from-k < 9 && !c.IsFinite(k) {
		k--
	}
	n := slices.Index([]string{"the", "a", "two", "three", "four", "five", "six"}, c.Form(k-2))
	if k-3 < c.Lo || !lexicon.OneOf(c.Form(k), "before after") || !lexicon.OneOf(c.Form(k-1), "day days") || n < 0 && c.Form(k-2) != "one" || c.Doc.Article.Published.IsZero() {
		return calendar.When{}, false
	}
	n = max(n, 1)
	if c.Form(k) == "after" {
		n = -n
	}
	return calendar.On(c.Doc.Article.Published.Add(n)), true
}

// tellsOf reports whether the time at token k stands in a clause that describes the
// meeting: "talks that were due to take place tomorrow".
func (c *clauseOf) tellsOf(m *session, k int) bool {
	top := c.t.top(m.from, m.to)
	if m.asVerb || k <= m.to || !c.t.isKnown() || !c.t.under(k, top) {
		return false
	}
	if lo, _ := c.where(m.to); lo > m.to && lo <= k {
		return true // "the summit where on Sunday both signed"
	}
	return slices.ContainsFunc(c.t.kids(top, "acl"), func(verb int) bool { return c.t.under(k, verb) })
}

// rules reports whether the tree lets the time at token k be that of the meeting: it
// hangs below the cue, or on a verb that the cue hangs below.
func (c *clauseOf) rules(m *session, k int) bool {
	if !c.t.isKnown() {
		return true
	}
	top := c.t.top(m.from, m.to)
	if c.t.under(k, top) {
		return true
	}
	at := k
	for k = c.t.head(k); k >= 0; k = c.t.head(k) {
		if c.t.acts(k) {
			return c.t.under(top, k) && !(m.to < k && k < at && !m.asVerb && c.t.head(top) == k && c.t.rel(top) == "obl") // "during a call she offered a truce for Monday"
		}
	}
	return true
}

// inTitle reports whether a title tells of the meeting: its present tense is that of
// headlines, which tell of days gone by too: "Governor meets envoy".
func (c *clauseOf) inTitle(m *session) bool {
	p := c.Doc.Sentences[c.Doc.Tokens[m.from].Sentence].Paragraph
	return c.Doc.Paragraphs[p].Kind == document.Title
}

// ahead moves a bare weekday into the week after the article where the verb tells
// what is still to come (TimeML: the present tense of a schedule, modals): "the round
// opens on Tuesday".
func (c *clauseOf) ahead(m *session, t document.Time) calendar.When {
	published := c.Doc.Article.Published
	words := c.Doc.In(t.Span)
	weekday := isCalendarName(strings.TrimPrefix(words, "on "))
	if published.IsZero() || !t.When.First.Before(published) || t.When.Precision != calendar.ToDay || !weekday && !hasNoYear(words) {
		return t.When
	}
	for k := c.lo; k < c.hi && !m.asVerb; k++ {
		if !c.IsVerb(k) || k < m.from && c.Form(k) != "will" {
			continue
		}
		if lexicon.OneOf(c.Form(k), "opens begins starts resumes will") || lexicon.OneOf(c.Form(k), "is are") && lexicon.OneOf(c.Form(k+1), "to due scheduled planned expected set") {
			if weekday {
				return calendar.On(t.When.First.Add(7))
			}
			return calendar.On(t.When.First.Add(365 + leap(t.When.First)))
		}
		break
	}
	return t.When
}

// hasNoYear reports whether a date names a month and a day alone: "14 September".
func hasNoYear(words string) bool {
	month := false
	for _, f := range strings.Fields(words) {
		month = month || isCalendarName(strings.Trim(f, ",."))
		if len(f) == 4 && f >= "1900" && f <= "2199" {
			return false
		}
	}
	return month
}

// leap is 1 where a 29 February lies in the year after day.
func leap(day calendar.Day) int {
	if day.Add(365).String()[5:] == day.String()[5:] {
		return 0
	}
	return 1
}

// setOff reports whether the time at token t is that of something before or after
// which the meeting was: "met before the vote on Friday".
func (c *clauseOf) setOff(m *session, t int) bool {
	for k := m.to; k < t; k++ {
		if lexicon.OneOf(c.Form(k), "before after since until ahead") && k < t-1 {
			return true
		}
	}
	return lexicon.OneOf(c.Form(t-1), "before since until")
}

// ofTelling reports whether the time at offset is that of the telling and not of what
// is told: "On Friday she said that the talks went well".
func (c *clauseOf) ofTelling(m *session, offset int) bool {
	st, other := c.Doc.StatementAt(c.Doc.Tokens[m.from].Span.Start), c.Doc.StatementAt(offset)
	return other != st && (st == document.NoStatement || !c.Doc.Statements[st].Span().Has(offset))
}

// opens reports whether the time at token k opens the sentence: "On Friday, …".
func (c *clauseOf) opens(k int) bool { return k-c.Lo <= 1 }

// inPresent reports whether the meeting is told in the present tense of a report:
// "the envoys meet", "after talking to Veyra, Orsa says", "flies to Lyon to meet".
func (c *clauseOf) inPresent(m *session) bool {
	before := m.from - 1
	if m.asVerb {
		switch {
		case c.XPOS(m.from) == "VBG" && m.Format != "talks" && lexicon.OneOf(c.Form(before), "after following during"):
			return c.tellsNow(m, true)
		case c.Form(before) == "to" && c.onTheWay(m.from):
			return c.tellsNow(m, true)
		}
		return (lexicon.OneOf(c.XPOS(m.from), "VBZ VBP VB") || !c.IsVerb(m.from)) && !c.afterModal(m.from)
	}
	for c.Has(before) && (lexicon.OneOf(string(c.UPOS(before)), "ADJ DET NOUN PROPN")) {
		before--
	}
	switch c.Form(before) {
	case "following", "after":
		return m.Format != "visit" && !lexicon.OneOf(c.Form(m.to-1), "negotiations negotiation") && c.tellsNow(m, true)
	case "during": // talks last for days, a call does not
		return lexicon.OneOf(m.Format, "call meeting") && c.tellsNow(m, true)
	case "at":
		return c.tellsNow(m, false)
	}
	if lexicon.OneOf(c.XPOS(before), "VBZ VBP VB") && !c.afterModal(before) && lexicon.OneOf(c.Lemma(before), "hold begin attend start conclude convene host") {
		return true
	}
	return c.ruledNow(m)
}

// ruledNow reports whether the tree puts the meeting under a verb in the present
// tense that tells of it as going on: "leaders gather in Sable for a summit", "their
// meeting ends without a deal".
func (c *clauseOf) ruledNow(m *session) bool {
	verb, rel, prep := c.t.verbAbove(c.t.top(m.from, m.to))
	if verb < 0 || !lexicon.OneOf(c.XPOS(verb), "VBZ VBP VB") || c.afterModal(verb) || len(c.t.kids(verb, "nsubj")) == 0 {
		return false
	}
	switch rel {
	case "nsubj":
		return prep == "" && lexicon.OneOf(c.Lemma(verb), "begin start open end conclude turn take resume")
	case "obj":
		return lexicon.OneOf(c.Lemma(verb), "hold begin attend start conclude convene host open end join launch resume")
	case "obl":
		return prep == "for" && lexicon.OneOf(c.Lemma(verb), "gather arrive meet convene travel come fly")
	}
	return false
}

// tellsNow reports whether the first finite verb of the sentence is in the present;
// one in the plural, which taggers take for a bare form, counts on demand.
func (c *clauseOf) tellsNow(m *session, plural bool) bool {
	for k := c.Lo; k < c.Hi; k++ {
		if c.ofTelling(m, c.Doc.Tokens[k].Span.Start) {
			continue
		}
		if c.IsFinite(k) || plural && c.XPOS(k) == "VB" && !c.afterModal(k) {
			return c.XPOS(k) == "VBZ" || plural && lexicon.OneOf(c.XPOS(k), "VBP VB")
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
