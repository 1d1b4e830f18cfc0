// Package codebook holds the codes that political science gives to acts, PLOVER
// roots and CAMEO codes with their Goldstein weights, and the user's own codebook
// of points.
//
// In: strings of the tables of data/codebook, which other rooms read; a book in
// YAML. Out: codes of distinct types; the point of a book that words belong to.
// What always holds: a PLOVER root is never taken for a CAMEO code; a malformed
// code is an error, not a code; in a book, no words stand for two points and
// parents lead to no ring.
package codebook

import (
	"fmt"
	"slices"
	"strconv"
)

// PLOVER is a root of the PLOVER codebook: "REQUEST", "CONSULT".
type PLOVER string

// CAMEO is a code of the CAMEO codebook, of two to four digits: "10", "057".
type CAMEO string

// Goldstein is a weight from -10 (conflict) to 10 (cooperation).
type Goldstein float64

// A Code is what the codebooks say of one kind of act.
type Code struct {
	PLOVER    PLOVER
	CAMEO     CAMEO
	Goldstein Goldstein
}

var roots = []PLOVER{
	"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
	"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}

// ParsePLOVER reads one of the sixteen roots.
func ParsePLOVER(s string) (PLOVER, error) {
	if !slices.Contains(roots, PLOVER(s)) {
		return "", fmt.Errorf("%q is no PLOVER root", s)
	}
	return PLOVER(s), nil
}

// ParseCAMEO reads a code of two to four digits whose first two are 01 to 20.
func ParseCAMEO(s string) (CAMEO, error) {
	if len(s) < 2 || len(s) > 4 {
		return "", fmt.Errorf("%q is no CAMEO code", s)
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return "", fmt.Errorf("%q is no CAMEO code", s)
		}
	}
	if root := s[:2]; root < "01" || root > "20" {
		return "", fmt.Errorf("%q is no CAMEO code", s)
	}
	return CAMEO(s), nil
}

// Root returns the first two digits of the code.
func (c CAMEO) Root() CAMEO { return c[:min(2, len(c))] }

// ParseGoldstein reads a weight.
func ParseGoldstein(s string) (Goldstein, error) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v < -10 || v > 10 {
		return 0, fmt.Errorf("%q is no weight from -10 to 10", s)
	}
	return Goldstein(v), nil
}

// ParseCode reads the three parts of a code.
func ParseCode(plover, cameo, goldstein string) (Code, error) {
	p, err := ParsePLOVER(plover)
	if err != nil {
		return Code{}, err
	}
	c, err := ParseCAMEO(cameo)
	if err != nil {
		return Code{}, err
	}
	g, err := ParseGoldstein(goldstein)
	if err != nil {
		return Code{}, err
	}
	return Code{p, c, g}, nil
}
