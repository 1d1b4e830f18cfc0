package web

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// An entry is one of the record's, with the words that prove it.
type entry struct {
	Kind     string
	ID       string
	Entry    any // *record.Position, *record.Statement, *record.Meeting, *record.Document or *record.Actor
	Talks    string
	Decision string
	record.Confidence
	Passages []passage
}

// A passage is what one article says, its words marked.
type passage struct {
	Article    string
	Title      string
	Outlet     string
	Date       string
	Gone       bool // the article cannot be had
	Paragraphs [][]node
	Link       string // to the article, at that place
}

// passagesOfEntry bounds the articles that prove one entry on a page.
const passagesOfEntry = 2

// entry takes an entry from the record, or record.ErrNotFound.
func (d *desk) entry(ctx context.Context, kind, id string) (entry, error) {
	e := entry{Kind: kind, ID: id}
	f := store.Filter{ID: id, Rejected: true, Limit: 1}
	var err error
	switch kind {
	case store.PositionEntry:
		err = fill(&e, d.store.Positions(ctx, f), func(p *record.Position) {
			e.Talks, e.Decision, e.Confidence = deref(p.Talks), p.Decision, p.Confidence
		})
	case store.StatementEntry:
		err = fill(&e, d.store.Statements(ctx, f), func(s *record.Statement) {
			e.Talks, e.Decision, e.Confidence = deref(s.Talks), s.Decision, s.Confidence
		})
	case store.MeetingEntry:
		err = fill(&e, d.store.Meetings(ctx, f), func(m *record.Meeting) {
			e.Talks, e.Decision, e.Confidence = deref(m.Talks), m.Decision, m.Confidence
		})
	case store.DocumentEntry:
		err = fill(&e, d.store.Documents(ctx, f), func(x *record.Document) {
			e.Talks, e.Decision, e.Confidence = deref(x.Talks), x.Decision, x.Confidence
		})
	case store.ActorEntry:
		err = fill(&e, d.store.Actors(ctx, f), func(a *record.Actor) { e.Decision = a.Decision })
	default:
		return e, fmt.Errorf("web: entries of kind %q: %w", kind, record.ErrInvalid)
	}
	if err != nil {
		return e, fmt.Errorf("web: %s %s: %w", kind, id, err)
	}
	return e, nil
}

// fill puts the first of a list into e.
func fill[T any](e *entry, list iter.Seq2[T, error], take func(*T)) error {
	found, _, err := collect(list, 1)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return record.ErrNotFound
	}
	e.Entry = &found[0]
	take(&found[0])
	return nil
}

// values returns what the entry says now, field by field, as a person would write
// it into a form.
func (e *entry) values() (map[string]string, error) {
	b, err := json.Marshal(e.Entry)
	if err != nil {
		return nil, fmt.Errorf("web: %s %s: %w", e.Kind, e.ID, err)
	}
	var all map[string]any
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, fmt.Errorf("web: %s %s: %w", e.Kind, e.ID, err)
	}
	out := map[string]string{}
	for _, f := range store.Fields(e.Kind) {
		switch v := all[f.Name].(type) {
		case string:
			out[f.Name] = v
		case bool:
			out[f.Name] = strconv.FormatBool(v)
		case []any:
			var parts []string
			for _, part := range v {
				parts = append(parts, fmt.Sprint(part))
			}
			out[f.Name] = strings.Join(parts, "; ")
		default:
			out[f.Name] = ""
		}
	}
	return out, nil
}

// prove fills in the passages of the first articles that prove the entry.
func (s *shelf) prove(ctx context.Context, e *entry) {
	switch x := e.Entry.(type) {
	case *record.Position:
		e.Passages = s.passages(ctx, x.Evidence, func(a *record.Article) []annotation { return mentionOf(a.Text, x) })
	case *record.Statement:
		var spans []record.Evidence
		for _, piece := range x.Pieces {
			spans = append(spans, record.Evidence{Article: x.Article, Span: piece})
		}
		e.Passages = s.passages(ctx, append(spans, x.Evidence[:min(len(x.Evidence), 1)]...), func(*record.Article) []annotation { return sourceMarks(x) })
	case *record.Meeting:
		e.Passages = s.passages(ctx, x.Evidence, nil)
	case *record.Document:
		e.Passages = s.passages(ctx, x.Evidence, nil)
	}
}

// sourceMarks marks who speaks and the verb of saying.
func sourceMarks(s *record.Statement) []annotation {
	var marks []annotation
	for _, span := range []*text.Span{s.SourceSpan, s.CueSpan} {
		if span != nil {
			marks = append(marks, annotation{Span: *span, Class: "mention", rank: 1})
		}
	}
	return marks
}

// passages marks evidence in the paragraphs that hold it, article by article.
func (s *shelf) passages(ctx context.Context, evidence []record.Evidence, more func(*record.Article) []annotation) []passage {
	var order []string
	spans := map[string][]text.Span{}
	for _, e := range evidence {
		if spans[e.Article] == nil {
			order = append(order, e.Article)
		}
		spans[e.Article] = append(spans[e.Article], e.Span)
	}
	var all []passage
	for _, id := range order[:min(len(order), passagesOfEntry)] {
		a := s.article(ctx, id)
		if a == nil {
			all = append(all, passage{Article: id, Gone: true})
			continue
		}
		var marks []annotation
		if more != nil {
			marks = more(a)
		}
		all = append(all, newPassage(a, spans[id], marks))
	}
	return all
}

// newPassage marks spans of an article, and the marks given besides.
func newPassage(a *record.Article, spans []text.Span, marks []annotation) passage {
	out := passage{Article: a.ID, Title: a.Title, Outlet: a.Outlet, Date: deref(a.Published), Link: route("articles", a.ID)}
	var inside []text.Span
	for _, s := range spans {
		if fits(a.Text, s) {
			inside = append(inside, s)
			marks = append(marks, annotation{Span: s, Class: "proof"})
		}
	}
	if len(inside) > 0 {
		out.Link = place(a.ID, inside[0])
	}
	for _, paragraph := range around(a, inside...) {
		out.Paragraphs = append(out.Paragraphs, nodes(a.Text, paragraph, marks))
	}
	return out
}
