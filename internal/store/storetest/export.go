package storetest

import (
	"bytes"
	"context"
	"encoding/json"
	"iter"
	"strings"
	"testing"

	"rapporteur/internal/store"
)

// Export returns all lists of a store as JSON Lines. Equal records have equal
// exports, whatever the order in which they were read.
func Export(t testing.TB, s store.Store) string {
	t.Helper()
	var b strings.Builder
	ctx := context.Background()
	f := store.Filter{Rejected: true}
	write(t, &b, "actor", s.Actors(ctx, f))
	write(t, &b, "article", s.Articles(ctx, f))
	write(t, &b, "document", s.Documents(ctx, f))
	write(t, &b, "expectation", s.Expectations(ctx, f))
	write(t, &b, "meeting", s.Meetings(ctx, f))
	write(t, &b, "move", s.Moves(ctx, f))
	write(t, &b, "position", s.Positions(ctx, f))
	write(t, &b, "refusal", s.Refusals(ctx, f))
	write(t, &b, "statement", s.Statements(ctx, f))
	write(t, &b, "story", s.Stories(ctx, f))
	write(t, &b, "talks", s.Talks(ctx, f))
	return b.String()
}

func write[T any](t testing.TB, b *strings.Builder, kind string, list iter.Seq2[T, error]) {
	t.Helper()
	for v, err := range list {
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		var line bytes.Buffer
		e := json.NewEncoder(&line)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			t.Fatal(err)
		}
		b.WriteString(kind + " " + line.String())
	}
}

// differing returns the first lines in which two exports differ.
func differing(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "- " + x[i] + "\n+ " + y[i]
		}
	}
	return "one has more lines"
}

func all[T any](t testing.TB, list iter.Seq2[T, error]) []T {
	t.Helper()
	out := []T{}
	for v, err := range list {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}
