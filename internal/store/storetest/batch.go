package storetest

import (
	"errors"
	"slices"
	"testing"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// batches: readings stored together give the record that they give one by one, and
// a bad one among them leaves nothing.
func batches(t *testing.T, open func(t *testing.T) store.Store) {
	readings := append(Generate(3, 60, 12, 3), thread()...)
	readings = append(readings, readings[:5]...)
	var exports []string
	for _, size := range []int{1, 7, len(readings)} {
		s := open(t)
		for list := range slices.Chunk(readings, size) {
			puts, err := s.PutAll(ctx, list)
			if err != nil || len(puts) != len(list) {
				t.Fatalf("%d of %d: %v", len(puts), len(list), err)
			}
			for i, p := range puts {
				if p.ID != list[i].Article.ID || p.Version != 1 {
					t.Errorf("%s: %+v", list[i].Article.ID, p)
				}
			}
		}
		bad := Generate(4, 3, 12, 3)
		bad[2].Statements[0].Evidence = nil
		if _, err := s.PutAll(ctx, bad); !errors.Is(err, record.ErrInvalid) && !errors.Is(err, record.ErrNoEvidence) {
			t.Errorf("a bad reading among others: %v", err)
		}
		if puts, err := s.PutAll(ctx, nil); err != nil || len(puts) != 0 {
			t.Errorf("none: %v, %v", puts, err)
		}
		exports = append(exports, Export(t, s))
		verify(t, s)
		s.Close()
	}
	for _, export := range exports[1:] {
		if export != exports[0] {
			t.Errorf("stored together they give another record:\n%s", differing(exports[0], export))
		}
	}
}
