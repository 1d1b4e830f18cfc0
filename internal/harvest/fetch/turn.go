package fetch

import (
	"context"
	"fmt"
	"hash/fnv"
	"net/url"
	"slices"
	"strings"
	"time"

	"rapporteur/internal/article"
)

// A Host is a server that is in trouble, as it is kept from one run to the next.
type Host struct {
	Name     string // host, and port where the address names one
	Failures int    // answers that did not come, one after the other
	Until    time.Time
	Kind     article.Kind
	Reason   string
}

// A host knows when a server may be asked again.
type host struct {
	turn     chan struct{} // holds one token: who has it may ask
	last     time.Time     // when the last answer ended
	delay    time.Duration // that its robots.txt asks for
	failures int
	until    time.Time
	kind     article.Kind
	reason   string
}

func newTurn() chan struct{} {
	turn := make(chan struct{}, 1)
	turn <- struct{}{}
	return turn
}

// Patience with hosts.
const (
	patience   = 3                  // failures in a row before a host is left alone
	firstPause = 10 * time.Minute   // for the first time
	busyPause  = 5 * time.Minute    // after "come later" without a time
	longPause  = 7 * 24 * time.Hour // at most
	maxDelay   = 30 * time.Second   // that a robots.txt can ask for between two requests
)

func (f *Fetcher) host(u *url.URL) *host {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := f.hosts[u.Host]
	if h == nil {
		h = &host{turn: newTurn()}
		f.hosts[u.Host] = h
	}
	return h
}

// take waits for the turn to ask a host, and for the pause after the last request.
// Who took it gives it back by release.
func (f *Fetcher) take(ctx context.Context, h *host) error {
	if err := f.rests(h); err != nil {
		return err
	}
	select {
	case <-h.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := f.rests(h); err != nil {
		h.turn <- struct{}{}
		return err
	}
	f.mu.Lock()
	wait := h.last.Add(max(f.options.Delay, h.delay)).Sub(f.options.Now())
	if h.last.IsZero() || f.options.Delay < 0 {
		wait = 0
	}
	f.mu.Unlock()
	// A clock that jumped back must not make the pause endless.
	if err := sleep(ctx, min(wait, max(f.options.Delay, maxDelay))); err != nil {
		h.turn <- struct{}{}
		return err
	}
	return nil
}

// release gives the turn back. A robots.txt, which is asked for once a day, needs no
// pause after it.
func (f *Fetcher) release(h *host, robots bool) {
	f.mu.Lock()
	if !robots {
		h.last = f.options.Now()
	}
	f.mu.Unlock()
	h.turn <- struct{}{}
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// rests refuses while a host is left alone.
func (f *Fetcher) rests(h *host) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.options.Now().Before(h.until) {
		return nil
	}
	return &Refused{Refusal: article.Refuse(h.kind, "its host is left alone for a while: "+h.reason), After: h.until, Rests: true}
}

// note keeps in mind how a host behaved; refused is nil when it answered well. It
// returns when to ask it again, zero when there is no need to wait. A robots.txt
// that can be had is no sign that pages can.
func (f *Fetcher) note(h *host, name string, refused *Refused, r Request) time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	if refused == nil || !refused.Refusal.Kind.Temporary() {
		if !r.robots {
			h.failures, h.until, h.reason, h.kind = 0, time.Time{}, "", ""
		}
		return time.Time{}
	}
	h.kind, h.reason = refused.Refusal.Kind, refused.Refusal.Reason
	h.failures++
	switch {
	case !refused.After.IsZero():
		h.until = refused.After
	case h.failures >= patience:
		h.until = f.options.Now().Add(Grown(firstPause, longPause, h.failures-patience, name))
	}
	return h.until
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Grown doubles a pause n times, up to most, and moves it by up to a tenth either
// way, so that what failed together is not tried together again. The tenth comes
// from name and n: the same failure of the same name waits equally long.
func Grown(pause, most time.Duration, n int, name string) time.Duration {
	for range max(0, n) {
		if pause *= 2; pause >= most {
			pause = most
			break
		}
	}
	h := fnv.New32a()
	fmt.Fprintf(h, "%s\x00%d", name, n)
	share := float64(h.Sum32())/float64(1<<32)*0.2 - 0.1
	return pause + time.Duration(float64(pause)*share)
}

// Hosts returns the hosts in trouble, by name.
func (f *Fetcher) Hosts() []Host {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []Host
	for name, h := range f.hosts {
		if h.failures > 0 || !h.until.IsZero() {
			list = append(list, Host{Name: name, Failures: h.failures, Until: h.until, Kind: h.kind, Reason: h.reason})
		}
	}
	slices.SortFunc(list, func(a, b Host) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// Forgive forgets the troubles of a host, named as addresses name it: a person asks
// for it now.
func (f *Fetcher) Forgive(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if h := f.hosts[name]; h != nil {
		h.failures, h.until, h.reason, h.kind = 0, time.Time{}, "", ""
	}
}
