package main

import (
	"errors"
	"fmt"

	"github.com/alecthomas/kong"
)

const examples = `
Examples:
  rapporteur demo                                     a sample record and its desk
  rapporteur read articles/ page.html feed.jsonl      read files and folders into rapporteur.db
  rapporteur statements --speaker Ryabkov             who said what
  rapporteur positions --format csv > positions.csv   who wants what, for a spreadsheet
  rapporteur serve                                    the desk at http://127.0.0.1:8080
  rapporteur annotate --format spans article.txt      one article, no database

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with some articles refused (each is listed).
`

// errHelped ends a command line that asked for help alone.
var errHelped = errors.New("help was printed")

// help prints kong's own help, and examples behind that of the whole program.
func help(options kong.HelpOptions, ctx *kong.Context) error {
	if err := kong.DefaultHelpPrinter(options, ctx); err != nil {
		return err
	}
	if ctx.Selected() == nil {
		fmt.Fprint(ctx.Stdout, examples)
	}
	return errHelped
}
