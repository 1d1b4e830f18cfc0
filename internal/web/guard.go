package web

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// policy lets a page load nothing but our own scripts, styles and pictures.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard sets the headers that keep a page to itself, and refuses requests that
// come under a foreign name or, when they would write, from a foreign page.
func (d *desk) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin") // under no-referrer a browser gives its own forms the origin null
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if !d.knowsHost(r.Host) {
			d.fail(w, r, http.StatusMisdirectedRequest, nil)
			return
		}
		if writes(r.Method) && !sameOrigin(r) {
			d.fail(w, r, http.StatusForbidden, nil)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// knowsHost reports whether the desk answers under the name of a Host header. On
// loopback a foreign name means that some page had its own name point at this
// machine (DNS rebinding).
func (d *desk) knowsHost(header string) bool {
	name := header
	if host, _, err := net.SplitHostPort(header); err == nil {
		name = host
	}
	name = strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), "."))
	if name == "localhost" || slices.Contains(d.hosts, name) {
		return true
	}
	if ip := net.ParseIP(name); ip != nil && ip.IsLoopback() {
		return true
	}
	return !d.loopback && len(d.hosts) == 0 && name != ""
}

func writes(method string) bool {
	return method != http.MethodGet && method != http.MethodHead && method != http.MethodOptions
}

// sameOrigin reports whether a writing request comes from one of our own pages,
// or from no page at all (a command-line client sends neither header).
func sameOrigin(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}
