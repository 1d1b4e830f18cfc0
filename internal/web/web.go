// Package web is the desk: pages on which a person reads the record.
//
// In: a store, asked through its Reader and changed by the decisions of persons
// alone, and requests for pages. Out: HTML that works without scripts and loads
// nothing from any other host. What always
// holds: every list is bounded; every word of the interface comes from the
// catalogue in words/; text of articles is escaped; a claim about a party by
// another is never shown as that party's own word.
package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/a-h/templ"
	"golang.org/x/text/language"

	"rapporteur/internal/record"
)

// Options say how the desk is served.
type Options struct {
	Loopback bool         // the desk listens on a loopback address: no other host name is answered
	Hosts    []string     // host names to answer besides loopback ones; empty and not Loopback: any
	Version  string       // of the program, for the foot of the page
	Author   string       // who decides, until a person names himself in the browser; empty: "desk"
	Log      *slog.Logger // nil: nothing is logged

	Keep time.Duration // how old a page may be; 0: each is built when it is asked for
}

type desk struct {
	store    Record
	words    *words
	assets   *assets
	loopback bool
	hosts    []string
	version  string
	decider  string
	patience time.Duration // how long one page may take to build
	log      *slog.Logger
	wide     wideFacets
	activity activity
	kept     keptPages
}

// patience is long for a person and short for a query that should not be asked.
const patience = 15 * time.Second

// New returns the desk over a record. It fails when the catalogue of words or an
// embedded file is broken, which is a bug of the build.
func New(s Record, o Options) (http.Handler, error) {
	w, err := openWords(language.English)
	if err != nil {
		return nil, err
	}
	a, err := openAssets()
	if err != nil {
		return nil, err
	}
	d := &desk{store: s, words: w, assets: a, loopback: o.Loopback, hosts: o.Hosts, version: o.Version, decider: cmp.Or(cleanName(o.Author), "desk"), patience: patience, log: o.Log}
	d.wide.kept = map[bool]keptFacets{}
	d.kept.long = o.Keep
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	return d.guard(d.recovered(d.routes())), nil
}

func (d *desk) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, build := range map[string]func(*http.Request) (page, error){
		"GET /{$}":                       d.talks,
		"GET /talks":                     d.talks,
		"GET /talks/{id}":                d.negotiation,
		"GET /talks/{id}/cell":           d.proofs,
		"GET /talks/{id}/contradictions": d.allContradictions,
		"GET /statements":                d.statements,
		"GET /inbox":                     d.inbox,
		"GET /articles":                  d.articles,
		"GET /stories":                   d.stories,
		"GET /stories/{id}":              d.story,
		"GET /articles/{id}":             d.reader,
		"GET /actors":                    d.actors,
		"GET /actors/{id}":               d.actor,
		"GET /review":                    d.review,
		"GET /decisions":                 d.decisions,
		"GET /codebook":                  d.codebook,
		"GET /sources":                   d.sources,
		"GET /quote":                     d.quote,
		"GET /help":                      d.help,
		"GET /":                          nowhere,
	} {
		mux.HandleFunc(pattern, d.serve(build))
	}
	for pattern, do := range map[string]func(http.ResponseWriter, *http.Request) error{
		"POST /decisions":      d.decide,
		"POST /decisions/undo": d.undo,
		"POST /codebook":       d.changeBook,
		"POST /author":         d.setAuthor,
		"POST /sources/retry":  d.retry,
	} {
		mux.HandleFunc(pattern, d.act(do))
	}
	mux.HandleFunc("GET /activity", d.serveActivity)
	mux.HandleFunc("GET /assets/{name}", d.assets.serve)
	return mux
}

// A page is what a handler found out, ready to be written.
type page struct {
	Title   string
	Section string // the entry of the main navigation that it belongs to
	Search  string // words in the search box at the top
	Body    templ.Component

	Activity activityNow // filled in when the page is written
}

func nowhere(*http.Request) (page, error) { return page{}, record.ErrNotFound }

// serve writes the whole page or, when it cannot be built, one that says why. A
// page is built before the first byte leaves, so a reader never gets half of one.
func (d *desk) serve(build func(*http.Request) (page, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := d.kept.page(r.Context(), d.keyOf(r), func(ctx context.Context) ([]byte, error) {
			ctx, stop := context.WithTimeout(ctx, d.patience)
			defer stop()
			r := r.WithContext(ctx)
			p, err := build(r)
			if ctx.Err() != nil {
				return nil, fmt.Errorf("web: %s took over %s: %w", r.URL, d.patience, record.ErrUnavailable)
			}
			if err != nil {
				return nil, err
			}
			p.Activity = d.activityNow(ctx)
			return d.render(r, p)
		})
		if err != nil {
			d.fail(w, r, codeOf(err), err)
			return
		}
		d.write(w, r, http.StatusOK, body)
	}
}

func (d *desk) render(r *http.Request, p page) ([]byte, error) {
	var out bytes.Buffer
	if err := d.shell(p).Render(r.Context(), &out); err != nil {
		return nil, fmt.Errorf("web: page of %s: %w", r.URL.Path, err)
	}
	return out.Bytes(), nil
}

func (d *desk) write(w http.ResponseWriter, r *http.Request, code int, body []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(code)
	if _, err := w.Write(body); err != nil {
		d.log.Debug("reader went away", "path", r.URL.Path, "err", err)
	}
}

func codeOf(err error) int {
	switch {
	case errors.Is(err, record.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, record.ErrInvalid):
		return http.StatusBadRequest
	case errors.Is(err, record.ErrConflict):
		return http.StatusConflict
	case errors.Is(err, record.ErrUnavailable):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// fail writes a page that says what went wrong and what to do.
func (d *desk) fail(w http.ResponseWriter, r *http.Request, code int, err error) {
	if r.Context().Err() != nil {
		return
	}
	if code >= http.StatusInternalServerError {
		d.log.Error("page not built", "path", r.URL.Path, "err", err)
	}
	kind := fmt.Sprintf("error.%d", code)
	if !d.words.Has(kind + "-title") {
		kind = "error.500"
	}
	body, err := d.render(r, page{Title: d.words.T(kind + "-title"), Body: d.failure(kind)})
	if err != nil {
		d.log.Error("page not written", "path", r.URL.Path, "err", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	d.write(w, r, code, body)
}

// recovered turns a panic, which is our own bug, into the page for it.
func (d *desk) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if cause := recover(); cause != nil {
				d.log.Error("page crashed", "path", r.URL.Path, "cause", cause, "stack", string(debug.Stack()))
				d.fail(w, r, http.StatusInternalServerError, fmt.Errorf("web: %s crashed: %v", r.URL.Path, cause))
			}
		}()
		next.ServeHTTP(w, r)
	})
}
