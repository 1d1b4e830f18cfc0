package names

import (
	"context"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/sentence"
	"rapporteur/internal/nlp/tokenize"
)

// TestFuse lets the tables correct what an engine marked.
func TestFuse(t *testing.T) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := tokenize.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := sentence.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	fuse, err := NewFuse(lex)
	if err != nil {
		t.Fatal(err)
	}
	d := document.New(&article.Article{Text: "NATO met France in Halvik. Halvik is old. They left Halvik for Norway."})
	if err := nlp.Run(context.Background(), d, tokens, rules); err != nil {
		t.Fatal(err)
	}
	for i := range d.Tokens {
		d.Tokens[i].UPOS = document.PROPN
		kind := map[string]document.ChunkKind{"NATO": document.PlaceName, "France": document.PlaceName, "Halvik": document.PlaceName}[d.Form(document.TokenID(i))]
		if i == 6 {
			kind = document.PersonName
		}
		if kind != "" {
			d.Chunks = append(d.Chunks, document.Chunk{Kind: kind, Tokens: document.Range{First: document.TokenID(i), End: document.TokenID(i + 1)}, Layer: document.NameLayer})
		}
	}
	d.Layers |= document.LayerTags | document.LayerChunks
	if err := nlp.Run(context.Background(), d, fuse); err != nil {
		t.Fatal(err)
	}
	want := []string{"organisation NATO", "place France", "place Halvik", "place Halvik", "place Halvik", "place Norway"}
	for i, c := range d.Chunks {
		if got := string(c.Kind) + " " + d.In(d.SpanOf(c.Tokens)); i >= len(want) || got != want[i] {
			t.Errorf("chunk %d is %s, not in %q", i, got, want)
		}
	}
	if len(d.Chunks) != len(want) {
		t.Errorf("%d chunks, not %d", len(d.Chunks), len(want))
	}
}
