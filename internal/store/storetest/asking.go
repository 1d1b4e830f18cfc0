package storetest

import (
	"slices"
	"strings"
	"testing"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

func filters(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	id := record.Digest("t", toll)
	for _, c := range []struct {
		name       string
		f          store.Filter
		statements string // articles of
		positions  string
		articles   string
	}{
		{"nothing", store.Filter{}, "one two three four", "one two three four", "one two three four"},
		{"newest", store.Filter{Newest: true}, "four three two one", "four three two one", "four three two one"},
		{"page", store.Filter{Limit: 2, Offset: 1}, "two three", "two three", "two three"},
		{"talks", store.Filter{Talks: id}, "one two three", "one two three", "one two three"},
		{"party", store.Filter{Party: "ARVENIA"}, "one three", "one three", "one two three"},
		{"days", store.Filter{Since: "2024-04-05", Until: "2024-04-09"}, "two three", "two three", "two three"},
		{"outlet", store.Filter{Outlet: "courier"}, "two four", "two four", "two four"},
		{"article", store.Filter{Article: "two"}, "two", "two", "two"},
		{"nobody", store.Filter{Party: "Nowhere"}, "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var statements, positions, articles []string
			for _, e := range all(t, s.Statements(ctx, c.f)) {
				statements = append(statements, e.Article)
			}
			for _, e := range all(t, s.Positions(ctx, c.f)) {
				positions = append(positions, e.Article)
			}
			for _, e := range all(t, s.Articles(ctx, c.f)) {
				articles = append(articles, e.ID)
			}
			equal(t, "statements", strings.Join(statements, " "), c.statements)
			equal(t, "positions", strings.Join(positions, " "), c.positions)
			equal(t, "articles", strings.Join(articles, " "), c.articles)
		})
	}
	equal(t, "speaker by alias", len(all(t, s.Statements(ctx, store.Filter{Speaker: "lund"}))), 2)
	equal(t, "form", len(all(t, s.Statements(ctx, store.Filter{Form: "indirect"}))), 0)
	equal(t, "point", len(all(t, s.Positions(ctx, store.Filter{Point: "Harbour Tóll"}))), 3)
	equal(t, "point by ID", len(all(t, s.Positions(ctx, store.Filter{Point: all(t, s.Positions(ctx, store.Filter{}))[0].Point.ID}))), 3)
	equal(t, "stance", len(all(t, s.Positions(ctx, store.Filter{Stance: "rejects"}))), 2)
	equal(t, "meetings by party", len(all(t, s.Meetings(ctx, store.Filter{Party: "Cestria"}))), 1)
	equal(t, "meetings by state", len(all(t, s.Meetings(ctx, store.Filter{State: "postponed"}))), 1)
	equal(t, "meetings by talks", len(all(t, s.Meetings(ctx, store.Filter{Talks: id, Since: "2024-04-04"}))), 1)
	equal(t, "documents by party", len(all(t, s.Documents(ctx, store.Filter{Party: "borland"}))), 1)
	equal(t, "talks by party", len(all(t, s.Talks(ctx, store.Filter{Party: "Borland"}))), 2)
	equal(t, "talks by state", len(all(t, s.Talks(ctx, store.Filter{State: "deadlocked"}))), 1)
	equal(t, "talks by day", len(all(t, s.Talks(ctx, store.Filter{Since: "2024-04-10"}))), 1)
	equal(t, "actors of a party", len(all(t, s.Actors(ctx, store.Filter{Party: "Borland"}))), 2)
	equal(t, "actors of talks", len(all(t, s.Actors(ctx, store.Filter{Talks: id}))), 4)
	equal(t, "stale", len(all(t, s.Articles(ctx, store.Filter{Stale: "rules 2"}))), 4)
	for range s.Statements(ctx, store.Filter{}) {
		break // frees what the list holds: the next write must not wait
	}
	put(t, s, roundOne())
}

func search(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	for search, want := range map[string]string{
		"toll": "one two", "TÓLL": "one two", `"toll stays"`: "two", "toll -stays": "one", `-"toll stays"`: "one three four",
		"moss": "two four", "toll lund": "one", "nothere": "", `"`: "", "-": "", "* OR (": "", "toll AND": "", `a"b:c^d*`: "", "": "one two three four",
		"NEAR(toll stays)": "", "content:toll": "", "“toll” must": "one", "\x00toll": "one two",
	} {
		var got []string
		for e, err := range s.Statements(ctx, store.Filter{Search: search}) {
			if err != nil {
				t.Fatalf("%q: %v", search, err)
			}
			got = append(got, e.Article)
		}
		equal(t, search, strings.Join(got, " "), want)
		for range s.Positions(ctx, store.Filter{Search: search}) {
			continue
		}
	}
}

func quote(t *testing.T, s store.Store) {
	put(t, s,
		Article("later", "2024-04-22T22:30:00-04:00", "Harbour Post", "", "“The bridge opens when the toll ends,” said Ida Lund.").
			Actor(lund, "Ida Lund", "person", "", "").Says("", lund, "", "The bridge opens when the toll ends,").Reading(),
		Article("sooner", "2024-04-23T00:10:00Z", "Courier", "", "Ida Lund: “The bridge  opens when the toll ends”, no more.").
			Actor(lund, "Ida Lund", "person", "", "").Says("", lund, "", "The bridge  opens when the toll ends").Reading(),
		Article("copy", "2024-04-24", "Gazette", "", "Ida Lund: “The bridge  opens when the toll ends”, no more.").
			Actor(lund, "Ida Lund", "person", "", "").Says("", lund, "", "The bridge  opens when the toll ends").Reading(),
		Article("longer", "2024-04-25", "Courier", "", "“Mark my words. The bridge opens when the toll ends,” said Ida Lund.").
			Actor(lund, "Ida Lund", "person", "", "").Says("", lund, "", "Mark my words. The bridge opens when the toll ends,").Reading())
	q, err := s.Quote(ctx, "the BRIDGE opens, when the toll")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "articles", q.Articles, []string{"sooner", "later", "copy", "longer"})
	equal(t, "found, first seen, stories, variants", []any{q.Found, q.FirstSeen, len(q.Stories), len(q.Variants)}, []any{3, "2024-04-23", 3, 2})
	equal(t, "instants", q.Variants[0].Instants, []string{"2024-04-23T00:10:00Z", "2024-04-23T02:30:00Z", "2024-04-24"})
	equal(t, "text", q.Variants[1].Text, "Mark my words. The bridge opens when the toll ends,")
	if q, err = s.Quote(ctx, "the toll opens"); err != nil || q.Found != 0 || q.Articles == nil {
		t.Errorf("%+v, %v", q, err)
	}
	if _, err = s.Quote(ctx, "“…”"); err == nil {
		t.Error("a quote of no words was looked for")
	}
}

func facets(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	f, err := s.Facets(ctx, store.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "speakers", f.Speakers, []store.Count{{Value: "Ida Lund", N: 2}, {Value: "Karl Moss", N: 2}})
	equal(t, "parties", f.Parties, []store.Count{{Value: "Arvenia", N: 2}, {Value: "Borland", N: 2}})
	equal(t, "months", f.Months, []store.Count{{Value: "2024-04", N: 4}})
	if f, err = s.Facets(ctx, store.Filter{Search: "toll", Speaker: "Lund"}); err != nil || len(f.Outlets) != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	c, err := s.Counts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "counts", c, store.Counts{Articles: 4, Statements: 4, Positions: 4, Meetings: 3, Documents: 1, Actors: 5, Talks: 2, Stories: 4})
	outlets, err := s.Outlets(ctx)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(outlets, func(a, b store.Outlet) int { return strings.Compare(a.Name, b.Name) })
	equal(t, "outlets", outlets, []store.Outlet{{Name: "Courier", Articles: 2, First: "2024-04-05", Last: "2024-04-10"}, {Name: "Harbour Post", Articles: 2, First: "2024-04-03", Last: "2024-04-09"}})
}
