// Package story compares texts by their words: which articles carry one text, in
// what they differ, and which quotations are the same words.
//
// In: texts. Out: words with their places, sketches by which likely copies are
// found among many, verdicts, and differences as spans. What always holds: case,
// accents, marks and white space make no difference; verdicts depend on the two
// texts alone and not on which comes first; same input, same output.
package story

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rapporteur/internal/text"
)

// A Word is a run of letters and digits, folded, with its place in the text.
type Word struct {
	Form string
	Span text.Span
}

// Words returns the words of s; offset is where s stands in its text.
func Words(s string, offset int) []Word {
	out := make([]Word, 0, len(s)/5)
	start := -1
	close := func(end int) {
		if form := fold(s[start:end]); form != "" {
			out = append(out, Word{form, text.Span{Start: offset + start, End: offset + end}})
		}
		start = -1
	}
	for i, r := range s {
		part := unicode.IsLetter(r) || unicode.IsDigit(r) || start >= 0 && unicode.Is(unicode.M, r)
		switch {
		case part && start < 0:
			start = i
		case !part && start >= 0:
			close(i)
		}
	}
	if start >= 0 {
		close(len(s))
	}
	return out
}

// fold returns a word in lower case without accents.
func fold(word string) string {
	ascii := true
	for i := 0; i < len(word) && ascii; i++ {
		ascii = word[i] < 0x80
	}
	if ascii {
		return strings.ToLower(word)
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(word)))
}

// Plain returns the words of s, each after one space: two texts that differ in
// case, marks and white space alone have the same.
func Plain(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i, w := range Words(s, 0) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Form)
	}
	return b.String()
}
