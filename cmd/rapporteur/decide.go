package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/user"
	"strconv"
	"strings"

	"rapporteur/internal/export"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// author is who decides.
type author struct {
	Author string `placeholder:"NAME" help:"Who decides (default: $RAPPORTEUR_AUTHOR, else the name of this user)."`
}

func (a author) name() string {
	for _, name := range [...]string{a.Author, os.Getenv("RAPPORTEUR_AUTHOR"), os.Getenv("USER")} {
		if name != "" {
			return name
		}
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}

// decide takes one decision about an entry of the record and tells what it was.
func (c *console) decide(d database, a author, kinds []string, act, entry string, after any) error {
	s, err := d.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	kind := kinds[0]
	if entry != "" {
		if kind, err = kindOf(c.ctx, s, kinds, entry); err != nil {
			return err
		}
	}
	words := ""
	if after != nil {
		b, err := json.Marshal(after)
		if err != nil {
			return fmt.Errorf("decision on %s: %w", entry, err)
		}
		words = string(b)
	}
	made, err := s.Decide(c.ctx, record.Decision{Author: a.name(), Act: act, Target: kind, EntryID: entry, After: words})
	if errors.Is(err, record.ErrInvalid) {
		return misuse{err.Error()}
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, resultOf(made))
	fmt.Fprintf(c.stderr, "%s %s: %s by %s; \"rapporteur undo\" takes it back\n", kind, made.EntryID, pastOf(act), made.Author)
	return nil
}

// resultOf is the id of the entry that a decision leaves: the new talks of a
// split, else the entry decided on.
func resultOf(d record.Decision) string {
	var split store.Split
	if d.Act == store.Divide && json.Unmarshal([]byte(d.After), &split) == nil && split.ID != "" {
		return split.ID
	}
	return d.EntryID
}

func pastOf(act string) string {
	switch act {
	case store.Confirm:
		return "confirmed"
	case store.Reject:
		return "rejected"
	case store.Correct:
		return "corrected"
	case store.Join:
		return "merged"
	case store.Divide:
		return "split"
	case store.Rename:
		return "named"
	}
	return "defined"
}

// Entries that persons can decide about.
var (
	judgedKinds = []string{store.StatementEntry, store.PositionEntry, store.MeetingEntry, store.DocumentEntry, store.ActorEntry, store.TalksEntry}
	joinedKinds = []string{store.ActorEntry, store.MeetingEntry, store.DocumentEntry, store.TalksEntry, store.PointEntry}
)

// kindOf finds which list an id stands in, among the kinds given.
func kindOf(ctx context.Context, s store.Reader, kinds []string, id string) (string, error) {
	f := store.Filter{ID: id, Rejected: true, Limit: 1}
	for _, kind := range kinds {
		var there bool
		var err error
		switch kind {
		case store.StatementEntry:
			there, err = holdsOne(s.Statements(ctx, f))
		case store.PositionEntry:
			there, err = holdsOne(s.Positions(ctx, f))
		case store.MeetingEntry:
			there, err = holdsOne(s.Meetings(ctx, f))
		case store.DocumentEntry:
			there, err = holdsOne(s.Documents(ctx, f))
		case store.ActorEntry:
			there, err = holdsOne(s.Actors(ctx, f))
		case store.TalksEntry:
			there, err = holdsOne(s.Talks(ctx, f))
		case store.PointEntry:
			there, err = holdsOne(s.Positions(ctx, store.Filter{Point: id, Rejected: true, Limit: 1}))
		}
		if there || err != nil {
			return kind, err
		}
	}
	return "", fmt.Errorf("no %s has the id %s", strings.Join(kinds, " or "), id)
}

// holdsOne reports whether the list holds an entry.
func holdsOne[T any](list iter.Seq2[T, error]) (bool, error) {
	for _, err := range list {
		return err == nil, err
	}
	return false, nil
}

type confirmCommand struct {
	database
	author
	Entry string `arg:"" name:"id" help:"ID of a statement, position, meeting, document, actor or talks."`
}

// Help shows how the command is used.
func (*confirmCommand) Help() string {
	return "Examples:\n\n    rapporteur positions --party Russia\n    rapporteur confirm p0123456789ab"
}

// Run confirms an entry.
func (d *confirmCommand) Run(c *console) error {
	return c.decide(d.database, d.author, judgedKinds, store.Confirm, d.Entry, nil)
}

type rejectCommand struct {
	database
	author
	Entry string `arg:"" name:"id" help:"ID of a statement, position, meeting, document, actor or talks."`
}

// Help shows how the command is used.
func (*rejectCommand) Help() string {
	return "A rejected entry stays in the record, but in no list without --rejected.\n\nExamples:\n\n    rapporteur reject s0123456789ab --author \"A. Reader\""
}

// Run rejects an entry.
func (d *rejectCommand) Run(c *console) error {
	return c.decide(d.database, d.author, judgedKinds, store.Reject, d.Entry, nil)
}

type mergeCommand struct {
	database
	author
	Into   string   `arg:"" name:"id" help:"The entry that stays."`
	Others []string `arg:"" name:"other" help:"Entries of the same kind that become part of it."`
}

// Help shows how the command is used.
func (*mergeCommand) Help() string {
	return "Two actors who are one, two meetings that were one, and so on.\n\nExamples:\n\n    rapporteur merge a0123456789ab a9876543210fe"
}

// Run merges entries.
func (d *mergeCommand) Run(c *console) error {
	return c.decide(d.database, d.author, joinedKinds, store.Join, d.Into, store.Merge{IDs: d.Others})
}

type nameCommand struct {
	database
	author
	Entry string `arg:"" name:"id" help:"ID of an actor, meeting, document, talks or point."`
	Name  string `arg:"" name:"name" help:"What it is called from now on."`
}

// Help shows how the command is used.
func (*nameCommand) Help() string {
	return "Examples:\n\n    rapporteur name a0123456789ab \"Foreign Ministry of Tolmark\""
}

// Run names an entry.
func (d *nameCommand) Run(c *console) error {
	return c.decide(d.database, d.author, joinedKinds, store.Rename, d.Entry, store.Name{Name: d.Name})
}

type undoCommand struct {
	database
	Author string `placeholder:"NAME" help:"Take back the last decision of this person; without it, the last of all."`
}

// Help shows how the command is used.
func (*undoCommand) Help() string {
	return "Examples:\n\n    rapporteur undo\n    rapporteur undo --author \"A. Reader\""
}

// Run takes the last decision back.
func (d *undoCommand) Run(c *console) error {
	s, err := d.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	taken, err := s.Undo(c.ctx, d.Author)
	if errors.Is(err, record.ErrNotFound) {
		return errors.New("there is no decision to take back")
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stderr, "taken back: %s %s was %s by %s at %s\n", taken.Target, taken.EntryID, pastOf(taken.Act), taken.Author, taken.At)
	return nil
}

type decisionsCommand struct {
	database
	form
}

// Help shows how the command is used.
func (*decisionsCommand) Help() string {
	return "Newest first; those taken back too.\n\nExamples:\n\n    rapporteur decisions --format csv"
}

// Run lists decisions.
func (l *decisionsCommand) Run(c *console) error {
	f, err := narrow{}.filter(l.form)
	if err != nil {
		return err
	}
	columns := []export.Column[record.Decision]{
		{Name: "id", Value: func(d record.Decision) string { return strconv.FormatInt(d.ID, 10) }},
		{Name: "at", Value: func(d record.Decision) string { return d.At }},
		{Name: "author", Value: func(d record.Decision) string { return d.Author }},
		{Name: "act", Value: func(d record.Decision) string { return d.Act }},
		{Name: "target", Value: func(d record.Decision) string { return d.Target }},
		{Name: "entry", Value: func(d record.Decision) string { return d.EntryID }},
		{Name: "undone_at", Value: func(d record.Decision) string { return d.UndoneAt }},
		{Name: "after", Width: 80, Value: func(d record.Decision) string { return d.After }},
	}
	return listed(c, l.database, l.form, columns, func(ctx context.Context, s store.Reader) iter.Seq2[record.Decision, error] {
		return s.Decisions(ctx, f)
	})
}
