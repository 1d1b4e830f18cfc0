package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/export"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// form is the flag of all lists.
type form struct {
	Format string `enum:"table,json,jsonl,csv" default:"table" placeholder:"FORM" help:"table, json, jsonl or csv (default: table)."`
	Limit  int    `placeholder:"N" help:"At most so many entries."`
	Newest bool   `help:"Newest first."`
}

// narrow holds the filters that lists share.
type narrow struct {
	Talks   string `placeholder:"ID" help:"One negotiation, as \"rapporteur talks\" lists it."`
	Article string `placeholder:"ID" help:"One article."`
	Party   string `placeholder:"NAME" help:"A side of a negotiation, by any of its names."`
	Outlet  string `placeholder:"NAME" help:"A publisher."`
	Since   string `placeholder:"YYYY-MM-DD" help:"From this day on."`
	Until   string `placeholder:"YYYY-MM-DD" help:"Up to this day."`
	Search  string `placeholder:"WORDS" help:"Full text: words, \"phrases\", -without."`
}

func (n narrow) filter(f form) (store.Filter, error) {
	out := store.Filter{
		Talks: n.Talks, Article: n.Article, Party: n.Party, Outlet: n.Outlet, Since: n.Since, Until: n.Until, Search: n.Search,
		Limit: f.Limit, Newest: f.Newest,
	}
	for _, day := range [...]struct{ flag, value string }{{"--since", n.Since}, {"--until", n.Until}} {
		if err := validDay(day.flag, day.value); err != nil {
			return out, err
		}
	}
	if f.Limit < 0 {
		return out, misuse{"--limit must be 1 or more"}
	}
	return out, nil
}

// judged holds the filters of entries that are more or less sure.
type judged struct {
	Sure     bool `help:"Leave out entries that are only likely."`
	Rejected bool `help:"Show also what a person rejected."`
}

// listed writes one list of the record to standard output.
func listed[T any](c *console, d database, f form, columns []export.Column[T], ask func(context.Context, store.Reader) iter.Seq2[T, error]) error {
	s, err := d.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	n, err := export.Write(c.stdout, export.Format(f.Format), columns, ask(c.ctx, s), c.width)
	if err == nil && n == 0 && f.Format == string(export.Table) {
		fmt.Fprintln(c.stderr, "nothing fits")
	}
	return err
}

type statementsCommand struct {
	database
	form
	narrow
	judged
	Speaker string `placeholder:"NAME" help:"Who said it, by any name."`
	Point   string `placeholder:"WORDS" help:"Statements that hold a position on this point."`
	Form    string `enum:",direct,indirect,mixed" default:"" placeholder:"FORM" name:"said" help:"How the words are given: direct, indirect or mixed."`
	Once    bool   `help:"List what one article seems to tell twice only once."`
}

// Help shows how the command is used.
func (*statementsCommand) Help() string {
	return `Examples:

    rapporteur statements --speaker "Sergey Ryabkov" --since 2022-01-10
    rapporteur statements --search '"dead end" -music' --format jsonl
    rapporteur statements --talks t1 --format csv > statements.csv`
}

// Run lists statements.
func (l *statementsCommand) Run(c *console) error {
	f, err := l.filter(l.form)
	if err != nil {
		return err
	}
	f.Speaker, f.Point, f.Form, f.Once, f.Sure, f.Rejected = l.Speaker, l.Point, l.Form, l.Once, l.Sure, l.Rejected
	return listed(c, l.database, l.form, export.StatementColumns(), func(ctx context.Context, s store.Reader) iter.Seq2[record.Statement, error] {
		return s.Statements(ctx, f)
	})
}

type positionsCommand struct {
	database
	form
	narrow
	judged
	Point   string `placeholder:"WORDS" help:"Words of a point, or its ID."`
	Speaker string `placeholder:"NAME" help:"Who says so."`
	Stance  string `placeholder:"STANCE" help:"demands, proposes, supports, accepts, open, conditional, opposes, rejects, threatens or promises."`
}

// Help shows how the command is used.
func (*positionsCommand) Help() string {
	return `"own word" is what the holder's own side says or the reporter tells as fact; "as told by" is what somebody
else says of it.

Examples:

    rapporteur positions --party Russia --point expansion
    rapporteur positions --talks t1 --format csv > positions.csv`
}

// Run lists positions.
func (l *positionsCommand) Run(c *console) error {
	f, err := l.filter(l.form)
	if err != nil {
		return err
	}
	f.Point, f.Speaker, f.Stance, f.Sure, f.Rejected = l.Point, l.Speaker, l.Stance, l.Sure, l.Rejected
	return listed(c, l.database, l.form, export.PositionColumns(), func(ctx context.Context, s store.Reader) iter.Seq2[record.Position, error] {
		return s.Positions(ctx, f)
	})
}

type meetingsCommand struct {
	database
	form
	narrow
	judged
	State string `placeholder:"STATE" help:"held, planned, postponed, cancelled or refused."`
}

// Help shows how the command is used.
func (*meetingsCommand) Help() string {
	return `Examples:

    rapporteur meetings --state planned --since 2024-05-01
    rapporteur meetings --party Iran --format json`
}

// Run lists meetings.
func (l *meetingsCommand) Run(c *console) error {
	f, err := l.filter(l.form)
	if err != nil {
		return err
	}
	f.State, f.Sure, f.Rejected = l.State, l.Sure, l.Rejected
	return listed(c, l.database, l.form, export.MeetingColumns(), func(ctx context.Context, s store.Reader) iter.Seq2[record.Meeting, error] {
		return s.Meetings(ctx, f)
	})
}

type documentsCommand struct {
	database
	form
	narrow
	judged
	State string `placeholder:"STATE" help:"proposed, received, rejected, signed, …"`
}

// Help shows how the command is used.
func (*documentsCommand) Help() string {
	return `Examples:

    rapporteur documents --party Russia
    rapporteur documents --search draft --format csv`
}

// Run lists documents.
func (l *documentsCommand) Run(c *console) error {
	f, err := l.filter(l.form)
	if err != nil {
		return err
	}
	f.State, f.Sure, f.Rejected = l.State, l.Sure, l.Rejected
	return listed(c, l.database, l.form, export.DocumentColumns(), func(ctx context.Context, s store.Reader) iter.Seq2[record.Document, error] {
		return s.Documents(ctx, f)
	})
}

type actorsCommand struct {
	database
	form
	narrow
}

// Help shows how the command is used.
func (*actorsCommand) Help() string {
	return `Examples:

    rapporteur actors --search ryabkov
    rapporteur actors --party Russia --format jsonl`
}

// Run lists actors.
func (l *actorsCommand) Run(c *console) error {
	f, err := l.filter(l.form)
	if err != nil {
		return err
	}
	return listed(c, l.database, l.form, export.ActorColumns(), func(ctx context.Context, s store.Reader) iter.Seq2[record.Actor, error] {
		return s.Actors(ctx, f)
	})
}

type articlesCommand struct {
	database
	form
	narrow
	State string `enum:",read,waits" default:"" placeholder:"STATE" help:"read, or waits (in a language that is not read yet)."`
}

// Help shows how the command is used.
func (*articlesCommand) Help() string {
	return `Examples:

    rapporteur articles --newest --limit 20
    rapporteur articles --outlet Fars --search NATO --format jsonl`
}

// Run lists articles.
func (l *articlesCommand) Run(c *console) error {
	f, err := l.filter(l.form)
	if err != nil {
		return err
	}
	f.State = l.State
	return listed(c, l.database, l.form, export.ArticleColumns(), func(ctx context.Context, s store.Reader) iter.Seq2[record.Article, error] {
		return s.Articles(ctx, f)
	})
}

type refusalsCommand struct {
	database
	form
	Search string `placeholder:"WORDS" help:"Words of path or reason."`
}

// Help shows how the command is used.
func (*refusalsCommand) Help() string {
	return `Examples:

    rapporteur refusals
    rapporteur refusals --format csv > refused.csv`
}

// Run lists refusals.
func (l *refusalsCommand) Run(c *console) error {
	f, err := narrow{Search: l.Search}.filter(l.form)
	if err != nil {
		return err
	}
	return listed(c, l.database, l.form, export.RefusalColumns(), func(ctx context.Context, s store.Reader) iter.Seq2[article.Refusal, error] {
		return s.Refusals(ctx, f)
	})
}

type storiesCommand struct {
	database
	form
	narrow
}

// Help shows how the command is used.
func (*storiesCommand) Help() string {
	return `Examples:

    rapporteur stories --outlet BELNA
    rapporteur stories --format jsonl`
}

// Run lists stories.
func (l *storiesCommand) Run(c *console) error {
	f, err := l.filter(l.form)
	if err != nil {
		return err
	}
	return listed(c, l.database, l.form, export.StoryColumns(), func(ctx context.Context, s store.Reader) iter.Seq2[record.Story, error] {
		return s.Stories(ctx, f)
	})
}

type quoteCommand struct {
	database
	Format string   `enum:"json,table" default:"json" placeholder:"FORM" help:"json or table (default: json)."`
	Words  []string `arg:"" name:"words" help:"Words of the quotation; a stretch of five or more is best."`
}

// Help shows how the command is used.
func (*quoteCommand) Help() string {
	return `Finds quotations with these words, also where they are cut, elided, in other marks, or changed in places. Each
variant says how it stands to the one that was seen first: same, cut, longer, elided or changed.

Examples:

    rapporteur quote "no reason to negotiate further"
    rapporteur quote --format table dead end`
}

// Run finds a quotation.
func (q *quoteCommand) Run(c *console) error {
	s, err := q.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	found, err := s.Quote(c.ctx, strings.Join(q.Words, " "))
	if errors.Is(err, record.ErrInvalid) {
		return misuse{err.Error()}
	}
	if err != nil {
		return err
	}
	if q.Format == "json" {
		return export.Line(c.stdout, found)
	}
	for _, v := range found.Variants {
		first := ""
		if len(v.Instants) > 0 {
			first = v.Instants[0]
		}
		fmt.Fprintf(c.stdout, "%-20s  %-8s  %-12s  %s  %s\n", first, v.Likeness, plural(len(v.Articles), "article"), v.Text, strings.Join(v.Outlets, ", "))
	}
	if found.Found == 0 {
		fmt.Fprintln(c.stderr, "nobody is quoted with these words")
	}
	return nil
}
