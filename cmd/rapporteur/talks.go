package main

import (
	"context"
	"iter"

	"rapporteur/internal/export"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

type talksCommand struct {
	List talksListCommand `cmd:"" default:"withargs" help:"List negotiations (what \"rapporteur talks\" does)."`
}

type talksListCommand struct {
	database
	form
	narrow
	State string `placeholder:"STATE" help:"Where they stand now: preparing, under way, progressing, deadlocked, suspended, collapsed or agreed."`
}

// Help shows how the command is used.
func (*talksListCommand) Help() string {
	return `Examples:

    rapporteur talks
    rapporteur talks --party Ukraine --newest --format jsonl`
}

// Run lists talks.
func (l *talksListCommand) Run(c *console) error {
	f, err := l.filter(l.form)
	if err != nil {
		return err
	}
	f.State = l.State
	return listed(c, l.database, l.form, export.TalksColumns(), func(ctx context.Context, s store.Reader) iter.Seq2[record.Talks, error] {
		return s.Talks(ctx, f)
	})
}
