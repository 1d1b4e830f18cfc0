package storetest

import (
	"errors"
	"fmt"
	"testing"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

const (
	noon    = "2026-11-25T12:00:00Z"
	evening = "2026-11-25T18:00:00Z"
	night   = "2026-11-25T23:00:00Z"
)

func item(source, key, mark string) record.Item {
	return record.Item{Source: source, Key: key, URL: "https://" + key, Host: "a.example", Mark: mark, State: record.ItemWaits, Next: noon, Seen: noon, Told: []byte(key)}
}

// due lists the items that are due at a time as "source key state".
func due(t *testing.T, s store.Store, now string, limit, perHost int) []string {
	t.Helper()
	list := []string{}
	for _, i := range all(t, s.DueItems(ctx, now, limit, perHost)) {
		list = append(list, i.Source+" "+i.Key+" "+i.State)
	}
	return list
}

func source(t *testing.T, s store.Store, address string) record.Source {
	t.Helper()
	list := all(t, s.Sources(ctx, store.Filter{ID: address}))
	if len(list) != 1 {
		t.Fatalf("%d sources have the address %s", len(list), address)
	}
	return list[0]
}

func sources(t *testing.T, s store.Store) {
	feed := record.Source{Address: "https://a.example/feed", Name: "Courier", Every: 600, Allow: []string{"127.0.0.1"}, Added: noon, NextTry: noon}
	other := record.Source{Address: "https://b.example/feed", Added: noon, NextTry: evening}
	for _, add := range []record.Source{other, feed} {
		if err := s.AddSource(ctx, add); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.AddSource(ctx, feed); !errors.Is(err, record.ErrConflict) {
		t.Errorf("added twice: %v", err)
	}
	equal(t, "as added", source(t, s, feed.Address), feed)
	equal(t, "all", len(all(t, s.Sources(ctx, store.Filter{}))), 2)
	equal(t, "due at noon", len(all(t, s.Sources(ctx, store.Filter{Until: noon}))), 1)
	equal(t, "with words", len(all(t, s.Sources(ctx, store.Filter{Search: "courier"}))), 1)

	feed.Kind, feed.LastTry, feed.LastSuccess, feed.NextTry, feed.ETag, feed.LastModified = record.SourceFeed, noon, noon, evening, `"7"`, "then"
	items := []record.Item{item(feed.Address, "a.example/1", "x"), item(feed.Address, "a.example/2", "x"), item(feed.Address, "a.example/3", "x")}
	for _, want := range []int{3, 0} {
		if n, err := s.Looked(ctx, feed, items); err != nil || n != want {
			t.Fatalf("%d new items, %v, want %d", n, err, want)
		}
	}
	feed.Waiting = 3
	equal(t, "after a look", source(t, s, feed.Address), feed)
	equal(t, "due", due(t, s, noon, 10, 10), []string{feed.Address + " a.example/1 waits", feed.Address + " a.example/2 waits", feed.Address + " a.example/3 waits"})
	equal(t, "of a host", len(due(t, s, noon, 10, 2)), 2)
	equal(t, "at most", len(due(t, s, noon, 1, 2)), 1)
	equal(t, "before noon", len(due(t, s, "2026-11-25T11:59:59Z", 10, 10)), 0)
	if _, err := s.Looked(ctx, record.Source{Address: "https://c.example"}, nil); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a look at no source: %v", err)
	}
	settled(t, s, feed, other, items)
	if err := s.RemoveSource(ctx, feed.Address); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveSource(ctx, feed.Address); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	equal(t, "after removal", len(all(t, s.Sources(ctx, store.Filter{}))), 1)
}

// settled goes on from a feed of three items that wait.
func settled(t *testing.T, s store.Store, feed, other record.Source, items []record.Item) {
	t.Helper()
	if _, err := s.Looked(ctx, other, []record.Item{item(other.Address, "a.example/1", "y")}); err != nil {
		t.Fatal(err)
	}
	one := items[0]
	one.State, one.Next, one.ETag, one.Told = record.ItemRead, "", `"1"`, nil
	two := items[1]
	two.State, two.Next, two.Tries, two.Reason, two.ReasonKind = record.ItemWaits, evening, 1, "slow", string(article.Timeout)
	three := items[2]
	three.State, three.Next, three.Reason, three.ReasonKind = record.ItemRefused, "", "404", string(article.Gone)
	for _, i := range []record.Item{one, two, three} {
		if err := s.SettleItem(ctx, i); err != nil {
			t.Fatal(err)
		}
	}
	got := source(t, s, feed.Address)
	equal(t, "read, waiting, refused", fmt.Sprint(got.Articles, got.Waiting, got.Refused), "1 1 1")
	equal(t, "the same page in another source", source(t, s, other.Address).Articles, 1)
	equal(t, "due at noon", due(t, s, noon, 10, 10), []string{})
	if next, err := s.NextDue(ctx); err != nil || next != evening {
		t.Errorf("next due %q, %v", next, err)
	}
	for _, c := range []struct {
		address string
		kind    article.Kind
		want    int
	}{{"", article.Timeout, 1}, {"https://a.example/3", "", 1}, {feed.Address, "", 1}, {"https://nowhere.example", article.Crashed, 0}} {
		if n, err := s.RetrySources(ctx, c.address, c.kind); err != nil || n != c.want {
			t.Errorf("retry of %q, %q: %d, %v, want %d", c.address, c.kind, n, err, c.want)
		}
	}
	equal(t, "due after retry", len(due(t, s, record.Asked, 10, 10)), 2)
	equal(t, "the feed after retry", source(t, s, feed.Address).NextTry, record.Asked)
	changed := item(feed.Address, "a.example/1", "z")
	if n, err := s.Looked(ctx, feed, []record.Item{changed}); err != nil || n != 1 {
		t.Errorf("a changed item: %d, %v", n, err)
	}
	again := all(t, s.DueItems(ctx, night, 10, 10))
	if len(again) != 3 || again[0].Reason != "slow" || again[0].ReasonKind != string(article.Timeout) || again[2].ETag != `"1"` || again[2].Mark != "z" {
		t.Errorf("after a change: %+v", again)
	}
}

func hostTroubles(t *testing.T, s store.Store) {
	for _, list := range [][]record.HostTrouble{{{Name: "b.example", Failures: 3, Until: evening, Kind: "timeout", Reason: "slow"}, {Name: "a.example:81", Until: night}}, {{Name: "c.example"}}, nil} {
		if err := s.KeepHostTroubles(ctx, list); err != nil {
			t.Fatal(err)
		}
		got, err := s.HostTroubles(ctx)
		if err != nil || len(got) != len(list) || len(list) == 2 && (got[0] != list[1] || got[1] != list[0]) {
			t.Errorf("%+v, %v, want %+v", got, err, list)
		}
	}
}

func refusedContent(t *testing.T, s store.Store) {
	small := article.Refusal{Source: "https://a.example/1", Reason: "404", Kind: article.Gone, Bytes: 8, At: noon, Content: []byte("not here")}
	large := article.Refusal{Source: "https://a.example/2", Reason: "500", Kind: article.Busy, At: noon, Content: make([]byte, article.SmallRefusal+1)}
	third := article.Refusal{Source: "https://a.example/3", Reason: "410", Kind: article.Gone, At: noon}
	for _, r := range []article.Refusal{small, large, third} {
		if err := s.Refuse(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range []article.Refusal{small, large} {
		content, err := s.RefusedContent(ctx, r)
		if err != nil || string(content) != "not here" && content != nil {
			t.Errorf("%s: %q, %v", r.Source, content, err)
		}
	}
	kinds, err := s.RefusalKinds(ctx)
	if err != nil || fmt.Sprint(kinds) != "[{gone 2} {busy 1}]" {
		t.Errorf("%v, %v", kinds, err)
	}
	if err := s.Unrefuse(ctx, small.Source, 0, "another"); err != nil {
		t.Fatal(err)
	}
	equal(t, "another reason", len(all(t, s.Refusals(ctx, store.Filter{}))), 3)
	for _, source := range []string{small.Source, large.Source} {
		if err := s.Unrefuse(ctx, source, 0, ""); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "left", len(all(t, s.Refusals(ctx, store.Filter{}))), 1)
}
