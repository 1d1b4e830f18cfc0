package extract

import (
	"strings"
	"unicode"

	"github.com/RadhiFadlillah/whatlanggo"
)

// minLanguage is how many letters a text needs before its language is told.
const minLanguage = 200

// language returns the two letters of a language tag ("en-GB"), "" for none.
func language(tag string) string {
	code, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	code, _, _ = strings.Cut(code, "_")
	if len(code) != 2 {
		return ""
	}
	return code
}

// detect returns the language that a text is written in, "" when it is too short or
// mixed to tell. A script of its own needs fewer letters than the Latin one.
func detect(s string) string {
	if len(s) > 4000 {
		s = strings.ToValidUTF8(s[:4000], "")
	}
	latin, other := 0, 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			other++
		}
	}
	if latin+other < minLanguage && other < 20 {
		return ""
	}
	info := whatlanggo.Detect(s)
	if other < latin && !info.IsReliable() {
		return ""
	}
	return info.Lang.Iso6391()
}
