package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"rapporteur/internal/article"
)

// CheckAddress tells whether an address can be asked for at all; what it leads to is
// judged when it is. The error is an *article.Refusal.
func CheckAddress(raw string) error {
	_, err := checkAddress(raw)
	return err
}

// checkAddress refuses what can be told from the address alone. It returns the
// address as it is asked for: without fragment, host in lower case.
func checkAddress(raw string) (*url.URL, error) {
	refuse := func(reason string) (*url.URL, error) { return nil, article.Refuse(article.Forbidden, reason) }
	if len(raw) > maxAddress {
		return nil, article.Refuse(article.TooLarge, fmt.Sprintf("the address is longer than %d bytes", maxAddress))
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Opaque != "" {
		return nil, article.Refuse(article.Invalid, "this is no address")
	}
	u.Scheme = strings.ToLower(u.Scheme)
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return refuse(fmt.Sprintf("only http and https are asked, not %q", u.Scheme))
	case u.User != nil:
		return refuse("the address holds a name or password, which are never sent")
	case u.Hostname() == "":
		return nil, article.Refuse(article.Invalid, "the address has no host")
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return nil, article.Refuse(article.Invalid, "the address has no such port")
		}
	}
	u.Host = strings.ToLower(u.Host)
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

// webPorts are the ports below 1024 that are asked without leave: the others
// belong to services that a request must not reach by accident (mail, SSH).
var webPorts = [...]string{"80", "443"}

// allowedKey carries the allowed hosts of a request to the place that dials.
type allowedKey struct{}

func withAllowed(ctx context.Context, allow []string) context.Context {
	return context.WithValue(ctx, allowedKey{}, allow)
}

func isAllowed(ctx context.Context, host string) bool {
	allow, _ := ctx.Value(allowedKey{}).([]string)
	return slices.ContainsFunc(allow, func(name string) bool { return plainHost(name) == plainHost(host) })
}

// plainHost makes names of hosts comparable.
func plainHost(name string) string {
	return strings.ToLower(strings.TrimSuffix(strings.Trim(strings.TrimSpace(name), "[]"), "."))
}

// systemResolver asks as every program on this machine does. It is its own type
// so that a nil Resolver in Options is no typed nil.
type systemResolver struct{}

func (systemResolver) LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error) {
	return net.DefaultResolver.LookupNetIP(ctx, network, host)
}

// maxTries bounds how many addresses of one host are tried.
const maxTries = 4

// dial connects to a host at one of its public addresses. Names are resolved here
// and nowhere else, and the number that the socket really connects to is looked at
// once more, so that a name cannot change its mind in between (DNS rebinding).
func (f *Fetcher) dial(ctx context.Context, network, address string) (net.Conn, error) {
	name, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	allowed := isAllowed(ctx, name)
	if n, _ := strconv.Atoi(port); n < 1024 && !slices.Contains(webPorts[:], port) && !allowed {
		return nil, article.Refuse(article.Forbidden, fmt.Sprintf("port %s is no port of web pages", port))
	}
	numbers, err := f.resolve(ctx, name)
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: dialTime, Control: func(_, address string, _ syscall.RawConn) error {
		bound, err := netip.ParseAddrPort(address)
		if err != nil {
			return article.Refuse(article.Forbidden, "its address cannot be judged")
		}
		return judge(bound.Addr(), name, allowed)
	}}
	var last error
	for _, number := range numbers[:min(len(numbers), maxTries)] {
		if last = judge(number, name, allowed); last != nil {
			continue
		}
		conn, err := f.connect(ctx, dialer, network, net.JoinHostPort(number.String(), port))
		if err == nil {
			return conn, nil
		}
		last = err
	}
	return nil, last
}

// resolve returns the addresses of a host, public ones first.
func (f *Fetcher) resolve(ctx context.Context, name string) ([]netip.Addr, error) {
	if number, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return []netip.Addr{number}, nil
	}
	numbers, err := f.options.Resolver.LookupNetIP(ctx, "ip", name)
	if err != nil {
		return nil, err
	}
	if len(numbers) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
	}
	slices.SortStableFunc(numbers, func(a, b netip.Addr) int { return len(whatIs(a)) - len(whatIs(b)) })
	return numbers, nil
}

// judge refuses an address that is not public, unless its host is allowed.
func judge(number netip.Addr, name string, allowed bool) error {
	what := whatIs(number)
	if what == "" || allowed {
		return nil
	}
	is := fmt.Sprintf("%s has the address %s, which is %s", plainHost(name), number.Unmap(), what)
	if number.String() == plainHost(name) {
		is = fmt.Sprintf("%s is %s", number, what)
	}
	return article.Refuse(article.Forbidden, fmt.Sprintf("%s: allow it by name with --allow-host %s", is, plainHost(name)))
}

// A network is a block of addresses that no news site has.
type network struct {
	block netip.Prefix
	what  string
}

func block(prefix, what string) network { return network{netip.MustParsePrefix(prefix), what} }

// reserved are the blocks of the IANA registries of special-purpose addresses
// (RFC 6890 and its updates, iana-ipv4-special-registry, iana-ipv6-special-registry),
// and the addresses at which clouds tell machines their secrets. The narrower
// block stands before the wider one.
var reserved = [...]network{
	block("169.254.169.254/32", "a cloud's metadata service"),
	block("169.254.170.2/32", "a cloud's metadata service"),
	block("100.100.100.200/32", "a cloud's metadata service"),
	block("168.63.129.16/32", "a cloud's metadata service"),
	block("192.0.0.192/32", "a cloud's metadata service"),
	block("fd00:ec2::254/128", "a cloud's metadata service"),
	block("fd20:ce::254/128", "a cloud's metadata service"),
	block("0.0.0.0/8", "unspecified"),
	block("10.0.0.0/8", "private"),
	block("100.64.0.0/10", "private to a provider"),
	block("127.0.0.0/8", "this machine itself"),
	block("169.254.0.0/16", "link-local"),
	block("172.16.0.0/12", "private"),
	block("192.0.0.0/24", "reserved"),
	block("192.0.2.0/24", "reserved for documentation"),
	block("192.31.196.0/24", "reserved"),
	block("192.52.193.0/24", "reserved"),
	block("192.88.99.0/24", "reserved"),
	block("192.168.0.0/16", "private"),
	block("192.175.48.0/24", "reserved"),
	block("198.18.0.0/15", "reserved for measuring"),
	block("198.51.100.0/24", "reserved for documentation"),
	block("203.0.113.0/24", "reserved for documentation"),
	block("224.0.0.0/4", "multicast"),
	block("240.0.0.0/4", "reserved"),
	block("::/128", "unspecified"),
	block("::1/128", "this machine itself"),
	block("2001::/23", "reserved"), // Teredo, ORCHID, benchmarking among them
	block("2001:db8::/32", "reserved for documentation"),
	block("3fff::/20", "reserved for documentation"),
	block("fc00::/7", "private"),
	block("fe80::/10", "link-local"),
	block("fec0::/10", "private"),
	block("ff00::/8", "multicast"),
}

// unicast is the only block of IPv6 in which public hosts live (RFC 4291, 2.4).
var unicast = netip.MustParsePrefix("2000::/3")

// Blocks of IPv6 whose addresses stand for one of IPv4, with the byte at which it
// begins (RFC 6052, RFC 3056).
var (
	translated = netip.MustParsePrefix("64:ff9b::/96")
	sixToFour  = netip.MustParsePrefix("2002::/16")
)

// whatIs tells why an address is not public; "" means that it is.
func whatIs(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if !a.IsValid() {
		return "none"
	}
	for _, n := range reserved {
		if n.block.Contains(a) {
			return n.what
		}
	}
	if a.Is4() {
		return ""
	}
	bytes := a.As16()
	switch {
	case translated.Contains(a):
		return whatIs(netip.AddrFrom4([4]byte(bytes[12:16])))
	case sixToFour.Contains(a):
		return whatIs(netip.AddrFrom4([4]byte(bytes[2:6])))
	case !unicast.Contains(a):
		return "reserved"
	}
	return ""
}
