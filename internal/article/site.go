package article

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// SameSite reports whether two hosts belong to one owner: their names end in the
// same registered domain ("www.a.example" and "a.example", but not two blogs of one
// provider). Numbers are only the same as themselves.
func SameSite(a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	x, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(a))
	if err != nil {
		return false
	}
	y, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(b))
	return err == nil && x == y
}
