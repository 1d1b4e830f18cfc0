package storetest

import (
	"encoding/json"
	"errors"
	"testing"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// decide takes a decision; the returned function undoes it and checks that the
// record is as it was before.
func decide(t *testing.T, s store.Store, act, target, id string, after any) (record.Decision, func()) {
	t.Helper()
	before := Export(t, s)
	words := ""
	if after != nil {
		b, err := json.Marshal(after)
		if err != nil {
			t.Fatal(err)
		}
		words = string(b)
	}
	d, err := s.Decide(ctx, record.Decision{Author: "A. Reader", Act: act, Target: target, EntryID: id, After: words})
	if err != nil {
		t.Fatalf("%s %s %s: %v", act, target, id, err)
	}
	if d.ID == 0 || d.At == "" || d.Before == "" {
		t.Errorf("incomplete: %+v", d)
	}
	return d, func() {
		t.Helper()
		undone, err := s.Undo(ctx, "A. Reader")
		if err != nil || undone.ID != d.ID || undone.UndoneAt == "" {
			t.Fatalf("undo gave %+v, %v", undone, err)
		}
		if now := Export(t, s); now != before {
			t.Errorf("undo of %s %s left a difference:\n%s", act, target, differing(before, now))
		}
	}
}

func statementOf(t *testing.T, s store.Store, article string) record.Statement {
	t.Helper()
	return all(t, s.Statements(ctx, store.Filter{Article: article, Rejected: true}))[0]
}

func positionOf(t *testing.T, s store.Store, article string) record.Position {
	t.Helper()
	return all(t, s.Positions(ctx, store.Filter{Article: article, Rejected: true}))[0]
}

func judgeStatements(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	id := statementOf(t, s, "one").ID
	_, undo := decide(t, s, store.Confirm, store.StatementEntry, id, nil)
	equal(t, "decision", statementOf(t, s, "one").Decision, "confirmed")
	_, undoMore := decide(t, s, store.Correct, store.StatementEntry, id, map[string]any{
		"speaker": "Karl Moss", "for": nil, "content": []string{"The toll must"}, "venue": "a press conference",
	})
	check := func() {
		t.Helper()
		c := statementOf(t, s, "one")
		equal(t, "corrected", []string{shown(c.Speaker), shown(c.SpeakerID), shown(c.For), shown(c.ForID), c.Content[0], shown(c.Venue), c.Decision},
			[]string{"Karl Moss", actorNamed(t, s, "Karl Moss").ID, "-", "-", "The toll must", "a press conference", "corrected"})
	}
	check()
	put(t, s, roundOne())
	check()
	equal(t, "found by new speaker", len(all(t, s.Statements(ctx, store.Filter{Speaker: "Moss", Article: "one"}))), 1)
	undoMore()
	undo()
	_, undo = decide(t, s, store.Reject, store.StatementEntry, id, nil)
	equal(t, "shown", len(all(t, s.Statements(ctx, store.Filter{}))), 3)
	equal(t, "shown on demand", len(all(t, s.Statements(ctx, store.Filter{Rejected: true}))), 4)
	put(t, s, roundOne())
	equal(t, "still rejected", len(all(t, s.Statements(ctx, store.Filter{}))), 3)
	undo()
	if _, err := s.Undo(ctx, "A. Reader"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("nothing to undo: %v", err)
	}
	equal(t, "history", len(all(t, s.Decisions(ctx, store.Filter{}))), 3)
}

func judgePositions(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	id := positionOf(t, s, "two").ID
	_, undo := decide(t, s, store.Correct, store.PositionEntry, id, map[string]any{
		"party": "Arvenia", "stance": "open", "own": false, "point": map[string]string{"label": "the length of the quay"},
	})
	check := func() {
		t.Helper()
		p := positionOf(t, s, "two")
		equal(t, "corrected", []any{p.Party, p.Stance, p.Own, p.Point.Label, p.Decision}, []any{"Arvenia", "open", false, "the length of the quay", "corrected"})
	}
	check()
	put(t, s, roundTwo())
	check()
	undo()
	other := positionOf(t, s, "four").Point
	_, undo = decide(t, s, store.Correct, store.PositionEntry, id, map[string]any{"point": other})
	equal(t, "point", positionOf(t, s, "two").Point, other)
	undo()
}

func judgeJoined(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	meeting := all(t, s.Meetings(ctx, store.Filter{Article: "one"}))[0]
	_, undo := decide(t, s, store.Correct, store.MeetingEntry, meeting.ID, map[string]any{"place": "Ostra", "date": "2024-04-02", "participants": []string{"Arvenia", "the mayor"}})
	put(t, s, roundOne())
	m := all(t, s.Meetings(ctx, store.Filter{ID: meeting.ID}))[0]
	equal(t, "meeting", []any{shown(m.Place), shown(m.Date), m.Participants, m.Decision, m.Articles}, []any{"Ostra", "2024-04-02", []string{"Arvenia", "the mayor"}, "corrected", []string{"one", "two"}})
	undo()
	_, undo = decide(t, s, store.Reject, store.MeetingEntry, meeting.ID, nil)
	equal(t, "meetings", len(all(t, s.Meetings(ctx, store.Filter{}))), 2)
	undo()
	paper := all(t, s.Documents(ctx, store.Filter{}))[0]
	_, undo = decide(t, s, store.Correct, store.DocumentEntry, paper.ID, map[string]any{"state": "signed", "to": []string{"Arvenia"}})
	equal(t, "document", []any{all(t, s.Documents(ctx, store.Filter{}))[0].State, all(t, s.Documents(ctx, store.Filter{Party: "Arvenia"}))[0].To}, []any{"signed", []string{"Arvenia"}})
	undo()
	for target, id := range map[string]string{store.ActorEntry: actorNamed(t, s, "Ida Lund").ID, store.DocumentEntry: paper.ID, store.TalksEntry: record.Digest("t", toll),
		store.PointEntry: positionOf(t, s, "one").Point.ID} {
		_, undo = decide(t, s, store.Rename, target, id, store.Name{Name: "Another name"})
		put(t, s, roundOne(), roundTwo())
		if got := nameOf(t, s, target, id); got != "Another name" {
			t.Errorf("%s is called %q", target, got)
		}
		undo()
	}
	_, undo = decide(t, s, store.Correct, store.ActorEntry, actorNamed(t, s, "Ida Lund").ID, map[string]any{"kind": "group", "aliases": []string{"the envoy"}})
	equal(t, "aliases", actorNamed(t, s, "Ida Lund").Aliases, []string{"the envoy"})
	undo()
	_, undo = decide(t, s, store.Reject, store.ActorEntry, actorNamed(t, s, "Ida Lund").ID, nil)
	equal(t, "actors", len(all(t, s.Actors(ctx, store.Filter{}))), 4)
	undo()
}

func nameOf(t *testing.T, s store.Store, target, id string) string {
	t.Helper()
	f := store.Filter{ID: id}
	switch target {
	case store.ActorEntry:
		return all(t, s.Actors(ctx, f))[0].Name
	case store.DocumentEntry:
		return all(t, s.Documents(ctx, f))[0].Name
	case store.TalksEntry:
		return all(t, s.Talks(ctx, f))[0].Name
	}
	return all(t, s.Positions(ctx, store.Filter{Point: id}))[0].Point.Label
}

// without returns a reading of roundTwo by rules that find nothing.
func without() *record.Reading {
	r := roundTwo()
	return &record.Reading{Article: r.Article}
}

func kept(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	statement, position := statementOf(t, s, "two"), positionOf(t, s, "two")
	decide(t, s, store.Confirm, store.StatementEntry, statement.ID, nil)
	_, undoPosition := decide(t, s, store.Correct, store.PositionEntry, position.ID, map[string]any{"stance": "open"})
	put(t, s, without(), without())
	equal(t, "statement", statementOf(t, s, "two").Content, statement.Content)
	equal(t, "position", positionOf(t, s, "two").Stance, "open")
	put(t, s, roundTwo())
	undoPosition()
	put(t, s, without())
	equal(t, "positions", len(all(t, s.Positions(ctx, store.Filter{Article: "two"}))), 0)
	if _, err := s.Undo(ctx, ""); err != nil {
		t.Fatal(err)
	}
	equal(t, "statements", len(all(t, s.Statements(ctx, store.Filter{Article: "two"}))), 0)
}

func keptInNewText(t *testing.T, s store.Store) {
	put(t, s, roundOne())
	decide(t, s, store.Confirm, store.StatementEntry, statementOf(t, s, "one").ID, nil)
	decide(t, s, store.Confirm, store.MeetingEntry, all(t, s.Meetings(ctx, store.Filter{}))[0].ID, nil)
	put(t, s, Article("one", "2024-04-03", "Harbour Post", "Round one", "Update: “The toll must go,” said the envoy. They met in Halm.").Reading())
	got := statementOf(t, s, "one")
	a, err := s.Article(ctx, "one")
	if err != nil || got.Pieces[0].In(a.Text) != "The toll must go," || got.Evidence[0].Span != got.Pieces[0] {
		t.Errorf("%+v, %v", got, err)
	}
	equal(t, "meetings", len(all(t, s.Meetings(ctx, store.Filter{}))), 1)
	put(t, s, Article("one", "2024-04-03", "Harbour Post", "Round one", "Withdrawn.").Reading())
	equal(t, "entries whose words are gone", len(all(t, s.Statements(ctx, store.Filter{})))+len(all(t, s.Meetings(ctx, store.Filter{}))), 0)
}
