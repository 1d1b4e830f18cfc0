package fetch_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/harvest/fetch"
	"rapporteur/internal/harvest/fetch/fetchtest"
)

func newFetcher(t *testing.T, s *fetchtest.Server) *fetch.Fetcher {
	t.Helper()
	f, err := fetch.New(fetch.Options{
		Version: "1.2", Contact: "desk@example.org", Timeout: fetchtest.Timeout, Delay: -1, MaxBytes: fetchtest.MaxBytes, Resolver: s,
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A server may do what it likes: each case is refused for what it is, and soon.
func TestMisbehaviour(t *testing.T) {
	s := fetchtest.Serve(t)
	f := newFetcher(t, s)
	allow := s.Allow()
	if n := len(fetchtest.Cases()); n < 50 {
		t.Errorf("only %d cases", n)
	}
	begun := time.Now()
	var busy sync.WaitGroup
	turns := make(chan struct{}, 4)
	for _, c := range fetchtest.Cases() {
		busy.Go(func() {
			if c.Kind != article.Timeout { // those that wait all wait together, the others have work to do
				turns <- struct{}{}
				defer func() { <-turns }()
			}
			res, err := f.Fetch(context.Background(), fetch.Request{URL: c.URL(s), Allow: allow})
			if c.Kind == "" {
				if err != nil || !strings.Contains(string(res.Body), "Ines Haldorn") {
					t.Errorf("%s, a good page: %v", c.Name, err)
				}
				return
			}
			var refusal *article.Refusal
			if !errors.As(err, &refusal) {
				t.Errorf("%s: no refusal but %v, %v", c.Name, res, err)
				return
			}
			if refusal.Kind != c.Kind || !strings.Contains(refusal.Reason, c.Reason) || refusal.Source != c.URL(s) {
				t.Errorf("%s: %q (%s), want %q (%s)", refusal.Source, refusal.Reason, refusal.Kind, c.Reason, c.Kind)
			}
		})
	}
	busy.Wait()
	t.Logf("%d cases in %v", len(fetchtest.Cases()), time.Since(begun))
	for _, h := range s.Seen() {
		if h.Get("Cookie") != "" || h.Get("Authorization") != "" || h.Get("Referer") != "" {
			t.Errorf("a request told too much: %v", h)
		}
		if agent := h.Get("User-Agent"); agent != "rapporteur/1.2 (+desk@example.org)" {
			t.Errorf("the agent is %q", agent)
		}
	}
}

func refusalOf(t *testing.T, err error) *fetch.Refused {
	t.Helper()
	var refused *fetch.Refused
	if !errors.As(err, &refused) {
		t.Fatalf("no refusal but %v", err)
	}
	return refused
}

func TestAddresses(t *testing.T) {
	f := newFetcher(t, fetchtest.Serve(t))
	for address, want := range map[string]article.Kind{
		"http://127.0.0.1/":                        article.Forbidden,
		"http://[::1]:8080/feed":                   article.Forbidden,
		"http://[::ffff:10.1.2.3]/":                article.Forbidden,
		"http://[64:ff9b::a00:1]/":                 article.Forbidden,
		"http://[2002:7f00:1::]/":                  article.Forbidden,
		"http://[fe80::1%25eth0]/":                 article.Forbidden,
		"http://169.254.169.254/":                  article.Forbidden,
		"http://100.64.0.1/":                       article.Forbidden,
		"http://224.0.0.1/":                        article.Forbidden,
		"http://0.0.0.0/":                          article.Forbidden,
		"http://255.255.255.255/":                  article.Forbidden,
		"http://168.63.129.16/":                    article.Forbidden,
		"ftp://example.org/":                       article.Forbidden,
		"file:///etc/passwd":                       article.Forbidden,
		"gopher://example.org/":                    article.Forbidden,
		"https://me@example.org/":                  article.Forbidden,
		"https://me:word@example.org/":             article.Forbidden,
		"https:///path":                            article.Invalid,
		"javascript:alert(1)":                      article.Invalid,
		"http://example.org:99999/":                article.Invalid,
		"http://exa mple.org/":                     article.Invalid,
		"":                                         article.Forbidden,
		"http://example.org/" + long(5000):         article.TooLarge,
		"http://127.0.0.1:22/":                     article.Forbidden,
		"http://127.0.0.1.:80/":                    article.Unreachable,
		"http://[0:0:0:0:0:0:0:1]/":                article.Forbidden,
		"http://[::127.0.0.1]/":                    article.Forbidden,
		"http://[fd00:ec2::254]/latest/meta-data/": article.Forbidden,
	} {
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		_, err := f.Fetch(ctx, fetch.Request{URL: address})
		cancel()
		if got := refusalOf(t, err).Refusal; got.Kind != want {
			t.Errorf("%.60s: %s (%s), want %s", address, got.Reason, got.Kind, want)
		}
	}
}

func long(n int) string { return strings.Repeat("x", n) }

func TestContact(t *testing.T) {
	for contact, good := range map[string]bool{"desk@example.org": true, "https://example.org/bot": true, "": true, "a b": false, "x)\r\nHost: y": false, "ü@example.org": false} {
		f, err := fetch.New(fetch.Options{Contact: contact})
		if (err == nil) != good {
			t.Errorf("%q: %v", contact, err)
		}
		if err == nil && !strings.HasPrefix(f.Agent(), "rapporteur/dev (") {
			t.Errorf("the agent is %q", f.Agent())
		}
	}
}

// "Come later" is kept in mind for the whole host, also by the next run.
func TestLater(t *testing.T) {
	s := fetchtest.Serve(t)
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	options := fetch.Options{Timeout: fetchtest.Timeout, Delay: -1, Resolver: s, Now: func() time.Time { return now }}
	f, err := fetch.New(options)
	if err != nil {
		t.Fatal(err)
	}
	later := caseOf(t, "later").URL(s)
	_, err = f.Fetch(context.Background(), fetch.Request{URL: later, Allow: s.Allow()})
	if r := refusalOf(t, err); !r.After.Equal(now.Add(2*time.Minute)) || string(r.Refusal.Content) != "later" {
		t.Errorf("after %v with %q", r.After, r.Refusal.Content)
	}
	asked := len(s.Seen())
	options.Hosts = f.Hosts()
	next, err := fetch.New(options)
	if err != nil {
		t.Fatal(err)
	}
	_, err = next.Fetch(context.Background(), fetch.Request{URL: later + "/other", Allow: s.Allow()})
	if r := refusalOf(t, err); r.Refusal.Kind != article.Busy || !strings.Contains(r.Refusal.Reason, "left alone") || len(s.Seen()) != asked {
		t.Errorf("%v after %d requests", r, len(s.Seen())-asked)
	}
	now = now.Add(3 * time.Minute)
	_, err = next.Fetch(context.Background(), fetch.Request{URL: later, Allow: s.Allow()})
	if r := refusalOf(t, err); len(s.Seen()) != asked+1 {
		t.Errorf("not asked again: %v", r)
	}
	// However far away a server wishes us, it is a week at most.
	_, err = f.Fetch(context.Background(), fetch.Request{URL: caseOf(t, "never").URL(s), Allow: s.Allow()})
	if r := refusalOf(t, err); r.After.After(now.Add(8 * 24 * time.Hour)) {
		t.Errorf("until %v", r.After)
	}
}

// A host that answers nobody is left alone, each time for longer.
func TestDeadHost(t *testing.T) {
	s := fetchtest.Serve(t)
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	f, err := fetch.New(fetch.Options{Timeout: fetchtest.Timeout, Delay: -1, Resolver: s, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	dead := fetch.Request{URL: caseOf(t, "hangs-up").URL(s), Allow: s.Allow()}
	var pauses []time.Duration
	for range 15 {
		_, err := f.Fetch(context.Background(), dead)
		if r := refusalOf(t, err); !r.After.IsZero() {
			pauses = append(pauses, r.After.Sub(now))
			now = r.After
		}
	}
	if len(pauses) < 8 || !slices.IsSortedFunc(pauses[:8], func(a, b time.Duration) int { return int(a - b) }) || pauses[0] < 9*time.Minute || pauses[len(pauses)-1] < 24*time.Hour {
		t.Errorf("pauses %v", pauses)
	}
	f.Forgive(f.Hosts()[0].Name)
	if len(f.Hosts()) != 0 {
		t.Errorf("%v is not forgiven", f.Hosts())
	}
}

func caseOf(t *testing.T, name string) fetchtest.Case {
	t.Helper()
	for _, c := range fetchtest.Cases() {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no case %s", name)
	return fetchtest.Case{}
}
