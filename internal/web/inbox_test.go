package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

func TestInbox(t *testing.T) {
	f := newFake(t)
	f.meetings[0].History = []record.Step{
		{Date: ptr("2031-03-04"), State: "planned", Article: "x1"}, {Date: ptr("2031-03-06"), State: "held", Article: "x2"},
	}
	h := newDesk(t, f)
	items := all(open(t, h, "/inbox", http.StatusOK), "li", "entry")
	if len(items) != 3 {
		t.Fatalf("%d articles", len(items))
	}
	for i, wants := range [][]string{
		{"Sorland now open to board", "Position moved Sorland on joint canal board rejects became supports"},
		{"Brae denies deal on toll", "State of the talks deadlocked said by Olan Brae", "New position Norria on canal toll rejects", "Meeting talks in Halvik, 5 March 2031 to 6 March 2031 planned became held", "1 statement, by Olan Brae", "1 likely position"},
		{"Sorland says toll is settled", "New position Sorland on joint canal board rejects"},
	} {
		got := wordsOf(items[i])
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("article %d lacks %q: %s", i, want, got)
			}
		}
	}
	if got := wordsOf(items[2]); strings.Contains(got, "Norria on canal toll") {
		t.Errorf("a claim about a party counts as its position: %s", got)
	}
	if got := wordsOf(all(open(t, h, "/inbox?likely=1", http.StatusOK), "li", "entry")[1]); !strings.Contains(got, "Norria on closing the locks threatens") {
		t.Errorf("likely entries are not shown when asked for: %s", got)
	}
}

func TestStoriesSideBySide(t *testing.T) {
	h := newDesk(t, newFake(t))
	if got := wordsOf(open(t, h, "/stories", http.StatusOK)); !strings.Contains(got, "Sorland says toll is settled 2 articles 2 wordings Canal Post") {
		t.Errorf("the list says %s", got)
	}
	doc := open(t, h, "/stories/y1", http.StatusOK)
	sheets := all(doc, "article", "sheet")
	if len(sheets) != 2 || len(all(sheets[0], "del", "k-cut"))+len(all(sheets[0], "mark", "k-changed")) == 0 {
		t.Fatalf("%d texts, or nothing is marked in the first", len(sheets))
	}
	if w := get(t, h, "/stories/y9"); w.Code != http.StatusNotFound {
		t.Errorf("a story that is not there gives status %d", w.Code)
	}
}

func TestVersus(t *testing.T) {
	article := func(body string) *record.Article {
		return &record.Article{Text: body, Body: text.Span{End: len(body)}}
	}
	left, right := versus(article("The toll stays at five crowns until May, he said."), article("The toll stays at six crowns, he said on Monday."))
	marks := func(blocks [][]node) string {
		var out []string
		for _, b := range blocks {
			for _, n := range b {
				if n.Class != "" {
					out = append(out, n.Class+":"+n.Nodes[0].Text)
				}
			}
		}
		return strings.Join(out, " ")
	}
	if got := marks(left); got != "changed:five cut:until May" {
		t.Errorf("left: %s", got)
	}
	if got := marks(right.Blocks); got != "changed:six added:on Monday" {
		t.Errorf("right: %s", got)
	}
}

func TestWordingsSideBySide(t *testing.T) {
	f := newFake(t)
	f.variants = []store.Variant{
		{Text: "We have never accepted any toll, and nobody asked", Articles: []string{"x2"}, Instants: []string{"2031-03-06"}, Outlets: []string{"Norria Daily"}, Likeness: "same"},
		{Text: "We have never accepted any toll", Articles: []string{"x3"}, Instants: []string{"2031-03-09"}, Outlets: []string{"Canal Post"}, Likeness: "cut", Cut: []string{"and nobody asked"}},
	}
	wordings := all(open(t, newDesk(t, f), "/quote?words=never+accepted", http.StatusOK), "article", "wording")
	if len(wordings) != 2 {
		t.Fatalf("%d wordings", len(wordings))
	}
	if got := wordsOf(wordings[1]); !strings.HasPrefix(got, "Shortened by Canal Post") {
		t.Errorf("the second wording: %s", got)
	}
	if cut := all(wordings[1], "del", "k-cut"); len(cut) != 1 || wordsOf(cut[0]) != "and nobody asked" {
		t.Error("what was cut is not marked")
	}
}

func TestGrowth(t *testing.T) {
	begun := time.Date(2031, 3, 4, 9, 0, 0, 0, time.UTC)
	at := func(seconds, articles int) sample {
		return sample{begun.Add(time.Duration(seconds) * time.Second), store.Pulse{Articles: articles}}
	}
	for _, c := range []struct {
		name    string
		samples []sample
		now     int
		reading bool
		rate    float64
	}{
		{"one look", []sample{at(0, 10)}, 1, false, 0},
		{"growing", []sample{at(0, 10), at(10, 30)}, 11, true, 2},
		{"quiet since", []sample{at(0, 10), at(10, 30), at(20, 30), at(30, 30)}, 30, false, 20.0 / 30},
		{"forgotten articles", []sample{at(0, 10), at(5, 8)}, 6, false, -0.4},
	} {
		got := growth(c.samples, begun.Add(time.Duration(c.now)*time.Second))
		if got.Reading != c.reading || got.Rate-c.rate > 1e-9 || c.rate-got.Rate > 1e-9 {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestAllContradictions(t *testing.T) {
	h := newDesk(t, newFake(t))
	doc := open(t, h, "/talks/t1/contradictions?likely=1", http.StatusOK)
	got := ""
	for _, c := range all(doc, "article", "conflict") {
		got += wordsOf(c) + "\n"
		if len(all(c, "div", "side")) != 2 {
			t.Errorf("not two sides: %s", wordsOf(c))
		}
	}
	for _, want := range []string{
		"Norria speaks for itself, Veska Ilm says otherwise: canal toll", "Veska Ilm says both: joint canal board",
		"Two accounts: ", "deadlocked said by Olan Brae", "making progress said by Veska Ilm",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing: %s", want, got)
		}
	}
	if w := get(t, h, "/talks/t9/contradictions"); w.Code != http.StatusNotFound {
		t.Errorf("of talks that are not there: status %d", w.Code)
	}
}

// Looking again and again counts the record once in a while, and says when it grows.
func TestActivityIsCountedOnceInAWhile(t *testing.T) {
	var a activity
	begun := time.Date(2031, 3, 4, 9, 0, 0, 0, time.UTC)
	if !a.due(begun) || a.due(begun) {
		t.Error("two count at once, or nobody")
	}
	a.counted(begun, store.Pulse{Articles: 1}, nil)
	if a.due(begun.Add(time.Second)) || !a.due(begun.Add(3*time.Second)) {
		t.Error("it is counted too often, or never again")
	}
	a.counted(begun.Add(3*time.Second), store.Pulse{}, record.ErrUnavailable)
	if len(a.samples) != 1 || !a.due(begun.Add(4*time.Second)) {
		t.Error("a count that failed is kept")
	}
	a.counted(begun.Add(40*time.Second), store.Pulse{Articles: 5}, nil)
	if len(a.samples) != 1 || a.samples[0].Articles != 5 {
		t.Errorf("old counts are kept: %+v", a.samples)
	}
}
