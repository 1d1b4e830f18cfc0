package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/store/sqlite"
	"rapporteur/internal/text"
)

func TestPutAndList(t *testing.T) {
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "a b?.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	body := "Ines said that it rains."
	r := &record.Reading{Article: record.Article{ID: "x", Text: body, Body: text.Span{Start: 0, End: len(body)}}}
	sp := text.Span{Start: 15, End: 23}
	r.Statements = append(r.Statements, record.Statement{ID: "s1", Content: []string{sp.In(body)}, Pieces: []text.Span{sp}, Evidence: []record.Evidence{{Article: "x", Span: sp, Stage: "q", Rule: "r", Version: "1"}}})
	for range 2 {
		put, err := db.Put(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		t.Log(put)
	}
	for s, err := range db.Statements(ctx, store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%+v", s)
	}
	for s, err := range db.Articles(ctx, store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%+v", s)
	}
}
