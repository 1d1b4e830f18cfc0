// Package wordpiece cuts words into the pieces that the encoder knows.
//
// In: one word as it stands in a text. Out: piece ids, at least one, and the class
// of the word's letters. What always holds: the same pieces as in training
// (tools/train/words.py): marks folded, lower case, accents off, then the longest
// known piece first.
package wordpiece

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longest is the number of letters above which a word is one unknown piece.
const longest = 100

// A Cutter holds a vocabulary. It is safe for use by several workers at once.
type Cutter struct {
	ids     map[string]int32
	unknown int32
}

// New returns a cutter for a vocabulary whose piece of each id is given; unknown is
// the id of what has no piece.
func New(vocabulary []string, unknown int32) *Cutter {
	c := &Cutter{ids: make(map[string]int32, len(vocabulary)), unknown: unknown}
	for id, piece := range vocabulary {
		c.ids[piece] = int32(id)
	}
	return c
}

// Cut appends the pieces of a word.
func (c *Cutter) Cut(to []int32, word string) []int32 {
	if id, ok := c.whole(word); ok {
		return append(to, id)
	}
	before := len(to)
	for _, part := range parts(word) {
		to = c.greedy(to, part)
	}
	if len(to) == before {
		to = append(to, c.unknown)
	}
	return to
}

// whole finds the many words that are one piece as they stand: lower-case ASCII letters.
func (c *Cutter) whole(word string) (int32, bool) {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return 0, false
		}
	}
	id, ok := c.ids[word]
	return id, ok && len(word) > 0
}

func (c *Cutter) greedy(to []int32, part string) []int32 {
	if utf8.RuneCountInString(part) > longest {
		return append(to, c.unknown)
	}
	before := len(to)
	var key [4*longest + 2]byte
	for at := 0; at < len(part); {
		prefix := 0
		if at > 0 {
			prefix = copy(key[:], "##")
		}
		n := copy(key[prefix:], part[at:])
		id, length := c.longestPrefix(key[:prefix+n], prefix)
		if length == 0 {
			return append(to[:before], c.unknown)
		}
		to = append(to, id)
		at += length
	}
	return to
}

// longestPrefix finds the longest known piece that key begins with; the length
// counts without the prefix of continued pieces.
func (c *Cutter) longestPrefix(key []byte, prefix int) (id int32, length int) {
	for end := len(key); end > prefix; {
		if id, ok := c.ids[string(key[:end])]; ok {
			return id, end - prefix
		}
		_, size := utf8.DecodeLastRune(key[prefix:end])
		end -= size
	}
	return 0, 0
}

// folded maps typographic marks to the plain ones that the vocabulary knows well.
var folded = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "‚", "'", "`", "'",
	"–", "-", "—", "-", "‑", "-", "−", "-", "…", ".", "[", "(", "]", ")", "{", "(", "}", ")")

// parts lowers the word, takes accents and control characters off, and lets marks
// and Chinese characters stand alone.
func parts(word string) []string {
	var out []string
	var now strings.Builder
	end := func() {
		if now.Len() > 0 {
			out = append(out, now.String())
			now.Reset()
		}
	}
	for _, r := range norm.NFD.String(strings.ToLower(folded.Replace(word))) {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cc, r) && !unicode.IsSpace(r), unicode.Is(unicode.Cf, r), r == utf8.RuneError:
		case unicode.IsSpace(r):
			end()
		case isMark(r), isChinese(r):
			end()
			out = append(out, string(r))
		default:
			now.WriteRune(r)
		}
	}
	end()
	return out
}

func isMark(r rune) bool {
	if r < unicode.MaxASCII {
		return r > ' ' && !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9')
	}
	return unicode.IsPunct(r)
}

func isChinese(r rune) bool {
	return 0x4E00 <= r && r <= 0x9FFF || 0x3400 <= r && r <= 0x4DBF || 0x20000 <= r && r <= 0x2CEAF || 0xF900 <= r && r <= 0xFAFF ||
		0x2F800 <= r && r <= 0x2FA1F
}

// The classes of a word's letters.
const (
	NoShape int32 = iota
	Lower
	Title
	Upper
	Mixed
	Digit
	Mark
)

// Shape returns the class of a word's letters.
func Shape(word string) int32 {
	letters, upper, first := 0, 0, false
	for _, r := range word {
		switch {
		case unicode.IsDigit(r):
			return Digit
		case unicode.IsLetter(r):
			letters++
			if unicode.IsUpper(r) {
				upper++
				first = first || letters == 1
			}
		}
	}
	switch {
	case word == "":
		return NoShape
	case letters == 0:
		return Mark
	case upper == 0:
		return Lower
	case upper == letters && letters > 1:
		return Upper
	case first && upper == 1:
		return Title
	}
	return Mixed
}
