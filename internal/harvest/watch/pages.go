package watch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/harvest/feed"
	"rapporteur/internal/harvest/fetch"
	"rapporteur/internal/harvest/files"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// An open item has pages under way.
type open struct {
	item    record.Item
	text    bool      // the pages are the feed's text
	after   time.Time // before which asking again is no use
	left    int       // pages that are not settled yet
	handed  bool      // all its pages were handed on
	gave    bool      // some page gave an article
	kept    bool      // of these, one that is no article to read: a stub before a paywall
	refusal *article.Refusal
}

// Pages fetches the items that are due and yields their pages. Each must come back
// through Settle. A page that cannot be had is yielded as its refusal. What goes
// wrong with the store ends the loop and is told by Err.
func (w *Watcher) Pages(ctx context.Context) iter.Seq[article.Page] {
	return func(yield func(article.Page) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		items, allow, err := w.due(ctx)
		if err != nil {
			w.fail(err)
			return
		}
		pages := make(chan article.Page)
		go func() {
			defer close(pages)
			_ = byHost(ctx, w.options.Workers, items, func(i record.Item) string { return i.Host }, func(ctx context.Context, i record.Item) {
				w.fail(w.hand(ctx, i, allow[i.Source], func(p article.Page) bool {
					select {
					case pages <- p:
						return true
					case <-ctx.Done():
						return false
					}
				}))
			})
		}()
		more := true
		for p := range pages {
			if more = more && yield(p); !more {
				stop()
			}
		}
		w.fail(w.keepHosts(ctx))
	}
}

// fail keeps the first error of the store.
func (w *Watcher) fail(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed == nil {
		w.failed = err
	}
}

// Err returns what went wrong with the store since the last call.
func (w *Watcher) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	err := w.failed
	w.failed = nil
	return err
}

// due lists the items of this round, each page once, with the hosts that their
// sources allow.
func (w *Watcher) due(ctx context.Context) ([]record.Item, map[string][]string, error) {
	allow := map[string][]string{}
	for s, err := range w.store.Sources(ctx, store.Filter{}) {
		if err != nil {
			return nil, nil, err
		}
		allow[s.Address] = w.allow(s)
	}
	var items []record.Item
	seen := map[string]bool{}
	for i, err := range w.store.DueItems(ctx, w.dueBy(), perRound, perHost) {
		if err != nil {
			return nil, nil, err
		}
		if path := pathOf(i); !seen[path] {
			seen[path] = true
			items = append(items, i)
		}
	}
	return items, allow, nil
}

// pathOf names the pages of an item: its address, its file, or its feed with its
// own name there.
func pathOf(i record.Item) string {
	switch {
	case i.URL != "":
		return i.URL
	case i.Host == "" && len(i.Told) == 0:
		return i.Key
	}
	return i.Source + "#" + i.Key
}

// hand yields the pages of one item.
func (w *Watcher) hand(ctx context.Context, i record.Item, allow []string, yield func(article.Page) bool) error {
	o := &open{item: i, text: i.State == record.ItemText}
	var t told
	if len(i.Told) > 0 {
		if err := json.Unmarshal(i.Told, &t); err != nil {
			return fmt.Errorf("watch: item %s: what was told of it: %w", i.Key, err)
		}
	}
	path := pathOf(i)
	w.mu.Lock()
	w.open[path] = o
	w.mu.Unlock()
	switch {
	case o.text:
		w.give(o, yield, article.Page{Path: path, Type: article.Fragment, Bytes: []byte(t.HTML), Charset: "utf-8", Told: &t.Told})
	case i.URL == "":
		h := files.New(files.Options{})
		for p := range h.Pages(ctx, []string{i.Key}, nil) {
			if !w.give(o, yield, p) {
				return ctx.Err()
			}
		}
	default:
		done, err := w.fetchPage(ctx, o, t, allow, yield)
		if err != nil || !done {
			return err
		}
	}
	return w.close(ctx, path, o)
}

// give hands on one page and counts it as open.
func (w *Watcher) give(o *open, yield func(article.Page) bool, p article.Page) bool {
	w.mu.Lock()
	o.left++
	w.open[p.Path] = o // files in an archive have names of their own
	w.mu.Unlock()
	return yield(p)
}

// fetchPage fetches the page of an item. done is false when there is nothing to
// settle: the item was put off.
func (w *Watcher) fetchPage(ctx context.Context, o *open, t told, allow []string, yield func(article.Page) bool) (done bool, err error) {
	i := &o.item
	if i.Next == record.Asked {
		w.fetch.Forgive(i.Host)
	}
	res, err := w.fetch.Fetch(ctx, fetch.Request{URL: i.URL, Allow: allow, ETag: i.ETag, LastModified: i.LastModified})
	switch {
	case ctx.Err() != nil:
		return false, nil
	case err != nil:
		refused := refusedBy(err)
		if refused.Rests {
			return false, w.putOff(ctx, *i, t, refused)
		}
		o.after = refused.After
		refusal := *refused.Refusal
		refusal.Source = i.URL
		w.give(o, yield, article.Page{Path: i.URL, Type: article.HTML, Refusal: &refusal})
		return true, nil
	case res.NotModified:
		o.gave = true
		return true, nil
	}
	i.ETag, i.LastModified = res.ETag, res.LastModified
	listed := t.Told
	listed.URL, listed.Carrier = res.URL, "" // this is the page itself
	page := article.Page{Path: i.URL, Bytes: res.Body, Charset: res.Charset, Listed: &listed}
	if t.Outlet != "" {
		page.Told = &article.Told{Outlet: t.Outlet}
	}
	for p := range files.New(files.Options{}).Fetched(ctx, page, res.Type) {
		if !w.give(o, yield, p) {
			return false, nil
		}
	}
	return true, nil
}

// longRest is how long a host may be left alone before the feed's text is read in
// the place of its pages.
const longRest = time.Hour

// putOff waits for a host that is left alone.
func (w *Watcher) putOff(ctx context.Context, i record.Item, t told, refused *fetch.Refused) error {
	i.Next = Stamp(refused.After)
	if t.HTML != "" && i.State == record.ItemWaits && refused.After.Sub(w.options.Now()) > longRest {
		i.State, i.Next = record.ItemText, w.dueBy()
		i.Reason, i.ReasonKind = refused.Refusal.Reason, string(refused.Refusal.Kind)
	}
	return w.settleItem(ctx, i)
}

// Settle tells what became of a page: refusal is nil when it gave an article, kept
// says that the article is none to read. Pages that are none of the watcher's are
// ignored.
func (w *Watcher) Settle(ctx context.Context, path string, refusal *article.Refusal, kept bool) {
	w.mu.Lock()
	o := w.open[path]
	if o == nil {
		w.mu.Unlock()
		return
	}
	o.left--
	o.gave, o.kept = o.gave || refusal == nil, o.kept || kept
	if refusal != nil {
		o.refusal = refusal
	}
	finished := o.handed && o.left <= 0
	w.mu.Unlock()
	if finished {
		w.fail(w.settle(ctx, o))
	}
}

// close notes that all pages of an item were handed on.
func (w *Watcher) close(ctx context.Context, path string, o *open) error {
	w.mu.Lock()
	o.handed = true
	finished := o.left <= 0
	w.mu.Unlock()
	if !finished {
		return nil
	}
	return w.settle(ctx, o)
}

// settle keeps what became of an item.
func (w *Watcher) settle(ctx context.Context, o *open) error {
	ctx = context.WithoutCancel(ctx)
	w.mu.Lock()
	for path, other := range w.open {
		if other == o {
			delete(w.open, path)
		}
	}
	w.mu.Unlock()
	i, now := o.item, w.options.Now()
	failedBefore := i.Reason != ""
	switch {
	case o.kept && !o.text && hasWhole(i.Told):
		i.State, i.Next = record.ItemText, w.dueBy()
	case o.gave && o.text:
		i.State, i.Next, i.Told = record.ItemFeed, Stamp(again(i, now)), withoutText(i.Told)
	case o.gave || o.refusal == nil:
		i.State, i.Next, i.Reason, i.ReasonKind, i.Told = record.ItemRead, "", "", "", nil
		if failedBefore {
			if err := w.store.Unrefuse(ctx, pathOf(o.item), 0, ""); err != nil {
				return err
			}
		}
	case o.text:
		i.State, i.Next = record.ItemRefused, Stamp(again(i, now))
		if i.Next != "" {
			i.State = record.ItemWaits
		}
		i.Told = withoutText(i.Told)
	default:
		w.refused(&i, o, now)
	}
	return w.settleItem(ctx, i)
}

// settleItem keeps an item; its source may have been removed meanwhile.
func (w *Watcher) settleItem(ctx context.Context, i record.Item) error {
	err := w.store.SettleItem(context.WithoutCancel(ctx), i)
	if errors.Is(err, record.ErrNotFound) {
		return nil
	}
	return err
}

// refused notes why a page cannot be had, and what is done instead.
func (w *Watcher) refused(i *record.Item, o *open, now time.Time) {
	i.Reason, i.ReasonKind, i.ETag, i.LastModified = o.refusal.Reason, string(o.refusal.Kind), "", ""
	i.Next = ""
	if o.refusal.Kind.Temporary() {
		i.Tries++
		i.Next = Stamp(retry(now, i.Tries, i.Key, o.after))
	}
	var t told
	_ = json.Unmarshal(i.Told, &t)
	switch {
	case t.HTML != "":
		i.State, i.Next = record.ItemText, w.dueBy()
	case i.State == record.ItemFeed:
	case i.Next == "":
		i.State = record.ItemRefused
	default:
		i.State = record.ItemWaits
	}
}

// hasWhole reports whether the feed gives the whole text of an item, which is better
// than a page that stops at a paywall.
func hasWhole(kept []byte) bool {
	var t told
	return json.Unmarshal(kept, &t) == nil && t.HTML != "" && t.Told.Carrier == feed.CarrierFull
}

// again is when the page of an item whose text was read is asked for again; zero
// for never.
func again(i record.Item, now time.Time) time.Time {
	if i.URL == "" || !article.Kind(i.ReasonKind).Temporary() {
		return time.Time{}
	}
	return retry(now, max(1, i.Tries), i.Key, time.Time{})
}

// withoutText keeps what was told of an item but its text, which is in the record.
func withoutText(kept []byte) []byte {
	var t told
	if json.Unmarshal(kept, &t) != nil {
		return nil
	}
	t.HTML = ""
	return t.bytes()
}
