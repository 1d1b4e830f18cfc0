// Package warc reads web archives: WARC and ARC, plain and packed with gzip.
//
// In: the bytes of an archive, whole, cut off or damaged. Out: a page for each text
// that a record brings, with the address it was fetched from and the way of its bytes
// back to the record's block; a refusal for each record that should have brought one
// and cannot; a count of the records that bring none (requests, pictures, redirects).
// What always holds: a wrong length, a damaged member of gzip or a broken header costs
// its own record; memory holds one record, and addresses, never the archive.
package warc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"rapporteur/internal/article"
)

// MaxBlock is the longest block of a record that is kept.
const MaxBlock = 16 << 20

// A Harvest reads the pages of one archive.
type Harvest struct {
	source  string
	open    func() (io.ReadCloser, error)
	skipped int
	seen    map[string]capture // by address and day of capture, and by digest of the payload
	pages   map[string]bool    // addresses that gave a page
	later   []revisit
}

// A capture is the record that a revisit may refer to.
type capture struct {
	record int
	url    string
}

// A revisit waits for its original.
type revisit struct {
	record, original int
	url              string
}

// New returns a harvest of the archive that open opens; source names it in pages and
// refusals. Where open can be called a second time, copies that revisit records tell
// of are read too.
func New(source string, open func() (io.ReadCloser, error)) *Harvest {
	return &Harvest{source: source, open: open, seen: map[string]capture{}, pages: map[string]bool{}}
}

// Skipped returns how many records brought no text that could be an article.
func (h *Harvest) Skipped() int { return h.skipped }

// ErrOnce says that an archive cannot be opened a second time.
var ErrOnce = errors.New("the archive can be read once only")

// Pages hands each page to yield and reports whether it wants more. The error is that
// of opening the archive.
func (h *Harvest) Pages(ctx context.Context, yield func(article.Page) bool) (bool, error) {
	in, err := h.open()
	if err != nil {
		return true, err
	}
	defer in.Close()
	records := NewReader(in)
	for ctx.Err() == nil {
		rec, err := records.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if !yield(h.refusal(records.Number(), 0, article.Refuse(article.Invalid, err.Error()))) {
				return false, nil
			}
			continue
		}
		page, ok := h.page(rec)
		if !ok {
			h.skipped++
			continue
		}
		if !yield(page) {
			return false, nil
		}
	}
	return h.copies(ctx, yield)
}

// copies reads the archive again for pages that a revisit found under another address.
func (h *Harvest) copies(ctx context.Context, yield func(article.Page) bool) (bool, error) {
	if len(h.later) == 0 || ctx.Err() != nil {
		return true, nil
	}
	wanted := map[int][]revisit{}
	for _, r := range h.later {
		wanted[r.original] = append(wanted[r.original], r)
	}
	in, err := h.open()
	if err != nil {
		for _, r := range h.later {
			reason := fmt.Sprintf("%s: a revisit record, whose original cannot be read again: %v", r.url, err)
			if !yield(h.refusal(r.record, 0, article.Refuse(article.Unreadable, reason))) {
				return false, nil
			}
		}
		return true, nil
	}
	defer in.Close()
	records := NewReader(in)
	for left := len(wanted); left > 0 && ctx.Err() == nil; {
		rec, err := records.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || len(wanted[rec.Number]) == 0 {
			continue
		}
		left--
		for _, r := range wanted[rec.Number] {
			page, refusal := content(rec)
			if refusal != nil {
				continue // told where the original stands
			}
			page.Path, page.Line, page.Told = h.source, r.record, &article.Told{URL: r.url}
			if !yield(page) {
				return false, nil
			}
		}
	}
	return true, nil
}

func (h *Harvest) refusal(record int, size int64, r *article.Refusal) article.Page {
	r.Source, r.Line, r.Bytes = h.source, record, size
	return article.Page{Path: h.source, Line: record, Type: article.WARC, Refusal: r}
}

// page makes a page of a record; ok is false for records that hold no article.
func (h *Harvest) page(rec *Record) (page article.Page, ok bool) {
	switch rec.Type {
	case "response", "resource", "conversion":
	case "revisit":
		return h.revisited(rec)
	default:
		return page, false
	}
	url := address(rec.URI)
	if rec.Type == "conversion" && h.pages[url] || url == "" {
		return page, false
	}
	page, refusal := content(rec)
	if refusal == nil && page.Type == article.UnknownType {
		return page, false
	}
	h.note(rec, url)
	if refusal != nil {
		refusal.Reason = url + ": " + refusal.Reason
		return h.refusal(rec.Number, int64(len(rec.Block)), refusal), true
	}
	h.pages[url] = true
	page.Path, page.Line, page.Told = h.source, rec.Number, &article.Told{URL: url}
	return page, true
}

// note keeps where a capture stands.
func (h *Harvest) note(rec *Record, url string) {
	c := capture{rec.Number, url}
	h.seen["at "+plain(url)+" "+rec.Date] = c
	if _, there := h.seen["url "+plain(url)]; !there {
		h.seen["url "+plain(url)] = c
	}
	if _, there := h.seen["digest "+rec.Digest]; rec.Digest != "" && !there {
		h.seen["digest "+rec.Digest] = c
	}
}

// revisited tells of a page that was found unchanged: the same address is nothing new,
// another one is a copy, and one whose original is elsewhere is refused.
func (h *Harvest) revisited(rec *Record) (article.Page, bool) {
	url := address(rec.URI)
	if url == "" || !rec.mayBePage() {
		return article.Page{}, false
	}
	keys := []string{"at " + plain(address(rec.RefersURI)) + " " + rec.RefersDate, "digest " + rec.Digest, "url " + plain(address(rec.RefersURI)), "url " + plain(url)}
	for _, key := range keys {
		original, found := h.seen[key]
		switch {
		case !found || strings.HasSuffix(key, " "):
			continue
		case plain(original.url) == plain(url) || h.pages[url]:
			return article.Page{}, false
		}
		h.pages[url] = true
		h.later = append(h.later, revisit{rec.Number, original.record, url})
		return article.Page{}, false
	}
	reason := url + ": a revisit record, and its original is not in this archive"
	return h.refusal(rec.Number, int64(len(rec.Block)), article.Refuse(article.Invalid, reason)), true
}

// address returns a target as an address of the web, "" for others ("metadata://…").
func address(uri string) string {
	uri = strings.Trim(strings.TrimSpace(uri), "<>")
	low := strings.ToLower(uri)
	if !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://") {
		return ""
	}
	return strings.ReplaceAll(uri, " ", "%20")
}

func plain(url string) string {
	if p := article.PlainURL(url); p != "" {
		return p
	}
	return url
}
