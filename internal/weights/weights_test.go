package weights

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"testing"
)

// file writes a small weights file of the given version.
func file(t testing.TB, version uint32) []byte {
	t.Helper()
	data := make([]byte, 128)
	copy(data, "[PAD]\nthe\n##s")
	binary.LittleEndian.PutUint32(data[64:], 0x3f800000)
	data[68] = 0x81
	sum := sha256.Sum256(data)
	header, err := json.Marshal(map[string]any{
		"digest":     hex.EncodeToString(sum[:]),
		"vocabulary": map[string]any{"tensor": "vocabulary", "count": 3},
		"tensors": []map[string]any{
			{"name": "vocabulary", "type": "bytes", "shape": []int{13}, "offset": 0, "bytes": 13},
			{"name": "one", "type": "f32", "shape": []int{1}, "offset": 64, "bytes": 4},
			{"name": "small", "type": "i8", "shape": []int{1, 1}, "offset": 68, "bytes": 1},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	out := append([]byte(magic), 0, 0, 0, 0, 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(out[8:], version)
	binary.LittleEndian.PutUint32(out[12:], uint32(len(header)))
	out = append(out, header...)
	for len(out)%alignment != 0 {
		out = append(out, 0)
	}
	return append(out, data...)
}

func TestOpen(t *testing.T) {
	f, err := Open(file(t, Version))
	if err != nil {
		t.Fatal(err)
	}
	if words, err := f.Words(); err != nil || !slices.Equal(words, []string{"[PAD]", "the", "##s"}) {
		t.Errorf("vocabulary %q, %v", words, err)
	}
	if v, err := f.Floats("one"); err != nil || !slices.Equal(v, []float32{1}) {
		t.Errorf("floats %v, %v", v, err)
	}
	if v, err := f.Int8s("small"); err != nil || !slices.Equal(v, []int8{-127}) {
		t.Errorf("integers %v, %v", v, err)
	}
	if _, err := f.Floats("small"); err == nil {
		t.Error("an int8 tensor is given out as floats")
	}
}

func TestOpenRefuses(t *testing.T) {
	if _, err := Open(file(t, Version+1)); !errors.Is(err, ErrVersion) {
		t.Errorf("another version: %v", err)
	}
	whole := file(t, Version)
	for _, n := range []int{0, 5, 20, 200, len(whole) - 61} {
		if _, err := Open(whole[:n]); err == nil {
			t.Errorf("a file cut at %d of %d bytes is opened", n, len(whole))
		}
	}
	whole[len(whole)-1]++
	if _, err := Open(whole); err == nil {
		t.Error("a file with a changed byte is opened")
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(file(f, Version))
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := Open(b)
		if err != nil {
			return
		}
		for name := range w.tensors {
			_, _ = w.Floats(name)
			_, _ = w.Int8s(name)
		}
		_, _ = w.Words()
	})
}
