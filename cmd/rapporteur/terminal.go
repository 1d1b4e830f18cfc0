package main

import (
	"os"

	"golang.org/x/term"
)

// terminals tells whether standard error is a terminal, and how wide standard
// output is, 0 when it is none.
func terminals() (progress bool, width int) {
	progress = term.IsTerminal(int(os.Stderr.Fd())) && os.Getenv("TERM") != "dumb"
	if term.IsTerminal(int(os.Stdout.Fd())) {
		if w, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
			width = w
		}
	}
	return progress, width
}
