package sqlite

import (
	"context"
	"fmt"

	"rapporteur/internal/record"
	"rapporteur/internal/story"
)

// doChores carries out what migrations left to the program.
func (db *DB) doChores(ctx context.Context) error {
	var names []string
	err := eachRow(ctx, db.session.conn, "SELECT name FROM chores ORDER BY name", nil, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		names = append(names, name)
		return err
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		err := db.update(ctx, "bring "+name+" up to date", func(w *writer) error {
			chore, known := chores[name]
			if !known {
				return fmt.Errorf("chore %q: %w", name, record.ErrConflict)
			}
			// Another process may have done it while we waited for the lock.
			var left bool
			if _, err := w.one("SELECT EXISTS (SELECT 1 FROM chores WHERE name = ?)", args(name), &left); err != nil || !left {
				return err
			}
			if err := chore(w); err != nil {
				return err
			}
			return w.exec("DELETE FROM chores WHERE name = ?", name)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

var chores = map[string]func(*writer) error{"copies": (*writer).relinkCopies}

// relinkCopies sketches all wordings anew and joins them to stories.
func (w *writer) relinkCopies() error {
	for _, table := range []string{"copy_links", "copy_bands"} {
		if err := w.exec("DELETE FROM " + table); err != nil {
			return err
		}
	}
	all, err := w.numbers("SELECT n FROM copies ORDER BY n")
	if err != nil {
		return err
	}
	for _, n := range all {
		a, err := w.wording(n)
		if err != nil {
			return err
		}
		words := story.Words(bodyOf(&a), 0)
		sketch := story.SketchOf(words)
		if err := w.exec("UPDATE copies SET bands = ? WHERE n = ?", packSketch(sketch), n); err != nil {
			return err
		}
		if err := w.linkCopies(n, words, sketch); err != nil {
			return err
		}
		w.touched.copies[n] = true
	}
	if err := w.refreshStories(); err != nil {
		return err
	}
	w.touched = noneTouched()
	return nil
}
