package web

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"rapporteur/internal/article"
)

func TestHostIsChecked(t *testing.T) {
	f := newFake(t)
	for _, c := range []struct {
		options Options
		host    string
		code    int
	}{
		{Options{Loopback: true}, "localhost:8080", http.StatusOK},
		{Options{Loopback: true}, "127.0.0.1:8080", http.StatusOK},
		{Options{Loopback: true}, "[::1]:8080", http.StatusOK},
		{Options{Loopback: true}, "127.0.0.1", http.StatusOK},
		{Options{Loopback: true}, "evil.example:8080", http.StatusMisdirectedRequest},
		{Options{Loopback: true}, "127.0.0.1.evil.example", http.StatusMisdirectedRequest},
		{Options{Loopback: true}, "192.168.1.7:8080", http.StatusMisdirectedRequest},
		{Options{Loopback: true, Hosts: []string{"desk.example"}}, "desk.example", http.StatusOK},
		{Options{}, "desk.example", http.StatusOK},
		{Options{Hosts: []string{"desk.example"}}, "evil.example", http.StatusMisdirectedRequest},
	} {
		h, err := New(f, c.options)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = c.host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.code {
			t.Errorf("host %s with %+v: status %d, want %d", c.host, c.options, w.Code, c.code)
		}
	}
}

func TestWritesFromOtherPagesAreRefused(t *testing.T) {
	h := newDesk(t, newFake(t))
	for _, c := range []struct {
		key, value string
		code       int
	}{
		{"Origin", "https://evil.example", http.StatusForbidden},
		{"Origin", "null", http.StatusForbidden},
		{"Origin", "http://localhost:9999", http.StatusForbidden},
		{"Sec-Fetch-Site", "cross-site", http.StatusForbidden},
		{"Sec-Fetch-Site", "same-site", http.StatusForbidden},
		{"Origin", "http://localhost:8080", http.StatusMethodNotAllowed},
		{"Sec-Fetch-Site", "same-origin", http.StatusMethodNotAllowed},
		{"Accept", "text/html", http.StatusMethodNotAllowed},
	} {
		r := httptest.NewRequest(http.MethodPost, "http://localhost:8080/", strings.NewReader("x=1"))
		r.Header.Set(c.key, c.value)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.code {
			t.Errorf("%s: %s gives status %d, want %d", c.key, c.value, w.Code, c.code)
		}
	}
}

func TestHeadersKeepThePageToItself(t *testing.T) {
	h := newDesk(t, newFake(t))
	for _, url := range []string{"/", "/nowhere", "/assets/desk.css"} {
		header := get(t, h, url).Header()
		csp := header.Get("Content-Security-Policy")
		for _, want := range []string{
			"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
		} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: the policy lacks %q", url, want)
			}
		}
		if strings.Contains(csp, "unsafe") {
			t.Errorf("%s: the policy allows scripts or styles inside pages", url)
		}
		if header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: headers are %v", url, header)
		}
	}
}

func TestTextOfArticlesIsEscaped(t *testing.T) {
	f := newFake(t)
	const evil = `<script>alert(1)</script><img src=x onerror=alert(1)>`
	m := maker{t, f}
	r := m.article("x9", evil, "2031-03-10", evil, "Say "+evil+" they said.")
	m.said(r, evil, evil, "direct", evil)
	m.stands(r, evil, "rejects", evil, evil, false, "Say "+evil, evil)
	javascript := "javascript:alert(1)"
	f.all[3].URL = &javascript
	r.Article = f.all[3]
	f.talks[0].Name = evil
	f.refusals = append(f.refusals, article.Refusal{Source: evil, Reason: evil})
	h := newDesk(t, f)
	for _, url := range []string{
		"/", "/talks/t1", "/statements", "/articles", "/articles/x9", "/sources", "/quote?words=alert",
		"/talks/t1/cell?party=" + strings.NewReplacer("<", "%3C", ">", "%3E", " ", "+").Replace(evil) + "&point=none",
		"/statements?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/inbox", "/review", "/review?kind=position", "/stories", "/stories/y1", "/decisions", "/codebook",
		"/talks/t1/contradictions?likely=1", "/talks/t1?then=2031-03-05&likely=1", "/articles?q=script",
	} {
		doc := open(t, h, url, http.StatusOK)
		for _, s := range all(doc, "script", "") {
			if !strings.HasPrefix(attr(s, "src"), "/assets/") {
				t.Errorf("%s: a script of the article is on the page", url)
			}
		}
		if len(all(doc, "img", "")) > 0 {
			t.Errorf("%s: a picture of the article is on the page", url)
		}
		for _, a := range all(doc, "a", "") {
			if href := attr(a, "href"); !strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "#") {
				t.Errorf("%s: a link leads to %s", url, href)
			}
		}
	}
}

func TestOutsideAddresses(t *testing.T) {
	for in, want := range map[string]string{
		"https://post.example/a?b=1": "https://post.example/a?b=1", "http://post.example/": "http://post.example/",
		"javascript:alert(1)": "", "data:text/html,x": "", "//post.example": "", "file:///etc/passwd": "", "": "", "https:///x": "",
	} {
		if got := outside(&in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestAssets(t *testing.T) {
	h := newDesk(t, newFake(t))
	a, err := openAssets()
	if err != nil {
		t.Fatal(err)
	}
	for name, kind := range map[string]string{"desk.css": "text/css", "desk.js": "text/javascript", "htmx.min.js": "text/javascript", "icon.svg": "image/svg+xml"} {
		w := get(t, h, a.url(name))
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: status %d, headers %v", name, w.Code, w.Header())
		}
	}
	if w := get(t, h, "/assets/htmx.LICENSE"); w.Code != http.StatusNotFound {
		t.Errorf("a file of no known type is served: status %d", w.Code)
	}
}

// Sides are named by the direction of reading, so that a right-to-left interface
// needs no second style sheet.
func TestStyleKnowsNoLeftOrRight(t *testing.T) {
	a, err := openAssets()
	if err != nil {
		t.Fatal(err)
	}
	physical := regexp.MustCompile(`(?m)(^|[\s;{-])(left|right|margin-top|margin-bottom|padding-top|padding-bottom)\s*:|text-align:\s*(left|right)|float:`)
	if found := physical.FindString(string(a.files["desk.css"])); found != "" {
		t.Errorf("the style sheet says %q", found)
	}
	if strings.Contains(string(a.files["desk.css"]), "http") || strings.Contains(string(a.files["desk.css"]), "@import") {
		t.Error("the style sheet asks for something from elsewhere")
	}
}
