package gold

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/coref"
	"rapporteur/internal/nlp/grammar"
	"rapporteur/internal/nlp/names"
	"rapporteur/internal/nlp/times"
	"rapporteur/internal/quote"
	"rapporteur/internal/quote/speaker"
	"rapporteur/internal/text"
)

// Stages are the stages of reading up to the speakers of statements.
type Stages struct{ list []nlp.Stage }

// NewStages returns the stages with their word lists, in the order of ingest.
func NewStages(lex *lexicon.Lexicon) (*Stages, error) {
	list, err := grammar.Embedded(lex)
	if err != nil {
		return nil, err
	}
	for _, make := range []func() (nlp.Stage, error){
		func() (nlp.Stage, error) { return quote.NewMarks(lex) },
		func() (nlp.Stage, error) { return times.New(lex) },
		func() (nlp.Stage, error) { return names.New(lex) },
		func() (nlp.Stage, error) { return quote.New(lex) },
		func() (nlp.Stage, error) { return coref.New(lex) },
		func() (nlp.Stage, error) { return speaker.New(lex) },
	} {
		s, err := make()
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return &Stages{list}, nil
}

// Document reads a record's text with the stages. With told, the statements and
// their speakers are those that people found.
func (s *Stages) Document(r *Record, told bool) (*document.Doc, error) {
	published, err := calendar.ParseDay(r.Published)
	if err != nil {
		return nil, fmt.Errorf("gold: %s: %w", r.ID, err)
	}
	a := &article.Article{ID: r.ID, Title: r.Title, Text: r.Text, Outlet: r.Outlet, Published: published, Language: "en"}
	a.Body = text.Span{Start: 0, End: len(r.Text)}
	if first, _, found := strings.Cut(r.Text, "\n"); found && strings.TrimSpace(first) == strings.TrimSpace(r.Title) {
		a.Body.Start = len(first) + 1
	}
	d := document.New(a)
	if err := nlp.Run(context.Background(), d, s.list...); err != nil {
		return nil, err
	}
	if told {
		tell(d, r)
	}
	return d, nil
}

// tell replaces the statements of d by those of the record.
func tell(d *document.Doc, r *Record) {
	nameKnown(d, r)
	d.Statements = nil
	at := 0
	for _, g := range r.Statements {
		var pieces []text.Span
		for _, piece := range g.Content {
			if span, ok := find(r.Text, piece, at); ok {
				pieces = append(pieces, span)
				at = span.Start
			}
		}
		if len(pieces) == 0 {
			continue
		}
		st := document.Statement{Kind: document.Speech, Form: document.Form(g.Form), Content: pieces, Within: document.NoStatement,
			Follows: document.NoStatement, Addressee: document.NoActor, Speaker: actorOf(d, g.Speaker), For: actorOf(d, g.For)}
		st.Sentence = d.SentenceAt(pieces[0].Start)
		st.Cue = near(d, g.Cue, st.Span(), pieces)
		st.Source = near(d, g.Source, st.Span(), pieces)
		d.Statements = append(d.Statements, st)
	}
	for i := range d.Statements {
		for j := range d.Statements {
			if i != j && d.Statements[j].Span().Contains(d.Statements[i].Span()) && d.Statements[j].Span() != d.Statements[i].Span() {
				d.Statements[i].Within = document.StatementID(j)
			}
		}
	}
}

// find returns the first place of words from at on, else from the start.
func find(body, words string, at int) (text.Span, bool) {
	if i := strings.Index(body[at:], words); i >= 0 {
		return text.Span{Start: at + i, End: at + i + len(words)}, true
	}
	if i := strings.Index(body, words); i >= 0 {
		return text.Span{Start: i, End: i + len(words)}, true
	}
	return text.Span{}, false
}

// near returns the place of words closest to a content, outside of it.
func near(d *document.Doc, words string, content text.Span, pieces []text.Span) text.Span {
	if words == "" {
		return text.Span{}
	}
	best, away := text.Span{}, 400
	for at := max(0, content.Start-400); at < min(len(d.Text()), content.End+400); {
		i := strings.Index(d.Text()[at:], words)
		if i < 0 {
			break
		}
		span := text.Span{Start: at + i, End: at + i + len(words)}
		at = span.End
		inside := false
		for _, p := range pieces {
			inside = inside || p.Overlaps(span)
		}
		distance := max(content.Start-span.End, span.Start-content.End, 0)
		if !inside && distance < away {
			best, away = span, distance
		}
	}
	return best
}

// actorOf returns the actor of a name, made new where the document has none.
func actorOf(d *document.Doc, name string) document.ActorID {
	if name == "" {
		return document.NoActor
	}
	for i := range d.Actors {
		if SameName(d.Actors[i].Name, name) {
			return document.ActorID(i)
		}
	}
	d.Actors = append(d.Actors, document.Actor{Name: name, Kind: document.Organisation, Of: document.NoActor, Speaks: document.NoActor})
	return document.ActorID(len(d.Actors) - 1)
}

// nameKnown gives a document without names those that the record tells.
func nameKnown(d *document.Doc, r *Record) {
	if len(d.Actors) > 0 {
		return
	}
	d.Mentions = nil
	party := map[string]string{}
	for _, s := range r.Statements {
		party[s.Speaker] = s.For
	}
	for _, p := range r.Positions {
		party[p.Holder] = ""
	}
	for _, m := range r.Meetings {
		for _, p := range m.Participants {
			party[p] = ""
		}
	}
	for t := range d.Tokens {
		for _, name := range slices.Sorted(maps.Keys(party)) {
			nameAt(d, document.TokenID(t), name, party[name])
		}
	}
}

func nameAt(d *document.Doc, t document.TokenID, name, of string) {
	start := d.Tokens[t].Span.Start
	if name == "" || !strings.HasPrefix(d.Text()[start:], name) {
		return
	}
	a := actorOf(d, name)
	if of != "" && of != name {
		d.Actors[a].Speaks = actorOf(d, of)
	}
	span := text.Span{Start: start, End: start + len(name)}
	d.Mentions = append(d.Mentions, document.Mention{Span: span, Head: span, Actor: a})
}
