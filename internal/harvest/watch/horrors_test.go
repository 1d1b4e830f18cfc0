package watch_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/harvest/fetch"
	"rapporteur/internal/harvest/fetch/fetchtest"
	"rapporteur/internal/harvest/watch"
	"rapporteur/internal/ingest"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/store/sqlite"
)

// A house is a record with all that it takes to watch.
type house struct {
	t       *testing.T
	store   store.Store
	in      *ingest.Ingest
	watcher *watch.Watcher
}

func openStore(t *testing.T, path string) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func newHouse(t *testing.T, server *fetchtest.Server) *house {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, store: openStore(t, filepath.Join(t.TempDir(), "house.db"))}
	if h.in, err = ingest.New(lex, ingest.Options{}); err != nil {
		t.Fatal(err)
	}
	f, err := fetch.New(fetch.Options{Timeout: fetchtest.Timeout, Delay: -1, MaxBytes: fetchtest.MaxBytes, Resolver: server})
	if err != nil {
		t.Fatal(err)
	}
	h.watcher = watch.New(h.store, f, watch.Options{Workers: 16})
	return h
}

func (h *house) add(s record.Source) {
	h.t.Helper()
	s.Added, s.NextTry = watch.Stamp(time.Now()), watch.Stamp(time.Now())
	if err := h.store.AddSource(h.t.Context(), s); err != nil {
		h.t.Fatal(err)
	}
}

// round looks at what is due and reads it.
func (h *house) round() ingest.Report {
	h.t.Helper()
	if err := h.watcher.Look(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	report, err := h.in.Read(h.t.Context(), h.store, h.watcher.Pages(h.t.Context()), ingest.ReadOptions{Progress: func(o ingest.Outcome) {
		h.watcher.Settle(h.t.Context(), o.Path, o.Refusal, o.Kept)
	}})
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.watcher.Err(); err != nil {
		h.t.Fatal(err)
	}
	return report
}

// refusals returns the stored refusals by source.
func (h *house) refusals() map[string]article.Refusal {
	h.t.Helper()
	list := map[string]article.Refusal{}
	for r, err := range h.store.Refusals(context.Background(), store.Filter{}) {
		if err != nil {
			h.t.Fatal(err)
		}
		list[r.Source] = r
	}
	return list
}

// A feed leads to all that can go wrong: each bad page is a stored refusal, each
// good one an article, and where the feed has a text it stands in for the page.
func TestFeedOfHorrors(t *testing.T) {
	server := fetchtest.Serve(t)
	h := newHouse(t, server)
	h.add(record.Source{Address: server.Feed("missing", "silent", "bomb"), Allow: server.Allow()})
	begun := time.Now()
	first := h.round()
	second := h.round()
	t.Logf("%d items in %v", len(fetchtest.Cases()), time.Since(begun))
	good, bad := 0, 0
	refusals := h.refusals()
	for _, c := range fetchtest.Cases() {
		r, refused := refusals[c.URL(server)]
		switch {
		case c.Kind == "":
			good++
			if refused {
				t.Errorf("%s is good and refused: %s", c.Name, r.Reason)
			}
			continue
		case !refused:
			t.Errorf("%s is not refused", c.Name)
		case r.Kind != c.Kind || !strings.Contains(r.Reason, c.Reason) || r.At == "":
			t.Errorf("%s: %q (%s) at %q", c.Name, r.Reason, r.Kind, r.At)
		}
		bad++
	}
	if first.Added != good || first.Refused != bad || second.Added != 3 {
		t.Errorf("first %+v, then %+v, with %d good and %d bad", first, second, good, bad)
	}
	for a, err := range h.store.Articles(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if text := a.Meta["text"]; strings.Contains(a.Source, "/missing.") != (text != "") && !strings.Contains(a.Source, "silent") && !strings.Contains(a.Source, "bomb") {
			t.Errorf("%s: text of %q", a.Source, text)
		}
	}
	s := h.source(server.Feed())
	if s.Articles != good+3 || s.Failures != 0 || s.Kind != record.SourceFeed || s.Name != "All that goes wrong" {
		t.Errorf("%+v", s)
	}
}

// Sources misbehave too: each keeps its health and the time of its next look.
func TestSourcesOfHorrors(t *testing.T) {
	server := fetchtest.Serve(t)
	h := newHouse(t, server)
	for _, c := range fetchtest.Cases() {
		h.add(record.Source{Address: c.URL(server), Kind: record.SourceFeed, Allow: server.Allow()})
	}
	h.round()
	refusals := h.refusals()
	for _, c := range fetchtest.Cases() {
		s := h.source(c.URL(server))
		want := c.Kind
		if want == "" {
			want = article.Invalid // a page is no feed
		}
		next, err := time.Parse(time.RFC3339, s.NextTry)
		if s.Failures != 1 || article.Kind(s.ReasonKind) != want || refusals[s.Address].Reason != s.Reason || err != nil || next.Before(time.Now().Add(time.Minute)) {
			t.Errorf("%s: %+v", c.Name, s)
		}
	}
}

func (h *house) source(address string) record.Source {
	h.t.Helper()
	for s, err := range h.store.Sources(context.Background(), store.Filter{ID: address}) {
		if err != nil {
			h.t.Fatal(err)
		}
		return s
	}
	h.t.Fatal(fmt.Errorf("no source %s", address))
	return record.Source{}
}
