package ingest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// A writer stores what the workers prepared, in the order of the pages, several
// articles at a time.
type writer struct {
	in       *Ingest
	store    store.Store
	report   Report
	progress func(Outcome)
	file     string         // the file whose lines come now
	given    map[string]int // how often each id of its lines came

	held     []held
	readings []*record.Reading // of those held, what is to be stored
	ids      map[string]bool   // of these
	bytes    int               // of the pages held
}

// A held is a page of which is told when it and all before it are stored.
type held struct {
	page    article.Page
	article *article.Article
	reading *record.Reading // nil when there is nothing to store
	outcome Outcome
}

// How much is held back at most.
const (
	mostHeld  = 16
	heldBytes = 4 << 20
)

func newWriter(in *Ingest, s store.Store, progress func(Outcome)) *writer {
	return &writer{in: in, store: s, progress: progress, given: map[string]int{}, ids: map[string]bool{}}
}

// write takes up one task. It fails only when the store does.
func (w *writer) write(ctx context.Context, t *task) error {
	h := held{page: t.page, article: t.article, outcome: Outcome{Path: t.page.Path, Line: t.page.Line, Bytes: int64(len(t.page.Bytes))}}
	err := t.err
	if err == nil {
		err = w.take(ctx, t, &h)
	}
	if err = w.orRefuse(ctx, &h, err); err != nil {
		return err
	}
	w.held, w.bytes = append(w.held, h), w.bytes+len(h.page.Bytes)
	if h.reading != nil {
		w.readings = append(w.readings, h.reading)
		w.ids[h.outcome.ID] = true
	}
	if len(w.held) >= mostHeld || w.bytes >= heldBytes {
		return w.settle(ctx)
	}
	return nil
}

// orRefuse stores a refusal, when err is one. Any other error stays.
func (w *writer) orRefuse(ctx context.Context, h *held, err error) error {
	var refused *article.Refusal
	if errors.As(err, &refused) {
		h.reading = nil
		h.outcome.What, h.outcome.Refusal = Refused, refused
		if n := len(h.page.Bytes); refused.Content == nil && n <= article.SmallRefusal {
			refused.Content = h.page.Bytes
		}
		err = w.refuse(ctx, *refused)
	}
	if err != nil {
		return fmt.Errorf("ingest: %s: %w", place(h.page), err)
	}
	return nil
}

// settle stores what is held and tells of it.
func (w *writer) settle(ctx context.Context) error {
	if len(w.held) == 0 {
		return nil
	}
	if _, err := w.store.PutAll(ctx, w.readings); err != nil {
		if errors.Is(err, record.ErrUnavailable) {
			return fmt.Errorf("ingest: %s: %w", place(w.held[0].page), err)
		}
		if err := w.oneByOne(ctx); err != nil {
			return err
		}
	}
	for _, h := range w.held {
		w.report.count(h.outcome)
		if w.progress != nil {
			w.progress(h.outcome)
		}
	}
	clear(w.held)
	clear(w.readings)
	clear(w.ids)
	w.held, w.readings, w.bytes = w.held[:0], w.readings[:0], 0
	return nil
}

// oneByOne stores what is held when it could not be stored together: some reading
// is wrong in itself, and must not cost the others.
func (w *writer) oneByOne(ctx context.Context) error {
	for i := range w.held {
		h := &w.held[i]
		if h.reading == nil {
			continue
		}
		_, err := w.store.Put(ctx, h.reading)
		if err := w.orRefuse(ctx, h, unfit(err, h.article)); err != nil {
			return err
		}
	}
	return nil
}

// settled makes sure that the store holds all that is known of an article.
func (w *writer) settled(ctx context.Context, id string) error {
	if !w.ids[id] {
		return nil
	}
	return w.settle(ctx)
}

func place(p article.Page) string {
	if p.Line > 0 {
		return fmt.Sprintf("%s:%d", p.Path, p.Line)
	}
	return p.Path
}

func (w *writer) refuse(ctx context.Context, r article.Refusal) error {
	r.At = time.Now().UTC().Format(time.RFC3339)
	return w.store.Refuse(ctx, r)
}

// take settles the article's id and what is to be stored of it.
func (w *writer) take(ctx context.Context, t *task, h *held) error {
	o := &h.outcome
	if err := w.settled(ctx, t.article.ID); err != nil {
		return err
	}
	id, err := w.identify(ctx, t.article)
	if err != nil {
		return err
	}
	if err := w.settled(ctx, id); err != nil {
		return err
	}
	if id != t.article.ID {
		if err := w.rename(ctx, t, id); err != nil {
			return err
		}
	}
	o.ID, o.Kept = id, t.article.Kind != ""
	o.Waits = !o.Kept && Waits(t.article.Language)
	if t.unchanged {
		o.What = Unchanged
		return nil
	}
	there, err := w.store.Has(ctx, id, digest(t.article.Text))
	if err != nil {
		return err
	}
	h.reading = t.reading
	o.What = map[store.Presence]What{store.Absent: Added, store.OldText: Changed, store.SameText: Again}[there]
	return nil
}

// unfit makes a refusal of a reading that the store finds wrong in itself: that
// is our own bug in one article, not a store that fails.
func unfit(err error, a *article.Article) error {
	if !errors.Is(err, record.ErrInvalid) && !errors.Is(err, record.ErrNoEvidence) {
		return err
	}
	refused := article.Refuse(article.Crashed, err.Error())
	refused.Source, refused.Line, refused.Bytes = a.Origin.Path, a.Origin.Line, a.Origin.Bytes
	return refused
}

// rename gives the article another id than its worker saw, and looks again
// whether the store holds it under that one.
func (w *writer) rename(ctx context.Context, t *task, id string) error {
	t.article.ID = id
	held, err := w.in.holds(ctx, w.store, t.article)
	if err != nil {
		return err
	}
	t.unchanged = held
	if held {
		return nil
	}
	if t.doc == nil {
		t.doc, t.reading, err = w.in.reading(ctx, t.article)
		return err
	}
	t.reading, err = w.in.compiled(ctx, t.doc)
	return err
}

// identify returns the article's id in the record. An id that the line itself
// gives may stand for another article already: in another file, then the file's
// name goes before it; or on an earlier line of this file, then the line's turn
// goes behind it.
func (w *writer) identify(ctx context.Context, a *article.Article) (string, error) {
	if a.Origin.GivenID == "" || a.ID != a.Origin.GivenID {
		return a.ID, nil
	}
	if a.Origin.Path != w.file {
		w.file = a.Origin.Path
		clear(w.given)
	}
	id, err := w.ownID(ctx, a)
	if err != nil {
		return "", err
	}
	w.given[id]++
	if n := w.given[id]; n > 1 {
		if err := w.settled(ctx, id); err != nil {
			return "", err
		}
		same, err := w.in.sameArticle(ctx, w.store, id, a)
		if err != nil || same {
			return id, err
		}
		return fmt.Sprintf("%s#%d", id, n), nil
	}
	return id, nil
}

// ownID returns the given id, with the file's name before it when the record
// has that id from a file of another name.
func (w *writer) ownID(ctx context.Context, a *article.Article) (string, error) {
	presence, err := w.store.Has(ctx, a.ID, digest(a.Text))
	if err != nil || presence == store.Absent {
		return a.ID, err
	}
	stored, err := w.store.Article(ctx, a.ID)
	if err != nil {
		return "", err
	}
	own := filepath.Base(a.Origin.Path)
	if filepath.Base(stored.Source) == own {
		return a.ID, nil
	}
	same, err := w.in.sameArticle(ctx, w.store, a.ID, a)
	if err != nil || same {
		return a.ID, err
	}
	return own + ":" + a.ID, nil
}

// sameArticle reports whether the store has under this id the same publication:
// the same text from the same outlet on the same day.
func (in *Ingest) sameArticle(ctx context.Context, s store.Store, id string, a *article.Article) (bool, error) {
	presence, err := s.Has(ctx, id, digest(a.Text))
	if err != nil || presence != store.SameText {
		return false, err
	}
	stored, err := s.Article(ctx, id)
	if err != nil {
		return false, err
	}
	return stored.Outlet == a.Outlet && value(stored.Published) == a.Published.String(), nil
}
