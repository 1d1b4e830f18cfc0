package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"rapporteur/internal/article"
)

// numbers answers each lookup with the next of its lists, the last for ever.
type numbers struct {
	lists [][]string
	asked atomic.Int32
}

func (n *numbers) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	i := min(int(n.asked.Add(1))-1, len(n.lists)-1)
	var list []netip.Addr
	for _, number := range n.lists[i] {
		list = append(list, netip.MustParseAddr(number))
	}
	return list, nil
}

// A name that is public when its robots.txt is asked for and this machine when its
// page is (DNS rebinding) gets no further than the robots.txt.
func TestRebinding(t *testing.T) {
	var pages atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			pages.Add(1)
		}
		http.NotFound(w, r)
	}))
	defer server.Close()
	names := &numbers{lists: [][]string{{"93.184.215.14"}, {"127.0.0.1"}}}
	f, err := New(Options{Delay: -1, Resolver: names})
	if err != nil {
		t.Fatal(err)
	}
	direct := f.connect
	f.connect = func(ctx context.Context, d *net.Dialer, network, address string) (net.Conn, error) {
		if strings.HasPrefix(address, "93.184.215.14:") { // stands for a public host
			return net.Dial("tcp", server.Listener.Addr().String())
		}
		return direct(ctx, d, network, address)
	}
	_, err = f.Fetch(context.Background(), Request{URL: "http://rebind.example/page"})
	var refusal *article.Refusal
	if !errors.As(err, &refusal) || refusal.Kind != article.Forbidden || pages.Load() != 0 || names.asked.Load() != 2 {
		t.Errorf("%v, %d pages, %d lookups", err, pages.Load(), names.asked.Load())
	}
}

// What the socket really connects to is judged too, whatever was resolved.
func TestSocketIsJudged(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	f, err := New(Options{Delay: -1, Resolver: &numbers{lists: [][]string{{"93.184.215.14"}}}})
	if err != nil {
		t.Fatal(err)
	}
	f.connect = func(ctx context.Context, d *net.Dialer, network, _ string) (net.Conn, error) {
		return d.DialContext(ctx, network, server.Listener.Addr().String())
	}
	_, err = f.Fetch(context.Background(), Request{URL: "http://elsewhere.example/"})
	var refusal *article.Refusal
	if !errors.As(err, &refusal) || refusal.Kind != article.Forbidden || !strings.Contains(refusal.Reason, "this machine") {
		t.Errorf("%v", err)
	}
}

// A host with a public and a private address is asked at the public one.
func TestPublicFirst(t *testing.T) {
	f, err := New(Options{Resolver: &numbers{lists: [][]string{{"10.0.0.1", "93.184.215.14"}}}})
	if err != nil {
		t.Fatal(err)
	}
	list, err := f.resolve(context.Background(), "both.example")
	if err != nil || list[0].String() != "93.184.215.14" {
		t.Errorf("%v, %v", list, err)
	}
}

func TestWhatIs(t *testing.T) {
	for number, public := range map[string]bool{
		"93.184.215.14": true, "8.8.8.8": true, "2606:4700::1111": true, "64:ff9b::5db8:d70e": true, "2002:5db8:d70e::1": true,
		"172.32.0.1": true, "172.31.255.255": false, "100.63.255.255": true, "100.127.0.1": false, "198.20.0.1": true,
		"2001:0:1::1": false, "100::1": false, "64:ff9b:1::1": false, "::ffff:192.168.1.1": false, "fe80::1%eth0": false,
	} {
		if got := whatIs(netip.MustParseAddr(number)); (got == "") != public {
			t.Errorf("%s is %q", number, got)
		}
	}
	if whatIs(netip.Addr{}) == "" {
		t.Error("no address is public")
	}
}

// One request a host at a time, with a pause after each answer; another host need
// not wait.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, err := New(Options{Delay: 2 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		ends := make(chan time.Duration, 4)
		ask := func(address string) {
			u, _ := url.Parse(address)
			h := f.host(u)
			if err := f.take(context.Background(), h); err != nil {
				t.Error(err)
				return
			}
			time.Sleep(time.Second) // the answer
			f.release(h, false)
			ends <- time.Since(begun)
		}
		for _, address := range []string{"http://a.example/1", "http://a.example/2", "http://a.example/3", "http://b.example/"} {
			go ask(address)
		}
		var got []time.Duration
		for range 4 {
			got = append(got, <-ends)
		}
		slices.Sort(got)
		if want := []time.Duration{time.Second, time.Second, 4 * time.Second, 7 * time.Second}; !slices.Equal(got, want) {
			t.Errorf("answers came at %v, want %v", got, want)
		}
	})
}

// A wait ends with its context, and a clock that jumped back makes none endless.
func TestWaitEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		jump := time.Duration(0)
		f, err := New(Options{Delay: 2 * time.Second, Now: func() time.Time { return time.Now().Add(jump) }})
		if err != nil {
			t.Fatal(err)
		}
		h := f.host(&url.URL{Host: "a.example"})
		_ = f.take(context.Background(), h)
		f.release(h, false)
		jump = -24 * time.Hour
		begun := time.Now()
		if err := f.take(context.Background(), h); err != nil || time.Since(begun) > time.Minute {
			t.Errorf("waited %v, %v", time.Since(begun), err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := f.take(ctx, h); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the turn of another: %v", err)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, " 0 ": 0, "-5": 0, "soon": 0, "99999999999999999999": 0, "1e9": 0, "31536000": longPause,
		"Wed, 25 Nov 2026 12:10:00 GMT": 10 * time.Minute, "Tue, 24 Nov 2026 12:10:00 GMT": 0, "Wed, 25 Nov 2099 12:10:00 GMT": longPause,
	} {
		got := retryAfter(value, now)
		if got.IsZero() {
			got = now
		}
		if got.Sub(now) != want {
			t.Errorf("%q: %v, want %v", value, got.Sub(now), want)
		}
	}
}

func TestGrown(t *testing.T) {
	for n := range 30 {
		pause := Grown(time.Minute, time.Hour, n, "a.example")
		if pause != Grown(time.Minute, time.Hour, n, "a.example") {
			t.Errorf("the pause after %d failures differs from one time to the next", n)
		}
		want := min(time.Minute<<min(n, 20), time.Hour)
		if pause < want*9/10 || pause > want*11/10 {
			t.Errorf("after %d failures %v, want about %v", n, pause, want)
		}
	}
	if Grown(time.Hour, 2*time.Hour, 0, "a.example") == Grown(time.Hour, 2*time.Hour, 0, "b.example") {
		t.Error("two hosts wait equally long")
	}
}

// A robots.txt is asked for again after a day, or earlier where it says so; one that
// cannot be had any more goes on to hold for a month.
func TestRobotsLifetime(t *testing.T) {
	var control atomic.Value // Cache-Control of robots.txt
	var asked atomic.Int32   // for robots.txt
	var broken atomic.Bool
	control.Store("")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			w.Write([]byte("<p>Words.</p>"))
			return
		}
		asked.Add(1)
		if broken.Load() {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		w.Header().Set("Cache-Control", control.Load().(string))
		w.Write([]byte("User-agent: *\nDisallow: /secret\n"))
	}))
	defer server.Close()
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	f, err := New(Options{Delay: -1, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	after := func(pause time.Duration, path string, good bool, want int32) {
		t.Helper()
		now = now.Add(pause)
		_, err := f.Fetch(context.Background(), Request{URL: server.URL + path, Allow: []string{"127.0.0.1"}})
		if n := asked.Swap(0); (err == nil) != good || n != want {
			t.Errorf("%s after %v: asked for robots.txt %d times, want %d; %v", path, pause, n, want, err)
		}
	}
	after(0, "/a", true, 1)
	after(23*time.Hour, "/secret", false, 0)
	control.Store("public, max-age=7200")
	after(2*time.Hour, "/a", true, 1)
	after(119*time.Minute, "/a", true, 0)
	control.Store("no-store")
	after(2*time.Minute, "/a", true, 1)
	after(time.Minute, "/a", true, 0)
	control.Store("max-age=99999999")
	after(10*time.Minute, "/a", true, 1)
	after(23*time.Hour, "/a", true, 0)
	broken.Store(true)
	after(2*time.Hour, "/secret", false, 1)
	after(time.Minute, "/a", true, 0)
	after(31*24*time.Hour, "/a", false, 1)
}

// A body ends where its Content-Length says, whatever comes behind (RFC 9112, 6.3).
func TestBodyEndsAtItsLength(t *testing.T) {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	go func() {
		for {
			c, err := server.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 4096))
			_, _ = c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>Words.<p>Others."))
			c.Close()
		}
	}()
	f, err := New(Options{Delay: -1})
	if err != nil {
		t.Fatal(err)
	}
	res, err := f.Fetch(context.Background(), Request{URL: "http://" + server.Addr().String() + "/", Allow: []string{"127.0.0.1"}})
	if err != nil || string(res.Body) != "<p>Words." {
		t.Errorf("%v, %v", res, err)
	}
}

func FuzzRobots(f *testing.F) {
	for _, s := range []string{"User-agent: *\nDisallow: /a*b$\n", "Crawl-delay: NaN\nUser-agent: rapporteur\nAllow: /", "\x00\xff", "Disallow: *"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		rules := parseRobots(raw)
		rules.TestAgent("/2026/11/25/talks?x=1", Token)
		if g := rules.FindGroup(Token); g.CrawlDelay < 0 {
			t.Errorf("a pause of %v", g.CrawlDelay)
		}
	})
}

func FuzzAddress(f *testing.F) {
	for _, s := range []string{"http://a.example/x?y#z", "HTTPS://A.example:443", "//a", "http://[::1]:80/", "http://a@b/", "http://%61/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := checkAddress(raw)
		if err != nil {
			return
		}
		if u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Hostname() == "" || u.Fragment != "" {
			t.Errorf("%q became %q", raw, u)
		}
		mediaOf(raw)
	})
}
