package codebook

import (
	"bytes"
	"strings"
	"testing"
)

const ferry = `points:
  - name: Harbour toll
    synonyms: [port fees, toll]
    examples:
      - an end of all fees for fishing boats
  - name: Quotas
    synonyms: [catch limits]
    parent: Fishing
  - name: Fishing
`

func book(t *testing.T, yaml string) *Book {
	t.Helper()
	b, err := ParseBook(strings.NewReader(yaml))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPoint(t *testing.T) {
	m := book(t, ferry).Matcher()
	for words, want := range map[string]string{
		"the harbour tolls":                     "Harbour toll",
		"a lower port fee":                      "Harbour toll",
		"end the fees for small boats":          "Harbour toll",
		"a catch limit of ten tonnes":           "Quotas",
		"fishing":                               "Fishing",
		"the total":                             "",
		"a road to the harbour":                 "",
		"harbour toll for boats in fishing bay": "Harbour toll",
	} {
		if got := m.Point(words, ""); got != want {
			t.Errorf("%q belongs to %q, not to %q", words, got, want)
		}
	}
	if got := m.Point("the matter", "lower port fees"); got != "Harbour toll" {
		t.Errorf("the words that a label was read from give %q", got)
	}
}

func TestTop(t *testing.T) {
	b := book(t, ferry)
	b.Top = true
	if got := b.Matcher().Point("catch limits", ""); got != "Fishing" {
		t.Errorf("the topmost parent is %q", got)
	}
}

func TestEdits(t *testing.T) {
	b := book(t, ferry)
	for _, err := range []error{
		b.Rename("fishing", "Fisheries"),
		b.Add(Point{Name: "Closed season", Parent: "Fisheries"}),
		b.Add(Point{Name: "harbour toll", Synonyms: []string{"mooring charge"}}),
		b.Merge("Quotas", "Closed season"),
		b.Split("Harbour toll", Point{Name: "Mooring", Synonyms: []string{"mooring charge"}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := b.WriteYAML(&out); err != nil {
		t.Fatal(err)
	}
	const want = `points:
  - name: Harbour toll
    synonyms: [port fees, toll]
    examples:
      - an end of all fees for fishing boats
  - name: Quotas
    synonyms: [catch limits, Closed season]
    parent: Fisheries
  - name: Fisheries
    synonyms: [Fishing]
  - name: Mooring
    synonyms: [mooring charge]
`
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
	if again := book(t, out.String()); len(again.Points) != 4 {
		t.Errorf("read again: %+v", again)
	}
}

func TestBadBooks(t *testing.T) {
	for _, yaml := range []string{
		"points: [{name: ''}]", "points: [{name: A}, {name: a}]", "points: [{name: A, synonyms: [x]}, {name: B, synonyms: [X]}]",
		"points: [{name: A, parent: B}]", "points: [{name: A, parent: B}, {name: B, parent: A}]", "points: [{name: A, colour: red}]", "points: 3", "- a",
	} {
		if b, err := ParseBook(strings.NewReader(yaml)); err == nil {
			t.Errorf("%s gave %+v", yaml, b)
		}
	}
	b := book(t, ferry)
	for what, err := range map[string]error{
		"rename none":        b.Rename("Tariffs", "x"),
		"merge into itself":  b.Merge("Fishing", "Fishing"),
		"split what is none": b.Split("Fishing", Point{Name: "y", Synonyms: []string{"toll"}}),
		"split into old":     b.Split("Harbour toll", Point{Name: "Quotas", Synonyms: []string{"toll"}}),
	} {
		if err == nil {
			t.Error(what)
		}
	}
}

func FuzzParseBook(f *testing.F) {
	f.Add(ferry)
	f.Add("points: [{name: A, parent: A}]")
	f.Fuzz(func(t *testing.T, yaml string) {
		b, err := ParseBook(strings.NewReader(yaml))
		if err != nil {
			return
		}
		for _, p := range b.Points {
			if got := b.Matcher().Point(p.Name, ""); got == "" {
				t.Errorf("%q gives no point in %q", p.Name, yaml)
			}
		}
	})
}
