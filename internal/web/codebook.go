package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"rapporteur/internal/codebook"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// codebookPage shows the user's own points.
type codebookPage struct {
	Book   codebook.Book
	Points []codedPoint // parents before what belongs to them
	Author string
	Last   *record.Decision
	Here   pager
}

// A codedPoint is a point of the codebook with how many positions stand on it.
type codedPoint struct {
	codebook.Point
	Positions int
	Depth     int
	Anchor    string
}

func (d *desk) codebook(r *http.Request) (page, error) {
	ctx := r.Context()
	v := codebookPage{Author: d.author(r), Here: pager{url: *r.URL}}
	var err error
	if v.Book, err = d.store.Codebook(ctx); err != nil {
		return page{}, fmt.Errorf("web: codebook: %w", err)
	}
	use, err := d.store.CodebookUse(ctx)
	if err != nil {
		return page{}, fmt.Errorf("web: use of the codebook: %w", err)
	}
	v.Points = ordered(v.Book.Points, use, "", 0)
	for i := range v.Points {
		v.Points[i].Anchor = fmt.Sprintf("point-%d", i+1)
	}
	if v.Last, err = d.lastOf(ctx, v.Author); err != nil {
		return page{}, err
	}
	return page{Title: d.words.T("codebook.title"), Section: "talks", Body: d.codebookView(v)}, nil
}

// ordered puts below each point what belongs to it. A codebook has no rings.
func ordered(points []codebook.Point, use map[string]int, parent string, depth int) []codedPoint {
	var out []codedPoint
	for _, p := range points {
		if text.Fold(p.Parent) == text.Fold(parent) && depth <= len(points) {
			out = append(out, codedPoint{Point: p, Positions: use[p.Name], Depth: depth})
			out = append(out, ordered(points, use, p.Name, depth+1)...)
		}
	}
	return out
}

// changeBook changes the codebook as a form asks, by a decision.
func (d *desk) changeBook(_ http.ResponseWriter, r *http.Request) error {
	ctx, form := r.Context(), r.PostForm
	book, err := d.store.Codebook(ctx)
	if err != nil {
		return fmt.Errorf("web: codebook: %w", err)
	}
	name, point := strings.TrimSpace(form.Get("name")), form.Get("point")
	words := ""
	switch do := form.Get("do"); do {
	case "add":
		words = "add " + name
		err = book.Add(codebook.Point{Name: name, Synonyms: several(form.Get("synonyms")), Examples: several(form.Get("examples")), Parent: form.Get("parent")})
	case "rename":
		words = "rename " + point + " to " + name
		err = book.Rename(point, name)
	case "merge":
		words = "merge " + point + " into " + form.Get("into")
		err = book.Merge(form.Get("into"), point)
	case "split":
		words = "split " + name + " from " + point
		err = book.Split(point, taken(&book, point, name, form["words"]))
	case "top":
		words = "apply"
		book.Top = form.Get("top") == "1"
	default:
		return fmt.Errorf("web: change %q of the codebook: %w", do, record.ErrInvalid)
	}
	if err != nil {
		return fmt.Errorf("web: codebook: %s: %w: %w", words, err, record.ErrConflict)
	}
	after, err := json.Marshal(store.CodebookChange{Change: words, Book: book})
	if err != nil {
		return fmt.Errorf("web: codebook: %w", err)
	}
	_, err = d.store.Decide(ctx, record.Decision{Author: d.author(r), Act: store.Define, Target: store.CodebookEntry, EntryID: store.Codebook, After: string(after)})
	if err != nil {
		return fmt.Errorf("web: codebook: %s: %w", words, err)
	}
	return nil
}

// several reads words with semicolons between.
func several(words string) []string {
	var out []string
	for part := range strings.SplitSeq(words, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// taken is a new point with the words chosen of another: synonyms stay synonyms,
// examples stay examples.
func taken(book *codebook.Book, from, name string, chosen []string) codebook.Point {
	out := codebook.Point{Name: name}
	for _, p := range book.Points {
		if p.Name != from {
			continue
		}
		for _, s := range p.Synonyms {
			if slices.Contains(chosen, s) && text.Fold(s) != text.Fold(name) {
				out.Synonyms = append(out.Synonyms, s)
			}
		}
		for _, s := range p.Examples {
			if slices.Contains(chosen, s) {
				out.Examples = append(out.Examples, s)
			}
		}
	}
	return out
}
