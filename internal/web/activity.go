package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"rapporteur/internal/store"
)

// activity watches how the record grows, whoever reads into it: this process or
// another one.
type activity struct {
	mu      sync.Mutex
	samples []sample // oldest first, of the last while
	looking bool     // somebody counts just now
}

type sample struct {
	at time.Time
	store.Pulse
}

// activityNow is what is going on.
type activityNow struct {
	Reading  bool
	Articles int     // in the record
	Rate     float64 // articles a second
	Newest   string
}

const (
	sampledEvery = 2 * time.Second
	sampledFor   = 30 * time.Second
	quietAfter   = 12 * time.Second // without a new article, nothing is being read
)

// activityNow counts the record anew when the last count is old, and says whether
// it grows. A count that fails is no reason to show no page, and nobody waits for a
// count that another page makes.
func (d *desk) activityNow(ctx context.Context) activityNow {
	a := &d.activity
	if a.due(time.Now()) {
		pulse, err := d.store.Pulse(ctx)
		a.counted(time.Now(), pulse, err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.samples) == 0 {
		return activityNow{}
	}
	return growth(a.samples, time.Now())
}

// due reports whether the caller is to count now.
func (a *activity) due(now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := len(a.samples)
	if a.looking || n > 0 && now.Sub(a.samples[n-1].at) < sampledEvery {
		return false
	}
	a.looking = true
	return true
}

// counted keeps a count.
func (a *activity) counted(now time.Time, pulse store.Pulse, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.looking = false
	if err != nil {
		return
	}
	a.samples = append(a.samples, sample{now, pulse})
	for len(a.samples) > 1 && now.Sub(a.samples[0].at) > sampledFor {
		a.samples = a.samples[1:]
	}
}

// growth tells from samples whether articles are coming in.
func growth(samples []sample, now time.Time) activityNow {
	last := samples[len(samples)-1]
	out := activityNow{Articles: last.Articles, Newest: last.Newest}
	for i := len(samples) - 1; i > 0; i-- {
		if samples[i].Articles > samples[i-1].Articles {
			out.Reading = now.Sub(samples[i].at) < quietAfter
			break
		}
	}
	if seconds := last.at.Sub(samples[0].at).Seconds(); seconds > 0 {
		out.Rate = float64(last.Articles-samples[0].Articles) / seconds
	}
	return out
}

// serveActivity answers with the bar alone.
func (d *desk) serveActivity(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if err := activityBar(d.words, d.activityNow(r.Context())).Render(r.Context(), w); err != nil {
		d.log.Debug("reader went away", "path", r.URL.Path, "err", err)
	}
}
