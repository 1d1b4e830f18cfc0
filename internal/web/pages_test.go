package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

func newDesk(t *testing.T, f *fake) http.Handler {
	t.Helper()
	h, err := New(f, Options{Loopback: true, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(t *testing.T, h http.Handler, url string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://localhost:8080"+url, nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// open parses a page and checks what holds for every one.
func open(t *testing.T, h http.Handler, url string, code int) *html.Node {
	t.Helper()
	address, _, _ := strings.Cut(url, "#")
	w := get(t, h, address)
	if w.Code != code {
		t.Fatalf("%s: status %d, want %d", url, w.Code, code)
	}
	doc, err := html.Parse(w.Body)
	if err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	if n := len(all(doc, "h1", "")); n != 1 {
		t.Errorf("%s: %d headings of the first level", url, n)
	}
	ids := map[string]bool{}
	walk(doc, func(n *html.Node) {
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("%s: two elements have the id %q", url, id)
			}
			ids[id] = true
		}
		if attr(n, "style") != "" || strings.HasPrefix(attr(n, "on"), "on") {
			t.Errorf("%s: <%s> has a style or script of its own", url, n.Data)
		}
	})
	return doc
}

func walk(n *html.Node, visit func(*html.Node)) {
	if n.Type == html.ElementNode {
		visit(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, visit)
	}
}

// all returns the elements of a name with a class ("" for any of either).
func all(root *html.Node, name, class string) []*html.Node {
	var found []*html.Node
	walk(root, func(n *html.Node) {
		if (name == "" || n.Data == name) && (class == "" || hasClass(n, class)) {
			found = append(found, n)
		}
	})
	return found
}

func hasClass(n *html.Node, class string) bool {
	for c := range strings.FieldsSeq(attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

func byID(root *html.Node, id string) *html.Node {
	var found *html.Node
	walk(root, func(n *html.Node) {
		if attr(n, "id") == id {
			found = n
		}
	})
	return found
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

var inline = map[string]bool{"a": true, "b": true, "span": true, "mark": true, "time": true, "small": true}

// wordsOf returns the text of an element with white space folded.
func wordsOf(n *html.Node) string {
	var b strings.Builder
	var add func(*html.Node)
	add = func(n *html.Node) {
		if n.Type == html.ElementNode && !inline[n.Data] {
			b.WriteString(" ")
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			add(c)
		}
		if n.Type == html.ElementNode && !inline[n.Data] {
			b.WriteString(" ")
		}
	}
	add(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func TestTalksCard(t *testing.T) {
	doc := open(t, newDesk(t, newFake(t)), "/", http.StatusOK)
	cards := all(doc, "li", "card")
	if len(cards) != 1 {
		t.Fatalf("%d cards", len(cards))
	}
	got := wordsOf(cards[0])
	for _, want := range []string{
		"Norria and Sorland on the canal", "Mediated by Ismond", "deadlocked said by Olan Brae 6 Mar 2031", "making progress said by Veska Ilm",
		"Sorland supports: joint canal board", "3 articles", "4 positions",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the card lacks %q: %s", want, got)
		}
	}
}

// cells returns the cell of the table for each point, by column.
func cells(doc *html.Node) map[string][]*html.Node {
	out := map[string][]*html.Node{}
	for _, row := range all(all(doc, "table", "positions")[0], "tr", "") {
		if head := all(row, "th", ""); len(head) == 1 {
			out[wordsOf(head[0])] = all(row, "td", "")
		}
	}
	return out
}

func TestACellNeverShowsAClaimAsOwnWord(t *testing.T) {
	doc := open(t, newDesk(t, newFake(t)), "/talks/t1", http.StatusOK)
	norria := cells(doc)["canal toll"][0]
	stands := all(norria, "span", "stand")
	if len(stands) != 2 {
		t.Fatalf("%d stands: %s", len(stands), wordsOf(norria))
	}
	if got := wordsOf(stands[0]); !hasClass(stands[0], "own") || got != "rejects any toll own word 6 Mar 2031 1 proof" {
		t.Errorf("first stand: %s", got)
	}
	if got := wordsOf(stands[1]); !hasClass(stands[1], "claimed") || got != "accepts a toll of five crowns as told by Veska Ilm 4 Mar 2031 1 proof" {
		t.Errorf("second stand: %s", got)
	}
	for _, s := range all(doc, "", "claimed") {
		if strings.Contains(wordsOf(s), "own word") {
			t.Errorf("a claim is called own word: %s", wordsOf(s))
		}
	}
	for _, s := range stands {
		if len(all(s, "svg", "sign")) != 1 {
			t.Error("a stand has no sign beside its word")
		}
	}
}

func TestLikelyEntriesAreBehindASwitch(t *testing.T) {
	h := newDesk(t, newFake(t))
	sure := open(t, h, "/talks/t1", http.StatusOK)
	if _, there := cells(sure)["closing the locks"]; there {
		t.Error("a likely entry is shown unasked")
	}
	if got := wordsOf(all(sure, "a", "switch")[0]); got != "Show 1 likely entry too" {
		t.Errorf("the switch says %q", got)
	}
	shown := cells(open(t, h, "/talks/t1?likely=1", http.StatusOK))["closing the locks"]
	if len(shown) == 0 || len(all(shown[0], "", "likely")) == 0 {
		t.Error("a likely entry is not shown, or not marked, when asked for")
	}
}

func TestNegotiationSections(t *testing.T) {
	doc := open(t, newDesk(t, newFake(t)), "/talks/t1", http.StatusOK)
	jumps := 0
	for _, a := range all(all(doc, "nav", "jump")[0], "a", "") {
		if id, local := strings.CutPrefix(attr(a, "href"), "#"); local {
			jumps++
			if byID(doc, id) == nil {
				t.Errorf("the jump to %q leads nowhere", id)
			}
		}
	}
	if jumps != 8 {
		t.Errorf("%d jumps", jumps)
	}
	for id, want := range map[string]string{
		"status":         "6 Mar 2031 speakers differ deadlocked said by Olan Brae",
		"meetings":       "5 March 2031 to 6 March 2031 talks in Halvik Halvik held Norria and Sorland",
		"contradictions": "Norria speaks for itself, Veska Ilm says otherwise: canal toll",
		"articles":       "Sorland now open to board",
	} {
		if got := wordsOf(byID(doc, id)); !strings.Contains(got, want) {
			t.Errorf("section %s lacks %q: %s", id, want, got)
		}
	}
	var sides []*html.Node
	for _, c := range all(doc, "article", "conflict") {
		if strings.Contains(wordsOf(c), "canal toll") {
			sides = all(c, "div", "side")
		}
	}
	if len(sides) != 2 || !hasClass(sides[0], "own") || !hasClass(sides[1], "claimed") {
		t.Error("the sides of a contradiction are not own word beside claim")
	}
}

// A reader without scripts follows links from the talks to the marked words.
func TestWalkWithoutScripts(t *testing.T) {
	h := newDesk(t, newFake(t))
	card := all(open(t, h, "/", http.StatusOK), "li", "card")[0]
	talks := open(t, h, attr(all(card, "a", "")[0], "href"), http.StatusOK)
	cell := all(cells(talks)["canal toll"][0], "a", "cell")[0]
	proofs := all(open(t, h, attr(cell, "href"), http.StatusOK), "article", "proof")
	if len(proofs) != 2 {
		t.Fatalf("%d proofs", len(proofs))
	}
	marks := all(proofs[0], "mark", "k-proof")
	if len(marks) != 1 || wordsOf(marks[0]) != "“We have never accepted any toll,” said Olan Brae, who speaks for Norria." {
		t.Fatalf("the proof is not marked: %s", wordsOf(proofs[0]))
	}
	if mention := all(marks[0], "mark", "k-mention"); len(mention) != 1 || wordsOf(mention[0]) != "any toll" {
		t.Error("the words of the point are not marked inside the proof")
	}
	links := all(proofs[0], "a", "")
	article := open(t, h, attr(links[len(links)-1], "href"), http.StatusOK)
	at := byID(article, "at")
	if at == nil || at.Data != "mark" || wordsOf(at) != wordsOf(marks[0]) {
		t.Error("the article does not open at the proof")
	}
}

func TestReaderMarksEverything(t *testing.T) {
	h := newDesk(t, newFake(t))
	doc := open(t, h, "/articles/x2", http.StatusOK)
	text := all(doc, "article", "read")[0]
	for class, want := range map[string]string{
		"k-statement": "We have never accepted any toll,", "k-position": "any toll", "k-meeting": "The talks in Halvik",
		"k-status": "The talks in Halvik are deadlocked", "k-name": "Olan Brae",
	} {
		found := all(text, "", class)
		if len(found) == 0 || wordsOf(found[0]) != want {
			t.Errorf("%s does not mark %q", class, want)
		}
	}
	for _, note := range all(text, "li", "note") {
		target := attr(all(note, "a", "")[0], "href")
		if byID(text, strings.TrimPrefix(target, "#")) == nil {
			t.Errorf("the note %q leads nowhere", wordsOf(note))
		}
	}
	if len(all(text, "mark", "likely")) > 0 || len(all(open(t, h, "/articles/x2?likely=1", http.StatusOK), "mark", "likely")) != 1 {
		t.Error("likely entries are not behind the switch")
	}
	hidden := open(t, h, "/articles/x2?hide=name&hide=meeting", http.StatusOK)
	if len(all(hidden, "", "k-meeting")) > 1 || len(all(all(hidden, "article", "read")[0], "", "k-name")) > 0 {
		t.Error("hidden kinds are marked")
	}
	if old := open(t, h, "/articles/x3?version=1", http.StatusOK); len(all(old, "", "notice")) == 0 {
		t.Error("an earlier version is not called one")
	}
}

func TestCopiesShowWhatWasCut(t *testing.T) {
	doc := open(t, newDesk(t, newFake(t)), "/articles/x3", http.StatusOK)
	cut := all(doc, "del", "")
	if len(cut) != 1 || wordsOf(cut[0]) != "Sorland says" {
		t.Error("the words that a copy cut are not shown")
	}
}

func TestStatementsFacetsAndSearch(t *testing.T) {
	h := newDesk(t, newFake(t))
	doc := open(t, h, "/statements?q=accepted&form=direct", http.StatusOK)
	entries := all(doc, "li", "entry")
	if len(entries) != 1 {
		t.Fatalf("%d statements", len(entries))
	}
	if hit := all(entries[0], "mark", "k-hit"); len(hit) != 1 || wordsOf(hit[0]) != "accepted" {
		t.Error("the word sought is not marked")
	}
	chips := all(doc, "a", "chip")
	if len(chips) != 1 || attr(chips[0], "href") != "/statements?q=accepted" {
		t.Error("the filter taken cannot be taken away")
	}
	doc = open(t, h, "/statements", http.StatusOK)
	for _, a := range all(all(doc, "aside", "facets")[0], "a", "") {
		open(t, h, attr(a, "href"), http.StatusOK)
	}
	if got := len(all(doc, "details", "facet")); got != 4 {
		t.Errorf("%d facets", got)
	}
}

func TestOtherPages(t *testing.T) {
	h := newDesk(t, newFake(t))
	for url, want := range map[string]string{
		"/articles?q=board":    "Sorland now open to board",
		"/actors":              "Olan Brae person spokesman, Norria 1 article",
		"/actors/a1":           "Also called Brae",
		"/sources":             "in/bad.jsonl, line 2 broken JSON",
		"/quote?words=toll":    "First seen 4 March 2031.",
		"/quote":               "Words of the quotation",
		"/help":                "opposes or rejects",
		"/articles?q=absent":   "No article fits.",
		"/statements?q=absent": "No statement fits.",
		"/?q=absent":           "No talks speak of “absent”.",
	} {
		if got := wordsOf(open(t, h, url, http.StatusOK)); !strings.Contains(got, want) {
			t.Errorf("%s lacks %q: %s", url, want, got)
		}
	}
}

func TestEmptyRecordSaysWhatToDo(t *testing.T) {
	h := newDesk(t, &fake{})
	for _, url := range []string{"/", "/articles", "/sources"} {
		if got := wordsOf(open(t, h, url, http.StatusOK)); !strings.Contains(got, "rapporteur read FOLDER") {
			t.Errorf("%s does not say how to fill the record", url)
		}
	}
}

func TestFailuresSayWhatToDo(t *testing.T) {
	f := newFake(t)
	h := newDesk(t, f)
	for url, code := range map[string]int{
		"/nowhere": http.StatusNotFound, "/talks/none": http.StatusNotFound, "/articles/none": http.StatusNotFound, "/actors/none": http.StatusNotFound,
		"/articles/x3?version=7": http.StatusNotFound, "/talks/t1/cell": http.StatusBadRequest, "/statements?month=May": http.StatusBadRequest,
	} {
		if links := all(byID(open(t, h, url, code), "main"), "a", ""); len(links) == 0 {
			t.Errorf("%s: the page leads nowhere", url)
		}
	}
	f.broken = errors.New("the disk is gone")
	if got := wordsOf(open(t, h, "/", http.StatusInternalServerError)); strings.Contains(got, "disk") {
		t.Error("a failure shows our own words to the reader")
	}
	f.broken, f.crash = nil, true
	open(t, h, "/talks/t1", http.StatusInternalServerError)
}

func TestALongQuestionIsBrokenOff(t *testing.T) {
	d := &desk{store: newFake(t), words: english(t), patience: time.Nanosecond, log: slog.New(slog.DiscardHandler)}
	d.assets, _ = openAssets()
	w := httptest.NewRecorder()
	d.serve(d.talks)(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d", w.Code)
	}
}

func TestPages(t *testing.T) {
	f := newFake(t)
	for range pageSize {
		f.all = append(f.all, f.all[0])
	}
	h := newDesk(t, f)
	first := open(t, h, "/articles?outlet=Canal+Post", http.StatusOK)
	if n := len(all(all(first, "ul", "articles")[0], "li", "")); n != pageSize {
		t.Errorf("%d articles on the first page", n)
	}
	next := all(all(first, "nav", "pages")[0], "a", "")
	if len(next) != 1 || attr(next[0], "href") != "/articles?outlet=Canal+Post&page=2" {
		t.Fatal("no way to the second page")
	}
	second := open(t, h, attr(next[0], "href"), http.StatusOK)
	if n := len(all(all(second, "ul", "articles")[0], "li", "")); n != 2 {
		t.Errorf("%d articles on the second page", n)
	}
}

// The facets of the whole list are counted once for a record that stays the same.
func TestWideFacetsAreKept(t *testing.T) {
	f := newFake(t)
	h := newDesk(t, f)
	for range 3 {
		open(t, h, "/statements", http.StatusOK)
	}
	if f.faceted != 1 {
		t.Errorf("counted %d times", f.faceted)
	}
	maker{t, f}.article("x8", "Canal Post", "2031-03-12", "Locks", "The locks stay open.")
	open(t, h, "/statements", http.StatusOK)
	open(t, h, "/statements?q=toll", http.StatusOK)
	if f.faceted != 3 {
		t.Errorf("counted %d times after the record grew and a search", f.faceted)
	}
}
