package storetest

import (
	"strings"
	"testing"

	"rapporteur/internal/store"
)

// tellings: what one article tells twice is one row where the list asks for it, and
// counts once; without the telling that stands for it, the other is listed again.
func tellings(t *testing.T, s store.Store) {
	r := Article("one", "2024-04-03", "Harbour Post", "Lund: no toll in the bay", "“We will not take a toll in the bay,” said Ida Lund.").
		Actor(lund, "Ida Lund", "person", "Envoy", "").
		Says("", lund, "", "We will not take a toll in the bay").
		Says("", lund, "", "no toll in the bay").Reading()
	main, again := &r.Statements[0], &r.Statements[1]
	again.ToldWith, main.AlsoTold = &main.ID, []string{again.ID}
	put(t, s, r)
	listed := func(f store.Filter) string {
		var out []string
		for _, x := range all(t, s.Statements(ctx, f)) {
			out = append(out, strings.Join(x.Content, " "))
		}
		return strings.Join(out, " / ")
	}
	equal(t, "all", listed(store.Filter{}), "We will not take a toll in the bay / no toll in the bay")
	equal(t, "once", listed(store.Filter{Once: true}), "We will not take a toll in the bay")
	list := all(t, s.Statements(ctx, store.Filter{}))
	equal(t, "also told", list[0].AlsoTold, []string{again.ID})
	equal(t, "told with", *list[1].ToldWith, main.ID)
	facets, err := s.Facets(ctx, store.Filter{Once: true})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "counted", facets.Speakers, []store.Count{{Value: "Ida Lund", N: 1}})
	_, undo := decide(t, s, store.Reject, store.StatementEntry, main.ID, nil)
	equal(t, "without the main telling", listed(store.Filter{Once: true}), "no toll in the bay")
	undo()
	equal(t, "after all", listed(store.Filter{Once: true}), "We will not take a toll in the bay")
}
