package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// Run tests a backend. open returns an empty store each time; the suite closes it.
// A store may have a method Verify(context.Context) error, which is called after
// every test: it reports what is wrong inside the backend.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for _, c := range []struct {
		name string
		test func(*testing.T, store.Store)
	}{
		{"PutTwiceIsOnce", putTwice},
		{"VersionsOfOneAddress", versions},
		{"RefusalsOnce", refusals},
		{"BadReadings", badReadings},
		{"ActorsOverArticles", actors},
		{"TalksOverArticles", talks},
		{"MeetingsOnce", meetings},
		{"UndatedMeetings", undatedMeetings},
		{"DocumentsOnce", documents},
		{"PointsWithinTalks", points},
		{"StoriesOfCopies", stories},
		{"Filters", filters},
		{"Search", search},
		{"Quote", quote},
		{"FacetsAndCounts", facets},
		{"ReadingOfOneArticle", reading},
		{"ForgetOne", forgetOne},
		{"ForgetAll", forgetAll},
		{"JudgeStatements", judgeStatements},
		{"JudgePositions", judgePositions},
		{"JudgeJoined", judgeJoined},
		{"KeptAfterReread", kept},
		{"KeptAfterNewText", keptInNewText},
		{"MergeActors", mergeActors},
		{"MergeMeetings", mergeMeetings},
		{"MergeTalksPointsDocuments", mergeOthers},
		{"SplitTalks", splitTalks},
		{"DefineTalks", defineTalks},
		{"NoSuchDecisions", badDecisions},
		{"DecisionsWhateverTheOrder", decisionsAndOrder},
		{"RereadChangesNothing", rereadSame},
		{"Review", review},
		{"Sources", sources},
		{"HostTroubles", hostTroubles},
		{"RefusedContent", refusedContent},
		{"TalliesOfMoves", tallies},
		{"Expectations", expectations},
		{"Contradictions", contradictions},
		{"Overview", overview},
		{"ToldTwice", tellings},
		{"Codebook", codebooks},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			defer s.Close()
			c.test(t, s)
			verify(t, s)
		})
	}
	t.Run("OrderDoesNotMatter", func(t *testing.T) { order(t, open) })
	t.Run("Batches", func(t *testing.T) { batches(t, open) })
}

func verify(t *testing.T, s store.Store) {
	t.Helper()
	if v, ok := s.(interface{ Verify(context.Context) error }); ok {
		if err := v.Verify(context.Background()); err != nil {
			t.Errorf("after the test: %v", err)
		}
	}
}

var ctx = context.Background()

func put(t testing.TB, s store.Store, readings ...*record.Reading) {
	t.Helper()
	for _, r := range readings {
		if _, err := s.Put(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
}

// order reads the same articles in several orders, some of them twice, and one
// that is forgotten again.
func order(t *testing.T, open func(t *testing.T) store.Store) {
	readings := append(Generate(3, 60, 12, 3), thread()...)
	var first string
	for seed := range uint64(4) {
		s := open(t)
		mixed := append([]*record.Reading(nil), readings...)
		rng := rand.New(rand.NewPCG(seed, 7))
		if seed > 0 {
			rng.Shuffle(len(mixed), func(i, k int) { mixed[i], mixed[k] = mixed[k], mixed[i] })
			mixed = append(mixed, mixed[:20]...)
		}
		put(t, s, mixed...)
		if seed > 1 {
			for _, r := range mixed[5:15] {
				if err := s.Forget(ctx, r.Article.ID); err != nil {
					t.Fatal(err)
				}
			}
			put(t, s, mixed[5:15]...)
		}
		export := Export(t, s)
		if first == "" {
			first = export
		}
		if export != first {
			t.Errorf("order %d gives another record:\n%s", seed, differing(first, export))
		}
		verify(t, s)
		s.Close()
	}
}

func rereadSame(t *testing.T, s store.Store) {
	readings := append(Generate(5, 30, 6, 3), thread()...)
	put(t, s, readings...)
	before := Export(t, s)
	put(t, s, readings...)
	if after := Export(t, s); after != before {
		t.Errorf("reading again changed the record:\n%s", differing(before, after))
	}
}

func putTwice(t *testing.T, s store.Store) {
	r := roundOne()
	for i := range 2 {
		got, err := s.Put(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		if want := (store.Put{ID: "one", New: i == 0, Version: 1}); got != want {
			t.Errorf("put %d: %+v, want %+v", i, got, want)
		}
	}
	if n := len(all(t, s.Statements(ctx, store.Filter{}))); n != 1 {
		t.Errorf("%d statements, want 1", n)
	}
	a, err := s.Article(ctx, "one")
	if err != nil || a.Text != r.Article.Text || a.Body != r.Article.Body || len(a.Paragraphs) != 4 {
		t.Errorf("article comes back as %+v, %v", a, err)
	}
	for digest, want := range map[string]store.Presence{a.Digest: store.SameText, "other": store.OldText} {
		if got, err := s.Has(ctx, "one", digest); err != nil || got != want {
			t.Errorf("Has(one, %s) = %v, %v, want %v", digest, got, err, want)
		}
	}
	if got, err := s.Has(ctx, "none", a.Digest); err != nil || got != store.Absent {
		t.Errorf("Has(none) = %v, %v", got, err)
	}
	if _, err := s.Article(ctx, "none"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a missing article: %v", err)
	}
}

func versions(t *testing.T, s store.Store) {
	put(t, s, Article("x", "2024-04-03", "Courier", "Old title", "It rains in Halm.").Reading())
	retitled := Article("x", "2024-04-03", "Courier", "New title", "It rains in Halm.").Reading()
	for range 2 { // the same again is no version
		got, err := s.Put(ctx, retitled)
		if err != nil || got.Version != 2 || got.New {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	put(t, s, Article("x", "2024-04-03", "Courier", "New title", "It snows in Halm.").Reading())
	list, err := s.Versions(ctx, "x")
	if err != nil || len(list) != 3 {
		t.Fatalf("%d versions, %v", len(list), err)
	}
	for i, want := range []string{"Old title\n\nIt rains in Halm.", "New title\n\nIt rains in Halm.", "New title\n\nIt snows in Halm."} {
		if v := list[i]; v.Text != want || v.Version != i+1 || v.Body.In(v.Text) != want[11:] {
			t.Errorf("version %d: %+v", i+1, v)
		}
	}
	if n := len(all(t, s.Articles(ctx, store.Filter{}))); n != 1 {
		t.Errorf("%d articles, want 1", n)
	}
}

func refusals(t *testing.T, s store.Store) {
	for _, r := range []article.Refusal{
		{Source: "b.jsonl", Line: 2, Reason: "broken JSON", Kind: article.Invalid, Bytes: 18, At: "2024-04-03T10:00:00Z"},
		{Source: "b.jsonl", Line: 2, Reason: "broken JSON", Kind: article.Invalid, Bytes: 18, At: "2024-04-04T10:00:00Z"},
		{Source: "b.jsonl", Line: 3, Reason: "broken JSON", Kind: article.Invalid, Bytes: 7, At: "2024-04-03T10:00:00Z"},
		{Source: "a.txt", Reason: "empty", Kind: article.Invalid, At: "2024-04-03T10:00:00Z"},
	} {
		if err := s.Refuse(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, r := range all(t, s.Refusals(ctx, store.Filter{})) {
		got = append(got, fmt.Sprintf("%s:%d %s %s", r.Source, r.Line, r.Reason, r.Kind))
	}
	want := []string{"a.txt:0 empty invalid", "b.jsonl:2 broken JSON invalid", "b.jsonl:3 broken JSON invalid"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func badReadings(t *testing.T, s store.Store) {
	for name, spoil := range map[string]func(*record.Reading){
		"statement without evidence":  func(r *record.Reading) { r.Statements[0].Evidence = nil },
		"evidence outside the text":   func(r *record.Reading) { r.Positions[0].Evidence[0].Span.End = 1 << 20 },
		"content that is not there":   func(r *record.Reading) { r.Statements[0].Content = []string{"made up"} },
		"evidence of no words":        func(r *record.Reading) { r.Meetings[0].Evidence[0].Span.End = r.Meetings[0].Evidence[0].Span.Start },
		"an article without identity": func(r *record.Reading) { r.Article.ID = "" },
	} {
		r := roundOne()
		spoil(r)
		if _, err := s.Put(ctx, r); !errors.Is(err, record.ErrInvalid) && !errors.Is(err, record.ErrNoEvidence) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(all(t, s.Articles(ctx, store.Filter{}))); n != 0 {
		t.Errorf("%d articles were stored half", n)
	}
}
