// Package fetch gets pages and feeds from servers that nobody vouches for.
//
// In: an address that a user or a feed named. Out: the decompressed bytes of the
// answer with what its header says of them, or a refusal that says why there is
// none. What always holds: only http and https; no connection to an address that
// is not public, unless its host was allowed by name, and this is looked at on the
// socket itself, for every redirect anew; no more bytes, seconds, redirects and
// header lines than the limits allow, counted after decompression too; no cookie
// is kept, no name or password sent, no proxy asked, no script run; one request a
// host at a time with a pause after it; robots.txt is obeyed; a host that asks to
// be left alone, or that answers nobody, is left alone for longer and longer.
package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"rapporteur/internal/article"
)

// Limits where Options say nothing.
const (
	DefaultTimeout   = 60 * time.Second
	DefaultDelay     = 2 * time.Second
	DefaultMaxBytes  = 16 << 20
	DefaultRedirects = 5
)

// Limits that no option moves.
const (
	maxHeader    = 64 << 10 // bytes of an answer's header
	maxAddress   = 4 << 10  // bytes of a URL
	maxValidator = 512      // bytes of an ETag that is worth keeping
	dialTime     = 15 * time.Second
)

// Token is the name under which robots.txt may speak of this program.
const Token = "rapporteur"

// A Resolver finds the addresses of a host, as net.Resolver does.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Options say how to fetch; zero fields mean the defaults.
type Options struct {
	Version   string        // of the program, for the User-Agent
	Contact   string        // mail address or page by which a site's owner can complain
	Timeout   time.Duration // for one answer, redirects included, turns not
	Delay     time.Duration // between two requests to one host; below 0: none
	MaxBytes  int64         // of an answer, packed and unpacked
	Redirects int           // followed at most; below 0: none
	Resolver  Resolver
	Roots     *x509.CertPool // certificates trusted besides the system's choice, for tests
	Now       func() time.Time
	Hosts     []Host // hosts that were in trouble before
}

// A Request asks for one address.
type Request struct {
	URL          string
	Allow        []string // names of hosts that may have addresses that are not public
	ETag         string   // of the answer that is held already, "" for none
	LastModified string
	List         bool // a feed, sitemap or list of articles is wanted, not a page

	robots bool // this asks for a robots.txt, whose first bytes are enough
}

// A Response is a good answer.
type Response struct {
	URL          string // after redirects
	Moved        string // where the page moved for good, "" when it did not
	NotModified  bool   // what is held already is still right; there is no body
	Type         string // media type in lower case, "" when the server says none
	Charset      string // as the server says, "" for none
	Body         []byte
	ETag         string
	LastModified string

	lifetime time.Duration // for how long a robots.txt may be kept
}

// A Refused is the error of Fetch: a refusal and, where the server or our own
// patience says so, the time before which asking again is no use.
type Refused struct {
	Refusal *article.Refusal
	After   time.Time
	Rests   bool // nothing was asked: the host is left alone until then
}

// Error returns the reason.
func (r *Refused) Error() string { return r.Refusal.Error() }

// Unwrap returns the refusal.
func (r *Refused) Unwrap() error { return r.Refusal }

// A Fetcher fetches. It is safe for concurrent use.
type Fetcher struct {
	options   Options
	agent     string
	transport *http.Transport
	robots    robotsCache

	connect func(ctx context.Context, d *net.Dialer, network, address string) (net.Conn, error)

	mu    sync.Mutex
	hosts map[string]*host
}

// New returns a fetcher. It fails when the contact cannot stand in a header.
func New(o Options) (*Fetcher, error) {
	agent, err := agentOf(o)
	if err != nil {
		return nil, err
	}
	f := &Fetcher{options: o.filled(), agent: agent, hosts: map[string]*host{}, robots: robotsCache{sites: map[string]*site{}}}
	f.connect = func(ctx context.Context, d *net.Dialer, network, address string) (net.Conn, error) {
		return d.DialContext(ctx, network, address)
	}
	f.transport = &http.Transport{
		DialContext:            f.dial,
		DisableKeepAlives:      true, // a connection that one source may use is never another's
		DisableCompression:     true, // unpacking is ours, with its limits
		TLSHandshakeTimeout:    dialTime,
		MaxResponseHeaderBytes: maxHeader,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots},
		TLSNextProto:           map[string]func(string, *tls.Conn) http.RoundTripper{},
	}
	for _, h := range o.Hosts {
		f.hosts[h.Name] = &host{turn: newTurn(), failures: h.Failures, until: h.Until, reason: h.Reason, kind: h.Kind}
	}
	return f, nil
}

// filled puts the defaults in.
func (o Options) filled() Options {
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Delay == 0 {
		o.Delay = DefaultDelay
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.Redirects == 0 {
		o.Redirects = DefaultRedirects
	}
	if o.Resolver == nil {
		o.Resolver = systemResolver{}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// agentOf says who asks and how to reach him.
func agentOf(o Options) (string, error) {
	version := o.Version
	if version == "" || strings.ContainsAny(version, " ()/") {
		version = "dev"
	}
	contact := strings.TrimSpace(o.Contact)
	for _, r := range contact {
		if r <= ' ' || r >= 0x7f || strings.ContainsRune(`()<>"\`, r) {
			return "", fmt.Errorf("contact %q: want a mail address or a URL", o.Contact)
		}
	}
	if contact == "" {
		return fmt.Sprintf("%s/%s (reads news for one user; no contact given)", Token, version), nil
	}
	return fmt.Sprintf("%s/%s (+%s)", Token, version, contact), nil
}

// Agent is the User-Agent that servers see.
func (f *Fetcher) Agent() string { return f.agent }

// Fetch asks for an address. Its error is a *Refused, or the context's own.
func (f *Fetcher) Fetch(ctx context.Context, r Request) (*Response, error) {
	res, err := f.follow(ctx, r, true)
	if err == nil {
		return res, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var refused *Refused
	if !errors.As(err, &refused) {
		refused = &Refused{Refusal: f.explain(err)}
	}
	placed := *refused.Refusal
	placed.Source = r.URL
	return nil, &Refused{Refusal: &placed, After: refused.After, Rests: refused.Rests}
}

// follow asks, and asks where redirects lead, until there is an answer.
func (f *Fetcher) follow(ctx context.Context, r Request, polite bool) (*Response, error) {
	u, err := checkAddress(r.URL)
	if err != nil {
		return nil, err
	}
	seen, moved, forGood := map[string]bool{}, "", true
	left := f.options.Timeout
	for hops := 0; ; hops++ {
		if polite {
			if err := f.obey(ctx, r, u); err != nil {
				return nil, err
			}
		}
		answer, took, err := f.ask(ctx, r, u, left)
		if err != nil {
			return nil, err
		}
		if answer.next == "" {
			answer.res.Moved = moved
			return answer.res, nil
		}
		seen[u.String()] = true
		if u, err = redirected(u, answer.next, seen); err != nil {
			return nil, err
		}
		if hops >= f.options.Redirects {
			return nil, article.Refuse(article.Invalid, fmt.Sprintf("more than %d redirects", max(0, f.options.Redirects)))
		}
		if forGood = forGood && answer.forGood; forGood {
			moved = u.String()
		}
		if left -= took; left <= 0 {
			return nil, context.DeadlineExceeded
		}
	}
}

// redirected returns the address that a redirect leads to.
func redirected(from *url.URL, to string, seen map[string]bool) (*url.URL, error) {
	next, err := from.Parse(to)
	if err != nil || strings.TrimSpace(to) == "" {
		return nil, article.Refuse(article.Invalid, "it redirects to what is no address")
	}
	u, err := checkAddress(next.String())
	if err != nil {
		var refusal *article.Refusal
		if errors.As(err, &refusal) {
			return nil, article.Refuse(refusal.Kind, "it redirects to where we do not go: "+refusal.Reason)
		}
		return nil, err
	}
	if seen[u.String()] {
		return nil, article.Refuse(article.Invalid, "its redirects go round in a circle")
	}
	return u, nil
}
