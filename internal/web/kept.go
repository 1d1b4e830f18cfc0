package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"rapporteur/internal/record"
)

// mostKept bounds the pages that are kept.
const mostKept = 256

// keptPages holds pages for a moment, so that many who ask for the same one while
// articles are read wait for one answer instead of asking the record as often. What
// a person decides on this desk empties it.
type keptPages struct {
	long  time.Duration // 0: nothing is kept
	lock  sync.Mutex
	pages map[string]*keptPage
}

// A keptPage is a page that is being built until ready is closed.
type keptPage struct {
	ready chan struct{}
	body  []byte
	err   error
	until time.Time
}

// page returns the page of a key, built by the first who asks. It is not given up
// when he goes away, as others may wait for it.
func (k *keptPages) page(ctx context.Context, key string, build func(context.Context) ([]byte, error)) ([]byte, error) {
	if k.long == 0 {
		return build(ctx)
	}
	p, first := k.enter(key)
	if first {
		k.build(ctx, key, p, build)
	}
	select {
	case <-p.ready:
		return p.body, p.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// build fills in a page; whoever waits hears of it even where building it panics.
func (k *keptPages) build(ctx context.Context, key string, p *keptPage, build func(context.Context) ([]byte, error)) {
	defer k.leave(key, p)
	p.err = record.ErrUnavailable
	p.body, p.err = build(context.WithoutCancel(ctx))
}

func (k *keptPages) enter(key string) (p *keptPage, first bool) {
	k.lock.Lock()
	defer k.lock.Unlock()
	if p, ok := k.pages[key]; ok && (p.until.IsZero() || time.Now().Before(p.until)) {
		return p, false
	}
	if k.pages == nil || len(k.pages) >= mostKept {
		k.pages = map[string]*keptPage{}
	}
	p = &keptPage{ready: make(chan struct{})}
	k.pages[key] = p
	return p, true
}

func (k *keptPages) leave(key string, p *keptPage) {
	k.lock.Lock()
	defer k.lock.Unlock()
	p.until = time.Now().Add(k.long)
	if p.err != nil && k.pages[key] == p {
		delete(k.pages, key)
	}
	close(p.ready)
}

// forget lets everything be built anew.
func (k *keptPages) forget() {
	k.lock.Lock()
	defer k.lock.Unlock()
	k.pages = nil
}

// keyOf tells pages apart that differ: by address, and by who decides on them.
func (d *desk) keyOf(r *http.Request) string { return r.URL.RequestURI() + "\n" + d.author(r) }
