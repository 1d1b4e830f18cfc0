package storetest

import (
	"fmt"
	"testing"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// unjudged returns what is left to review, as "kind id" lines.
func unjudged(t *testing.T, s store.Store, f store.Filter, kinds ...string) []string {
	t.Helper()
	var out []string
	for _, u := range all(t, s.Unjudged(ctx, f, kinds...)) {
		out = append(out, u.Kind+" "+u.ID)
	}
	return out
}

// review: likely entries come first, the least certain of them before the others,
// and what a person judged is no longer there until he takes it back.
func review(t *testing.T, s store.Store) {
	one, two := roundOne(), roundTwo()
	one.Statements[0].Value = 0.9
	two.Positions[0].Confidence = record.Confidence{Value: 0.4, Likely: true}
	put(t, s, one, two)
	position, statement := positionOf(t, s, "two").ID, statementOf(t, s, "one").ID
	list := unjudged(t, s, store.Filter{})
	equal(t, "first", list[0], "position "+position)
	equal(t, "last", list[len(list)-1], "statement "+statement)
	equal(t, "a page", unjudged(t, s, store.Filter{Limit: 1, Offset: 1}), list[1:2])
	equal(t, "one kind", unjudged(t, s, store.Filter{}, store.PositionEntry)[0], "position "+position)
	equal(t, "another kind", len(unjudged(t, s, store.Filter{}, store.MeetingEntry)), len(all(t, s.Meetings(ctx, store.Filter{}))))
	equal(t, "of talks that are not there", len(unjudged(t, s, store.Filter{Talks: "t0"})), 0)
	equal(t, "of talks", len(unjudged(t, s, store.Filter{Talks: theTalks(t, s).ID}, store.PositionEntry)), len(all(t, s.Positions(ctx, store.Filter{Talks: theTalks(t, s).ID}))))
	_, undo := decide(t, s, store.Confirm, store.PositionEntry, position, nil)
	equal(t, "after a judgement", len(unjudged(t, s, store.Filter{})), len(list)-1)
	put(t, s, two)
	equal(t, "after reading again", len(unjudged(t, s, store.Filter{})), len(list)-1)
	undo()
	equal(t, "after undoing it", unjudged(t, s, store.Filter{}), list)
	for _, err := range s.Unjudged(ctx, store.Filter{}, "fables") {
		if err == nil {
			t.Error("a kind that is not reviewed gives entries")
		}
	}
}

// tallies: moves are summed up by day; those that were not made, and those that a
// copy repeats, do not count.
func tallies(t *testing.T, s store.Store) {
	one := roundOne()
	made := record.Move{Talks: &one.Talks[0].Key, Kind: "demand", Actor: "Arvenia", ActorKey: arvenia, Point: "the toll", Article: "one", Date: one.Article.Published, Evidence: one.Talks[0].Evidence}
	for i, m := range []struct {
		mode   string
		weight float64
		likely bool
	}{{"asserted", 4, false}, {"asserted", -5, false}, {"asserted", -2, true}, {"negated", 9, false}, {"planned", 9, false}} {
		move := made
		move.ID, move.Mode, move.Goldstein, move.Likely = fmt.Sprint("v", i), m.mode, m.weight, m.likely
		move.Predicate = fmt.Sprint("act ", i)
		one.Moves = append(one.Moves, move)
	}
	again := roundOne()
	again.Article.ID, again.Moves = "one-again", append([]record.Move(nil), one.Moves...)
	later := "2024-04-05"
	again.Article.Published = &later
	again.Statements, again.Positions, again.Meetings, again.Documents, again.Status = nil, nil, nil, nil, nil
	for i := range again.Moves {
		again.Moves[i].ID, again.Moves[i].Article = fmt.Sprint("w", i), "one-again"
	}
	put(t, s, one, again)
	want := []store.Tally{{Date: *one.Article.Published, Sure: store.Weighed{Moves: 2, Cooperation: 4, Conflict: -5}, Likely: store.Weighed{Moves: 1, Conflict: -2}}}
	for what, f := range map[string]store.Filter{"all": {}, "of the talks": {Talks: theTalks(t, s).ID}, "until a day": {Until: *one.Article.Published}} {
		got, err := s.Tallies(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, what, got, want)
	}
	got, err := s.Tallies(ctx, store.Filter{Talks: "t0"})
	equal(t, "of talks that are not there", fmt.Sprint(len(got), err), "0 <nil>")
}

// overview: stories that several articles carry, the newest first, and what is
// counted while articles come in.
func overview(t *testing.T, s store.Store) {
	put(t, s,
		Article("late", "2024-04-04", "Courier", "Another title", long+longEnd).Reading(),
		Article("early", "2024-04-03", "Harbour Post", "A title", long+longEnd).Reading(),
		Article("cut", "2024-04-05", "Gazette", "", long).Reading(),
		Article("apart", "2024-04-03", "Gazette", "Apart", "Something else altogether happened in Ostra.").Reading())
	list := all(t, s.CopiedStories(ctx, store.Filter{Limit: 5}))
	if len(list) != 1 {
		t.Fatalf("%+v", list)
	}
	h := list[0]
	equal(t, "story", []any{h.Title, h.Articles, h.Wordings, h.Outlets, shown(h.First), shown(h.Last)},
		[]any{"A title", 3, 2, []string{"Courier", "Gazette", "Harbour Post"}, "2024-04-03", "2024-04-05"})
	equal(t, "its ID", all(t, s.Stories(ctx, store.Filter{ID: h.ID}))[0].ID, h.ID)
	p, err := s.Pulse(ctx)
	equal(t, "pulse", fmt.Sprint(p, err), fmt.Sprint(store.Pulse{Articles: 4, Newest: "Apart"}, nil))
}
