package text

import "strings"

// demonyms are endings that make an adjective of a name, the longer first.
var demonyms = []string{"ian", "ean", "ese", "ish", "an"}

// Stem folds a name of one word to what it shares with its adjective: "Sundia",
// "Sundian" and "Sundians" are all "sund". A name of several words is only folded.
func Stem(name string) string {
	fold := Fold(name)
	if strings.Contains(fold, " ") {
		return fold
	}
	stem := fold
	for _, end := range demonyms {
		if s := strings.TrimSuffix(strings.TrimSuffix(stem, "s"), end); strings.HasSuffix(strings.TrimSuffix(stem, "s"), end) && len(s) >= 3 {
			stem = s
			break
		}
	}
	if bare := strings.TrimRight(stem, "aeiouy"); len(bare) >= 3 {
		return bare
	}
	return stem
}
