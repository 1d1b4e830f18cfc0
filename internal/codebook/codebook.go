// Package codebook holds the codes that political science gives to acts: PLOVER
// roots and CAMEO codes with their Goldstein weights.
//
// In: nothing; these are values. Out: distinct code types. What always holds: a
// PLOVER code is never taken for a CAMEO code; which act has which code is told
// by a table of data/codebook, not here.
package codebook

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
