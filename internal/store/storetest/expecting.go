package storetest

import (
	"testing"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// said builds a reading of one paragraph with an expectation, or with an act told as
// done; by is the first and until the last day, "" for one day.
func said(id, published, paragraph, what, who, by, until string, done bool, words ...string) *record.Reading {
	d := Article(id, published, "Harbour Post", "", paragraph).
		Actor(arvenia, "Arvenia", "state", "", "").Actor(borland, "Borland", "state", "", "").
		Talks(toll, "Arvenia · Borland: toll", "toll", "talks", arvenia, borland).Expects(toll, who, what, by, done, words...)
	r := d.Reading()
	r.Expectations[0].Until = pointer(until)
	return r
}

// expectations: what was said to come is open until its day, then due, until a later
// article tells that the same side did such a thing; whatever the order of articles.
func expectations(t *testing.T, s store.Store) {
	promise := said("one", "2024-04-03", "Arvenia will send written answers within a week, in the talks with Borland.", "send written answers", arvenia, "2024-04-03", "2024-04-10", false, "answer", "written")
	other := said("two", "2024-04-08", "Borland sent answers for the talks with Arvenia.", "sent answers", borland, "2024-04-08", "", true, "answer")
	letter := said("three", "2024-04-09", "Arvenia sent a map for the talks with Borland.", "sent a map", arvenia, "2024-04-09", "", true, "map")
	answer := said("four", "2024-04-12", "Arvenia sent its answers in the talks with Borland.", "sent its answers", arvenia, "2024-04-12", "", true, "answer")
	state := func(f store.Filter) string {
		list := all(t, s.Expectations(ctx, f))
		if len(list) != 1 {
			t.Fatalf("%d expectations, want 1", len(list))
		}
		return list[0].State
	}
	put(t, s, promise)
	equal(t, "before the day", state(store.Filter{}), record.ExpectationOpen)
	equal(t, "as of a later day", state(store.Filter{On: "2024-04-11"}), record.ExpectationDue)
	put(t, s, answer, letter, other)
	found := all(t, s.Expectations(ctx, store.Filter{}))[0]
	equal(t, "answered", found.State, record.ExpectationAnswered)
	equal(t, "by article", found.Answer.Article, "four")
	equal(t, "evidence", len(found.Evidence), 1)
	equal(t, "of a party", state(store.Filter{Party: "Arvenia"}), record.ExpectationAnswered)
	equal(t, "of another party", len(all(t, s.Expectations(ctx, store.Filter{Party: "Borland"}))), 0)
	equal(t, "of a state", len(all(t, s.Expectations(ctx, store.Filter{State: record.ExpectationDue}))), 0)
	equal(t, "of days", len(all(t, s.Expectations(ctx, store.Filter{Since: "2024-04-11"}))), 0)
	equal(t, "of the talks", state(store.Filter{Talks: theTalks(t, s).ID}), record.ExpectationAnswered)
	if err := s.Forget(ctx, "four"); err != nil {
		t.Fatal(err)
	}
	equal(t, "when the answer is forgotten", state(store.Filter{On: "2024-04-20"}), record.ExpectationDue)
	if err := s.Forget(ctx, "one"); err != nil {
		t.Fatal(err)
	}
	equal(t, "when it is forgotten itself", len(all(t, s.Expectations(ctx, store.Filter{}))), 0)
}
