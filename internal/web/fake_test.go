package web

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/codebook"
	found "rapporteur/internal/contradiction"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// fake is a store.Reader over hand-made entries.
type fake struct {
	store.Store // what no test asks
	all         []record.Article
	readings    map[string]*record.Reading
	talks       []record.Talks
	meetings    []record.Meeting
	documents   []record.Document
	actors      []record.Actor
	stories     []record.Story
	refusals    []article.Refusal
	broken      error // returned by every list when set
	crash       bool  // panics instead
	faceted     int   // how often facets were counted
	expected    []record.Expectation
	book        codebook.Book
	variants    []store.Variant
	decided     []record.Decision
	tallies     []store.Tally
}

func items[T any](f *fake, filter store.Filter, all []T, day func(T) string, keep func(T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if f.crash {
			panic("made to crash")
		}
		if f.broken != nil {
			var zero T
			yield(zero, f.broken)
			return
		}
		kept := slices.DeleteFunc(slices.Clone(all), func(t T) bool { return !keep(t) })
		slices.SortStableFunc(kept, func(a, b T) int { return cmp.Compare(day(a), day(b)) })
		if filter.Newest {
			slices.Reverse(kept)
		}
		kept = kept[min(filter.Offset, len(kept)):]
		if filter.Limit > 0 {
			kept = kept[:min(filter.Limit, len(kept))]
		}
		for _, t := range kept {
			if !yield(t, nil) {
				return
			}
		}
	}
}

func is(want, got string) bool { return want == "" || strings.EqualFold(want, got) }

func within(f store.Filter, day *string) bool {
	return (f.Since == "" || deref(day) >= f.Since) && (f.Until == "" || deref(day) <= f.Until)
}

func says(words, in string) bool {
	return strings.Contains(strings.ToLower(in), strings.ToLower(strings.Trim(words, `"`)))
}

func noDay[T any](T) string { return "" }

func (f *fake) Article(_ context.Context, id string) (record.Article, error) {
	for _, a := range f.all {
		if a.ID == id {
			return a, nil
		}
	}
	return record.Article{}, fmt.Errorf("article %s: %w", id, record.ErrNotFound)
}

func (f *fake) Versions(ctx context.Context, id string) ([]record.Article, error) {
	a, err := f.Article(ctx, id)
	if err != nil || a.Version == 1 {
		return []record.Article{a}, err
	}
	old := a
	old.Version, old.Text, old.Paragraphs = 1, strings.ReplaceAll(a.Text, "Halvik", "Ostrel"), nil
	return []record.Article{old, a}, nil
}

func (f *fake) Reading(_ context.Context, id string) (*record.Reading, error) {
	if f.crash {
		panic("made to crash")
	}
	if r := f.readings[id]; r != nil {
		return r, nil
	}
	return nil, fmt.Errorf("article %s: %w", id, record.ErrNotFound)
}

func (f *fake) Articles(_ context.Context, q store.Filter) iter.Seq2[record.Article, error] {
	return items(f, q, f.all, func(a record.Article) string { return deref(a.Published) }, func(a record.Article) bool {
		return is(q.ID, a.ID) && is(q.Outlet, a.Outlet) && (q.Search == "" || says(q.Search, a.Text))
	})
}

func (f *fake) Statements(_ context.Context, q store.Filter) iter.Seq2[record.Statement, error] {
	var all []record.Statement
	for _, a := range f.all {
		all = append(all, f.readings[a.ID].Statements...)
	}
	return items(f, q, all, func(s record.Statement) string { return deref(s.Published) }, func(s record.Statement) bool {
		return is(q.ID, s.ID) && is(q.Article, s.Article) && is(q.Speaker, deref(s.Speaker)) && is(q.Party, deref(s.For)) && is(q.Outlet, s.Outlet) && is(q.Form, s.Form) &&
			within(q, s.SaidOn) && !(q.Sure && s.Likely) && (q.Search == "" || says(q.Search, strings.Join(s.Content, " ")))
	})
}

func (f *fake) Positions(_ context.Context, q store.Filter) iter.Seq2[record.Position, error] {
	var all []record.Position
	for _, a := range f.all {
		all = append(all, f.readings[a.ID].Positions...)
	}
	return items(f, q, all, func(p record.Position) string { return deref(p.Date) }, func(p record.Position) bool {
		return is(q.ID, p.ID) && is(q.Article, p.Article) && within(q, p.Date) && is(q.Talks, deref(p.Talks)) && (is(q.Party, p.Party) || is(q.Party, p.PartyID)) && is(q.Point, p.Point.ID) && !(q.Sure && p.Likely)
	})
}

func (f *fake) Moves(_ context.Context, q store.Filter) iter.Seq2[record.Move, error] {
	return items(f, q, nil, noDay, func(record.Move) bool { return true })
}

func (f *fake) Pulse(context.Context) (store.Pulse, error) {
	return store.Pulse{Articles: len(f.all)}, nil
}

func (f *fake) Tallies(context.Context, store.Filter) ([]store.Tally, error) {
	return f.tallies, f.broken
}

func (f *fake) Meetings(_ context.Context, q store.Filter) iter.Seq2[record.Meeting, error] {
	return items(f, q, f.meetings, func(m record.Meeting) string { return deref(m.Date) }, func(m record.Meeting) bool {
		return is(q.ID, m.ID) && is(q.Talks, deref(m.Talks)) && (q.Article == "" || slices.Contains(m.Articles, q.Article))
	})
}

func (f *fake) Documents(_ context.Context, q store.Filter) iter.Seq2[record.Document, error] {
	return items(f, q, f.documents, func(d record.Document) string { return deref(d.Date) }, func(d record.Document) bool {
		return is(q.ID, d.ID) && is(q.Talks, deref(d.Talks)) && (q.Article == "" || slices.Contains(d.Articles, q.Article))
	})
}

func (f *fake) Actors(_ context.Context, q store.Filter) iter.Seq2[record.Actor, error] {
	return items(f, q, f.actors, noDay, func(a record.Actor) bool { return is(q.ID, a.ID) && (q.Search == "" || says(q.Search, a.Name)) })
}

func (f *fake) Talks(_ context.Context, q store.Filter) iter.Seq2[record.Talks, error] {
	return items(f, q, f.talks, func(t record.Talks) string { return deref(t.Last) }, func(t record.Talks) bool {
		return is(q.ID, t.ID) && (q.Article == "" || slices.Contains(t.Articles, q.Article)) && (q.Search == "" || says(q.Search, t.Name))
	})
}

func (f *fake) Expectations(_ context.Context, q store.Filter) iter.Seq2[record.Expectation, error] {
	return items(f, q, f.expected, noDay, func(e record.Expectation) bool { return is(q.Talks, deref(e.Talks)) })
}

func (f *fake) Contradictions(ctx context.Context, q store.Filter) iter.Seq2[record.Contradiction, error] {
	m := found.Material{Talks: ptr("t1"), Status: f.talks[0].Status, Meetings: f.meetings}
	for p := range f.Positions(ctx, store.Filter{Sure: q.Sure}) {
		p.Value = 1
		m.Positions = append(m.Positions, p)
	}
	finder, err := found.New(data.Files)
	if err != nil {
		panic(err)
	}
	return items(f, store.Filter{Limit: q.Limit, Offset: q.Offset}, finder.Find(m), noDay, func(c record.Contradiction) bool { return !q.Sure || !c.Likely })
}

func (f *fake) Codebook(context.Context) (codebook.Book, error) { return f.book, f.broken }

func (f *fake) CodebookUse(context.Context) (map[string]int, error) {
	return map[string]int{"Toll": 2}, f.broken
}

func (f *fake) Stories(_ context.Context, q store.Filter) iter.Seq2[record.Story, error] {
	return items(f, store.Filter{Limit: q.Limit}, f.stories, noDay, func(s record.Story) bool { return is(q.ID, s.ID) })
}

func (f *fake) Refusals(_ context.Context, q store.Filter) iter.Seq2[article.Refusal, error] {
	return items(f, q, f.refusals, noDay, func(article.Refusal) bool { return true })
}

func (f *fake) Quote(ctx context.Context, words string) (store.Quote, error) {
	q := store.Quote{Variants: f.variants}
	if len(f.variants) > 0 {
		return q, nil
	}
	for s, err := range f.Statements(ctx, store.Filter{Search: words}) {
		if err != nil {
			return q, err
		}
		q.Found++
		q.FirstSeen = cmp.Or(q.FirstSeen, deref(s.Published))
		q.Variants = append(q.Variants, store.Variant{Text: strings.Join(s.Content, " "), Articles: []string{s.Article}})
	}
	return q, nil
}

func (f *fake) Facets(ctx context.Context, q store.Filter) (store.Facets, error) {
	f.faceted++
	var out store.Facets
	count := func(to *[]store.Count, value string) {
		i := slices.IndexFunc(*to, func(c store.Count) bool { return c.Value == value })
		if i < 0 {
			i = len(*to)
			*to = append(*to, store.Count{Value: value})
		}
		(*to)[i].N++
	}
	for s, err := range f.Statements(ctx, q) {
		if err != nil {
			return out, err
		}
		count(&out.Speakers, deref(s.Speaker))
		count(&out.Parties, deref(s.For))
		count(&out.Outlets, s.Outlet)
		count(&out.Forms, s.Form)
		count(&out.Months, deref(s.SaidOn)[:7])
	}
	return out, nil
}

func (f *fake) Counts(context.Context) (store.Counts, error) {
	return store.Counts{Articles: len(f.all), Talks: len(f.talks), Refusals: len(f.refusals)}, f.broken
}

func (f *fake) Outlets(context.Context) ([]store.Outlet, error) {
	var out []store.Outlet
	for _, a := range f.all {
		i := slices.IndexFunc(out, func(o store.Outlet) bool { return o.Name == a.Outlet })
		if i < 0 {
			i = len(out)
			out = append(out, store.Outlet{Name: a.Outlet, First: deref(a.Published)})
		}
		out[i].Articles++
		out[i].Last = deref(a.Published)
	}
	return out, f.broken
}

// A maker builds readings whose spans are found by their words.
type maker struct {
	t *testing.T
	f *fake
}

func ptr(s string) *string { return &s }

func (m maker) article(id, outlet, day, title, body string) *record.Reading {
	whole := title + "\n\n" + body
	a := record.Article{
		ID: id, Title: title, Outlet: outlet, Published: ptr(day), Language: "en", State: "read", Version: 1, Source: id + ".txt",
		Words: len(strings.Fields(whole)), Text: whole, Body: text.Span{Start: len(title) + 2, End: len(whole)}, Reader: "rules 1",
	}
	m.f.all = append(m.f.all, a)
	r := &record.Reading{Article: a}
	m.f.readings[id] = r
	return r
}

func (m maker) span(r *record.Reading, words string) text.Span {
	m.t.Helper()
	i := strings.Index(r.Article.Text, words)
	if i < 0 {
		m.t.Fatalf("article %s lacks the words %q", r.Article.ID, words)
	}
	return text.Span{Start: i, End: i + len(words)}
}

func (m maker) proof(r *record.Reading, words string) record.Evidence {
	return record.Evidence{Article: r.Article.ID, Span: m.span(r, words), Stage: "test", Rule: "by hand", Version: "1"}
}

func (m maker) said(r *record.Reading, speaker, party, form, words string) *record.Statement {
	id := fmt.Sprintf("s%d-%s", len(r.Statements), r.Article.ID)
	r.Statements = append(r.Statements, record.Statement{
		ID: id, Talks: ptr("t1"), Kind: "speech", Form: form, Source: ptr(speaker), Speaker: ptr(speaker), For: ptr(party), Content: []string{words},
		SaidOn: r.Article.Published, Article: r.Article.ID, Outlet: r.Article.Outlet, Published: r.Article.Published,
		Pieces: []text.Span{m.span(r, words)}, Evidence: []record.Evidence{m.proof(r, words)},
	})
	return &r.Statements[len(r.Statements)-1]
}

func (m maker) stands(r *record.Reading, party, stance, point, by string, own bool, sentence, mention string) *record.Position {
	m.span(r, mention)
	id := fmt.Sprintf("p%d-%s", len(r.Positions), r.Article.ID)
	r.Positions = append(r.Positions, record.Position{
		ID: id, Talks: ptr("t1"), Party: party, PartyID: "a-" + strings.ToLower(party), Point: record.Point{ID: "pt-" + slug(point), Label: point},
		Mention: mention, Stance: stance, Own: own, AssertedBy: by, Date: r.Article.Published, Article: r.Article.ID, Outlet: r.Article.Outlet,
		Evidence: []record.Evidence{m.proof(r, sentence)},
	})
	return &r.Positions[len(r.Positions)-1]
}

// newFake holds three articles on an invented quarrel over a canal.
func newFake(t *testing.T) *fake {
	f := &fake{readings: map[string]*record.Reading{}}
	m := maker{t, f}
	const five = "Norria accepted a toll of five crowns, Veska Ilm said in Ostmark on Tuesday."
	r1 := m.article("x1", "Canal Post", "2031-03-04", "Sorland says toll is settled", five+"\n\nShe added that Sorland rejects a joint canal board. <b>Nothing</b> is signed.")
	m.said(r1, "Veska Ilm", "Sorland", "indirect", "Norria accepted a toll of five crowns")
	m.said(r1, "Veska Ilm", "Sorland", "indirect", "Sorland rejects a joint canal board")
	m.stands(r1, "Norria", "accepts", "canal toll", "Veska Ilm", false, five, "a toll of five crowns")
	m.stands(r1, "Sorland", "rejects", "joint canal board", "Veska Ilm", true, "She added that Sorland rejects a joint canal board.", "a joint canal board")
	const never = "“We have never accepted any toll,” said Olan Brae, who speaks for Norria."
	r2 := m.article("x2", "Norria Daily", "2031-03-06", "Brae denies deal on toll", never+"\n\nThe talks in Halvik are deadlocked, Brae said. Norria may close the locks.")
	m.said(r2, "Olan Brae", "Norria", "direct", "We have never accepted any toll,")
	m.stands(r2, "Norria", "rejects", "canal toll", "Olan Brae", true, never, "any toll")
	m.stands(r2, "Norria", "threatens", "closing the locks", byArticle, true, "Norria may close the locks.", "close the locks").Likely = true
	r3 := m.article("x3", "Canal Post", "2031-03-09", "Sorland now open to board", "Ilm said Sorland would support a joint canal board.")
	m.stands(r3, "Sorland", "supports", "joint canal board", "Veska Ilm", true, "Ilm said Sorland would support a joint canal board.", "a joint canal board")
	r3.Article.Version, f.all[2].Version = 2, 2
	deadlock := record.Step{Date: ptr("2031-03-06"), State: "deadlocked", By: "Olan Brae", Article: "x2", Evidence: m.proof(r2, "The talks in Halvik are deadlocked")}
	f.talks = []record.Talks{{
		ID: "t1", Name: "Norria and Sorland on the canal", Subject: "the canal", Parties: []string{"Norria", "Sorland"}, Mediators: []string{"Ismond"},
		Articles: []string{"x1", "x2", "x3"}, First: ptr("2031-03-04"), Last: ptr("2031-03-09"),
		Status: []record.Step{deadlock, {Date: ptr("2031-03-06"), State: "progressing", By: "Veska Ilm", Article: "x1", Evidence: m.proof(r1, five)}},
	}}
	r2.Status = []record.StatusSeen{{Talks: "t1", Step: deadlock}}
	f.meetings = []record.Meeting{{
		ID: "m1", Talks: ptr("t1"), Name: "talks in Halvik", Date: ptr("2031-03-05"), Until: ptr("2031-03-06"), Place: ptr("Halvik"),
		Participants: []string{"Norria", "Sorland"}, State: "held", Articles: []string{"x2"}, Evidence: []record.Evidence{m.proof(r2, "The talks in Halvik")},
	}}
	r2.Meetings = []record.MeetingSeen{{Talks: "t1", Meeting: f.meetings[0]}}
	f.actors = []record.Actor{{ID: "a1", Name: "Olan Brae", Kind: "person", Aliases: []string{"Brae"}, Roles: []record.Role{{Role: "spokesman", Of: ptr("Norria"), From: ptr("2031-03-06")}}, Articles: []string{"x2"}}}
	r2.Actors = []record.ActorSeen{{Key: "person:olan brae", Name: "Olan Brae", Mentions: []text.Span{m.span(r2, "Olan Brae"), m.span(r2, "Brae denies")}}}
	f.refusals = []article.Refusal{{Source: "in/bad.jsonl", Line: 2, Reason: "broken JSON", Kind: article.Invalid}, {Source: "in/empty.txt", Reason: "no text", Kind: article.Invalid}}
	for i := range f.all {
		f.all[i].Story = "y1"
		f.readings[f.all[i].ID].Article = f.all[i]
	}
	f.stories = []record.Story{{ID: "y1", Articles: []record.Copy{{ID: "x1", Outlet: "Canal Post", First: true}, {ID: "x3", Outlet: "Canal Post", Cut: []text.Span{m.span(r1, "Sorland says")}}}}}
	return f
}
