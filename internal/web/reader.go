package web

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// kinds of annotation, in the order in which they nest and the legend names them.
var kinds = []string{"statement", "position", "meeting", "document", "status", "name"}

// readerPage shows one article with what was read from it.
type readerPage struct {
	Article  record.Article
	Title    []node // the title with its marks; empty where the article has none
	Blocks   []block
	Legend   []legendEntry
	Likely   bool // likely entries are marked too
	Hidden   int  // likely entries that are not
	Switch   string
	Copies   []copyItem
	Versions []record.Article
	Old      bool // an earlier version, shown without annotations
	Talks    []record.Talks
	Keys     []string // of Article.Meta, sorted

	TitleNotes []note
	at         text.Span
}

// talksOfArticle bounds the negotiations that the head of an article names.
const talksOfArticle = 6

// A block is one paragraph with the notes beside it.
type block struct {
	Nodes []node
	Notes []note
}

// A note says in the margin what a mark stands for.
type note struct {
	Kind   string
	Target string // anchor of the mark
	Entry  any    // the record's entry
	span   text.Span
	Likely bool
}

// voice is the class of the voice of a position; "" for other entries.
func (n note) voice() string {
	if p, ok := n.Entry.(*record.Position); ok {
		return voiceOf(p).class()
	}
	return ""
}

// A legendEntry shows or hides one kind of annotation.
type legendEntry struct {
	Kind  string
	N     int
	Shown bool
	URL   string
}

// A copyItem is another article that carries the same text.
type copyItem struct {
	record.Copy
	Title    string
	Date     string
	CutWords []string // of the first
	OwnWords []string // added or changed here
	Hidden   int      // passages left out of both
}

func (d *desk) reader(r *http.Request) (page, error) {
	ctx, q, id := r.Context(), r.URL.Query(), r.PathValue("id")
	reading, err := d.store.Reading(ctx, id)
	if err != nil {
		return page{}, fmt.Errorf("web: article %s: %w", id, err)
	}
	v := readerPage{Article: reading.Article, at: parseAt(q.Get("at"))}
	if v.Versions, err = d.store.Versions(ctx, id); err != nil {
		return page{}, fmt.Errorf("web: versions of article %s: %w", id, err)
	}
	if v.Talks, _, err = collect(d.store.Talks(ctx, store.Filter{Article: id, Limit: talksOfArticle}), talksOfArticle); err != nil {
		return page{}, fmt.Errorf("web: talks of article %s: %w", id, err)
	}
	if v.Article.Text == "" {
		if v.Article, err = d.store.Article(ctx, id); err != nil {
			return page{}, fmt.Errorf("web: article %s: %w", id, err)
		}
	}
	v.Keys = slices.Sorted(maps.Keys(v.Article.Meta))
	annotations, notes := annotate(reading)
	if n, _ := strconv.Atoi(q.Get("version")); n > 0 && n != v.Article.Version {
		i := slices.IndexFunc(v.Versions, func(a record.Article) bool { return a.Version == n })
		if i < 0 {
			return page{}, fmt.Errorf("web: version %d of article %s: %w", n, id, record.ErrNotFound)
		}
		v.Article, v.Old, annotations, notes = v.Versions[i], true, nil, nil
	}
	v.setLikely(r.URL, &annotations, &notes)
	v.Legend = legend(r.URL, notes, reading.Actors)
	v.divide(annotations, notes)
	if err := d.copies(ctx, &v); err != nil {
		return page{}, err
	}
	return page{Title: titleOf(d.words, &v.Article), Section: "articles", Body: d.readerView(v)}, nil
}

// parseAt reads "start-end"; the zero Span when it is not one.
func parseAt(s string) text.Span {
	first, last, _ := strings.Cut(s, "-")
	start, err1 := strconv.Atoi(first)
	end, err2 := strconv.Atoi(last)
	if err1 != nil || err2 != nil || start < 0 || end <= start {
		return text.Span{}
	}
	return text.Span{Start: start, End: end}
}

// annotate turns the entries of a reading into marks and margin notes.
func annotate(reading *record.Reading) ([]annotation, []note) {
	b := annotator{article: reading.Article.ID}
	for i := range reading.Statements {
		s := &reading.Statements[i]
		who := deref(s.Speaker)
		if who == "" {
			who = deref(s.Source)
		}
		b.add("statement", s.ID, who, s.Likely, s, s.Pieces...)
		for _, e := range s.Edits {
			b.annotations = append(b.annotations, annotation{Span: e.Span, Class: "edit", rank: len(kinds)})
		}
	}
	for i := range reading.Positions {
		p := &reading.Positions[i]
		spans := spansOf(b.article, p.Evidence)
		for _, m := range mentionOf(reading.Article.Text, p) {
			spans = []text.Span{m.Span}
		}
		b.add("position", p.ID, "", p.Likely, p, spans...)
	}
	for i := range reading.Meetings {
		m := &reading.Meetings[i].Meeting
		b.add("meeting", m.ID, "", m.Likely, m, spansOf(b.article, m.Evidence)...)
	}
	for i := range reading.Documents {
		x := &reading.Documents[i].Document
		b.add("document", x.ID, "", x.Likely, x, spansOf(b.article, x.Evidence)...)
	}
	for i := range reading.Status {
		s := &reading.Status[i].Step
		b.add("status", "status"+strconv.Itoa(i), "", false, s, s.Evidence.Span)
	}
	for _, a := range reading.Actors {
		for _, m := range a.Mentions {
			b.annotations = append(b.annotations, annotation{Span: m, Class: "name", rank: rankOf("name")})
		}
	}
	return b.annotations, b.notes
}

type annotator struct {
	article     string
	annotations []annotation
	notes       []note
}

func (b *annotator) add(kind, id, who string, likely bool, entry any, spans ...text.Span) {
	for i, s := range spans {
		a := annotation{Span: s, Class: kind, rank: rankOf(kind)}
		if likely {
			a.Class += " likely"
		}
		if i == 0 {
			a.ID, a.Who = "e-"+id, who
			b.notes = append(b.notes, note{Kind: kind, Target: "e-" + id, Entry: entry, span: s, Likely: likely})
		}
		b.annotations = append(b.annotations, a)
	}
}

func rankOf(kind string) int { return slices.Index(kinds, kind) }

// kindOf takes the kind from the class of an annotation.
func kindOf(class string) string {
	kind, _, _ := strings.Cut(class, " ")
	return kind
}

func spansOf(article string, evidence []record.Evidence) []text.Span {
	var all []text.Span
	for _, e := range evidence {
		if e.Article == article || e.Article == "" {
			all = append(all, e.Span)
		}
	}
	return all
}

// legend counts the entries of each kind and says which the address hides.
func legend(u *url.URL, notes []note, actors []record.ActorSeen) []legendEntry {
	hidden := u.Query()["hide"]
	var all []legendEntry
	for _, kind := range kinds {
		n := 0
		for _, x := range notes {
			if x.Kind == kind {
				n++
			}
		}
		if kind == "name" {
			n = len(actors)
		}
		e := legendEntry{Kind: kind, N: n, Shown: !slices.Contains(hidden, kind)}
		q := u.Query()
		if e.Shown {
			q.Add("hide", kind)
		} else {
			q["hide"] = slices.DeleteFunc(q["hide"], func(s string) bool { return s == kind })
		}
		e.URL = address(u.Path, q)
		if n > 0 {
			all = append(all, e)
		}
	}
	return all
}

// setLikely leaves likely entries out unless the address asks for them.
func (v *readerPage) setLikely(u *url.URL, annotations *[]annotation, notes *[]note) {
	v.Likely = u.Query().Get("likely") == "1"
	if v.Likely {
		v.Switch = with(*u, "likely", "")
		return
	}
	all := len(*notes)
	*notes = slices.DeleteFunc(*notes, func(n note) bool { return n.Likely })
	*annotations = slices.DeleteFunc(*annotations, func(a annotation) bool { return strings.HasSuffix(a.Class, " likely") })
	v.Hidden, v.Switch = all-len(*notes), with(*u, "likely", "1")
}

// divide cuts the article into paragraphs with marks and notes, without the kinds
// that the legend hides.
func (v *readerPage) divide(annotations []annotation, notes []note) {
	hides := func(kind string) bool {
		return slices.ContainsFunc(v.Legend, func(e legendEntry) bool { return e.Kind == kind && !e.Shown })
	}
	annotations = slices.DeleteFunc(annotations, func(a annotation) bool { return hides(kindOf(a.Class)) || !fits(v.Article.Text, a.Span) })
	if fits(v.Article.Text, v.at) {
		annotations = append(annotations, annotation{Span: v.at, Class: "at", ID: "at", rank: -1})
	}
	slices.SortStableFunc(notes, func(a, b note) int { return cmp.Compare(a.span.Start, b.span.Start) })
	for i, p := range paragraphs(&v.Article) {
		b := block{Nodes: nodes(v.Article.Text, p, annotations)}
		for _, n := range notes {
			if p.Has(n.span.Start) && !hides(n.Kind) {
				b.Notes = append(b.Notes, n)
			}
		}
		if i == 0 && p.In(v.Article.Text) == v.Article.Title {
			v.Title, v.TitleNotes = b.Nodes, b.Notes
			continue
		}
		v.Blocks = append(v.Blocks, b)
	}
}

// copies lists the other articles of the same story.
func (d *desk) copies(ctx context.Context, v *readerPage) error {
	if v.Article.Story == "" {
		return nil
	}
	stories, _, err := collect(d.store.Stories(ctx, store.Filter{ID: v.Article.Story, Limit: 1}), 1)
	if err != nil {
		return fmt.Errorf("web: story %s: %w", v.Article.Story, err)
	}
	for _, s := range stories {
		if len(s.Articles) < 2 {
			continue
		}
		shelf := d.shelf()
		first := &record.Article{}
		if i := slices.IndexFunc(s.Articles, func(c record.Copy) bool { return c.First }); i >= 0 {
			first = cmp.Or(shelf.article(ctx, s.Articles[i].ID), first)
		}
		for _, c := range s.Articles[:min(len(s.Articles), pageSize)] {
			v.Copies = append(v.Copies, newCopyItem(d.words, c, first, cmp.Or(shelf.article(ctx, c.ID), &record.Article{})))
		}
	}
	return nil
}

// passagesShown bounds the passages of one copy.
const passagesShown = 8

func newCopyItem(w *words, c record.Copy, first, own *record.Article) copyItem {
	item := copyItem{Copy: c, Title: titleOf(w, own), Date: deref(own.Published)}
	take := func(to *[]string, body string, spans []text.Span) {
		for _, s := range spans {
			if !fits(body, s) {
				continue
			}
			if len(*to) == passagesShown {
				item.Hidden++
				continue
			}
			*to = append(*to, firstWords(s.In(body), 60))
		}
	}
	take(&item.CutWords, first.Text, c.Cut)
	take(&item.OwnWords, own.Text, c.Added)
	take(&item.OwnWords, own.Text, c.Changed)
	return item
}
