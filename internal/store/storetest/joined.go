package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

func shown(p *string) string {
	if p == nil {
		return "-"
	}
	return *p
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("%s: got %+v, want %+v", what, got, want)
	}
}

func actorNamed(t *testing.T, s store.Store, name string) record.Actor {
	t.Helper()
	for _, a := range all(t, s.Actors(ctx, store.Filter{Rejected: true})) {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("no actor %q", name)
	return record.Actor{}
}

func actors(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	a := actorNamed(t, s, "Ida Lund")
	equal(t, "aliases", a.Aliases, []string{"Lund"})
	equal(t, "articles", a.Articles, []string{"one", "three"})
	var roles []string
	for _, r := range a.Roles {
		roles = append(roles, strings.Join([]string{r.Role, shown(r.Of), shown(r.From), shown(r.Until)}, " "))
	}
	equal(t, "roles", roles, []string{"Envoy Arvenia 2024-04-03 2024-04-03", "Foreign Minister Arvenia 2024-04-09 2024-04-09"})
	if a.Kind != "person" || len(a.Evidence) == 0 {
		t.Errorf("%+v", a)
	}
	equal(t, "actors", len(all(t, s.Actors(ctx, store.Filter{}))), 5)
}

func theTalks(t *testing.T, s store.Store) record.Talks {
	t.Helper()
	return all(t, s.Talks(ctx, store.Filter{ID: record.Digest("t", toll)}))[0]
}

func talks(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	equal(t, "talks", len(all(t, s.Talks(ctx, store.Filter{}))), 2)
	k := theTalks(t, s)
	equal(t, "name", k.Name, "Arvenia · Borland: toll")
	equal(t, "parties", k.Parties, []string{"Arvenia", "Borland"})
	equal(t, "articles", k.Articles, []string{"one", "two", "three"})
	equal(t, "days", shown(k.First)+" "+shown(k.Last), "2024-04-03 2024-04-09")
	var status []string
	for _, step := range k.Status {
		status = append(status, shown(step.Date)+" "+step.State+" "+step.By+" "+step.Article)
	}
	equal(t, "status", status, []string{"2024-04-03 under way article one", "2024-04-09 deadlocked Ida Lund three"})
}

func meetings(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	var got []string
	for _, m := range all(t, s.Meetings(ctx, store.Filter{})) {
		got = append(got, strings.Join([]string{shown(m.Date), shown(m.Place), m.State, strings.Join(m.Participants, "+"), strings.Join(m.Articles, "+")}, " "))
		if len(m.History) != len(m.Articles) || len(m.Evidence) == 0 {
			t.Errorf("%+v", m)
		}
	}
	slices.Sort(got)
	equal(t, "meetings", got, []string{
		"2024-04-03 Halm held Arvenia+Borland one+two", "2024-04-10 - postponed Borland+Arvenia two+three", "2024-04-10 Ostra held Borland+Cestria four",
	})
}

func undatedMeetings(t *testing.T, s store.Store) {
	for i, name := range []string{"summit", "Summit", "lunch"} {
		put(t, s, Article(fmt.Sprint(i), "2024-04-03", "Courier", "", "Arvenia and Borland plan a summit, a Summit, a lunch in Halm.").
			Actor(arvenia, "Arvenia", "state", "", "").Actor(borland, "Borland", "state", "", "").
			Talks(toll, "x", "toll", "plan", arvenia, borland).
			Meets(toll, name, "", "Halm", "planned", name, arvenia, borland).Reading())
	}
	equal(t, "meetings", len(all(t, s.Meetings(ctx, store.Filter{}))), 2)
}

func documents(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	list := all(t, s.Documents(ctx, store.Filter{}))
	if len(list) != 1 {
		t.Fatalf("%d documents", len(list))
	}
	d := list[0]
	equal(t, "document", []string{d.Kind, d.Name, shown(d.By), d.State, shown(d.Date), strings.Join(d.Articles, "+"), shown(d.Talks)},
		[]string{"draft", "draft memorandum", "Borland", "rejected", "2024-04-05", "two+three", record.Digest("t", toll)})
}

func points(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	seen := map[string]int{}
	for _, p := range all(t, s.Positions(ctx, store.Filter{})) {
		seen[p.Point.Label]++
	}
	equal(t, "points", seen, map[string]int{"an end of the harbour toll": 3, "a quota": 1})
}

const long = `The delegations sat down at nine and did not rise before dusk, and when the doors opened nobody wished to speak first; the porter
brought water, the interpreters closed their books, and the harbour master counted the ships that had waited for the outcome since Monday morning.
A clerk read the list of open clauses aloud, twice, because the first reading had been drowned by the bell of the old customs house.`

const longEnd = ` Nobody signed anything. The next day was left open, as was the bill for the water, and the mayor went home on foot through the rain.`

func stories(t *testing.T, s store.Store) {
	put(t, s,
		Article("late", "2024-04-04", "Courier", "Another title", long+longEnd).Reading(),
		Article("early", "2024-04-03", "Harbour Post", "A title", long+longEnd).Reading(),
		Article("cut", "2024-04-05", "Gazette", "", long).Reading(),
		Article("apart", "2024-04-03", "Gazette", "", "Something else altogether happened in Ostra.").Reading())
	list := all(t, s.Stories(ctx, store.Filter{Article: "cut"}))
	if len(list) != 1 || len(list[0].Articles) != 3 {
		t.Fatalf("%+v", list)
	}
	copies := list[0].Articles
	equal(t, "order", []string{copies[0].ID, copies[1].ID, copies[2].ID}, []string{"early", "late", "cut"})
	if !copies[0].First || copies[1].First || len(copies[1].Cut) != 0 || len(copies[2].Added)+len(copies[2].Changed) != 0 {
		t.Errorf("%+v", copies)
	}
	first, err := s.Article(ctx, "early")
	if err != nil || len(copies[2].Cut) != 1 || !strings.HasPrefix(copies[2].Cut[0].In(first.Text), "Nobody signed") {
		t.Errorf("cut: %+v, %v", copies[2].Cut, err)
	}
	equal(t, "stories", len(all(t, s.Stories(ctx, store.Filter{}))), 2)
	if err := s.Forget(ctx, "early"); err != nil {
		t.Fatal(err)
	}
	equal(t, "first", all(t, s.Stories(ctx, store.Filter{Article: "cut"}))[0].Articles[0].ID, "late")
}

func reading(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	in := roundTwo()
	r, err := s.Reading(ctx, "two")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "sizes", []int{len(r.Actors), len(r.Talks), len(r.Statements), len(r.Positions), len(r.Meetings), len(r.Documents)},
		[]int{len(in.Actors), len(in.Talks), len(in.Statements), len(in.Positions), len(in.Meetings), len(in.Documents)})
	if r.Article.Text != in.Article.Text || r.Talks[0].Key != record.Digest("t", toll) || *r.Statements[0].Talks != r.Talks[0].Key || r.Meetings[0].Talks != r.Talks[0].Key {
		t.Errorf("%+v", r)
	}
	first := all(t, s.Meetings(ctx, store.Filter{Article: "one"}))[0]
	if r.Meetings[0].ID != first.ID || r.Meetings[0].PartyKeys[0] != actorNamed(t, s, "Borland").ID || *r.Statements[0].SpeakerID != actorNamed(t, s, "Karl Moss").ID {
		t.Errorf("joined entries have other IDs: %+v", r.Meetings[0])
	}
}

func forgetOne(t *testing.T, s store.Store) {
	put(t, s, roundOne(), noRound())
	before := Export(t, s)
	put(t, s, roundTwo(), elsewhere())
	for _, id := range []string{"two", "four"} {
		if err := s.Forget(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	if after := Export(t, s); after != before {
		t.Errorf("something is left of the forgotten:\n%s", differing(before, after))
	}
	if found := all(t, s.Statements(ctx, store.Filter{Search: "stays"})); len(found) > 0 {
		t.Errorf("search still finds %+v", found)
	}
}

func forgetAll(t *testing.T, s store.Store) {
	readings := append(Generate(9, 40, 5, 3), thread()...)
	put(t, s, readings...)
	for _, r := range readings {
		if err := s.Forget(ctx, r.Article.ID); err != nil {
			t.Fatal(err)
		}
	}
	if left := Export(t, s); left != "" {
		t.Errorf("left: %s", left)
	}
	c, err := s.Counts(ctx)
	if err != nil || c != (store.Counts{}) {
		t.Errorf("counts %+v, %v", c, err)
	}
}
