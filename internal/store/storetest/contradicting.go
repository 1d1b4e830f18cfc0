package storetest

import (
	"testing"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// contradictions: a party's own word beside what another says of it, with the words
// of both articles; two sides that disagree do not contradict each other; what a
// person rejected takes no part.
func contradictions(t *testing.T, s store.Store) {
	claim := Article("two", "2024-04-05", "Courier", "", "“Arvenia accepts the toll,” said Karl Moss, Borland’s minister, after talks with Arvenia.").
		Actor(borland, "Borland", "state", "", "").Actor(arvenia, "Arvenia", "state", "", "").Actor(moss, "Karl Moss", "person", "Minister", borland).
		Talks(toll, "Arvenia · Borland: toll", "toll", "talks", arvenia, borland).
		Wants(toll, arvenia, "toll", "the toll", "accepts", moss).Reading()
	claim.Positions[0].Own = false
	own := Article("one", "2024-04-03", "Harbour Post", "", "Arvenia rejects the toll, Ida Lund said in the talks with Borland.").
		Actor(borland, "Borland", "state", "", "").Actor(arvenia, "Arvenia", "state", "", "").Actor(lund, "Ida Lund", "person", "Envoy", arvenia).
		Talks(toll, "Arvenia · Borland: toll", "toll", "talks", arvenia, borland).
		Wants(toll, arvenia, "toll", "the toll", "rejects", lund).Wants(toll, borland, "toll", "talks", "demands", lund).Reading()
	own.Positions[0].Own, own.Positions[1].Own = true, false
	put(t, s, claim, own)
	list := all(t, s.Contradictions(ctx, store.Filter{}))
	if len(list) != 1 {
		t.Fatalf("%d contradictions, want 1: %+v", len(list), list)
	}
	c := list[0]
	equal(t, "kind", c.Kind, record.AgainstClaim)
	equal(t, "party", *c.Party, "Arvenia")
	equal(t, "own word", c.A.By+": "+c.A.Text, "Ida Lund: the toll")
	equal(t, "claim", c.B.By+" in "+c.B.Article, "Karl Moss in two")
	equal(t, "of talks", len(all(t, s.Contradictions(ctx, store.Filter{Talks: theTalks(t, s).ID}))), 1)
	equal(t, "of another kind", len(all(t, s.Contradictions(ctx, store.Filter{State: record.TwoAccounts}))), 0)
	equal(t, "of later days", len(all(t, s.Contradictions(ctx, store.Filter{Since: "2024-04-06"}))), 0)
	_, undo := decide(t, s, store.Reject, store.PositionEntry, c.B.ID, nil)
	equal(t, "without a rejected side", len(all(t, s.Contradictions(ctx, store.Filter{}))), 0)
	undo()
	equal(t, "by ID", len(all(t, s.Contradictions(ctx, store.Filter{ID: c.ID}))), 1)
}
