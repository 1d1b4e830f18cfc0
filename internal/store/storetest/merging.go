package storetest

import (
	"errors"
	"strings"
	"testing"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

func mergeActors(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	into, from := actorNamed(t, s, "Ida Lund"), actorNamed(t, s, "Karl Moss")
	_, undo := decide(t, s, store.Join, store.ActorEntry, into.ID, store.Merge{IDs: []string{from.ID}})
	put(t, s, thread()...)
	equal(t, "actors", len(all(t, s.Actors(ctx, store.Filter{}))), 4)
	a := all(t, s.Actors(ctx, store.Filter{ID: into.ID}))[0]
	equal(t, "merged", []any{a.Name, a.Aliases, a.Articles}, []any{"Ida Lund", []string{"Karl Moss", "Lund", "Moss"}, []string{"one", "two", "three", "four"}})
	equal(t, "statements", len(all(t, s.Statements(ctx, store.Filter{Speaker: "Moss"}))), 4)
	equal(t, "speaker", shown(statementOf(t, s, "two").Speaker), "Ida Lund")
	if _, err := s.Decide(ctx, record.Decision{Act: store.Join, Target: store.ActorEntry, EntryID: from.ID, After: `{"ids":["` + into.ID + `"]}`}); !errors.Is(err, record.ErrConflict) {
		t.Errorf("a ring of merges: %v", err)
	}
	undo()
}

func mergeMeetings(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	first, other := all(t, s.Meetings(ctx, store.Filter{Article: "one"}))[0], all(t, s.Meetings(ctx, store.Filter{Article: "three"}))[0]
	_, undo := decide(t, s, store.Join, store.MeetingEntry, first.ID, store.Merge{IDs: []string{other.ID}})
	put(t, s, thread()...)
	m := all(t, s.Meetings(ctx, store.Filter{Talks: record.Digest("t", toll)}))
	if len(m) != 1 || m[0].ID != first.ID || len(m[0].History) != 4 || m[0].State != "postponed" || shown(m[0].Date) != "2024-04-10" {
		t.Errorf("%+v", m)
	}
	undo()
}

func mergeOthers(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	into, from := record.Digest("t", toll), record.Digest("t", "state:BOR|state:CES|fish")
	_, undo := decide(t, s, store.Join, store.TalksEntry, into, store.Merge{IDs: []string{from}})
	put(t, s, elsewhere(), roundOne())
	equal(t, "talks", len(all(t, s.Talks(ctx, store.Filter{}))), 1)
	equal(t, "parties", strings.Join(theTalks(t, s).Parties, " "), "Borland Arvenia Cestria")
	equal(t, "asked by either ID", []int{len(all(t, s.Positions(ctx, store.Filter{Talks: into}))), len(all(t, s.Positions(ctx, store.Filter{Talks: from})))}, []int{4, 4})
	equal(t, "meetings", len(all(t, s.Meetings(ctx, store.Filter{Talks: into}))), 3)
	undo()
	one, four := positionOf(t, s, "one").Point, positionOf(t, s, "four").Point
	_, undo = decide(t, s, store.Join, store.PointEntry, one.ID, store.Merge{IDs: []string{four.ID}})
	put(t, s, elsewhere())
	equal(t, "point", positionOf(t, s, "four").Point, one)
	undo()
	put(t, s, Article("five", "2024-04-11", "Courier", "", "Borland sent a letter of intent.").Actor(borland, "Borland", "state", "", "").
		Paper("", "letter", "letter of intent", borland, "received", "").Reading())
	list := all(t, s.Documents(ctx, store.Filter{}))
	draft, letter := list[0], list[1]
	if draft.Kind != "draft" {
		draft, letter = letter, draft
	}
	_, undo = decide(t, s, store.Join, store.DocumentEntry, draft.ID, store.Merge{IDs: []string{letter.ID}})
	put(t, s, roundTwo())
	list = all(t, s.Documents(ctx, store.Filter{}))
	if len(list) != 1 || list[0].State != "received" || len(list[0].Articles) != 3 {
		t.Errorf("%+v", list)
	}
	undo()
}

func splitTalks(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	d, undo := decide(t, s, store.Divide, store.TalksEntry, record.Digest("t", toll), store.Split{Articles: []string{"three", "two"}, Name: "Memorandum"})
	put(t, s, thread()...)
	list := all(t, s.Talks(ctx, store.Filter{Search: "Memorandum"}))
	if len(list) != 1 || !list[0].Defined || strings.Join(list[0].Articles, " ") != "two three" || !strings.Contains(d.After, list[0].ID) {
		t.Fatalf("%+v after %+v", list, d)
	}
	equal(t, "left", theTalks(t, s).Articles, []string{"one"})
	equal(t, "statements", len(all(t, s.Statements(ctx, store.Filter{Talks: list[0].ID}))), 2)
	equal(t, "status", []int{len(list[0].Status), len(theTalks(t, s).Status)}, []int{1, 1})
	undo()
}

func defineTalks(t *testing.T, s store.Store) {
	put(t, s, roundOne(), elsewhere())
	put(t, s, Article("bare", "2024-04-04", "Courier", "", "Arvenia and Borland want a bridge. “We build,” said Ida Lund.").
		Actor(arvenia, "Arvenia", "state", "", "").Actor(borland, "Borland", "state", "", "").Actor(lund, "Ida Lund", "person", "", arvenia).
		Says("", lund, arvenia, "We build,").Wants("", arvenia, "bridge", "a bridge", "demands", "").
		Meets("", "site visit", "", "Halm", "planned", "want a bridge", arvenia).Reading())
	d, undo := decide(t, s, store.Define, store.TalksEntry, "", store.Definition{
		Name: "The strait", Parties: []string{"Arvenia", "borland"}, Words: []string{"toll", "the draft memorandum", "a bridge"}, Since: "2024-04-01", Until: "2024-04-30",
	})
	put(t, s, roundTwo(), elsewhere())
	k := all(t, s.Talks(ctx, store.Filter{ID: d.EntryID}))[0]
	equal(t, "defined", []any{k.Name, k.Defined, strings.Join(k.Articles, " ")}, []any{"The strait", true, "one bare two"})
	equal(t, "entries", []int{len(all(t, s.Statements(ctx, store.Filter{Talks: d.EntryID}))), len(all(t, s.Positions(ctx, store.Filter{Talks: d.EntryID}))), len(all(t, s.Meetings(ctx, store.Filter{Talks: d.EntryID})))}, []int{3, 3, 3})
	if err := s.Forget(ctx, "two"); err != nil {
		t.Fatal(err)
	}
	put(t, s, elsewhere())
	undo()
	if _, err := s.Decide(ctx, record.Decision{Act: store.Define, Target: store.TalksEntry, After: `{"name":"Empty"}`}); err != nil {
		t.Fatal(err)
	}
	equal(t, "talks without articles", len(all(t, s.Talks(ctx, store.Filter{Search: "Empty"}))), 1)
}

func badDecisions(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	before := Export(t, s)
	id := statementOf(t, s, "one").ID
	for _, c := range []struct {
		d    record.Decision
		want error
	}{
		{record.Decision{Act: store.Confirm, Target: store.StatementEntry, EntryID: "none"}, record.ErrNotFound},
		{record.Decision{Act: store.Confirm, Target: "story", EntryID: id}, record.ErrInvalid},
		{record.Decision{Act: "praise", Target: store.StatementEntry, EntryID: id}, record.ErrInvalid},
		{record.Decision{Act: store.Correct, Target: store.StatementEntry, EntryID: id, After: `{"content":["made up"]}`}, record.ErrInvalid},
		{record.Decision{Act: store.Correct, Target: store.StatementEntry, EntryID: id, After: `{"form":7}`}, record.ErrInvalid},
		{record.Decision{Act: store.Correct, Target: store.StatementEntry, EntryID: id, After: `{`}, record.ErrInvalid},
		{record.Decision{Act: store.Join, Target: store.TalksEntry, EntryID: record.Digest("t", toll), After: `{"ids":["none"]}`}, record.ErrNotFound},
		{record.Decision{Act: store.Divide, Target: store.TalksEntry, EntryID: record.Digest("t", toll), After: `{"articles":["four"],"name":"x"}`}, record.ErrInvalid},
		{record.Decision{Act: store.Define, Target: store.TalksEntry, After: `{"parties":["Arvenia"]}`}, record.ErrInvalid},
	} {
		if _, err := s.Decide(ctx, c.d); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v, want %v", c.d, err, c.want)
		}
	}
	if after := Export(t, s); after != before {
		t.Errorf("a refused decision changed the record:\n%s", differing(before, after))
	}
	equal(t, "decisions", len(all(t, s.Decisions(ctx, store.Filter{}))), 0)
}

// decisionsAndOrder takes decisions of every kind over a larger record, reads
// articles again and forgets others, and undoes all.
func decisionsAndOrder(t *testing.T, s store.Store) {
	readings := append(Generate(21, 48, 5, 3), thread()...)
	put(t, s, readings...)
	var undo []func()
	take := func(act, target, id string, after any) {
		t.Helper()
		_, u := decide(t, s, act, target, id, after)
		undo = append(undo, u)
		put(t, s, readings[len(undo):len(undo)+5]...)
	}
	talks, people, meetings := all(t, s.Talks(ctx, store.Filter{})), all(t, s.Actors(ctx, store.Filter{})), all(t, s.Meetings(ctx, store.Filter{}))
	take(store.Join, store.TalksEntry, talks[0].ID, store.Merge{IDs: []string{talks[1].ID, talks[2].ID}})
	take(store.Join, store.ActorEntry, people[0].ID, store.Merge{IDs: []string{people[1].ID}})
	take(store.Join, store.ActorEntry, people[2].ID, store.Merge{IDs: []string{people[0].ID}})
	take(store.Join, store.MeetingEntry, meetings[0].ID, store.Merge{IDs: []string{meetings[3].ID}})
	take(store.Divide, store.TalksEntry, talks[0].ID, store.Split{Name: "Apart", Articles: all(t, s.Talks(ctx, store.Filter{ID: talks[0].ID}))[0].Articles[:1]})
	take(store.Define, store.TalksEntry, "", store.Definition{Name: "Waters", Words: []string{"river water"}})
	take(store.Join, store.TalksEntry, talks[0].ID, store.Merge{IDs: []string{talks[3].ID}})
	take(store.Rename, store.TalksEntry, talks[0].ID, store.Name{Name: "All of it"})
	take(store.Reject, store.MeetingEntry, all(t, s.Meetings(ctx, store.Filter{}))[1].ID, nil)
	before := Export(t, s)
	put(t, s, readings...)
	if after := Export(t, s); after != before {
		t.Errorf("reading again changed the decided record:\n%s", differing(before, after))
	}
	for i := len(undo) - 1; i >= 0; i-- {
		undo[i]()
	}
}
