package main

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"rapporteur/internal/export"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

type talksCommand struct {
	List   talksListCommand   `cmd:"" default:"withargs" help:"List negotiations (what \"rapporteur talks\" does)."`
	Show   talksShowCommand   `cmd:"" help:"Show one: parties, where it stands, meetings, positions."`
	Add    talksAddCommand    `cmd:"" help:"Define a negotiation by parties, words and days."`
	Rename talksRenameCommand `cmd:"" help:"Give one another name."`
	Merge  talksMergeCommand  `cmd:"" help:"Make one of several."`
	Split  talksSplitCommand  `cmd:"" help:"Move articles out of one into a new one."`
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

type talksShowCommand struct {
	database
	Format string `enum:"text,json,html" default:"text" placeholder:"FORM" help:"text, json or html (default: text)."`
	Days   int    `default:"7" placeholder:"N" help:"Tell what moved in the last so many days of the negotiation; 0 for nothing (default: 7)."`
	Likely bool   `help:"With entries that are only likely."`
	Talks  string `arg:"" name:"id" help:"ID of the talks, as \"rapporteur talks\" lists it."`
}

// Help shows how the command is used.
func (*talksShowCommand) Help() string {
	return `The whole record of one negotiation: parties, where it stands by whose word, the table of positions, meetings,
documents, what is to come, contradictions, and what moved lately.

Examples:

    rapporteur talks show t0123456789ab --days 30
    rapporteur talks show t0123456789ab --format html > report.html`
}

// Run shows one negotiation.
func (t *talksShowCommand) Run(c *console) error {
	if t.Days < 0 {
		return misuse{"--days must be 0 or more"}
	}
	s, err := t.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	report, err := export.NewReport(c.ctx, s, t.Talks, export.ReportChoice{Days: t.Days, Likely: t.Likely})
	if errors.Is(err, record.ErrNotFound) {
		return fmt.Errorf("no talks have the id %s: \"rapporteur talks\" lists them", t.Talks)
	}
	if err != nil {
		return err
	}
	switch t.Format {
	case "json":
		return export.Line(c.stdout, report)
	case "html":
		return export.ReportHTML(c.stdout, &report)
	}
	return export.ReportText(c.stdout, &report, c.width)
}

func orDash(s *string) string {
	if s == nil {
		return "-"
	}
	return *s
}

type talksAddCommand struct {
	database
	author
	Name  string   `arg:"" name:"name" help:"What the negotiation is called."`
	Party []string `placeholder:"NAME" help:"A party (several: repeat the flag). An article belongs here when it tells of all of them."`
	Words []string `placeholder:"WORD" help:"Words of the subject, one of which the article must hold."`
	Since string   `placeholder:"YYYY-MM-DD" help:"Articles from this day on."`
	Until string   `placeholder:"YYYY-MM-DD" help:"Articles up to this day."`
}

// Help shows how the command is used.
func (*talksAddCommand) Help() string {
	return `Examples:

    rapporteur talks add "Sarn river talks" --party Belmora --party Draskia --words river,dam --since 2024-03-01`
}

// Run defines talks.
func (t *talksAddCommand) Run(c *console) error {
	if len(t.Party) == 0 && len(t.Words) == 0 {
		return misuse{"talks add: name at least one --party or some --words"}
	}
	if err := errors.Join(validDay("--since", t.Since), validDay("--until", t.Until)); err != nil {
		return misuse{err.Error()}
	}
	return c.decide(t.database, t.author, []string{store.TalksEntry}, store.Define, "", store.Definition{
		Name: t.Name, Parties: t.Party, Words: t.Words, Since: t.Since, Until: t.Until,
	})
}

type talksRenameCommand struct {
	database
	author
	Talks string `arg:"" name:"id" help:"ID of the talks."`
	Name  string `arg:"" name:"name" help:"The new name."`
}

// Help shows how the command is used.
func (*talksRenameCommand) Help() string {
	return "Examples:\n\n    rapporteur talks rename t0123456789ab \"Security guarantees\""
}

// Run renames talks.
func (t *talksRenameCommand) Run(c *console) error {
	return c.decide(t.database, t.author, []string{store.TalksEntry}, store.Rename, t.Talks, store.Name{Name: t.Name})
}

type talksMergeCommand struct {
	database
	author
	Into   string   `arg:"" name:"id" help:"The talks that stay."`
	Others []string `arg:"" name:"other" help:"The talks that become part of them."`
}

// Help shows how the command is used.
func (*talksMergeCommand) Help() string {
	return "Examples:\n\n    rapporteur talks merge t0123456789ab t9876543210fe"
}

// Run merges talks.
func (t *talksMergeCommand) Run(c *console) error {
	return c.decide(t.database, t.author, []string{store.TalksEntry}, store.Join, t.Into, store.Merge{IDs: t.Others})
}

type talksSplitCommand struct {
	database
	author
	Name     string   `required:"" placeholder:"NAME" help:"Name of the new talks."`
	Talks    string   `arg:"" name:"id" help:"The talks that the articles are in now."`
	Articles []string `arg:"" name:"article" help:"IDs of the articles that leave them."`
}

// Help shows how the command is used.
func (*talksSplitCommand) Help() string {
	return "Examples:\n\n    rapporteur talks split --name \"Locks\" t0123456789ab 0123456789abcdef 9876543210fedcba"
}

// Run splits talks.
func (t *talksSplitCommand) Run(c *console) error {
	return c.decide(t.database, t.author, []string{store.TalksEntry}, store.Divide, t.Talks, store.Split{Articles: t.Articles, Name: t.Name})
}
