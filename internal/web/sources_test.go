package web

import (
	"context"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

func (f *fake) Sources(context.Context, store.Filter) iter.Seq2[record.Source, error] {
	return func(yield func(record.Source, error) bool) {
		if f.broken != nil {
			yield(record.Source{}, f.broken)
		}
	}
}

func (f *fake) RefusalKinds(context.Context) ([]store.Count, error) { return nil, f.broken }

// watching is a record with sources.
type watching struct {
	*fake
	sources []record.Source
	kinds   []store.Count
	retried []string
}

func (w *watching) Sources(context.Context, store.Filter) iter.Seq2[record.Source, error] {
	return func(yield func(record.Source, error) bool) {
		for _, s := range w.sources {
			if !yield(s, nil) {
				return
			}
		}
	}
}

func (w *watching) RefusalKinds(context.Context) ([]store.Count, error) { return w.kinds, nil }

func (w *watching) RetrySources(_ context.Context, address string, kind article.Kind) (int, error) {
	w.retried = append(w.retried, address+"|"+string(kind))
	return 1, nil
}

func TestWatched(t *testing.T) {
	record := &watching{
		fake: &fake{refusals: []article.Refusal{
			{Source: "https://courier.example/<x>", Reason: "no whole answer within 1m0s", Kind: article.Timeout},
			{Source: "in/bad.jsonl", Line: 2, Reason: "broken JSON", Kind: article.Invalid},
		}},
		sources: []record.Source{
			{Address: "https://courier.example/feed", Name: "Orsa <b>Courier</b>", Kind: record.SourceFeed, Articles: 1200, LastTry: "2026-11-25T12:00:00Z", LastSuccess: "2026-11-25T12:00:00Z", NextTry: "2999-11-25T12:30:00Z"},
			{Address: "http://10.0.0.7/feed", Allow: []string{"10.0.0.7"}, Failures: 3, Reason: "its host takes no connection", LastTry: "2026-11-25T12:00:00Z", NextTry: "2026-11-25T12:00:00Z"},
			{Address: "/home/desk/inbox", Kind: record.SourceFolder, NextTry: "2999-01-01T00:00:00Z"},
		},
		kinds: []store.Count{{Value: "timeout", N: 240}},
	}
	desk, err := New(record, Options{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, path string, form url.Values) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, strings.NewReader(form.Encode()))
		if form != nil {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		w := httptest.NewRecorder()
		desk.ServeHTTP(w, r)
		return w
	}
	page := ask(http.MethodGet, "/sources", nil)
	for _, want := range []string{
		"Orsa &lt;b&gt;Courier&lt;/b&gt;", "1,200", "25 Nov 2026, 12:00 UTC", "Failed 3 times:", "its host takes no connection", "may be at a private address: 10.0.0.7",
		"Not looked at yet", "Now", "240", "No answer in time", "https://courier.example/&lt;x&gt;",
	} {
		if !strings.Contains(page.Body.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if n := strings.Count(page.Body.String(), `action="/sources/retry"`); n != 4 {
		t.Errorf("%d buttons, want one for each source and one for timeouts", n)
	}
	for _, c := range []struct {
		form url.Values
		code int
	}{
		{url.Values{"address": {"http://10.0.0.7/feed"}, "back": {"/sources"}}, http.StatusSeeOther},
		{url.Values{"kind": {"timeout"}, "back": {"https://elsewhere.example/"}}, http.StatusSeeOther},
		{url.Values{"kind": {"nonsense"}}, http.StatusBadRequest},
		{url.Values{}, http.StatusBadRequest},
	} {
		got := ask(http.MethodPost, "/sources/retry", c.form)
		if got.Code != c.code || strings.Contains(got.Header().Get("Location"), "elsewhere") {
			t.Errorf("%v: %d to %s", c.form, got.Code, got.Header().Get("Location"))
		}
	}
	if want := []string{"http://10.0.0.7/feed|", "|timeout"}; !slices.Equal(record.retried, want) {
		t.Errorf("retried %q, want %q", record.retried, want)
	}
}
