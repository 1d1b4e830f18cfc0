package sqlite

import (
	"fmt"

	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

// valid checks what always holds of a reading: evidence behind every entry, all
// spans inside the text, content word for word.
func valid(r *record.Reading) error {
	if r.Article.ID == "" {
		return fmt.Errorf("an article without id: %w", record.ErrInvalid)
	}
	c := checker{size: len(r.Article.Text), body: r.Article.Text}
	c.span("body", r.Article.Body)
	for _, p := range r.Article.Paragraphs {
		c.span("paragraph", p)
	}
	for i := range r.Statements {
		c.statement(&r.Statements[i])
	}
	for i := range r.Actors {
		c.evidence("actor", r.Actors[i].Key, r.Actors[i].Evidence)
		for _, s := range r.Actors[i].Mentions {
			c.span("mention of "+r.Actors[i].Key, s)
		}
	}
	for i := range r.Talks {
		c.evidence("talks", r.Talks[i].Key, r.Talks[i].Evidence)
	}
	for i := range r.Meetings {
		c.evidence("meeting", r.Meetings[i].ID, r.Meetings[i].Evidence)
	}
	for i := range r.Documents {
		c.evidence("document", r.Documents[i].Key, r.Documents[i].Evidence)
	}
	for i := range r.Moves {
		c.evidence("move", r.Moves[i].ID, r.Moves[i].Evidence)
	}
	for i := range r.Positions {
		c.evidence("position", r.Positions[i].ID, r.Positions[i].Evidence)
	}
	for i := range r.Status {
		c.evidence("status", r.Status[i].State, []record.Evidence{r.Status[i].Evidence})
	}
	for i := range r.Expectations {
		c.evidence("expectation", r.Expectations[i].ID, r.Expectations[i].Evidence)
	}
	return c.err
}

// A checker keeps the first thing that is wrong.
type checker struct {
	body string
	size int
	err  error
}

func (c *checker) span(what string, s text.Span) {
	if c.err == nil && (s.Start < 0 || s.End < s.Start || s.End > c.size) {
		c.err = fmt.Errorf("%s at %v of %d bytes: %w", what, s, c.size, record.ErrInvalid)
	}
}

func (c *checker) evidence(kind, id string, ev []record.Evidence) {
	if c.err == nil && len(ev) == 0 {
		c.err = fmt.Errorf("%s %s: %w", kind, id, record.ErrNoEvidence)
	}
	for i := range ev {
		if c.err == nil && ev[i].Span.IsEmpty() {
			c.err = fmt.Errorf("%s %s: evidence of no words: %w", kind, id, record.ErrNoEvidence)
		}
		c.span("evidence of "+kind+" "+id, ev[i].Span)
	}
}

func (c *checker) statement(s *record.Statement) {
	c.evidence("statement", s.ID, s.Evidence)
	if c.err == nil && (len(s.Pieces) == 0 || len(s.Pieces) != len(s.Content)) {
		c.err = fmt.Errorf("statement %s: %d pieces of content in %d spans: %w", s.ID, len(s.Content), len(s.Pieces), record.ErrInvalid)
	}
	for i, piece := range s.Pieces {
		c.span("content of "+s.ID, piece)
		if c.err == nil && piece.In(c.body) != s.Content[i] {
			c.err = fmt.Errorf("statement %s: its content is not what stands at %v: %w", s.ID, piece, record.ErrInvalid)
		}
	}
	for _, e := range s.Edits {
		c.span("edit in "+s.ID, e.Span)
	}
	for _, s := range []*text.Span{s.SourceSpan, s.CueSpan} {
		if s != nil {
			c.span("source or cue", *s)
		}
	}
}
