package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/store/sqlite"
	"rapporteur/internal/text"
)

// inRecord puts each article once into an empty record and lets ask use it.
func inRecord(ctx context.Context, readings []*record.Reading, ask func(*sqlite.DB) error) error {
	folder, err := os.MkdirTemp("", "rapporteur-copies-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	db, err := sqlite.Open(ctx, filepath.Join(folder, "copies.db"), sqlite.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	known := map[string]bool{}
	for _, r := range readings {
		if known[r.Article.ID] {
			continue
		}
		known[r.Article.ID] = true
		if _, err := db.Put(ctx, r); err != nil {
			return err
		}
	}
	return ask(db)
}

func judgeCopies(ctx context.Context, pairs []pair) ([]bool, error) {
	var readings []*record.Reading
	for _, p := range pairs {
		readings = append(readings, p.a.reading(), p.b.reading())
	}
	found := make([]bool, len(pairs))
	err := inRecord(ctx, readings, func(db *sqlite.DB) error {
		of := map[string]string{}
		for a, err := range db.Articles(ctx, store.Filter{}) {
			if err != nil {
				return err
			}
			of[a.ID] = a.Story
		}
		for i, p := range pairs {
			found[i] = of[p.a.name] == of[p.b.name]
		}
		return nil
	})
	return found, err
}

func judgeQuotes(ctx context.Context, pairs []pair) ([]bool, error) {
	var readings []*record.Reading
	for _, p := range pairs {
		readings = append(readings, p.a.reading(), p.b.reading())
	}
	found := make([]bool, len(pairs))
	err := inRecord(ctx, readings, func(db *sqlite.DB) error {
		for i, p := range pairs {
			q, err := db.Quote(ctx, p.a.body)
			if err != nil {
				return fmt.Errorf("quote %q: %w", p.a.body, err)
			}
			found[i] = slices.Contains(q.Articles, p.b.name)
		}
		return nil
	})
	return found, err
}

// reading returns what an article of the set gives to a record: its text and,
// where it is a quotation, one statement that holds it.
func (t *side) reading() *record.Reading {
	published := t.day
	if published == "" {
		published = "2020-01-01"
	}
	title := "Report " + t.name
	whole := title + "\n\n" + t.body
	r := &record.Reading{Article: record.Article{
		ID: t.name, Title: title, Outlet: t.outlet, Published: &published, Language: "en", State: "read", Reader: "copies", Text: whole,
		Body: text.Span{Start: len(title) + 2, End: len(whole)}, Words: len(strings.Fields(t.body)),
	}}
	if t.quoted {
		span := r.Article.Body
		r.Statements = []record.Statement{{
			ID: record.Digest("s", t.name), Kind: "speech", Form: "direct", Content: []string{t.body}, Pieces: []text.Span{span}, Article: t.name,
			Evidence: []record.Evidence{{Article: t.name, Span: span, Stage: "copies", Rule: "set", Version: "1"}},
		}}
	}
	return r
}
