// Package web is the desk: pages on which a person reads the record.
//
// In: a store, asked through its Reader alone, and requests for pages. Out: HTML
// that works without scripts and loads nothing from any other host. What always
// holds: every list is bounded; every word of the interface comes from the
// catalogue in words/; text of articles is escaped; a claim about a party by
// another is never shown as that party's own word.
package web

import (
	"log/slog"
	"net/http"

	"rapporteur/internal/store"
)

// Options say how the desk is served.
type Options struct {
	Loopback bool         // the desk listens on a loopback address: no other host name is answered
	Hosts    []string     // host names to answer besides loopback ones; empty and not Loopback: any
	Version  string       // of the program, for the foot of the page
	Log      *slog.Logger // nil: nothing is logged
}

type desk struct {
	store    store.Reader
	loopback bool
	hosts    []string
	version  string
	log      *slog.Logger
}

// New returns the desk over a record. It fails when the catalogue of words is
// broken, which is a bug of the build.
func New(s store.Reader, o Options) (http.Handler, error) {
	d := &desk{store: s, loopback: o.Loopback, hosts: o.Hosts, version: o.Version, log: o.Log}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	return d.guard(mux), nil
}

func (d *desk) fail(w http.ResponseWriter, _ *http.Request, code int, _ error) {
	http.Error(w, http.StatusText(code), code)
}
