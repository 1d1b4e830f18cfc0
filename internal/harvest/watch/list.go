package watch

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/harvest/feed"
	"rapporteur/internal/harvest/fetch"
	"rapporteur/internal/harvest/listing"
	"rapporteur/internal/harvest/sitemap"
	"rapporteur/internal/record"
)

// found is what a look at a source found out.
type found struct {
	kind, name, via    string
	etag, lastModified string
	same               bool   // nothing has changed since the last look
	moved              string // where it moved for good
	items              []record.Item
}

// apply notes it with the source.
func (f *found) apply(s *record.Source) {
	if f.same {
		return
	}
	s.Kind, s.Via, s.ETag, s.LastModified = f.kind, f.via, f.etag, f.lastModified
	if s.Name == "" {
		s.Name = f.name
	}
}

// told is what a source says of an item, as the store keeps it.
type told struct {
	Told   article.Told `json:"told"`
	HTML   string       `json:"html,omitempty"`   // the feed's text
	Outlet string       `json:"outlet,omitempty"` // as the user says, which outranks the page
}

// list asks a source what it lists. A *fetch.Refused says why it lists nothing; the
// error is the context's.
func (w *Watcher) list(ctx context.Context, s record.Source, conditional bool) (found, *fetch.Refused, error) {
	if s.Kind == record.SourceFolder {
		return w.folder(ctx, s)
	}
	f, err := w.ask(ctx, s, conditional)
	if err == nil {
		return f, nil, nil
	}
	if ctx.Err() != nil {
		return f, nil, ctx.Err()
	}
	return f, refusedBy(err), nil
}

func refusedBy(err error) *fetch.Refused {
	var refused *fetch.Refused
	if errors.As(err, &refused) {
		return refused
	}
	var refusal *article.Refusal
	if !errors.As(err, &refusal) {
		refusal = article.Refuse(article.Invalid, err.Error())
	}
	return &fetch.Refused{Refusal: refusal}
}

// ask fetches a source and reads what it is.
func (w *Watcher) ask(ctx context.Context, s record.Source, conditional bool) (found, error) {
	r := fetch.Request{URL: cmp.Or(s.Via, s.Address), Allow: w.allow(s), List: true}
	if conditional && s.Kind != "" && s.Reason == "" {
		r.ETag, r.LastModified = s.ETag, s.LastModified
	}
	res, err := w.fetch.Fetch(ctx, r)
	if err != nil {
		return found{}, err
	}
	if res.NotModified {
		return found{same: true}, nil
	}
	f := found{via: s.Via, etag: res.ETag, lastModified: res.LastModified, moved: res.Moved}
	head := res.Body[:min(len(res.Body), 4096)]
	switch {
	case feed.Is(head):
		return f, w.feed(&f, s, res)
	case sitemap.Is(head):
		return f, w.sitemap(ctx, &f, s, res)
	case s.Kind == record.SourceFeed || s.Kind == record.SourceSitemap:
		return f, article.Refuse(article.Invalid, "it was a "+s.Kind+" and is none now")
	case isPage(res, head):
		return w.page(ctx, f, s, res)
	}
	return f, article.Refuse(article.Unsupported, "neither a feed nor a sitemap nor a page")
}

func isPage(res *fetch.Response, head []byte) bool {
	return strings.Contains(res.Type, "html") || res.Type == "" && bytes.Contains(bytes.ToLower(head), []byte("<html"))
}

func (w *Watcher) allow(s record.Source) []string {
	return append(slices.Clone(w.options.Allow), s.Allow...)
}

// feed reads the items of a feed.
func (w *Watcher) feed(f *found, s record.Source, res *fetch.Response) error {
	read, err := feed.Parse(res.Body, res.URL)
	if err != nil {
		return err
	}
	if read.Broken != "" && len(read.Items) == 0 {
		return article.Refuse(article.Invalid, read.Broken)
	}
	f.kind, f.name = record.SourceFeed, read.Title
	shared := sharedLinks(read.Items)
	for _, i := range read.Items[:min(len(read.Items), perLook)] {
		t := told{Told: i.Told, HTML: i.HTML}
		if shared[article.PlainURL(t.Told.URL)] { // a link to the front page is no address of an article
			t.Told.URL = ""
		}
		w.add(f, s, t)
	}
	return nil
}

// sharedLinks are addresses that several items with names of their own have.
func sharedLinks(items []feed.Item) map[string]bool {
	names, shared := map[string]string{}, map[string]bool{}
	for _, i := range items {
		key := article.PlainURL(i.Told.URL)
		name := cmp.Or(i.Told.GUID, i.Told.Title)
		if first, there := names[key]; there && first != name {
			shared[key] = true
		}
		names[key] = name
		u, err := url.Parse(i.Told.URL)
		if err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
			shared[key] = true
		}
	}
	return shared
}

// add puts an item on the list.
func (w *Watcher) add(f *found, s record.Source, t told) {
	key := article.PlainURL(t.Told.URL)
	if key == "" {
		t.Told.URL = ""
		key = cmp.Or(t.Told.GUID, short(t.Told.Title, t.HTML))
	}
	if t.Told.URL == "" && t.HTML == "" || slices.ContainsFunc(f.items, func(i record.Item) bool { return i.Key == key }) {
		return
	}
	if s.Outlet != "" {
		t.Told.Outlet, t.Outlet = s.Outlet, s.Outlet
	}
	now := w.now()
	item := record.Item{
		Source: s.Address, Key: key, URL: t.Told.URL, Host: hostOf(t.Told.URL), Mark: short(t.Told.Title, t.Told.Published, t.Told.Updated),
		State: record.ItemWaits, Next: now, Seen: now, Told: t.bytes(),
	}
	if item.URL == "" {
		item.State = record.ItemText
		item.Mark = short(t.Told.Title, t.HTML)
	}
	f.items = append(f.items, item)
}

func (t told) bytes() []byte {
	b, err := json.Marshal(t)
	if err != nil {
		return nil // strings alone: there is no such case
	}
	return b
}

// short is a digest of words.
func short(words ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// page reads a page that names a feed, or that lists articles.
func (w *Watcher) page(ctx context.Context, f found, s record.Source, res *fetch.Response) (found, error) {
	read, err := listing.Parse(res.Body, res.URL, res.Charset)
	if err != nil {
		return f, err
	}
	if s.Kind == "" && s.Via == "" {
		for _, address := range read.Feeds[:min(len(read.Feeds), 2)] {
			via := s
			via.Via = address
			if g, err := w.ask(ctx, via, false); err == nil && g.kind == record.SourceFeed && len(g.items) > 0 {
				g.via = address
				return g, nil
			}
		}
	}
	f.kind, f.name, f.via = record.SourceList, read.Title, ""
	for _, a := range read.Articles {
		w.add(&f, s, told{Told: article.Told{URL: a.URL}})
	}
	if len(f.items) == 0 {
		return f, article.Refuse(article.Invalid, "no links to articles were found on this page")
	}
	return f, nil
}

// Bounds of what sitemaps bring.
const (
	maxMaps    = 4   // sitemaps of one index
	undated    = 200 // pages of a sitemap that gives no days
	recentDays = 7
)

// sitemap reads the pages of a sitemap, or of the newest sitemaps of an index.
func (w *Watcher) sitemap(ctx context.Context, f *found, s record.Source, res *fetch.Response) error {
	read, err := sitemap.Parse(res.Body)
	if err != nil {
		return err
	}
	f.kind = record.SourceSitemap
	pages := read.Pages
	for _, sub := range newest(read.Maps) {
		if !sameSite(sub.URL, res.URL) {
			continue
		}
		child, err := w.fetch.Fetch(ctx, fetch.Request{URL: sub.URL, Allow: w.allow(s), List: true})
		if err != nil {
			return err
		}
		m, err := sitemap.Parse(child.Body)
		if err != nil {
			return err
		}
		pages = append(pages, m.Pages...)
		f.etag, f.lastModified = "", "" // the index may stay the same while they change
	}
	for _, t := range w.recent(pages) {
		if sameSite(t.URL, res.URL) && len(f.items) < perLook {
			f.name = cmp.Or(f.name, t.Outlet)
			w.add(f, s, told{Told: t})
		}
	}
	return nil
}

func sameSite(a, b string) bool {
	u, err := url.Parse(a)
	v, bad := url.Parse(b)
	return err == nil && bad == nil && article.SameSite(u.Hostname(), v.Hostname())
}

// newest chooses from an index: sitemaps that are called news, else those that
// changed last.
func newest(maps []sitemap.Sub) []sitemap.Sub {
	news := slices.DeleteFunc(slices.Clone(maps), func(s sitemap.Sub) bool { return !strings.Contains(strings.ToLower(s.URL), "news") })
	if len(news) > 0 {
		maps = news
	}
	maps = slices.Clone(maps)
	slices.SortStableFunc(maps, func(a, b sitemap.Sub) int { return cmp.Compare(b.Modified, a.Modified) })
	return maps[:min(len(maps), maxMaps)]
}

// recent keeps the pages of a news sitemap, the ones of the last days of another,
// and some of one without days.
func (w *Watcher) recent(pages []article.Told) []article.Told {
	since := w.options.Now().AddDate(0, 0, -recentDays).UTC().Format("2006-01-02")
	var kept, plain []article.Told
	for _, p := range pages {
		switch {
		case p.Published != "" || p.Updated >= since:
			kept = append(kept, p)
		case p.Updated == "":
			plain = append(plain, p)
		}
	}
	return append(kept, plain[:min(len(plain), undated)]...)
}
