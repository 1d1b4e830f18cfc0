package lexicon

import "strings"

// OneOf reports whether a word is in a list whose words one space divides. It does
// not cut the list, so that rules can keep their few words where they are used.
func OneOf(word, list string) bool {
	if word == "" {
		return false
	}
	for at := 0; ; at++ {
		i := strings.Index(list[at:], word)
		if i < 0 {
			return false
		}
		at += i
		end := at + len(word)
		if (at == 0 || list[at-1] == ' ') && (end == len(list) || list[end] == ' ') {
			return true
		}
	}
}
