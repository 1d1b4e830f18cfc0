package storetest

import (
	"errors"
	"testing"

	"rapporteur/internal/codebook"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// userBook outranks the points of the thread: "toll" is read under another name.
func userBook(points ...codebook.Point) store.CodebookChange {
	return store.CodebookChange{Change: "apply", Book: codebook.Book{Points: points}}
}

// codebooks lets a codebook put positions to points: at once, when an article is
// read anew, and no longer once it is taken back.
func codebooks(t *testing.T, s store.Store) {
	put(t, s, thread()...)
	plain := positionOf(t, s, "one").Point
	none, err := s.Codebook(ctx)
	if err != nil || len(none.Points) != 0 {
		t.Fatalf("before any: %+v, %v", none, err)
	}
	fees := codebook.Point{Name: "Fees of the port", Synonyms: []string{"harbour tolls"}}
	d, undo := decide(t, s, store.Define, store.CodebookEntry, store.Codebook, userBook(fees))
	equal(t, "entry", d.EntryID, store.Codebook)
	coded := func(label string, n int) {
		t.Helper()
		equal(t, "label", positionOf(t, s, "one").Point.Label, label)
		equal(t, "found by name", len(all(t, s.Positions(ctx, store.Filter{Point: label}))), n)
		use, err := s.CodebookUse(ctx)
		if err != nil || use[label] != n {
			t.Errorf("use %v, %v", use, err)
		}
	}
	coded("Fees of the port", 2)
	put(t, s, thread()...)
	put(t, s, roundOne())
	coded("Fees of the port", 2)
	_, undoMore := decide(t, s, store.Define, store.CodebookEntry, store.Codebook, userBook(fees, codebook.Point{Name: "End of the harbour toll"}))
	coded("End of the harbour toll", 2)
	undoMore()
	coded("Fees of the port", 2)
	corrected(t, s)
	undo()
	equal(t, "as it was", positionOf(t, s, "one").Point, plain)
	for _, words := range []string{`{"book":{"points":[{"name":""}]}}`, `[]`} {
		_, err := s.Decide(ctx, record.Decision{Author: "A. Reader", Act: store.Define, Target: store.CodebookEntry, EntryID: store.Codebook, After: words})
		if !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s gave %v", words, err)
		}
	}
}

// corrected checks that what a person said of one position outranks the codebook.
func corrected(t *testing.T, s store.Store) {
	t.Helper()
	id := positionOf(t, s, "two").ID
	_, undo := decide(t, s, store.Correct, store.PositionEntry, id, map[string]any{"point": map[string]string{"label": "the harbour tolls of the north"}})
	equal(t, "corrected", positionOf(t, s, "two").Point.Label, "the harbour tolls of the north")
	undo()
	_, undo = decide(t, s, store.Correct, store.PositionEntry, id, map[string]any{"stance": "open"})
	equal(t, "corrected elsewhere", positionOf(t, s, "two").Point.Label, "Fees of the port")
	undo()
}
