package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// cellPage proves where one party stands on one point.
type cellPage struct {
	Talks  record.Talks
	Party  string
	Point  record.Point
	Likely bool
	Proofs []proof
	Pager  pager
}

// A proof is one position with the words of its article.
type proof struct {
	record.Position
	Title      string
	Gone       bool // the article cannot be had
	Paragraphs [][]node
	Link       string   // to the article, at that place
	Speaker    string   // who says it; "" for the article itself
	Also       []string // outlets that carry the same text
}

func (d *desk) proofs(r *http.Request) (page, error) {
	ctx, q := r.Context(), r.URL.Query()
	t, err := d.oneTalks(ctx, r.PathValue("id"))
	if err != nil {
		return page{}, err
	}
	v := cellPage{Talks: t, Party: q.Get("party"), Point: record.Point{ID: q.Get("point")}, Likely: q.Get("likely") == "1"}
	if v.Party == "" || v.Point.ID == "" {
		return page{}, fmt.Errorf("web: proofs need a party and a point: %w", record.ErrInvalid)
	}
	f := store.Filter{Talks: t.ID, Point: v.Point.ID, Party: v.Party, Until: q.Get("until"), Newest: true}
	v.Pager = pageOf(r, &f, proofsSize)
	from := f.Offset
	f.Offset, f.Limit = 0, mostPlaces
	positions, _, err := collect(d.store.Positions(ctx, f), mostPlaces)
	if err != nil {
		return page{}, fmt.Errorf("web: proofs of %s on %s: %w", v.Party, v.Point.ID, err)
	}
	if !v.Likely {
		positions = certain(positions)
	}
	v.Pager.More = len(positions) > from+proofsSize
	positions = positions[min(from, len(positions)):min(from+proofsSize, len(positions))]
	v.Point.Label = v.Point.ID
	shelf := d.shelf()
	first, witnesses := together(positions)
	for i, p := range first {
		v.Point = p.Point
		shown := shelf.proof(ctx, p)
		for _, w := range witnesses[i] {
			shown.Also = append(shown.Also, w.Outlet)
		}
		slices.Sort(shown.Also)
		shown.Also = slices.Compact(shown.Also)
		v.Proofs = append(v.Proofs, shown)
	}
	if len(positions) == 0 {
		v.Point.Label = d.words.T("proofs.unknown-point")
	}
	return page{Title: d.words.T("proofs.title", "Party", v.Party, "Point", v.Point.Label), Section: "talks", Body: d.cellView(v)}, nil
}

// proof marks the sentence of a position in the paragraphs that hold it.
func (s *shelf) proof(ctx context.Context, p record.Position) proof {
	out := proof{Position: p, Link: route("articles", p.Article)}
	if p.AssertedBy != byArticle {
		out.Speaker = p.AssertedBy
	}
	a := s.article(ctx, p.Article)
	if a == nil {
		out.Gone = true
		return out
	}
	out.Title = a.Title
	var spans []text.Span
	var marks []annotation
	for _, e := range p.Evidence {
		if e.Article == p.Article && fits(a.Text, e.Span) {
			spans = append(spans, e.Span)
			marks = append(marks, annotation{Span: e.Span, Class: "proof"})
		}
	}
	if len(spans) > 0 {
		out.Link = place(p.Article, spans[0])
	}
	marks = append(marks, mentionOf(a.Text, &p)...)
	for _, paragraph := range around(a, spans...) {
		out.Paragraphs = append(out.Paragraphs, nodes(a.Text, paragraph, marks))
	}
	return out
}

// place returns the address of an article opened at some of its words.
func place(article string, s text.Span) string {
	return fmt.Sprintf("%s?at=%d-%d#at", route("articles", article), s.Start, s.End)
}

// placeOf returns the address of the words that an entry's first evidence names.
func placeOf(evidence []record.Evidence) string {
	if len(evidence) == 0 {
		return ""
	}
	return place(evidence[0].Article, evidence[0].Span)
}

// indexFold finds part in whole without regard to case; -1 when it is not there
// or when folding would move bytes.
func indexFold(whole, part string) int {
	if i := strings.Index(whole, part); i >= 0 {
		return i
	}
	lower, small := strings.ToLower(whole), strings.ToLower(part)
	if len(lower) != len(whole) || len(small) != len(part) {
		return -1
	}
	return strings.Index(lower, small)
}
