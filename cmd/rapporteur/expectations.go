package main

import (
	"context"
	"iter"

	"rapporteur/internal/export"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

type expectationsCommand struct {
	database
	form
	narrow
	State string `enum:",open,due,answered" default:"" placeholder:"STATE" help:"open, due (the day has passed and nothing answered) or answered."`
	On    string `placeholder:"YYYY-MM-DD" help:"Look at them as of this day (default: the newest day of publication in the record)."`
	Sure  bool   `help:"Leave out entries that are only likely."`
}

// Help shows how the command is used.
func (*expectationsCommand) Help() string {
	return `What somebody said will come: who is to do what by when. --since and --until are about the day on which it was to come.

Examples:

    rapporteur expectations --state due
    rapporteur expectations --party Russia --on 2022-01-20 --format jsonl`
}

// Run lists expectations.
func (l *expectationsCommand) Run(c *console) error {
	f, err := l.filter(l.form)
	if err != nil {
		return err
	}
	if err := validDay("--on", l.On); err != nil {
		return err
	}
	f.State, f.On, f.Sure = l.State, l.On, l.Sure
	return listed(c, l.database, l.form, export.ExpectationColumns(), func(ctx context.Context, s store.Reader) iter.Seq2[record.Expectation, error] {
		return s.Expectations(ctx, f)
	})
}
