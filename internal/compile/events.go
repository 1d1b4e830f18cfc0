package compile

import (
	"slices"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

func pointer(s text.Span) *text.Span {
	if s.IsEmpty() {
		return nil
	}
	return &s
}

// orSelf returns s, or other where s is empty.
func orSelf(s, other text.Span) text.Span {
	if s.IsEmpty() {
		return other
	}
	return s
}

// addTalks gives the negotiations; two of one key are one.
func (c *compiler) addTalks(r *record.Reading) error {
	for i := range c.d.Talks {
		t := &c.d.Talks[i]
		ev, err := c.evidence("talks "+entry("t", i), t.Made, t.Mentions...)
		if err != nil {
			return err
		}
		seen := record.TalksSeen{
			Key: c.talks[i], Name: c.talksName(t, c.parties[i]), Subject: t.Subject, Parties: c.keys(c.parties[i]), Mediators: c.keys(t.Mediators),
			Evidence: ev, Confidence: confidence(t.Sure),
		}
		if seen.Subject == "" {
			seen.Subject = t.SubjectKey
		}
		if at := slices.IndexFunc(r.Talks, func(o record.TalksSeen) bool { return o.Key == seen.Key }); at >= 0 {
			r.Talks[at].Evidence = append(r.Talks[at].Evidence, ev...)
			continue
		}
		r.Talks = append(r.Talks, seen)
	}
	return nil
}

// talksName returns "Russia – Ukraine: ceasefire".
func (c *compiler) talksName(t *document.Talks, parties []document.ActorID) string {
	name := strings.Join(c.names(parties), " – ")
	subject := t.Subject
	if subject == "" {
		subject = t.SubjectKey
	}
	switch {
	case subject == "":
		return name
	case name == "":
		return subject
	}
	return name + ": " + subject
}

func (c *compiler) keys(list []document.ActorID) []string {
	var out []string
	for _, a := range list {
		if key := c.key(a); key != "" && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}

func (c *compiler) names(list []document.ActorID) []string {
	out := []string{}
	for _, a := range list {
		if name := c.name(a); name != nil && !slices.Contains(out, *name) {
			out = append(out, *name)
		}
	}
	return out
}

func (c *compiler) addMeetings(r *record.Reading) error {
	for i := range c.d.Meetings {
		m := &c.d.Meetings[i]
		ev, err := c.evidence("meeting "+entry("m", i), m.Made, m.Mentions...)
		if err != nil {
			return err
		}
		out := record.Meeting{
			ID:    record.Digest("m", append([]string{c.article, m.When.ISO(), fold(m.Place)}, spans(m.Mentions)...)...),
			Talks: c.talksKeyOf(m.Talks, m.Mentions[0].Start, m.Participants...), Name: m.Name, Date: day(m.When.ISO()),
			Until: day(m.Until.String()), Format: m.Format, Participants: c.names(m.Participants), State: string(m.State),
			Articles: []string{c.article}, Evidence: ev, Confidence: confidence(m.Sure),
			History: []record.Step{{Date: c.published, State: string(m.State), By: c.tellerOf(m.Mentions[0]), Article: c.article, Evidence: ev[0]}},
		}
		if m.Place != "" {
			out.Place = &m.Place
		}
		seen := record.MeetingSeen{PartyKeys: c.keys(m.Participants), Meeting: out}
		if out.Talks != nil {
			seen.Talks = *out.Talks
		}
		r.Meetings = append(r.Meetings, seen)
	}
	return nil
}

// tellerOf returns who tells the words at s: the speaker of the statement that
// holds them, else "article".
func (c *compiler) tellerOf(s text.Span) string {
	if id := c.d.StatementAt(s.Start); id != document.NoStatement {
		return c.asserter(c.d.Statements[id].Speaker)
	}
	return "article"
}

func (c *compiler) addDocuments(r *record.Reading) error {
	for i := range c.d.Instruments {
		in := &c.d.Instruments[i]
		ev, err := c.evidence("document "+entry("d", i), in.Made, in.Mentions...)
		if err != nil {
			return err
		}
		key := strings.Join([]string{in.Kind, c.key(in.By), pointKey(in.Name)}, "|")
		out := record.Document{
			ID: record.Digest("d", c.article, key), Kind: in.Kind, Name: in.Name, By: c.name(in.By), To: c.names(in.To), State: in.State,
			Talks: c.talksOf(in.Mentions[0].Start, append([]document.ActorID{in.By}, in.To...)...), Date: day(in.When.ISO()),
			Articles: []string{c.article}, Evidence: ev, Confidence: confidence(in.Sure),
		}
		seen := record.DocumentSeen{Key: key, Document: out}
		if out.Talks != nil {
			seen.Talks = *out.Talks
		}
		r.Documents = append(r.Documents, seen)
	}
	return nil
}

// addStatus gives what is said of where talks stand. A status whose talks are not
// known is one of the article's only negotiation, or left to it alone. What leads in
// the article comes last: it is how the talks stand after it.
func (c *compiler) addStatus(r *record.Reading) error {
	lead := min(1, len(c.d.Status))
	all := slices.Concat(c.d.Status[lead:], c.d.PartStatus)
	slices.SortStableFunc(all, func(a, b document.Status) int { return a.Evidence.Start - b.Evidence.Start })
	all = append(all, c.d.Status[:lead]...)
	for i, s := range all {
		ev, err := c.evidence("status "+entry("u", i), s.Made, s.Evidence)
		if err != nil {
			return err
		}
		step := record.Step{Date: c.published, State: string(s.State), By: c.asserter(s.AssertedBy), Article: c.article, Evidence: ev[0]}
		seen := record.StatusSeen{Step: step}
		switch {
		case s.Talks != document.NoTalks && int(s.Talks) < len(c.talks):
			seen.Talks = c.talks[s.Talks]
		case len(c.talks) > 0:
			seen.Talks = c.talks[0]
		}
		r.Status = append(r.Status, seen)
	}
	return nil
}
