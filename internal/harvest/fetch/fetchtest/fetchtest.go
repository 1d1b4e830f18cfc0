// Package fetchtest is a server that misbehaves, for tests of what fetches.
//
// In: a connection from this machine. Out: what the case of the host's name
// sends: "drip.test" drips, "bomb.test" sends a bomb. What always holds: no case
// needs another host, and each comes to its end when the server is closed.
package fetchtest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/internal/article"
)

// Limits that the cases are made for.
const (
	Timeout  = 3 * time.Second // long enough for a machine that is busy with other tests
	MaxBytes = 256 << 10
)

// A Case is one way to misbehave, or to behave.
type Case struct {
	Name   string       // of the host, without ".test"
	Path   string       // "/" where it is empty
	TLS    bool         // asked for by https
	Kind   article.Kind // of the refusal that it must give; "" for a good answer
	Reason string       // words of the refusal

	serve func(s *Server, w io.Writer, r *http.Request)
}

// URL is where the case is found on the server.
func (c Case) URL(s *Server) string {
	scheme, path := "http", c.Path
	if c.TLS {
		scheme = "https"
	}
	if path == "" {
		path = "/page"
	}
	return fmt.Sprintf("%s://%s.test:%d%s", scheme, c.Name, s.port, path)
}

// A Server serves all cases on one port of the loopback address.
type Server struct {
	listener net.Listener
	port     int
	done     chan struct{}
	busy     sync.WaitGroup
	cases    map[string]Case

	mu   sync.Mutex
	seen []http.Header
	feed string
}

// Serve starts the server; the test's end stops it.
func Serve(t testing.TB) *Server {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{listener: listener, port: listener.Addr().(*net.TCPAddr).Port, done: make(chan struct{}), cases: map[string]Case{}}
	for _, c := range Cases() {
		s.cases[c.Name] = c
	}
	s.busy.Go(s.accept)
	t.Cleanup(func() {
		close(s.done)
		listener.Close()
		s.busy.Wait()
	})
	return s
}

// Feed is the address of a feed that lists all cases; the items of those that are
// named in texts have a text of their own.
func (s *Server) Feed(texts ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>All that goes wrong</title>`)
	for _, c := range Cases() {
		text := ""
		if slices.Contains(texts, c.Name) {
			text = "<description>The envoy of Orsa said that the toll on the river must fall.</description>"
		}
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s</link><pubDate>Tue, 14 May 2024 09:00:00 GMT</pubDate>%s</item>", c.Name, c.URL(s), text)
	}
	b.WriteString("</channel></rss>")
	s.mu.Lock()
	s.feed = b.String()
	s.mu.Unlock()
	return fmt.Sprintf("http://feed.test:%d/feed.xml", s.port)
}

// Port is where the server listens.
func (s *Server) Port() int { return s.port }

// Seen returns the headers of all requests for pages.
func (s *Server) Seen() []http.Header {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]http.Header(nil), s.seen...)
}

// Allow names all hosts of the cases, and none that the cases lead to.
func (s *Server) Allow() []string {
	names := []string{"feed.test"}
	for name := range s.cases {
		names = append(names, name+".test")
	}
	return names
}

// LookupNetIP has every name ending in ".test" be this machine.
func (s *Server) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	if !strings.HasSuffix(host, ".test") || host == "nowhere.test" {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.busy.Go(func() {
			defer conn.Close()
			s.answer(conn)
		})
	}
}

func (s *Server) answer(conn net.Conn) {
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	in := bufio.NewReader(conn)
	first, err := in.Peek(1)
	if err != nil {
		return
	}
	if first[0] == 0x16 { // a TLS handshake
		s.handshake(conn, in)
		return
	}
	r, err := http.ReadRequest(in)
	if err != nil {
		return
	}
	name, _, _ := strings.Cut(r.Host, ".test")
	c, known := s.cases[name]
	switch {
	case r.URL.Path == "/feed.xml" && name == "feed":
		s.mu.Lock()
		defer s.mu.Unlock()
		page(conn, "200 OK", "", s.feed)
	case !known:
		page(conn, "404 Not Found", "", "nothing here")
	case r.URL.Path == "/robots.txt" && !strings.HasPrefix(name, "robots"):
		page(conn, "404 Not Found", "", "no rules")
	default:
		if r.URL.Path != "/robots.txt" {
			s.mu.Lock()
			s.seen = append(s.seen, r.Header)
			s.mu.Unlock()
		}
		c.serve(s, conn, r)
	}
}

// handshake does half of one: the host's name, which stands in the client's first
// words, tells which half.
func (s *Server) handshake(conn net.Conn, in *bufio.Reader) {
	hello, _ := in.Peek(min(in.Buffered(), 4096))
	switch {
	case bytes.Contains(hello, []byte("tls-silent")):
		s.wait(10 * time.Second)
	case bytes.Contains(hello, []byte("tls-plain")):
		page(conn, "200 OK", "", "<p>in the clear")
	case bytes.Contains(hello, []byte("tls-garbage")):
		fmt.Fprint(conn, "\x16\x03\x03\x00\x20"+strings.Repeat("x", 32))
	}
}

// wait waits, but no longer than the server lives. It reports whether it does.
func (s *Server) wait(d time.Duration) bool {
	select {
	case <-s.done:
		return false
	case <-time.After(d):
		return true
	}
}

// page writes a whole answer with the length that it has.
func page(w io.Writer, status, header, body string) {
	fmt.Fprintf(w, "HTTP/1.1 %s\r\nContent-Type: text/html\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s", status, header, len(body), body)
}

// Packed compresses.
func Packed(content []byte) string {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(content)
	_ = w.Close()
	return out.String()
}
