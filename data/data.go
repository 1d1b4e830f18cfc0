// Package data embeds the word lists, patterns and codes that the reading rooms
// use. Nothing is computed here: [rapporteur/internal/lexicon] reads the files.
package data

import "embed"

// Files holds every table, by its path in this folder.
//
//go:embed *.tsv */*.tsv
var Files embed.FS
