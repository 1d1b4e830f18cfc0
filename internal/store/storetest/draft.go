// Package storetest is the suite that every backend of the store must pass, with
// small builders of readings for other tests.
//
// In: a function that opens an empty store. Out: failures of the test it is given.
// What always holds: all names and texts are invented; the same seed makes the
// same readings.
package storetest

import (
	"fmt"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

// A Draft is a reading under construction. Its methods take the words that prove
// an entry; they panic when the words do not stand in the text, for that is a
// mistake of the test.
type Draft struct {
	r     record.Reading
	names map[string]string // by key of actor
}

// Article begins a reading. published is an ISO day, a time in RFC 3339, or "".
func Article(id, published, outlet, title string, paragraphs ...string) *Draft {
	body := strings.Join(paragraphs, "\n\n")
	whole := body
	if title != "" {
		whole = title + "\n\n" + body
	}
	a := record.Article{
		ID: id, Title: title, Outlet: outlet, Language: "en", Reader: "rules 1", Text: whole, Source: id + ".txt",
		Body: text.Span{Start: len(whole) - len(body), End: len(whole)}, Words: len(strings.Fields(whole)),
	}
	if len(published) > len("2006-01-02") {
		at := published
		a.PublishedAt = &at
		published = published[:len("2006-01-02")]
	}
	if published != "" {
		a.Published = &published
	}
	start := 0
	for _, p := range strings.SplitAfter(whole, "\n\n") {
		a.Paragraphs = append(a.Paragraphs, text.Span{Start: start, End: start + len(strings.TrimRight(p, "\n"))})
		start += len(p)
	}
	return &Draft{r: record.Reading{Article: a}, names: map[string]string{}}
}

// Reading returns what was built.
func (d *Draft) Reading() *record.Reading { return &d.r }

// Find returns the span of the first occurrence of words.
func (d *Draft) Find(words string) text.Span {
	i := strings.Index(d.r.Article.Text, words)
	if i < 0 {
		panic(fmt.Sprintf("article %s does not say %q", d.r.Article.ID, words))
	}
	return text.Span{Start: i, End: i + len(words)}
}

func (d *Draft) proof(stage, words string) []record.Evidence {
	return []record.Evidence{{Article: d.r.Article.ID, Span: d.Find(words), Stage: stage, Rule: "by hand", Version: "1"}}
}

func (d *Draft) id(kind string, parts ...string) string {
	return record.Digest(kind, append([]string{d.r.Article.ID}, parts...)...)
}

// Actor adds an actor that the text names. of is the key of what it belongs to.
func (d *Draft) Actor(key, name, kind, role, of string, aliases ...string) *Draft {
	d.names[key] = name
	d.r.Actors = append(d.r.Actors, record.ActorSeen{
		Key: key, Name: name, Kind: kind, Role: role, OfKey: of, Aliases: aliases,
		Mentions: []text.Span{d.Find(name)}, Evidence: d.proof("names", name),
	})
	return d
}

// Talks adds a negotiation of parties, given by key; proof are words of the text.
func (d *Draft) Talks(key, name, subject, proof string, parties ...string) *Draft {
	d.r.Talks = append(d.r.Talks, record.TalksSeen{Key: key, Name: name, Subject: subject, Parties: parties, Evidence: d.proof("talks", proof)})
	return d
}

// Says adds a statement: speaker and party by key, each piece of its content.
func (d *Draft) Says(talks, speaker, party string, content ...string) *Draft {
	s := record.Statement{
		ID: d.id("s", content...), Kind: "speech", Form: "direct", Talks: pointer(talks), Speaker: pointer(d.names[speaker]), SpeakerID: pointer(speaker),
		For: pointer(d.names[party]), ForID: pointer(party), Source: pointer(d.names[speaker]), Article: d.r.Article.ID, Outlet: d.r.Article.Outlet,
		Published: d.r.Article.Published, SaidOn: d.r.Article.Published, Content: content, Confidence: record.Confidence{Value: 0.9},
	}
	for _, piece := range content {
		s.Pieces = append(s.Pieces, d.Find(piece))
		s.Evidence = append(s.Evidence, d.proof("quote", piece)...)
	}
	d.r.Statements = append(d.r.Statements, s)
	return d
}

// Wants adds a position: party by key, as told by the article or, by key, an actor.
func (d *Draft) Wants(talks, party, point, mention, stance, by string) *Draft {
	asserter := "article"
	if by != "" {
		asserter = d.names[by]
	}
	d.r.Positions = append(d.r.Positions, record.Position{
		ID: d.id("p", party, mention, stance, by), Talks: pointer(talks), Party: d.names[party], PartyID: party, Mention: mention, Stance: stance,
		Point: record.Point{ID: strings.ToLower(point), Label: mention}, Own: by == "" || by == party, AssertedBy: asserter,
		Date: d.r.Article.Published, Article: d.r.Article.ID, Outlet: d.r.Article.Outlet, Evidence: d.proof("position", mention),
	})
	return d
}

// Moves adds a move.
func (d *Draft) Moves(talks, actor, kind, predicate, point string) *Draft {
	d.r.Moves = append(d.r.Moves, record.Move{
		ID: d.id("v", actor, kind, point), Talks: pointer(talks), Kind: kind, Actor: d.names[actor], ActorKey: actor, Mode: "asserted", Predicate: predicate, Point: point,
		Plover: "REQUEST", Cameo: "10", Goldstein: -5, Date: d.r.Article.Published, Article: d.r.Article.ID, Evidence: d.proof("position", point),
	})
	return d
}

// Meets adds a meeting; day and place may be "", parties are keys.
func (d *Draft) Meets(talks, name, day, place, state, proof string, parties ...string) *Draft {
	m := record.MeetingSeen{Talks: talks, PartyKeys: parties, Meeting: record.Meeting{
		ID: d.id("m", name, day, place, proof), Name: name, Date: pointer(day), Place: pointer(place), Format: "talks", State: state, Evidence: d.proof("event", proof),
	}}
	for _, key := range parties {
		m.Participants = append(m.Participants, d.names[key])
	}
	d.r.Meetings = append(d.r.Meetings, m)
	return d
}

// Paper adds a document; by is the key of who put it.
func (d *Draft) Paper(talks, kind, name, by, state, day string) *Draft {
	d.r.Documents = append(d.r.Documents, record.DocumentSeen{Key: kind + ":" + strings.ToLower(name), Talks: talks, Document: record.Document{
		ID: d.id("d", name), Kind: kind, Name: name, By: pointer(d.names[by]), State: state, Date: pointer(day), Evidence: d.proof("event", name),
	}})
	return d
}

// Expects adds what was said to come by a day, or an act told as done.
func (d *Draft) Expects(talks, who, what, by string, done bool, words ...string) *Draft {
	d.r.Expectations = append(d.r.Expectations, record.Expectation{
		ID: d.id("e", what, by), Talks: pointer(talks), Who: pointer(d.names[who]), WhoID: pointer(who), What: what, By: pointer(by), AssertedBy: "article",
		Date: d.r.Article.Published, Article: d.r.Article.ID, Outlet: d.r.Article.Outlet, Evidence: d.proof("event", what), Kind: "give", Words: words, Done: done,
	})
	return d
}

// Stands adds a claim about where talks stand.
func (d *Draft) Stands(talks, state, by, proof string) *Draft {
	d.r.Status = append(d.r.Status, record.StatusSeen{Talks: talks, Step: record.Step{
		Date: d.r.Article.Published, State: state, By: by, Article: d.r.Article.ID, Evidence: d.proof("status", proof)[0],
	}})
	return d
}

func pointer(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
