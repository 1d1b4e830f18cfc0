package decode

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rapporteur/internal/text"
)

// Clean folds line ends to LF, drops what no stored text holds, and normalizes to
// NFC. The map leads from the clean text to s. Clean(Clean(s)) is Clean(s).
func Clean(s string) (string, text.Map) {
	if isClean(s) {
		return s, text.Map{}
	}
	dropped, first := drop(s)
	composed, second := compose(dropped)
	return composed, second.Then(first, len(composed))
}

func isClean(s string) bool {
	for _, r := range s {
		if fate(r) != keep {
			return false
		}
	}
	return utf8.ValidString(s) && norm.NFC.IsNormalString(s)
}

// What becomes of a character.
const (
	keep = iota
	omit
	space
	lineFeed
)

func fate(r rune) int {
	switch {
	case r == '\n':
		return keep
	case r == '\r', r == '\f', r == '\v', r == 0x85, r == 0x2028, r == 0x2029:
		return lineFeed
	case r == '\t', r == 0xa0, r == 0x202f:
		return space
	case r < 0x20, 0x7f <= r && r < 0xa0, r == 0xad, r == 0x200b, r == 0xfeff:
		return omit
	}
	return keep
}

// drop does what fate says. A carriage return before a line feed goes with it.
func drop(s string) (string, text.Map) {
	var b text.Builder
	start := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		broken := r == utf8.RuneError && n == 1
		what := fate(r)
		if what == keep && !broken {
			i += n
			continue
		}
		b.Copy(s[start:i], start)
		piece := ""
		switch {
		case broken:
			piece = "\uFFFD"
		case r == '\r' && i+1 < len(s) && s[i+1] == '\n':
			piece, n = "\n", 2
		case what == lineFeed:
			piece = "\n"
		case what == space:
			piece = " "
		}
		if len(piece) == n { // a tab: the bytes still run in step
			b.Copy(piece, i)
		} else {
			b.Replace(piece, i, n)
		}
		i += n
		start = i
	}
	b.Copy(s[start:], start)
	return b.String(), b.Map()
}

// compose normalizes to NFC, segment by segment between characters that never
// combine with what stands before them.
func compose(s string) (string, text.Map) {
	if norm.NFC.IsNormalString(s) {
		return s, text.Map{}
	}
	var b text.Builder
	for i := 0; i < len(s); {
		if n := norm.NFC.QuickSpanString(s[i:]); n > 0 {
			// The last character of the span may still combine with what follows.
			for n > 0 && i+n < len(s) && !norm.NFC.PropertiesString(s[i+n:]).BoundaryBefore() {
				_, size := utf8.DecodeLastRuneInString(s[i : i+n])
				n -= size
				if norm.NFC.PropertiesString(s[i+n:]).BoundaryBefore() {
					break
				}
			}
			b.Copy(s[i:i+n], i)
			i += n
			if n > 0 {
				continue
			}
		}
		n := norm.NFC.NextBoundaryInString(s[i:], true)
		if n <= 0 {
			n = len(s) - i
		}
		b.Replace(norm.NFC.String(s[i:i+n]), i, n)
		i += n
	}
	return b.String(), b.Map()
}
