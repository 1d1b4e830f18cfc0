package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rapporteur/internal/codebook"
)

func TestCodebook(t *testing.T) {
	f := newFake(t)
	h := newDesk(t, f)
	if got := wordsOf(open(t, h, "/codebook", http.StatusOK)); !strings.Contains(got, "There are no points of your own yet.") {
		t.Errorf("an empty codebook says %s", got)
	}
	for _, form := range []url.Values{
		{"do": {"add"}, "name": {"Toll"}, "synonyms": {"canal toll; fee for ships"}, "examples": {"a toll of five crowns"}},
		{"do": {"add"}, "name": {"Five crowns"}, "parent": {"Toll"}},
		{"do": {"rename"}, "point": {"Five crowns"}, "name": {"Crowns"}},
		{"do": {"split"}, "point": {"Toll"}, "name": {"Fees"}, "words": {"fee for ships"}},
		{"do": {"add"}, "name": {"Dues"}},
		{"do": {"merge"}, "point": {"Dues"}, "into": {"Fees"}},
		{"do": {"top"}, "top": {"1"}},
	} {
		if w := send(t, h, "/codebook", form); w.Code != http.StatusSeeOther {
			t.Fatalf("%v gives status %d", form, w.Code)
		}
	}
	want := codebook.Book{Top: true, Points: []codebook.Point{
		{Name: "Toll", Synonyms: []string{"canal toll"}, Examples: []string{"a toll of five crowns"}},
		{Name: "Crowns", Synonyms: []string{"Five crowns"}, Parent: "Toll"},
		{Name: "Fees", Synonyms: []string{"fee for ships", "Dues"}},
	}}
	if !slices.EqualFunc(f.book.Points, want.Points, func(a, b codebook.Point) bool {
		return a.Name == b.Name && a.Parent == b.Parent && slices.Equal(a.Synonyms, b.Synonyms) && slices.Equal(a.Examples, b.Examples)
	}) || !f.book.Top {
		t.Errorf("the codebook is %+v", f.book)
	}
	doc := open(t, h, "/codebook", http.StatusOK)
	points := all(doc, "li", "coded")
	if len(points) != 3 || !strings.HasPrefix(wordsOf(points[0]), "Toll 2 positions") || !hasClass(points[1], "depth-1") || !strings.HasPrefix(wordsOf(points[1]), "Crowns 0 positions part of Toll") {
		t.Errorf("the page shows %s", wordsOf(doc))
	}
	if got := wordsOf(all(open(t, h, "/decisions", http.StatusOK), "li", "entry")[1]); !strings.Contains(got, "merge Dues into Fees") {
		t.Errorf("the list of decisions says %s", got)
	}
	if w := send(t, h, "/codebook", url.Values{"do": {"add"}, "name": {"Ships"}, "synonyms": {"canal toll"}}); w.Code != http.StatusConflict {
		t.Errorf("words that stand for two points give status %d", w.Code)
	}
	if w := send(t, h, "/codebook", url.Values{"do": {"burn"}}); w.Code != http.StatusBadRequest {
		t.Errorf("a change that is none gives status %d", w.Code)
	}
}
