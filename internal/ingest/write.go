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

// A writer stores what the workers prepared, in the order of the pages.
type writer struct {
	in       *Ingest
	store    store.Store
	report   Report
	progress func(Outcome)
	file     string         // the file whose lines come now
	given    map[string]int // how often each id of its lines came
}

// write stores one task. It fails only when the store does.
func (w *writer) write(ctx context.Context, t *task) error {
	o := Outcome{Path: t.page.Path, Line: t.page.Line, Bytes: int64(len(t.page.Bytes))}
	err := t.err
	if err == nil {
		err = w.put(ctx, t, &o)
	}
	var refused *article.Refusal
	if errors.As(err, &refused) {
		o.What, o.Refusal = Refused, refused
		if n := len(t.page.Bytes); refused.Content == nil && n <= article.SmallRefusal {
			refused.Content = t.page.Bytes
		}
		err = w.refuse(ctx, *refused)
	}
	if err != nil {
		return fmt.Errorf("ingest: %s: %w", place(t.page), err)
	}
	w.report.count(o)
	if w.progress != nil {
		w.progress(o)
	}
	return nil
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

// put settles the article's id and stores its reading, unless the store holds
// the same already.
func (w *writer) put(ctx context.Context, t *task, o *Outcome) error {
	id, err := w.identify(ctx, t.article)
	if err != nil {
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
	if _, err := w.store.Put(ctx, t.reading); err != nil {
		return unfit(err, t.article)
	}
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
