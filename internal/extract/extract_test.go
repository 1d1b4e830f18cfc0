package extract

import (
	"context"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/lexicon"
)

// extractor returns an extractor over the project's own tables.
func extractor(t testing.TB, options Options) *Extractor {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	x, err := New(lex, options)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func read(t testing.TB, kind article.Type, content string) *article.Article {
	t.Helper()
	a, err := extractor(t, Options{}).Article(context.Background(), article.Page{Path: "page", Type: kind, Bytes: []byte(content)})
	if err != nil {
		t.Fatal(err)
	}
	return a
}
