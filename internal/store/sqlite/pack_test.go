package sqlite

import (
	"reflect"
	"strings"
	"testing"

	"rapporteur/internal/text"
)

func TestPackedTexts(t *testing.T) {
	for _, s := range []string{"", "No.", strings.Repeat("The envoys met again. ", 200), strings.Repeat("é", worthPacking)} {
		stored, err := body(s).Value()
		if err != nil {
			t.Fatal(err)
		}
		if packed, ok := stored.([]byte); ok != (len(s) >= worthPacking) || len(packed) > len(s) {
			t.Errorf("%d bytes are stored as %T of %d", len(s), stored, len(packed))
		}
		var back body
		if err := back.Scan(stored); err != nil || string(back) != s {
			t.Errorf("%d bytes come back as %d: %v", len(s), len(back), err)
		}
	}
}

func TestPackedMaps(t *testing.T) {
	var long text.Map
	for i := range 100 {
		long.Segments = append(long.Segments, text.Segment{Stored: 10 * i, Length: 10, File: 60 + 17*i, FileLength: 12, Same: i%2 == 0})
	}
	for _, m := range []text.Map{{}, {Segments: long.Segments[:1]}, long} {
		stored, err := places(m).Value()
		if err != nil {
			t.Fatal(err)
		}
		var back places
		if err := back.Scan(stored); err != nil || !reflect.DeepEqual(text.Map(back), m) {
			t.Errorf("%d segments come back as %d: %v", len(m.Segments), len(back.Segments), err)
		}
	}
}

// Whatever stands in a damaged file is an error, never a panic.
func FuzzPacked(f *testing.F) {
	f.Add([]byte("\x00\x00\x02\x00\x00\x02"))
	f.Add([]byte("\x01\x78\x9c"))
	f.Fuzz(func(t *testing.T, stored []byte) {
		var b body
		_ = b.Scan(stored)
		var p places
		if p.Scan(stored) != nil {
			return
		}
		again, err := p.Value()
		if err != nil {
			t.Fatal(err)
		}
		var back places
		if err := back.Scan(again); err != nil || !reflect.DeepEqual(back, p) {
			t.Errorf("%v comes back as %v: %v", p, back, err)
		}
	})
}
