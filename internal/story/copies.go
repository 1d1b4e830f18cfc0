package story

import (
	"slices"

	"github.com/zeebo/xxh3"
)

// Near copies are looked for among texts of at least MinWords words.
const MinWords = 40

const (
	// shingle is how many words in a row are compared. Three survive rewording
	// better than four, and names of three words are too few to mislead.
	shingle = 3
	// bins of the sketch, and how many of them two texts must share to be compared
	// word by word.
	bins   = 32
	likely = 4
	// enough is the part of the shorter text whose words must stand in the other
	// in runs of three and more.
	enough = 0.5
)

// shingles returns the hashes of all runs of words, in their order.
func shingles(words []Word) []uint64 {
	if len(words) < shingle {
		return nil
	}
	out := make([]uint64, 0, len(words)-shingle+1)
	var key []byte
	for i := 0; i+shingle <= len(words); i++ {
		key = key[:0]
		for _, w := range words[i : i+shingle] {
			key = append(append(key, w.Form...), ' ')
		}
		out = append(out, xxh3.Hash(key))
	}
	return out
}

// A Sketch is a one-permutation MinHash: of all shingles that fall into a bin, the
// least. Texts that share many shingles share bins.
type Sketch []uint64

// SketchOf returns the sketch of a text; nil for one too short to have near
// copies. Each entry holds its bin, so that equal entries are equal bins.
func SketchOf(words []Word) Sketch {
	if len(words) < MinWords {
		return nil
	}
	var least [bins]uint64
	for _, h := range shingles(words) {
		if b := h % bins; least[b] == 0 || h < least[b] {
			least[b] = h
		}
	}
	out := make(Sketch, 0, bins)
	for _, h := range least {
		if h != 0 {
			out = append(out, h)
		}
	}
	return out
}

// Likely reports whether two texts whose sketches share so many entries are worth
// comparing; have and other are the lengths of the sketches. Only of texts that
// repeat themselves, whose sketches are short, fewer entries will do.
func Likely(shared, have, other int) bool {
	return shared >= max(1, min(likely, max(have, other)/4))
}

// Copies reports whether two texts are copies of one: enough words of the shorter
// one stand in the other, in runs and wherever they stand there.
func Copies(a, b []Word) bool {
	if len(a) < MinWords || len(b) < MinWords {
		return false
	}
	return Shared(a, b) >= enough
}

// Shared returns the part of the shorter text's words that stand in the other one
// in runs of three and more; of texts of one length, the larger part.
func Shared(a, b []Word) float64 {
	return shared(shingles(a), shingles(b), func(hashes []uint64) func(uint64) bool {
		known := slices.Clone(hashes)
		slices.Sort(known)
		return func(h uint64) bool {
			_, found := slices.BinarySearch(known, h)
			return found
		}
	})
}

// shared compares texts by hashes of their shingles; set makes a set of hashes.
func shared[H uint16 | uint64](x, y []H, set func([]H) func(H) bool) float64 {
	switch {
	case len(x) < len(y):
		return covered(x, set(y))
	case len(y) < len(x):
		return covered(y, set(x))
	}
	return max(covered(x, set(y)), covered(y, set(x)))
}

// covered returns the part of the words behind the shingles x that stand in a
// known shingle.
func covered[H uint16 | uint64](x []H, known func(H) bool) float64 {
	if len(x) == 0 {
		return 0
	}
	words, until := 0, 0 // words up to until are counted
	for i, h := range x {
		if !known(h) {
			continue
		}
		words += i + shingle - max(i, until)
		until = i + shingle
	}
	return float64(words) / float64(len(x)+shingle-1)
}

// An Outline is a text as far as it takes to rule out that another is its copy,
// in two bytes a word: a hash of each run of words, in their order.
type Outline []uint16

// OutlineOf returns the outline of a text.
func OutlineOf(words []Word) Outline {
	hashes := shingles(words)
	out := make(Outline, len(hashes))
	for i, h := range hashes {
		out[i] = uint16(h >> 48)
	}
	return out
}

// MayBeCopies reports whether two texts can be copies of one, by their outlines.
// It never denies what Copies affirms: equal runs of words have equal hashes, and
// hashes that are equal by chance make texts look more alike than they are.
func MayBeCopies(a, b Outline) bool {
	return shared(a, b, func(hashes []uint16) func(uint16) bool {
		var known [1 << 16 / 64]uint64 // a bit for each hash that there can be
		for _, h := range hashes {
			known[h/64] |= 1 << (h % 64)
		}
		return func(h uint16) bool { return known[h/64]&(1<<(h%64)) != 0 }
	}) >= enough
}
