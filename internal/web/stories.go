package web

import (
	"fmt"
	"net/http"
	"slices"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/story"
	"rapporteur/internal/text"
)

// storiesPage lists texts that several articles carry.
type storiesPage struct {
	Items []store.StoryHead
	Pager pager
}

func (d *desk) stories(r *http.Request) (page, error) {
	var v storiesPage
	var f store.Filter
	v.Pager = pageOf(r, &f, pageSize)
	var err error
	if v.Items, v.Pager.More, err = collect(d.store.CopiedStories(r.Context(), f), pageSize); err != nil {
		return page{}, fmt.Errorf("web: stories: %w", err)
	}
	return page{Title: d.words.T("stories.title"), Section: "articles", Body: d.storiesView(v)}, nil
}

// storyPage sets one copy of a text beside the first.
type storyPage struct {
	Copies []storyCopy
	First  sheet
	Other  sheet // the copy beside it; empty where the story has one article
}

// A storyCopy is one line in the list of copies.
type storyCopy struct {
	record.Copy
	Title string
	Date  string
	URL   string
	Shown bool
	Same  bool // word for word
}

// A sheet is a text with what it has and another has not.
type sheet struct {
	Article record.Article
	First   bool
	Blocks  [][]node
	Same    bool
}

// copiesCompared bounds the list of copies of one story.
const copiesCompared = 100

func (d *desk) story(r *http.Request) (page, error) {
	ctx, id := r.Context(), r.PathValue("id")
	found, _, err := collect(d.store.Stories(ctx, store.Filter{ID: id, Limit: 1}), 1)
	if err != nil {
		return page{}, fmt.Errorf("web: story %s: %w", id, err)
	}
	if len(found) == 0 || len(found[0].Articles) == 0 {
		return page{}, fmt.Errorf("web: story %s: %w", id, record.ErrNotFound)
	}
	copies := found[0].Articles[:min(len(found[0].Articles), copiesCompared)]
	first := max(0, slices.IndexFunc(copies, func(c record.Copy) bool { return c.First }))
	other := compared(copies, first, r.URL.Query().Get("with"))
	var v storyPage
	shelf := d.shelf()
	for i, c := range copies {
		item := storyCopy{Copy: c, URL: with(*r.URL, "with", c.ID), Shown: i == other, Same: len(c.Cut)+len(c.Added)+len(c.Changed) == 0}
		if a := shelf.article(ctx, c.ID); a != nil {
			item.Title, item.Date = titleOf(d.words, a), deref(a.Published)
		}
		v.Copies = append(v.Copies, item)
	}
	a := shelf.article(ctx, copies[first].ID)
	if a == nil {
		return page{}, fmt.Errorf("web: article %s of story %s: %w", copies[first].ID, id, record.ErrNotFound)
	}
	v.First = sheet{Article: *a, First: true, Blocks: blocks(a, nil)}
	if other >= 0 {
		if b := shelf.article(ctx, copies[other].ID); b != nil {
			v.First.Blocks, v.Other = versus(a, b)
		}
	}
	return page{Title: d.words.T("stories.copies-of", "Title", titleOf(d.words, a)), Section: "articles", Body: d.storyView(v)}, nil
}

// compared chooses the copy to set beside the first: the one asked for, else the
// first with other words, else the next one; -1 where there is none.
func compared(copies []record.Copy, first int, asked string) int {
	if i := slices.IndexFunc(copies, func(c record.Copy) bool { return c.ID == asked }); i >= 0 && i != first {
		return i
	}
	for i, c := range copies {
		if i != first && len(c.Cut)+len(c.Added)+len(c.Changed) > 0 {
			return i
		}
	}
	if len(copies) > 1 {
		return 1 - min(first, 1)
	}
	return -1
}

// versus marks in two texts what each has and the other has not.
func versus(a, b *record.Article) ([][]node, sheet) {
	x, y := wordsOfBody(a), wordsOfBody(b)
	there, back := story.Compare(x, y), story.Compare(y, x)
	left := append(marked(there.Cut, "cut"), marked(back.Changed, "changed")...)
	right := append(marked(there.Added, "added"), marked(there.Changed, "changed")...)
	return blocks(a, left), sheet{Article: *b, Blocks: blocks(b, right), Same: len(left)+len(right) == 0}
}

func wordsOfBody(a *record.Article) []story.Word {
	if a.Body.IsEmpty() || !fits(a.Text, a.Body) {
		return story.Words(a.Text, 0)
	}
	return story.Words(a.Body.In(a.Text), a.Body.Start)
}

func marked(spans []text.Span, class string) []annotation {
	var out []annotation
	for _, s := range spans {
		out = append(out, annotation{Span: s, Class: class})
	}
	return out
}

// blocks divides an article into paragraphs with marks.
func blocks(a *record.Article, marks []annotation) [][]node {
	var out [][]node
	for i, p := range paragraphs(a) {
		if i == 0 && p.In(a.Text) == a.Title {
			continue
		}
		out = append(out, nodes(a.Text, p, marks))
	}
	return out
}
