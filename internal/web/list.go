package web

import (
	"iter"
	"net/http"
	"net/url"
	"strconv"

	"rapporteur/internal/store"
)

// Sizes of what one page shows. They bound every query.
const (
	pageSize      = 25
	cardsSize     = 12
	proofsSize    = 20
	pointsShown   = 15
	wordsShown    = 9 // of a mention in a cell
	partiesShown  = 8
	partiesFilled = 4    // a table of fewer columns is filled with parties without a position
	mostPlaces    = 5000 // positions behind one table
	mostEntries   = 500  // meetings, documents, articles of one negotiation
)

// collect reads at most most items of a list; more tells whether there are others.
func collect[T any](list iter.Seq2[T, error], most int) (items []T, more bool, err error) {
	for item, err := range list {
		if err != nil {
			return nil, false, err
		}
		if len(items) == most {
			return items, true, nil
		}
		items = append(items, item)
	}
	return items, false, nil
}

// pageOf sets limit and offset of f for the page that the request asks for.
func pageOf(r *http.Request, f *store.Filter, size int) pager {
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	page = min(max(page, 1), 100_000)
	f.Limit, f.Offset = size+1, (page-1)*size
	return pager{Page: page, url: *r.URL}
}

// A pager leads to the pages before and after.
type pager struct {
	Page int
	More bool
	url  url.URL
}

func (p pager) needed() bool { return p.More || p.Page > 1 }

func (p pager) to(page int) string {
	if page == 1 {
		return with(p.url, "page", "")
	}
	return with(p.url, "page", strconv.Itoa(page))
}

// here returns the address of the page itself.
func (p pager) here() string { return with(p.url) }

// with returns the address with keys set to values, in pairs; an empty value
// takes the key away.
func with(u url.URL, keyValues ...string) string {
	q := u.Query()
	for i := 0; i+1 < len(keyValues); i += 2 {
		if keyValues[i+1] == "" {
			q.Del(keyValues[i])
		} else {
			q.Set(keyValues[i], keyValues[i+1])
		}
	}
	return address(u.Path, q)
}

// address joins a path and a query.
func address(path string, q url.Values) string {
	if encoded := q.Encode(); encoded != "" {
		return path + "?" + encoded
	}
	return path
}

// route returns "/first/second" with each part escaped.
func route(parts ...string) string {
	out := ""
	for _, p := range parts {
		out += "/" + url.PathEscape(p)
	}
	return out
}

// outside returns an address of a record only where a browser may follow it
// without danger: http or https.
func outside(address *string) string {
	if address == nil {
		return ""
	}
	u, err := url.Parse(*address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return u.String()
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
