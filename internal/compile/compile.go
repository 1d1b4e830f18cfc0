// Package compile turns an annotated document into a reading: record entries with
// IDs and evidence.
//
// In: a document with all layers. Out: a record.Reading. What always holds: no
// entry without evidence; IDs come from what an entry says and where, so that
// reading the same article again with the same rules gives the same reading; keys
// do not depend on the order of words or of articles.
package compile

import (
	"fmt"
	"strconv"

	"rapporteur/internal/document"
	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

// A compiler carries what all parts of one reading share.
type compiler struct {
	d          *document.Doc
	article    string
	published  *string
	statements []string             // IDs by StatementID
	moves      []string             // IDs by MoveID
	talks      []string             // keys by TalksID
	parties    [][]document.ActorID // by TalksID
}

// Reading compiles what d holds. The reader names the versions of rules and
// weights that read it. It fails with record.ErrInvalid for an article without
// ID and with record.ErrNoEvidence for an entry that points at no words.
func Reading(d *document.Doc, reader string) (*record.Reading, error) {
	if d.Article == nil || d.Article.ID == "" {
		return nil, fmt.Errorf("compile: a document whose article has no id: %w", record.ErrInvalid)
	}
	c := &compiler{d: d, article: d.Article.ID, published: day(d.Article.Published.String())}
	c.nameEntries()
	r := &record.Reading{Article: c.articleEntry(reader)}
	for _, part := range []func(*record.Reading) error{
		c.addActors, c.addTalks, c.addStatements, c.addMeetings, c.addDocuments, c.addMoves, c.addPositions, c.addStatus, c.addExpectations,
	} {
		if err := part(r); err != nil {
			return nil, fmt.Errorf("compile: article %s: %w", c.article, err)
		}
	}
	for _, a := range d.Abstentions {
		r.Abstained = append(r.Abstained, record.Abstained{Stage: a.Stage, Entry: a.Entry, Why: a.Why})
	}
	return r, nil
}

// nameEntries gives IDs to what other entries refer to.
func (c *compiler) nameEntries() {
	for i := range c.d.Statements {
		s := &c.d.Statements[i]
		parts := append([]string{c.article, string(s.Kind), s.Cue.String()}, spans(s.Content)...)
		c.statements = append(c.statements, record.Digest("s", parts...))
	}
	for i := range c.d.Moves {
		m := &c.d.Moves[i]
		c.moves = append(c.moves, record.Digest("v", c.article, string(m.Kind), c.key(m.Actor), m.Predicate.String(), m.Point.String()))
	}
	for i := range c.d.Talks {
		parties := c.partiesOf(&c.d.Talks[i])
		c.parties, c.talks = append(c.parties, parties), append(c.talks, c.talksKey(&c.d.Talks[i], parties))
	}
}

func spans(list []text.Span) []string {
	var out []string
	for _, s := range list {
		out = append(out, s.String())
	}
	return out
}

// evidence returns the proof of an entry, or record.ErrNoEvidence when it points
// at no words of the text.
func (c *compiler) evidence(what string, made document.Made, list ...text.Span) ([]record.Evidence, error) {
	var out []record.Evidence
	seen := map[text.Span]bool{}
	for _, s := range list {
		if s.IsEmpty() || s.Start < 0 || s.End > len(c.d.Text()) || seen[s] {
			continue
		}
		seen[s] = true
		out = append(out, record.Evidence{Article: c.article, Span: s, Stage: made.Stage, Rule: made.Rule, Version: made.Version})
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: %w", what, record.ErrNoEvidence)
	}
	return out, nil
}

// key returns the key of an actor, "" for NoActor.
func (c *compiler) key(id document.ActorID) string {
	if id == document.NoActor {
		return ""
	}
	a := &c.d.Actors[id]
	if a.Key != "" {
		return a.Key
	}
	return string(a.Kind) + ":" + fold(a.Name)
}

// name returns the name of an actor, nil for NoActor.
func (c *compiler) name(id document.ActorID) *string {
	if id == document.NoActor {
		return nil
	}
	name := c.d.Actors[id].Name
	return &name
}

// asserter returns who says so: an actor's name, or "article".
func (c *compiler) asserter(id document.ActorID) string {
	if name := c.name(id); name != nil {
		return *name
	}
	return "article"
}

// statement returns the ID of a statement, nil for NoStatement.
func (c *compiler) statement(id document.StatementID) *string {
	if id == document.NoStatement {
		return nil
	}
	return &c.statements[id]
}

func confidence(c document.Confidence) record.Confidence {
	return record.Confidence{Value: c.Value, Likely: c.Likely}
}

// words returns the words at s, nil for an empty span.
func (c *compiler) words(s text.Span) *string {
	if s.IsEmpty() {
		return nil
	}
	w := c.d.In(s)
	return &w
}

// day returns nil for "".
func day(iso string) *string {
	if iso == "" {
		return nil
	}
	return &iso
}

func entry(letter string, i int) string { return letter + strconv.Itoa(i+1) }
