// Package sample embeds an invented negotiation as four invented outlets told it.
//
// In: nothing. Out: the articles' files, as a user would have them in a folder.
// What always holds: every name, outlet and word in them is made up.
package sample

import "embed"

// Files holds the sample's articles with the files beside them.
//
//go:embed *.txt *.html *.jsonl *.json
var Files embed.FS
