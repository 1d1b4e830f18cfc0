package watch_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/harvest/fetch"
	"rapporteur/internal/harvest/watch"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/store/sqlite"
)

// web is a Fetcher over answers by address.
type web struct {
	mu      sync.Mutex
	answers map[string]fetch.Response
	refuse  map[string]*fetch.Refused
	asked   []string
	hosts   []fetch.Host

	forgiven []string
}

func newWeb() *web {
	return &web{answers: map[string]fetch.Response{}, refuse: map[string]*fetch.Refused{}}
}

func (w *web) Hosts() []fetch.Host { return w.hosts }

func (w *web) Forgive(host string) { w.forgiven = append(w.forgiven, host) }

func (w *web) Fetch(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	w.asked = append(w.asked, r.URL)
	if refused := w.refuse[r.URL]; refused != nil {
		return nil, refused
	}
	res, there := w.answers[r.URL]
	if !there {
		return nil, &fetch.Refused{Refusal: article.Refuse(article.Gone, "404 (not found)")}
	}
	res.URL = r.URL
	if res.ETag != "" && res.ETag == r.ETag {
		return &fetch.Response{URL: r.URL, NotModified: true, ETag: res.ETag}, nil
	}
	return &res, nil
}

// since returns what was asked for since the last call.
func (w *web) since() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	asked := w.asked
	w.asked = nil
	slices.Sort(asked)
	return asked
}

func (w *web) put(address, media, body, etag string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers[address] = fetch.Response{Type: media, Body: []byte(body), ETag: etag}
}

const (
	feedAt = "https://courier.example/feed"
	pageA  = "https://courier.example/a"
	pageB  = "https://courier.example/b"
	markup = "<html><body><article><h1>Toll</h1><p>The envoy left.</p></article></body></html>"
)

func rss(items ...string) string {
	return `<rss version="2.0"><channel><title>Orsa Courier</title>` + strings.Join(items, "") + "</channel></rss>"
}

func item(title, link, text string) string {
	return fmt.Sprintf("<item><title>%s</title><link>%s</link><guid>g-%s</guid><description>%s</description></item>", title, link, title, text)
}

// A desk is a watcher over a fake web and a store on disk, with a clock of its own.
type desk struct {
	t       *testing.T
	web     *web
	now     time.Time
	path    string
	store   store.Store
	watcher *watch.Watcher
	looks   []watch.Look
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, web: newWeb(), now: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC), path: filepath.Join(t.TempDir(), "desk.db")}
	d.restart()
	t.Cleanup(func() { d.store.Close() })
	return d
}

// restart opens everything anew, as another process would.
func (d *desk) restart() {
	d.t.Helper()
	if d.store != nil {
		d.store.Close()
	}
	var err error
	if d.store, err = sqlite.Open(context.Background(), d.path, sqlite.Options{}); err != nil {
		d.t.Fatal(err)
	}
	d.watcher = watch.New(d.store, d.web, watch.Options{Now: func() time.Time { return d.now }, Tell: func(l watch.Look) { d.looks = append(d.looks, l) }})
}

func (d *desk) add(address, kind string) {
	d.t.Helper()
	if err := d.store.AddSource(d.t.Context(), record.Source{Address: address, Kind: kind, Added: watch.Stamp(d.now), NextTry: watch.Stamp(d.now)}); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) source(address string) record.Source {
	d.t.Helper()
	for s, err := range d.store.Sources(d.t.Context(), store.Filter{ID: address}) {
		if err != nil {
			d.t.Fatal(err)
		}
		return s
	}
	d.t.Fatalf("no source %s", address)
	return record.Source{}
}

// round looks and settles every page: those whose bytes hold "refuse" are refused by
// the reader. It returns the pages as "type path", and "! path" for refusals.
func (d *desk) round() []string {
	d.t.Helper()
	if err := d.watcher.Look(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	var list []string
	for p := range d.watcher.Pages(d.t.Context()) {
		refusal := p.Refusal
		if refusal == nil && strings.Contains(string(p.Bytes), "refuse") {
			refusal = article.Refuse(article.Invalid, "no text found in the page")
		}
		line := string(p.Type) + " " + p.Path
		if refusal != nil {
			line = "! " + p.Path
			refusal.Source, refusal.At = p.Path, watch.Stamp(d.now)
			if err := d.store.Refuse(d.t.Context(), *refusal); err != nil {
				d.t.Fatal(err)
			}
		}
		list = append(list, line)
		d.watcher.Settle(d.t.Context(), p.Path, refusal, strings.Contains(string(p.Bytes), "paywall"))
	}
	if err := d.watcher.Err(); err != nil {
		d.t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

func (d *desk) want(what string, got []string, want ...string) {
	d.t.Helper()
	if !slices.Equal(got, want) {
		d.t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func (d *desk) refused() []string {
	d.t.Helper()
	list := []string{}
	for r, err := range d.store.Refusals(d.t.Context(), store.Filter{}) {
		if err != nil {
			d.t.Fatal(err)
		}
		list = append(list, r.Source+": "+r.Reason)
	}
	return list
}

func TestFeed(t *testing.T) {
	d := newDesk(t)
	d.web.put(feedAt, "application/rss+xml", rss(item("A", pageA, "x"), item("B", pageB+"?utm_source=feed", "x"), item("C", "", "Text alone.")), `"1"`)
	d.web.put(pageA, "text/html", markup, `"a"`)
	d.web.put(pageB+"?utm_source=feed", "text/html", markup, "")
	d.add(feedAt, "")
	d.want("first round", d.round(), "fragment "+feedAt+"#g-C", "html "+pageA, "html "+pageB+"?utm_source=feed")
	d.want("asked", d.web.since(), pageA, pageB+"?utm_source=feed", feedAt)
	d.want("at once again", d.round())
	d.want("asked", d.web.since())
	s := d.source(feedAt)
	if s.Kind != "feed" || s.Name != "Orsa Courier" || s.Articles != 3 || s.ETag != `"1"` {
		t.Errorf("%+v", s)
	}
	d.now = d.now.Add(time.Hour)
	d.restart()
	d.want("nothing new", d.round())
	d.want("asked", d.web.since(), feedAt)
	if last := d.looks[len(d.looks)-1]; !last.Same {
		t.Errorf("%+v", last)
	}
	d.now = d.now.Add(time.Hour)
	d.web.put(feedAt, "application/rss+xml", rss(item("A, corrected", pageA, "x"), item("D", pageB+"/d", "x")), `"2"`)
	d.web.put(pageB+"/d", "text/html", markup, "")
	d.want("one new, one changed in the feed alone", d.round(), "html "+pageB+"/d")
	d.want("asked", d.web.since(), pageA, pageB+"/d", feedAt)
}

// Killed between the look and the pages, nothing is lost.
func TestKilledBetween(t *testing.T) {
	d := newDesk(t)
	d.web.put(feedAt, "application/rss+xml", rss(item("A", pageA, "x"), item("B", pageB, "x")), `"1"`)
	d.web.put(pageA, "text/html", markup, "")
	d.web.put(pageB, "text/html", markup, "")
	d.add(feedAt, "")
	if err := d.watcher.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range d.watcher.Pages(t.Context()) {
		break // what was handed on is not settled
	}
	d.restart()
	d.web.since()
	d.want("after the restart", d.round(), "html "+pageA, "html "+pageB)
	d.want("asked", d.web.since(), pageA, pageB)
}

// The feed's text stands in for a page that cannot be had, until it can.
func TestTextInPlaceOfPage(t *testing.T) {
	d := newDesk(t)
	d.web.put(feedAt, "application/rss+xml", rss(item("A", pageA, "The feed's text."), item("B", pageB, "Other text."), item("E", pageA+"/e", "")), "")
	d.web.refuse[pageA] = &fetch.Refused{Refusal: article.Refuse(article.Timeout, "no whole answer")}
	d.web.put(pageB, "text/html", "<html>refuse me", "")
	d.add(feedAt, "")
	d.want("pages", d.round(), "! "+pageA, "! "+pageA+"/e", "! "+pageB)
	d.want("texts", d.round(), "fragment "+pageA, "fragment "+pageB)
	d.want("refused", d.refused(), pageA+": no whole answer", pageA+"/e: 404 (not found)", pageB+": no text found in the page")
	d.want("no more", d.round())
	if s := d.source(feedAt); s.Articles != 2 || s.Refused != 1 || s.Waiting != 0 {
		t.Errorf("%+v", s)
	}
	d.web.refuse[pageA] = nil
	d.web.put(pageA, "text/html", markup, "")
	d.now = d.now.Add(3 * time.Hour)
	d.restart()
	d.want("the page in the end", d.round(), "html "+pageA)
	d.want("still refused", d.refused(), pageA+"/e: 404 (not found)", pageB+": no text found in the page")
}

// Each failure doubles the time to the next try, up to a month, also over restarts.
func TestDyingSource(t *testing.T) {
	d := newDesk(t)
	d.web.refuse[feedAt] = &fetch.Refused{Refusal: article.Refuse(article.Unreachable, "its host takes no connection")}
	d.add(feedAt, "")
	var last time.Duration
	for n := range 20 {
		d.round()
		if n%7 == 0 {
			d.restart()
		}
		s := d.source(feedAt)
		next, err := time.Parse(time.RFC3339, s.NextTry)
		if err != nil || s.Failures != n+1 {
			t.Fatalf("%v, %+v", err, s)
		}
		pause := next.Sub(d.now)
		if n < 10 && pause < last*3/2 || pause > 34*24*time.Hour {
			t.Errorf("after %d failures a pause of %v after one of %v", n+1, pause, last)
		}
		last, d.now = pause, next
	}
	if last < 20*24*time.Hour {
		t.Errorf("a dead source is tried after %v", last)
	}
	d.want("stored once", d.refused(), feedAt+": its host takes no connection")
	d.web.refuse[feedAt] = nil
	d.web.put(feedAt, "application/rss+xml", rss(item("A", pageA, "x")), "")
	d.web.put(pageA, "text/html", markup, "")
	d.want("alive again", d.round(), "html "+pageA)
	if s := d.source(feedAt); s.Failures != 0 || s.Reason != "" || len(d.refused()) != 0 {
		t.Errorf("%+v, %v", s, d.refused())
	}
}

// A server that says when to come back is not asked before.
func TestComeLater(t *testing.T) {
	d := newDesk(t)
	later := d.now.Add(5 * time.Hour)
	d.web.refuse[feedAt] = &fetch.Refused{Refusal: article.Refuse(article.Busy, "429"), After: later}
	d.add(feedAt, "")
	d.round()
	if s := d.source(feedAt); s.NextTry != watch.Stamp(later) {
		t.Errorf("next try %s, want %s", s.NextTry, watch.Stamp(later))
	}
	// Items of a host that is left alone wait without being refused.
	d = newDesk(t)
	d.web.put(feedAt, "application/rss+xml", rss(item("A", pageA, "x"), item("B", pageB, "x")), "")
	d.web.refuse[pageA] = &fetch.Refused{Refusal: article.Refuse(article.Busy, "left alone"), After: d.now.Add(10 * time.Minute), Rests: true}
	d.web.refuse[pageB] = &fetch.Refused{Refusal: article.Refuse(article.Busy, "left alone"), After: d.now.Add(10 * time.Hour), Rests: true}
	d.add(feedAt, "")
	d.want("put off", d.round())
	d.want("the text of the one that waits long", d.round(), "fragment "+pageB)
	d.want("not refused", d.refused())
	d.web.refuse[pageA] = nil
	d.web.put(pageA, "text/html", markup, "")
	d.now = d.now.Add(11 * time.Minute)
	d.want("after the rest", d.round(), "html "+pageA)
}

// A person's word outranks a host's rest; a source whose host rests has not failed.
func TestAskedByPerson(t *testing.T) {
	d := newDesk(t)
	d.web.refuse[feedAt] = &fetch.Refused{Refusal: article.Refuse(article.Busy, "left alone"), After: d.now.Add(time.Hour), Rests: true}
	d.add(feedAt, "")
	d.round()
	if s := d.source(feedAt); s.Failures != 0 || s.NextTry != watch.Stamp(d.now.Add(time.Hour)) || len(d.refused()) != 0 {
		t.Errorf("%+v, %v", s, d.refused())
	}
	d.want("nobody forgiven", d.web.forgiven)
	if _, err := d.store.RetrySources(t.Context(), feedAt, ""); err != nil {
		t.Fatal(err)
	}
	d.round()
	d.want("forgiven", d.web.forgiven, "courier.example")
}

// The whole text of a feed is better than a page that stops at a paywall.
func TestPaywall(t *testing.T) {
	d := newDesk(t)
	whole := `<item><title>A</title><link>` + pageA + `</link><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">All of the text.</content:encoded></item>`
	d.web.put(feedAt, "application/rss+xml", rss(whole, item("B", pageB, "Summary.")), "")
	d.web.put(pageA, "text/html", "<html>paywall", "")
	d.web.put(pageB, "text/html", "<html>paywall", "")
	d.add(feedAt, "")
	d.want("pages", d.round(), "html "+pageA, "html "+pageB)
	d.want("text", d.round(), "fragment "+pageA)
	d.want("no more", d.round())
}

func TestTwoFeedsOnePage(t *testing.T) {
	d := newDesk(t)
	other := "https://courier.example/world"
	for _, address := range []string{feedAt, other} {
		d.web.put(address, "application/rss+xml", rss(item("A", pageA, "x")), "")
		d.add(address, "")
	}
	d.web.put(pageA, "text/html", markup, "")
	d.want("once", d.round(), "html "+pageA)
	d.want("never again", d.round())
	if a, b := d.source(feedAt), d.source(other); a.Articles != 1 || b.Articles != 1 {
		t.Errorf("%d and %d articles", a.Articles, b.Articles)
	}
}

func TestSiteNamesItsFeed(t *testing.T) {
	d := newDesk(t)
	site := "https://courier.example/"
	d.web.put(site, "text/html", `<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body><a href="/2026/1/a-b-c-d">Six words that lead to news</a>`, "")
	d.web.put(feedAt, "application/rss+xml", rss(item("A", pageA, "x")), "")
	d.web.put(pageA, "text/html", markup, "")
	d.add(site, "")
	d.want("by its feed", d.round(), "html "+pageA)
	if s := d.source(site); s.Via != feedAt || s.Kind != "feed" {
		t.Errorf("%+v", s)
	}
	d.now = d.now.Add(time.Hour)
	d.web.since()
	d.round()
	d.want("the feed alone", d.web.since(), feedAt)
	// The feed is gone: the page is asked again which one it has.
	d.web.refuse[feedAt] = &fetch.Refused{Refusal: article.Refuse(article.Gone, "410")}
	d.now = d.now.Add(time.Hour)
	d.round()
	if s := d.source(site); s.Via != "" || s.Failures != 1 {
		t.Errorf("%+v", s)
	}
}

func TestListAndSitemap(t *testing.T) {
	d := newDesk(t)
	list, index := "https://courier.example/world", "https://courier.example/sitemap.xml"
	d.web.put(list, "text/html", `<html><body><a href="/2026/1/a-b-c-d">Six words that lead to news</a><a href="/about">About</a>`, "")
	d.web.put("https://courier.example/2026/1/a-b-c-d", "text/html", markup, "")
	d.web.put(index, "text/xml", `<sitemapindex><sitemap><loc>https://courier.example/old.xml</loc></sitemap><sitemap><loc>https://courier.example/news.xml</loc></sitemap></sitemapindex>`, "")
	d.web.put("https://courier.example/news.xml", "text/xml", `<urlset><url><loc>https://courier.example/n</loc><news:news xmlns:news="x"><news:publication_date>2026-11-25</news:publication_date></news:news></url>
		<url><loc>https://courier.example/old</loc><lastmod>2020-01-01</lastmod></url><url><loc>https://elsewhere.example/</loc></url></urlset>`, "")
	d.web.put("https://courier.example/n", "text/html", markup, "")
	d.add(list, record.SourceList)
	d.add(index, "")
	d.want("both", d.round(), "html https://courier.example/2026/1/a-b-c-d", "html https://courier.example/n")
	if slices.Contains(d.web.since(), "https://courier.example/old.xml") {
		t.Error("an old sitemap was asked for though there is one of news")
	}
	// A feed that has become a page is refused, not read as a list.
	d.web.put(index, "text/html", `<html><body><a href="/2026/1/e-f-g-h">This domain may be for sale</a>`, "")
	d.now = d.now.Add(time.Hour)
	d.want("parked", d.round())
	if s := d.source(index); s.Failures != 1 || !strings.Contains(s.Reason, "is none now") {
		t.Errorf("%+v", s)
	}
}

func TestFolder(t *testing.T) {
	d := newDesk(t)
	folder := filepath.Join(t.TempDir(), "inbox")
	write := func(name, text string, age time.Duration) string {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, d.now.Add(-age)); err != nil {
			t.Fatal(err)
		}
		return path
	}
	one := write("one.txt", "The envoy left.", time.Hour)
	many := write("deep/many.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", time.Hour)
	bad := write("bad.txt", "refuse", time.Hour)
	write(".hidden/x.txt", "x", time.Hour)
	d.add(folder, record.SourceFolder)
	d.want("first", d.round(), "! "+bad, "jsonl "+many, "jsonl "+many, "txt "+one)
	if s := d.source(folder); s.Articles != 2 || s.Refused != 1 {
		t.Errorf("%+v", s)
	}
	two := write("two.txt", "The envoy came back.", time.Hour)
	write("one.txt", "The envoy left again.", time.Minute)
	d.now = d.now.Add(time.Minute)
	d.restart()
	d.want("new and changed", d.round(), "txt "+one, "txt "+two)
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(time.Minute)
	d.round()
	if s := d.source(folder); s.Reason != "there is no such folder" {
		t.Errorf("%+v", s)
	}
}

func TestCheckKeepsNothingBack(t *testing.T) {
	d := newDesk(t)
	d.web.put(feedAt, "application/rss+xml", rss(item("A", pageA, "x")), `"1"`)
	d.web.put(pageA, "text/html", markup, "")
	d.add(feedAt, "")
	look, err := d.watcher.Check(t.Context(), d.source(feedAt))
	if err != nil || look.Listed != 1 || look.Refusal != nil {
		t.Errorf("%+v, %v", look, err)
	}
	d.want("after a check", d.round(), "html "+pageA)
}

func TestCancelled(t *testing.T) {
	d := newDesk(t)
	d.web.put(feedAt, "application/rss+xml", rss(item("A", pageA, "x")), "")
	d.add(feedAt, "")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := d.watcher.Look(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	for p := range d.watcher.Pages(ctx) {
		t.Errorf("a page of a cancelled round: %s", p.Path)
	}
	if s := d.source(feedAt); s.Failures != 0 || s.LastTry != "" {
		t.Errorf("%+v", s)
	}
}

// Hosts in trouble are kept from one run to the next.
func TestTroubles(t *testing.T) {
	d := newDesk(t)
	d.web.hosts = []fetch.Host{{Name: "courier.example", Failures: 4, Until: d.now.Add(time.Hour), Kind: article.Timeout, Reason: "slow"}}
	d.round()
	d.restart()
	got, err := watch.Troubles(t.Context(), d.store)
	if err != nil || !slices.Equal(got, d.web.hosts) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAddresses(t *testing.T) {
	w := newWeb()
	w.put(pageA, "text/html", markup, "")
	w.put("https://courier.example/p", "text/plain", "Plain words.", "")
	w.put(feedAt, "application/xml", rss(item("A", pageA, "Text of it.")), "")
	var got []string
	for p := range watch.Addresses(t.Context(), w, nil, []string{pageA, pageB, "https://courier.example/p", feedAt, pageA}) {
		line := string(p.Type) + " " + p.Path
		if p.Refusal != nil {
			line = "! " + p.Refusal.Source
		}
		got = append(got, line)
	}
	if want := []string{"html " + pageA, "! " + pageB, "txt https://courier.example/p", "fragment " + feedAt}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for name, want := range map[string]bool{"https://a": true, "HTTP://a": true, "a/b": false, "://a": false, "C:\\a": false, "ftp://a": true, "a b://c": false, "https://": false} {
		if watch.IsAddress(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}
