package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/alecthomas/kong"

	"rapporteur/data"
	"rapporteur/internal/extract"
	"rapporteur/internal/ingest"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/store"
	"rapporteur/internal/store/sqlite"
)

const about = "Reads the news about a negotiation and keeps its record: who said what, who wants what, what was answered, when the parties met."

var groups = []kong.Group{
	{Key: "in", Title: "Articles into the record:"},
	{Key: "ask", Title: "Ask the record:"},
	{Key: "judge", Title: "Decide for yourself (outranks the program, can be undone):"},
	{Key: "desk", Title: "The desk:"},
	{Key: "one", Title: "Without a database:"},
	{Key: "out", Title: "Out of the record:"},
	{Key: "keep", Title: "Keep the record safe:"},
}

// commands is the whole command line.
type commands struct {
	Read    readCommand    `cmd:"" group:"in" help:"Read articles into the record."`
	Watch   watchCommand   `cmd:"" group:"in" help:"Look at feeds, sites and folders again and again, and read what is new."`
	Retry   retryCommand   `cmd:"" group:"in" help:"Try again what was refused."`
	Reread  rereadCommand  `cmd:"" group:"in" help:"Read stored articles again with this version's rules."`
	Sources sourcesCommand `cmd:"" group:"in" help:"List feeds, sites and folders to watch; add, remove and check them."`
	Forget  forgetCommand  `cmd:"" group:"in" help:"Remove an article and all that rests on it alone."`

	Statements     statementsCommand     `cmd:"" group:"ask" help:"List who said what."`
	Positions      positionsCommand      `cmd:"" group:"ask" help:"List who stands where on which point."`
	Meetings       meetingsCommand       `cmd:"" group:"ask" help:"List sessions, rounds, visits and calls."`
	Talks          talksCommand          `cmd:"" group:"ask" help:"List negotiations; show, add, rename, merge or split them."`
	Actors         actorsCommand         `cmd:"" group:"ask" help:"List persons, states and organisations."`
	Documents      documentsCommand      `cmd:"" group:"ask" help:"List proposals, drafts, bills, treaties and letters."`
	Expectations   expectationsCommand   `cmd:"" group:"ask" help:"List what was said to come, and what is due."`
	Contradictions contradictionsCommand `cmd:"" group:"ask" help:"List what cannot both be so, with both texts."`
	Articles       articlesCommand       `cmd:"" group:"ask" help:"List what was read."`
	Refusals       refusalsCommand       `cmd:"" group:"ask" help:"List what could not be read, and why."`
	Stories        storiesCommand        `cmd:"" group:"ask" help:"List texts that several outlets or days carried."`
	Quote          quoteCommand          `cmd:"" group:"ask" help:"Find where words were first quoted, and their variants."`

	Review    reviewCommand    `cmd:"" group:"judge" help:"Show what nobody has judged yet, the least certain first."`
	Confirm   confirmCommand   `cmd:"" group:"judge" help:"Say that an entry is right."`
	Correct   correctCommand   `cmd:"" group:"judge" help:"Say what an entry should say."`
	Reject    rejectCommand    `cmd:"" group:"judge" help:"Say that an entry is wrong."`
	Merge     mergeCommand     `cmd:"" group:"judge" help:"Say that entries are one and the same."`
	Name      nameCommand      `cmd:"" group:"judge" help:"Give an entry another name."`
	Codebook  codebookCommand  `cmd:"" group:"judge" help:"Name the points at issue yourself: list, add, rename, merge, split or apply."`
	Undo      undoCommand      `cmd:"" group:"judge" help:"Take the last decision back."`
	Decisions decisionsCommand `cmd:"" group:"judge" help:"List what persons decided."`

	Serve serveCommand `cmd:"" group:"desk" help:"Serve the desk to a browser."`
	Demo  demoCommand  `cmd:"" group:"desk" help:"Read the sample into a temporary record and open its desk."`

	Annotate annotateCommand `cmd:"" group:"one" help:"Annotate files and print what was found."`
	Extract  extractCommand  `cmd:"" group:"one" help:"Print title, outlet, day and text of pages."`
	Parse    parseCommand    `cmd:"" group:"one" help:"Tag and parse CoNLL-U from standard input."`

	Export exportCommand `cmd:"" group:"out" help:"Write the whole record."`

	Check   checkCommand   `cmd:"" group:"keep" help:"Look for anything that is wrong in the record."`
	Backup  backupCommand  `cmd:"" group:"keep" help:"Copy the record, also while it is being written."`
	Restore restoreCommand `cmd:"" group:"keep" help:"Put a copy in the place of the record."`

	Version versionCommand `cmd:"" group:"out" help:"Print the version of the program and of its rules."`
}

// database is the flag of all commands that keep or ask a record.
type database struct {
	DB string `name:"db" placeholder:"FILE" default:"${db}" help:"The record (default: ${db} in this folder)."`
}

// open opens the record for writing and makes it when there is none.
func (d database) open(ctx context.Context) (store.Store, error) {
	return sqlite.Open(ctx, d.DB, sqlite.Options{})
}

// openOld opens a record that must be there.
func (d database) openOld(ctx context.Context) (store.Store, error) {
	if _, err := os.Stat(d.DB); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no record at %s: make one with \"rapporteur read PATH\", or name another with --db", d.DB)
	}
	return d.open(ctx)
}

// reader builds the pipeline of reading over the word lists in the binary.
func (c *console) reader(o extract.Options) (*ingest.Ingest, error) {
	return c.readerWith(ingest.Options{Extract: o, Log: c.log})
}

func (c *console) readerWith(o ingest.Options) (*ingest.Ingest, error) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		return nil, err
	}
	return ingest.New(lex, o)
}
