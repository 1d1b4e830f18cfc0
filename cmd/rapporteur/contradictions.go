package main

import (
	"context"
	"iter"

	"rapporteur/internal/export"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

type contradictionsCommand struct {
	database
	form
	Talks string `placeholder:"ID" help:"One negotiation, as \"rapporteur talks\" lists it."`
	Party string `placeholder:"NAME" help:"Whose position it is about, or who says so."`
	Kind  string `enum:",claim,speaker,account,blame,stand" default:"" placeholder:"KIND" help:"claim (own word against another's), speaker (one says both), account (one fact told in two ways), blame (each blames the other) or stand (wishes that exclude each other)."`
	Since string `placeholder:"YYYY-MM-DD" help:"From this day on."`
	Until string `placeholder:"YYYY-MM-DD" help:"Up to this day."`
	Sure  bool   `help:"Leave out those that are only likely."`
}

// Help shows how the command is used.
func (*contradictionsCommand) Help() string {
	return `What cannot both be so, the surest first, each with both texts. Two sides that want different things do not contradict
each other, "rapporteur positions" shows them; a stand is listed where one refuses in the same words what the other wants.

Examples:

    rapporteur contradictions --talks t0123456789ab
    rapporteur contradictions --kind speaker --format jsonl`
}

// Run lists contradictions.
func (l *contradictionsCommand) Run(c *console) error {
	f, err := narrow{Talks: l.Talks, Party: l.Party, Since: l.Since, Until: l.Until}.filter(l.form)
	if err != nil {
		return err
	}
	f.State, f.Sure = l.Kind, l.Sure
	return listed(c, l.database, l.form, export.ContradictionColumns(), func(ctx context.Context, s store.Reader) iter.Seq2[record.Contradiction, error] {
		return s.Contradictions(ctx, f)
	})
}
