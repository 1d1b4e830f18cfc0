package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"runtime"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// ReadOptions say how a run is conducted.
type ReadOptions struct {
	Workers  int           // articles read at the same time; 0: as many as processors
	Progress func(Outcome) // called for each page in order, by one goroutine; may be nil
}

// What became of a page.
type What uint8

// The outcomes of a page.
const (
	Added     What = iota // an article that was not there
	Changed               // a new version of an article's text
	Again                 // an article read anew, with other rules or other metadata
	Unchanged             // nothing to do: the same text, read by the same rules
	Refused
)

// An Outcome tells what became of one page.
type Outcome struct {
	Path    string
	Line    int
	Bytes   int64
	What    What
	ID      string
	Waits   bool // stored, but in a language that is not read yet
	Kept    bool // stored, but no article to read: a live blog, a paywall, a list
	Refusal *article.Refusal
}

// A Report counts outcomes.
type Report struct {
	Added, Changed, Again, Unchanged, Refused, Waiting, Kept int
}

// Articles is how many pages gave an article.
func (r Report) Articles() int { return r.Added + r.Changed + r.Again + r.Unchanged }

// Plus adds the counts of another run.
func (r Report) Plus(o Report) Report {
	return Report{
		Added: r.Added + o.Added, Changed: r.Changed + o.Changed, Again: r.Again + o.Again,
		Unchanged: r.Unchanged + o.Unchanged, Refused: r.Refused + o.Refused, Waiting: r.Waiting + o.Waiting, Kept: r.Kept + o.Kept,
	}
}

func (r *Report) count(o Outcome) {
	switch o.What {
	case Added:
		r.Added++
	case Changed:
		r.Changed++
	case Again:
		r.Again++
	case Unchanged:
		r.Unchanged++
	case Refused:
		r.Refused++
	}
	if o.Waits {
		r.Waiting++
	}
	if o.Kept {
		r.Kept++
	}
}

// A task is one page on its way: a worker fills it in, the writer stores it.
type task struct {
	page      article.Page
	article   *article.Article // identified as the page alone tells
	doc       *document.Doc    // nil when the store seemed to hold the same already
	reading   *record.Reading
	unchanged bool
	err       error
}

// Read reads the pages into the store. A cancelled ctx lets the articles that
// are being read come to their end, stores them, and returns the context's error;
// what was stored stays, and the same call again goes on from there.
func (in *Ingest) Read(ctx context.Context, s store.Store, pages iter.Seq[article.Page], o ReadOptions) (Report, error) {
	w := newWriter(in, s, o.Progress)
	err := conduct(ctx, workers(o.Workers), pages, func(ctx context.Context, page article.Page) *task { return in.prepare(ctx, s, page) }, w.write, w.settle)
	return w.report, err
}

func workers(n int) int {
	if n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}

// prepare does what needs no order: extraction, and the reading unless the store
// holds the same already.
func (in *Ingest) prepare(ctx context.Context, s store.Store, page article.Page) *task {
	t := &task{page: page}
	t.article, t.err = in.Article(ctx, page)
	if t.err != nil {
		return t
	}
	t.unchanged, t.err = in.holds(ctx, s, t.article)
	if t.err != nil || t.unchanged {
		return t
	}
	t.doc, t.reading, t.err = in.reading(ctx, t.article)
	return t
}

// holds reports whether the store has the article with the same text and
// metadata, read by the same rules.
func (in *Ingest) holds(ctx context.Context, s store.Store, a *article.Article) (bool, error) {
	presence, err := s.Has(ctx, a.ID, digest(a.Text))
	if err != nil || presence != store.SameText {
		return false, err
	}
	stored, err := s.Article(ctx, a.ID)
	if err != nil {
		return false, err
	}
	return stored.Reader == in.reader && stored.State == stateOf(a) && sameHead(stored, a), nil
}

func sameHead(stored record.Article, a *article.Article) bool {
	at := ""
	if !a.PublishedAt.IsZero() {
		at = a.PublishedAt.Format(time.RFC3339)
	}
	return stored.Title == a.Title && stored.Outlet == a.Outlet && stored.Language == a.Language &&
		value(stored.Published) == a.Published.String() && value(stored.PublishedAt) == at && value(stored.URL) == a.URL
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
