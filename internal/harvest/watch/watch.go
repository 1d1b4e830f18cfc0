// Package watch looks at sources again and again: feeds, news sitemaps, pages that
// list articles, folders that fill.
//
// In: the sources and items that a store keeps, and a fetcher. Out: pages of what
// is new, and the store's word of how each look went and when the next is due. What
// always holds: what a source lists is kept before its validators are, so that a
// killed process loses nothing; a source or page that fails is tried ever more
// rarely and never forgotten; each page that cannot be had is a refusal, and where
// the feed gives the text, that is read in its place and marked so; the same
// failures at the same times give the same schedule.
package watch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/harvest/fetch"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// A Store keeps the schedule.
type Store interface {
	store.SourceReader
	store.SourceWriter
	Refuse(ctx context.Context, r article.Refusal) error
}

// A Fetcher gets what an address holds. Its errors are *fetch.Refused or the
// context's own.
type Fetcher interface {
	Fetch(ctx context.Context, r fetch.Request) (*fetch.Response, error)
	Hosts() []fetch.Host
	Forgive(host string)
}

// Options say how to watch.
type Options struct {
	Allow   []string      // hosts that may have private addresses, whatever the source says
	Every   time.Duration // between two looks at a source that does not say; 0: [DefaultEvery]
	Workers int           // hosts that are asked at the same time; 0: 8
	DueBy   string        // only what was due by then, RFC 3339; "" for now
	Now     func() time.Time
	Tell    func(Look) // called for each look at a source, by one goroutine at a time; may be nil
}

// How much is done in one round.
const (
	perRound = 400 // items
	perHost  = 20  // items of one host
	perLook  = 1000
)

// A Look is how a look at a source went.
type Look struct {
	Source  record.Source
	Listed  int // items that the source lists
	Fresh   int // of these, items that wait now and did not before
	Same    bool
	Moved   string           // where the source moved for good, "" when it did not
	Refusal *article.Refusal // why nothing came of it, nil when it went well
}

// A Watcher watches. One round is Look, and then the loop over Pages with Settle
// for each page.
type Watcher struct {
	store   Store
	fetch   Fetcher
	options Options

	mu     sync.Mutex
	open   map[string]*open // by path of the page
	hosts  []fetch.Host     // as they were kept last
	failed error            // of the store
}

// New returns a watcher.
func New(s Store, f Fetcher, o Options) *Watcher {
	if o.Every <= 0 {
		o.Every = DefaultEvery
	}
	if o.Workers <= 0 {
		o.Workers = 8
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Tell == nil {
		o.Tell = func(Look) {}
	}
	return &Watcher{store: s, fetch: f, options: o, open: map[string]*open{}}
}

// Stamp writes a time as the store keeps it.
func Stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// dueBy is the time by which things must be due to be done.
func (w *Watcher) dueBy() string { return cmp.Or(w.options.DueBy, w.now()) }

func (w *Watcher) now() string { return Stamp(w.options.Now()) }

// Troubles returns the hosts in trouble as a fetcher wants them.
func Troubles(ctx context.Context, s Store) ([]fetch.Host, error) {
	kept, err := s.HostTroubles(ctx)
	if err != nil {
		return nil, err
	}
	var hosts []fetch.Host
	for _, k := range kept {
		until, _ := time.Parse(time.RFC3339, k.Until)
		hosts = append(hosts, fetch.Host{Name: k.Name, Failures: k.Failures, Until: until, Kind: article.Kind(k.Kind), Reason: k.Reason})
	}
	return hosts, nil
}

// keepHosts keeps which hosts are in trouble, when that has changed.
func (w *Watcher) keepHosts(ctx context.Context) error {
	hosts := w.fetch.Hosts()
	if slices.Equal(hosts, w.hosts) {
		return nil
	}
	var troubles []record.HostTrouble
	for _, h := range hosts {
		troubles = append(troubles, record.HostTrouble{Name: h.Name, Failures: h.Failures, Until: Stamp(h.Until), Kind: string(h.Kind), Reason: h.Reason})
	}
	w.hosts = hosts
	return w.store.KeepHostTroubles(context.WithoutCancel(ctx), troubles)
}

// Look looks at every source that is due. It fails only when the store does, or
// when the context ends.
func (w *Watcher) Look(ctx context.Context) error {
	var due []record.Source
	for s, err := range w.store.Sources(ctx, store.Filter{Until: w.dueBy()}) {
		if err != nil {
			return err
		}
		due = append(due, s)
	}
	var mu sync.Mutex
	var errs []error
	err := byHost(ctx, w.options.Workers, due, func(s record.Source) string { return hostOf(s.Address) }, func(ctx context.Context, s record.Source) {
		look, err := w.lookAt(ctx, s, true)
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			errs = append(errs, fmt.Errorf("watch: %s: %w", s.Address, err))
			return
		}
		w.options.Tell(look)
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errors.Join(append(errs, err, w.keepHosts(ctx))...)
}

// byHost does something with each item: items of one host one after the other, n
// hosts at the same time.
func byHost[T any](ctx context.Context, n int, items []T, host func(T) string, do func(context.Context, T)) error {
	var hosts []string
	groups := map[string][]T{}
	for _, i := range items {
		h := host(i)
		if groups[h] == nil {
			hosts = append(hosts, h)
		}
		groups[h] = append(groups[h], i)
	}
	next := make(chan []T)
	var busy sync.WaitGroup
	for range min(n, len(hosts)) {
		busy.Go(func() {
			for group := range next {
				for _, i := range group {
					if ctx.Err() != nil {
						break
					}
					do(ctx, i)
				}
			}
		})
	}
	for _, h := range hosts {
		next <- groups[h]
	}
	close(next)
	busy.Wait()
	return ctx.Err()
}

// Check looks at a source without keeping what it lists, nor when it is due: its
// health alone.
func (w *Watcher) Check(ctx context.Context, s record.Source) (Look, error) {
	look, err := w.lookAt(ctx, s, false)
	return look, errors.Join(err, w.keepHosts(ctx))
}

// lookAt looks at one source and keeps how it went. Its error is the store's or the
// context's.
func (w *Watcher) lookAt(ctx context.Context, s record.Source, take bool) (Look, error) {
	if s.NextTry == record.Asked {
		w.fetch.Forgive(hostOf(s.Address))
	}
	found, refused, err := w.list(ctx, s, take)
	if err != nil {
		return Look{}, err
	}
	ctx = context.WithoutCancel(ctx)
	look := Look{Listed: len(found.items), Same: found.same, Moved: found.moved}
	switch {
	case refused == nil:
		err = w.well(ctx, &s, &found, take)
	case refused.Rests: // it was not asked, so it did not fail
		s.NextTry, look.Same = Stamp(refused.After), true
	default:
		look.Refusal, err = w.sick(ctx, &s, refused, take)
	}
	if err != nil {
		return look, err
	}
	look.Source = s
	look.Fresh, err = w.store.Looked(ctx, s, found.items)
	if errors.Is(err, record.ErrNotFound) { // it was removed meanwhile
		err = nil
	}
	return look, err
}

// sick notes that a look failed. A check, which takes nothing, has no part in the
// schedule.
func (w *Watcher) sick(ctx context.Context, s *record.Source, refused *fetch.Refused, take bool) (*article.Refusal, error) {
	now := w.options.Now()
	s.LastTry, s.Via = Stamp(now), viaAfter(*s, refused.Refusal)
	s.Reason, s.ReasonKind = refused.Refusal.Reason, string(refused.Refusal.Kind)
	if take {
		s.Failures++
		s.NextTry = Stamp(afterFailure(now, w.every(*s), s.Failures, s.Address, refused.After))
	} else {
		s.Failures = max(1, s.Failures)
	}
	refusal := *refused.Refusal
	refusal.Source, refusal.At = s.Address, s.LastTry
	return &refusal, w.store.Refuse(ctx, refusal)
}

// well notes that a look went well, and what the source is. A check keeps neither
// items nor validators: what the source lists is still to be read.
func (w *Watcher) well(ctx context.Context, s *record.Source, f *found, take bool) error {
	now := w.options.Now()
	if s.Reason != "" {
		if err := w.store.Unrefuse(ctx, s.Address, 0, ""); err != nil {
			return err
		}
	}
	s.LastTry, s.LastSuccess = Stamp(now), Stamp(now)
	s.Failures, s.Reason, s.ReasonKind = 0, "", ""
	if take {
		s.NextTry = Stamp(afterSuccess(now, w.every(*s), s.Address))
	} else {
		f.etag, f.lastModified, f.items = s.ETag, s.LastModified, nil
	}
	f.apply(s)
	return nil
}

// viaAfter forgets the feed that a page named once it is gone, so that the page is
// asked again which one it has.
func viaAfter(s record.Source, refusal *article.Refusal) string {
	if refusal.Kind.Temporary() {
		return s.Via
	}
	return ""
}

func (w *Watcher) every(s record.Source) time.Duration {
	switch {
	case s.Every > 0:
		return time.Duration(s.Every) * time.Second
	case s.Kind == record.SourceFolder:
		return FolderEvery
	}
	return w.options.Every
}

// hostOf returns host and port of an address, "" for a path.
func hostOf(address string) string {
	_, rest, found := strings.Cut(address, "://")
	if !found {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return strings.ToLower(host)
}
