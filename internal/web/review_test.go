package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// send posts a form as a page of the desk does.
func send(t *testing.T, h http.Handler, path string, form url.Values, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "http://localhost:8080"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "http://localhost:8080")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// The likely entry comes first, with the words that prove it marked, and is gone
// once it is judged.
func TestReview(t *testing.T) {
	f := newFake(t)
	h := newDesk(t, f)
	doc := open(t, h, "/review", http.StatusOK)
	entries := all(doc, "article", "judge")
	if len(entries) != 5 {
		t.Fatalf("%d entries", len(entries))
	}
	if got := wordsOf(entries[0]); !strings.Contains(got, "Norria threatens: closing the locks") || !strings.Contains(got, "likely") {
		t.Errorf("first is %s", got)
	}
	if marks := all(entries[0], "mark", "k-proof"); len(marks) != 1 || wordsOf(marks[0]) != "Norria may close the locks." {
		t.Error("its proof is not marked beside it")
	}
	w := send(t, h, "/decisions", url.Values{"act": {"confirm"}, "target": {"position"}, "entry": {"p1-x2"}, "back": {"/review#judge-1"}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/review#judge-1" {
		t.Fatalf("status %d, to %s", w.Code, w.Header().Get("Location"))
	}
	doc = open(t, h, "/review", http.StatusOK)
	if n := len(all(doc, "article", "judge")); n != 4 {
		t.Errorf("%d entries are left", n)
	}
	if got := wordsOf(all(doc, "form", "last")[0]); !strings.Contains(got, "Confirmed: Norria threatens: closing the locks") {
		t.Errorf("the last decision is %s", got)
	}
	if d := f.decided[0]; d.Author != "desk" || d.Act != store.Confirm {
		t.Errorf("decided: %+v", d)
	}
	send(t, h, "/decisions/undo", url.Values{})
	if n := len(all(open(t, h, "/review", http.StatusOK), "article", "judge")); n != 5 {
		t.Errorf("%d entries after undo", n)
	}
	if got := wordsOf(all(open(t, h, "/decisions", http.StatusOK), "li", "undone")[0]); !strings.Contains(got, "taken back 10 March 2031") {
		t.Errorf("the list of decisions says %s", got)
	}
}

func TestCorrectionsKeepWhatWasNotChanged(t *testing.T) {
	f := newFake(t)
	h := newDesk(t, f)
	form := url.Values{
		"act": {"correct"}, "target": {"position"}, "entry": {"p0-x1"}, "field.party": {"Norria"}, "field.stance": {"open"}, "field.own": {"false"},
		"field.asserted_by": {"Veska Ilm"}, "field.denied": {"false"},
	}
	send(t, h, "/decisions", form)
	if len(f.decided) != 1 || f.decided[0].After != `{"stance":"open"}` {
		t.Fatalf("decided: %+v", f.decided)
	}
	send(t, h, "/decisions", form)
	if len(f.decided) != 1 {
		t.Error("a form that changes nothing is a decision")
	}
	form.Set("field.stance", "ponders")
	if w := send(t, h, "/decisions", form); w.Code != http.StatusBadRequest {
		t.Errorf("an impossible stance gives status %d", w.Code)
	}
}

func TestMergesNameTheEntryThatStays(t *testing.T) {
	f := newFake(t)
	h := newDesk(t, f)
	send(t, h, "/decisions", url.Values{"act": {"merge"}, "target": {"point"}, "entry": {"pt-canal-toll"}, "into": {"pt-joint-canal-board"}})
	if d := f.decided[0]; d.EntryID != "pt-joint-canal-board" || d.After != `{"ids":["pt-canal-toll"]}` || d.Target != store.PointEntry {
		t.Errorf("decided: %+v", d)
	}
	send(t, h, "/decisions", url.Values{"act": {"merge"}, "target": {"point"}, "entry": {"pt-canal-toll"}, "into": {""}})
	if len(f.decided) != 1 {
		t.Error("a merge into nothing is a decision")
	}
}

func TestArticlesLeaveTalks(t *testing.T) {
	f := newFake(t)
	h := newDesk(t, f)
	page := open(t, h, "/talks/t1", http.StatusOK)
	if ticks := all(page, "label", "tick"); len(ticks) < 2 {
		t.Fatalf("%d articles to choose", len(ticks))
	}
	send(t, h, "/decisions", url.Values{"act": {"split"}, "target": {store.TalksEntry}, "entry": {"t1"}, "name": {"Locks"}, "article": {"a1", "a2"}})
	if d := f.decided[0]; d.Act != store.Divide || d.EntryID != "t1" || d.After != `{"articles":["a1","a2"],"name":"Locks"}` {
		t.Errorf("decided: %+v", d)
	}
	send(t, h, "/decisions", url.Values{"act": {"split"}, "target": {store.TalksEntry}, "entry": {"t1"}, "name": {"Locks"}})
	if len(f.decided) != 1 {
		t.Error("talks without articles are a decision")
	}
}

func TestDecisionsThatCannotBe(t *testing.T) {
	h := newDesk(t, newFake(t))
	for _, c := range []struct {
		form url.Values
		code int
	}{
		{url.Values{"act": {"burn"}, "target": {"position"}, "entry": {"p0-x1"}}, http.StatusBadRequest},
		{url.Values{"act": {"confirm"}, "target": {"position"}, "entry": {"p9"}}, http.StatusNotFound},
		{url.Values{"act": {"correct"}, "target": {"fable"}, "entry": {"p9"}}, http.StatusBadRequest},
	} {
		if w := send(t, h, "/decisions", c.form); w.Code != c.code {
			t.Errorf("%v gives status %d, want %d", c.form, w.Code, c.code)
		}
	}
	if w := get(t, h, "/review?kind=fable"); w.Code != http.StatusBadRequest {
		t.Errorf("a kind that is not reviewed gives status %d", w.Code)
	}
}

func TestDecisionsFromOtherPagesAreRefused(t *testing.T) {
	f := newFake(t)
	h := newDesk(t, f)
	form := url.Values{"act": {"reject"}, "target": {"position"}, "entry": {"p0-x1"}}
	for _, c := range []struct{ header, value, host string }{
		{"Origin", "https://evil.example", "localhost:8080"},
		{"Origin", "null", "localhost:8080"},
		{"Sec-Fetch-Site", "cross-site", "localhost:8080"},
		{"Origin", "http://evil.example:8080", "evil.example:8080"},
	} {
		r := httptest.NewRequest(http.MethodPost, "http://"+c.host+"/decisions", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(c.header, c.value)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusForbidden && w.Code != http.StatusMisdirectedRequest || len(f.decided) > 0 {
			t.Errorf("%s %s to %s: status %d, %d decisions", c.header, c.value, c.host, w.Code, len(f.decided))
		}
	}
}

func TestTheWayBackStaysInTheDesk(t *testing.T) {
	for back, want := range map[string]string{
		"/review?kind=position#judge-2": "/review?kind=position#judge-2",
		"https://evil.example/":         "/review", "//evil.example/": "/review", `/\evil.example`: "/review", "javascript:alert(1)": "/review", "": "/review",
		"review": "/review", "/talks/t1": "/talks/t1",
	} {
		if got := localPath(back); got != want {
			t.Errorf("%q leads to %q, want %q", back, got, want)
		}
	}
}

// A form in the panel of proofs leads back to the table that the panel is beside.
func TestFormsInPanelsLeadBack(t *testing.T) {
	h := newDesk(t, newFake(t))
	for referer, want := range map[string]string{
		"http://localhost:8080/talks/t1?likely=1": "/talks/t1?likely=1#positions", "https://evil.example/x": "/review", "": "/review",
	} {
		form := url.Values{"act": {"confirm"}, "target": {"position"}, "entry": {"p0-x1"}, "anchor": {"#positions"}}
		r := httptest.NewRequest(http.MethodPost, "http://localhost:8080/decisions", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Referer", referer)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Location"); got != want {
			t.Errorf("from %q the way back is %q, want %q", referer, got, want)
		}
	}
}

func TestAuthorIsKeptInTheBrowser(t *testing.T) {
	f := newFake(t)
	h := newDesk(t, f)
	w := send(t, h, "/author", url.Values{"author": {" Ana\tMarić; x "}, "back": {"/review"}})
	cookies := w.Result().Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode {
		t.Fatalf("cookies: %v", cookies)
	}
	send(t, h, "/decisions", url.Values{"act": {"confirm"}, "target": {"position"}, "entry": {"p0-x1"}}, cookies...)
	if got := f.decided[0].Author; got != "Ana Marić; x" {
		t.Errorf("author is %q", got)
	}
	for name, want := range map[string]string{"": "", strings.Repeat("x", 200): strings.Repeat("x", mostName), "a\x00\nb": "a b", "\xff": ""} {
		if got := cleanName(name); got != want {
			t.Errorf("%q becomes %q", name, got)
		}
	}
}

func TestCodes(t *testing.T) {
	for err, want := range map[error]int{record.ErrConflict: http.StatusConflict, record.ErrInvalid: http.StatusBadRequest, record.ErrNotFound: http.StatusNotFound} {
		if got := codeOf(err); got != want {
			t.Errorf("%v gives status %d", err, got)
		}
	}
}
