package fetch

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"rapporteur/internal/article"
)

// An answer is a response, or the address that a redirect names.
type answer struct {
	res     *Response
	next    string
	forGood bool
}

// ask sends one request in its host's turn and reads the whole answer.
func (f *Fetcher) ask(ctx context.Context, r Request, u *url.URL, left time.Duration) (answer, time.Duration, error) {
	h := f.host(u)
	if err := f.take(ctx, h); err != nil {
		return answer{}, 0, err
	}
	defer f.release(h, r.robots)
	begun := time.Now()
	hurry, cancel := context.WithTimeout(ctx, left)
	defer cancel()
	a, err := f.exchange(hurry, r, u)
	if ctx.Err() != nil {
		return answer{}, 0, ctx.Err()
	}
	if err != nil {
		var asked *Refused // by the server, to come later
		if !errors.As(err, &asked) {
			asked = &Refused{Refusal: f.explain(err)}
		}
		return answer{}, 0, &Refused{Refusal: asked.Refusal, After: f.note(h, u.Host, asked, r)}
	}
	f.note(h, u.Host, nil, r)
	return a, time.Since(begun), nil
}

// exchange is one request and its answer.
func (f *Fetcher) exchange(ctx context.Context, r Request, u *url.URL) (a answer, err error) {
	req, err := http.NewRequestWithContext(withAllowed(ctx, r.Allow), http.MethodGet, u.String(), nil)
	if err != nil {
		return a, article.Refuse(article.Invalid, "this is no address")
	}
	f.head(req, r)
	res, err := f.transport.RoundTrip(req)
	if err != nil {
		return a, err
	}
	defer res.Body.Close()
	switch {
	case isRedirect(res.StatusCode):
		return answer{next: res.Header.Get("Location"), forGood: res.StatusCode == 301 || res.StatusCode == 308}, locationOf(res)
	case res.StatusCode == http.StatusNotModified:
		if r.ETag == "" && r.LastModified == "" {
			return a, article.Refuse(article.Invalid, "304 (not modified), though nothing was held that could be")
		}
		return answer{res: &Response{URL: u.String(), NotModified: true, ETag: validator(res, "Etag"), LastModified: validator(res, "Last-Modified")}}, nil
	case res.StatusCode != http.StatusOK && res.StatusCode != http.StatusNonAuthoritativeInfo:
		return a, f.refusedBy(res)
	}
	media, charset := mediaOf(res.Header.Get("Content-Type"))
	if what := notText(media); what != "" {
		return a, article.Refuse(article.Unsupported, fmt.Sprintf("%s (%s), not a page", what, media))
	}
	body, err := f.body(res, r.robots)
	if err != nil {
		return a, err
	}
	return answer{res: &Response{
		URL: u.String(), Type: media, Charset: charset, Body: body, ETag: validator(res, "Etag"), LastModified: validator(res, "Last-Modified"),
		lifetime: lifetimeOf(strings.Join(res.Header.Values("Cache-Control"), ",")),
	}}, nil
}

// head says who asks, what for, and what is held already.
func (f *Fetcher) head(req *http.Request, r Request) {
	accept := "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1"
	if r.List {
		accept = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,text/html;q=0.5,*/*;q=0.1"
	}
	req.Header.Set("User-Agent", f.agent)
	req.Header.Set("Accept", accept)
	req.Header.Set("Accept-Encoding", "gzip")
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		req.Header.Set("If-Modified-Since", r.LastModified)
	}
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

func locationOf(res *http.Response) error {
	if strings.TrimSpace(res.Header.Get("Location")) == "" {
		return article.Refuse(article.Invalid, fmt.Sprintf("%d (redirect) without saying where to", res.StatusCode))
	}
	return nil
}

// validator returns a header that is worth sending back.
func validator(res *http.Response, name string) string {
	value := res.Header.Get(name)
	if len(value) > maxValidator {
		return ""
	}
	for i := range len(value) {
		if value[i] < ' ' || value[i] == 0x7f {
			return ""
		}
	}
	return value
}

// refusedBy says why a status gives no page. What the server wrote is kept with
// the refusal where it is small.
func (f *Fetcher) refusedBy(res *http.Response) error {
	kind, words := statusWords(res.StatusCode)
	refusal := article.Refuse(kind, fmt.Sprintf("%d (%s)", res.StatusCode, words))
	if content, err := f.body(res, false); err == nil && len(content) <= article.SmallRefusal {
		refusal.Content, refusal.Bytes = content, int64(len(content))
	}
	asked := &Refused{Refusal: refusal}
	switch res.StatusCode {
	case http.StatusTooManyRequests:
		asked.After = f.options.Now().Add(busyPause)
		fallthrough
	case http.StatusServiceUnavailable:
		if after := retryAfter(res.Header.Get("Retry-After"), f.options.Now()); !after.IsZero() {
			asked.After = after
		}
	}
	return asked
}

// statusWords sorts the statuses that are no answer.
func statusWords(status int) (article.Kind, string) {
	switch status {
	case http.StatusNoContent, http.StatusResetContent:
		return article.Invalid, "no content"
	case http.StatusPartialContent:
		return article.Invalid, "a part, though the whole was asked for"
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden, http.StatusUnavailableForLegalReasons, http.StatusProxyAuthRequired:
		return article.Denied, strings.ToLower(http.StatusText(status))
	case http.StatusNotFound, http.StatusGone:
		return article.Gone, strings.ToLower(http.StatusText(status))
	case http.StatusTooManyRequests, http.StatusRequestTimeout, http.StatusTooEarly:
		return article.Busy, strings.ToLower(http.StatusText(status))
	}
	words := strings.ToLower(http.StatusText(status))
	if words == "" {
		words = "a status without meaning"
	}
	if status >= 500 && status < 600 {
		return article.Busy, words
	}
	return article.Invalid, words
}

// retryAfter reads seconds or a day (RFC 9110, 10.2.3); zero when it says nothing
// that makes sense.
func retryAfter(value string, now time.Time) time.Time {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil && seconds >= 0 {
		return now.Add(time.Duration(min(seconds, int64(longPause/time.Second))) * time.Second)
	}
	if t, err := http.ParseTime(value); err == nil && t.After(now) {
		return earlier(t, now.Add(longPause))
	}
	return time.Time{}
}

// mediaOf reads a Content-Type, broken ones as far as they go.
func mediaOf(value string) (media, charset string) {
	media, parameters, err := mime.ParseMediaType(value)
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		media, _, _ = strings.Cut(value, ";")
		media = strings.ToLower(strings.TrimSpace(media))
	}
	return media, parameters["charset"]
}

// notText names what cannot be an article by its media type; "" means that the
// bytes must tell.
func notText(media string) string {
	major, _, _ := strings.Cut(media, "/")
	switch major {
	case "image":
		return "a picture"
	case "video":
		return "a film"
	case "audio":
		return "a recording"
	case "font":
		return "a font"
	}
	return ""
}
