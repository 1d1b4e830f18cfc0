package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strconv"
	"strings"

	"rapporteur/internal/codebook"
	"rapporteur/internal/export"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

type codebookCommand struct {
	List   codebookListCommand   `cmd:"" default:"withargs" help:"List your points, and how many positions are on each (what \"rapporteur codebook\" does)."`
	Add    codebookAddCommand    `cmd:"" help:"Add a point, or words to one that is there."`
	Rename codebookRenameCommand `cmd:"" help:"Give a point another name; the old one stays a synonym."`
	Merge  codebookMergeCommand  `cmd:"" help:"Make points part of another."`
	Split  codebookSplitCommand  `cmd:"" help:"Take synonyms and examples of a point into a new one."`
	Apply  codebookApplyCommand  `cmd:"" help:"Take a codebook from a file, and put all positions where it wants them."`
}

// changeBook changes the codebook by a decision, which puts the positions where
// the new one wants them, and tells how many are on its points.
func (c *console) changeBook(d database, a author, words string, change func(*codebook.Book) error) error {
	s, err := d.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	book, err := s.Codebook(c.ctx)
	if err != nil {
		return err
	}
	if err := change(&book); err != nil {
		return misuse{err.Error()}
	}
	after, err := json.Marshal(store.CodebookChange{Change: words, Book: book})
	if err != nil {
		return fmt.Errorf("codebook: %w", err)
	}
	made, err := s.Decide(c.ctx, record.Decision{Author: a.name(), Act: store.Define, Target: store.CodebookEntry, EntryID: store.Codebook, After: string(after)})
	if errors.Is(err, record.ErrInvalid) {
		return misuse{err.Error()}
	}
	if err != nil {
		return err
	}
	use, err := s.CodebookUse(c.ctx)
	if err != nil {
		return err
	}
	sum := 0
	for _, n := range use {
		sum += n
	}
	fmt.Fprintf(c.stderr, "codebook: %s by %s; %s on %s; \"rapporteur undo\" takes it back\n", words, made.Author, plural(sum, "position"), plural(len(book.Points), "point"))
	return nil
}

// A used is a point of the codebook with how many positions are on it.
type used struct {
	codebook.Point
	Positions int `json:"positions"`
}

type codebookListCommand struct {
	database
	Format string `enum:"table,json,jsonl,csv,yaml" default:"table" placeholder:"FORM" help:"table, json, jsonl, csv or yaml (default: table). yaml is what \"apply\" takes."`
}

// Help shows how the command is used.
func (*codebookListCommand) Help() string {
	return `Your points outrank those that the program finds: positions whose words hold a name or a synonym, or share
most words with an example, stand on your point. docs/formats/codebook.md tells the rules.

Examples:

    rapporteur codebook
    rapporteur codebook list --format yaml > codebook.yaml`
}

// Run lists the codebook.
func (l *codebookListCommand) Run(c *console) error {
	s, err := l.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	book, err := s.Codebook(c.ctx)
	if err != nil {
		return err
	}
	if l.Format == "yaml" {
		return book.WriteYAML(c.stdout)
	}
	use, err := s.CodebookUse(c.ctx)
	if err != nil {
		return err
	}
	n, err := export.Write(c.stdout, export.Format(l.Format), bookColumns(), usedPoints(book, use), c.width)
	if err == nil && n == 0 && l.Format == string(export.Table) {
		fmt.Fprintln(c.stderr, "the codebook is empty: \"rapporteur codebook add NAME\" adds a point")
	}
	return err
}

func usedPoints(book codebook.Book, use map[string]int) iter.Seq2[used, error] {
	return func(yield func(used, error) bool) {
		for _, p := range book.Points {
			if !yield(used{p, use[p.Name]}, nil) {
				return
			}
		}
	}
}

func bookColumns() []export.Column[used] {
	return []export.Column[used]{
		{Name: "point", Width: 40, Value: func(u used) string { return u.Name }},
		{Name: "positions", Value: func(u used) string { return strconv.Itoa(u.Positions) }},
		{Name: "parent", Width: 30, Value: func(u used) string { return u.Parent }},
		{Name: "synonyms", Width: 60, Value: func(u used) string { return strings.Join(u.Synonyms, ", ") }},
		{Name: "examples", Width: 60, Value: func(u used) string { return strings.Join(u.Examples, " | ") }},
	}
}

// bookWords are words of a point; commas belong to them, so several need several flags.
type bookWords struct {
	Synonym []string `sep:"none" placeholder:"WORDS" help:"Words that mean the point (several: repeat the flag)."`
	Example []string `sep:"none" placeholder:"WORDS" help:"A mention of the point as articles write it (several: repeat the flag)."`
	Parent  string   `placeholder:"NAME" help:"The point that it is part of."`
}

func (b bookWords) point(name string) codebook.Point {
	return codebook.Point{Name: name, Synonyms: b.Synonym, Examples: b.Example, Parent: b.Parent}
}

type codebookAddCommand struct {
	database
	author
	bookWords
	Name string `arg:"" name:"name" help:"What you call the point."`
}

// Help shows how the command is used.
func (*codebookAddCommand) Help() string {
	return `Examples:

    rapporteur codebook add "NATO enlargement" --synonym "expansion of NATO" --synonym "NATO's eastward expansion"
    rapporteur codebook add "1997 borders" --parent "NATO enlargement" --example "infrastructure back to the 1997 lines"`
}

// Run adds a point.
func (a *codebookAddCommand) Run(c *console) error {
	return c.changeBook(a.database, a.author, "add "+a.Name, func(b *codebook.Book) error { return b.Add(a.point(a.Name)) })
}

type codebookRenameCommand struct {
	database
	author
	Old  string `arg:"" name:"point" help:"Name of the point now."`
	Name string `arg:"" name:"name" help:"Its new name."`
}

// Help shows how the command is used.
func (*codebookRenameCommand) Help() string {
	return "Examples:\n\n    rapporteur codebook rename \"NATO enlargement\" \"Enlargement of NATO\""
}

// Run renames a point.
func (r *codebookRenameCommand) Run(c *console) error {
	return c.changeBook(r.database, r.author, "rename "+r.Old+" to "+r.Name, func(b *codebook.Book) error { return b.Rename(r.Old, r.Name) })
}

type codebookMergeCommand struct {
	database
	author
	Into   string   `arg:"" name:"point" help:"The point that stays."`
	Others []string `arg:"" name:"other" help:"Points that become part of it; their names become synonyms."`
}

// Help shows how the command is used.
func (*codebookMergeCommand) Help() string {
	return "Examples:\n\n    rapporteur codebook merge \"Security guarantees\" \"Written guarantees\" \"Legally binding guarantees\""
}

// Run merges points.
func (m *codebookMergeCommand) Run(c *console) error {
	return c.changeBook(m.database, m.author, "merge "+strings.Join(m.Others, ", ")+" into "+m.Into, func(b *codebook.Book) error { return b.Merge(m.Into, m.Others...) })
}

type codebookSplitCommand struct {
	database
	author
	bookWords
	From string `arg:"" name:"point" help:"The point that has the words now."`
	Name string `arg:"" name:"name" help:"The new point."`
}

// Help shows how the command is used.
func (*codebookSplitCommand) Help() string {
	return "The new point has the parent of the old one, unless --parent names another.\n\nExamples:\n\n    rapporteur codebook split \"Security guarantees\" \"Deployments\" --synonym \"missile deployment\""
}

// Run splits a point.
func (p *codebookSplitCommand) Run(c *console) error {
	return c.changeBook(p.database, p.author, "split "+p.Name+" from "+p.From, func(b *codebook.Book) error { return b.Split(p.From, p.point(p.Name)) })
}

type codebookApplyCommand struct {
	database
	author
	Top  *bool  `negatable:"" help:"Put what belongs to a point to the topmost of its parents, or to the point itself again (--no-top)."`
	File string `arg:"" optional:"" name:"file" help:"A codebook in YAML, or - for standard input; it replaces the one that is there. Without it: the one that is there."`
}

// Help shows how the command is used.
func (*codebookApplyCommand) Help() string {
	return `No article is read again: the words of the stored positions decide.

Examples:

    rapporteur codebook apply codebook.yaml
    rapporteur codebook apply --top
    rapporteur codebook apply --no-top`
}

// Run applies a codebook.
func (p *codebookApplyCommand) Run(c *console) error {
	words := strings.TrimSpace("apply " + p.File)
	return c.changeBook(p.database, p.author, words, func(b *codebook.Book) error {
		if p.File != "" {
			read, err := p.read(c)
			if err != nil {
				return err
			}
			*b = *read
		}
		if p.Top != nil {
			b.Top = *p.Top
		}
		return nil
	})
}

func (p *codebookApplyCommand) read(c *console) (*codebook.Book, error) {
	in := io.Reader(c.stdin)
	if p.File != "-" {
		f, err := os.Open(p.File)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	return codebook.ParseBook(in)
}
