package weights

import _ "embed"

//go:embed rapporteur.weights
var embedded []byte

// Embedded returns the weights that come with the program (docs/model-card.md).
func Embedded() (*File, error) { return Open(embedded) }
