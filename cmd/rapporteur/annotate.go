package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/export"
	"rapporteur/internal/ingest"
)

type annotateCommand struct {
	page
	engineFlag
	Format string   `enum:"spans,gold,attributions,conllu,moves,events" default:"spans" placeholder:"FORM" help:"spans, gold, attributions, conllu, moves or events (default: spans)."`
	Out    string   `placeholder:"FOLDER" help:"With gold: write NAME.json for each file into this folder."`
	Lines  bool     `help:"Each line of a text file is a text of its own."`
	Sure   bool     `help:"Leave out entries that are only likely."`
	Files  []string `arg:"" name:"file" help:"Files, folders, or - for standard input."`
}

// Help shows how the command is used.
func (*annotateCommand) Help() string {
	return `spans: everything that was found, with byte offsets into the text. gold: the words themselves, for
comparison with records made by hand. attributions: sources, cues and contents with offsets into the file.
conllu: sentences and tokens. moves: actor, predicate, polarity and point of each move. events: PLOVER root, CAMEO
code and mode of each event; with --lines a row is id, sentence, source and target. A NAME.meta.json beside a text
gives outlet, published and url; the flags override it. A refused file is one line of JSON with "file" and "error",
and the exit code is 3.

Examples:

    rapporteur annotate article.txt
    rapporteur annotate --format gold --out records/ articles/*.txt
    echo '"No," said Ana.' | rapporteur annotate --format attributions -
    rapporteur annotate --format moves --lines bulletin.txt
    rapporteur annotate --format events --lines sentences.tsv`
}

// Run annotates the files.
func (a *annotateCommand) Run(c *console) error {
	if a.Out != "" && a.Format != "gold" {
		return misuse{"--out goes with --format gold alone; redirect standard output for the other forms"}
	}
	if err := validDay("--published", a.Published); err != nil {
		return err
	}
	if a.Type == "" {
		a.Type = stdinType(a.Files)
	}
	in, err := a.reader(c)
	if err != nil {
		return err
	}
	if a.Out != "" {
		if err := os.MkdirAll(a.Out, 0o777); err != nil {
			return fmt.Errorf("folder for records: %w", err)
		}
	}
	if a.isByLine() {
		return a.byLine(c, in)
	}
	pages := a.harvester().Pages(c.ctx, a.Files, c.stdin)
	if a.Lines {
		pages = lines(pages)
	}
	return eachPage(c, pages, func(ctx context.Context, p article.Page) (*document.Doc, error) { return a.one(ctx, in, p) },
		func(p article.Page, d *document.Doc) error { return a.print(c, d, p) })
}

// reader reads words and attributions with the learned engine alone, the rest with
// all stages.
func (a *annotateCommand) reader(c *console) (*ingest.Ingest, error) {
	engine, err := a.open()
	if err != nil {
		return nil, err
	}
	words := a.Format == "conllu" || a.Format == "attributions" || a.isByLine()
	return c.readerWith(ingest.Options{Extract: a.extract(), Log: c.log, Engine: engine, Words: words})
}

// stdinType is plain text for standard input, unless a flag says otherwise.
func stdinType(paths []string) string {
	for _, p := range paths {
		if p == "-" {
			return string(article.Plain)
		}
	}
	return ""
}

// A failure is the line that stands for a refused file.
type failure struct {
	File  string `json:"file"`
	Line  int    `json:"line,omitempty"`
	Error string `json:"error"`
}

// eachPage works on all pages and prints the results in the order of the pages;
// a refused page becomes a line of its own on standard output.
func eachPage[T any](c *console, pages iter.Seq[article.Page], work func(context.Context, article.Page) (T, error), show func(article.Page, T) error) error {
	type result struct {
		page  article.Page
		value T
		err   error
	}
	var end error
	err := ingest.Ordered(c.ctx, pages, func(ctx context.Context, p article.Page) result {
		value, err := work(ctx, p)
		return result{p, value, err}
	}, func(r result) error {
		if refusal, ok := ingest.Refusal(r.err); ok {
			end = errRefused
			return export.Line(c.stdout, failure{File: r.page.Path, Line: r.page.Line, Error: refusal.Reason})
		}
		if r.err != nil {
			return r.err
		}
		return show(r.page, r.value)
	})
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped")
	}
	return errors.Join(err, end)
}

// one annotates one page.
func (a *annotateCommand) one(ctx context.Context, in *ingest.Ingest, p article.Page) (*document.Doc, error) {
	take := in.Article
	if a.Lines || a.Format == "attributions" && p.Type == article.Plain {
		take = in.Whole
	}
	text, err := take(ctx, p)
	if err != nil {
		return nil, err
	}
	if err := a.override(text); err != nil {
		return nil, err
	}
	return in.Annotate(ctx, text)
}

// override lets the flags outrank the file beside the text too.
func (a *annotateCommand) override(text *article.Article) error {
	if a.Outlet != "" {
		text.Outlet = a.Outlet
	}
	if a.Published == "" {
		return nil
	}
	day, err := calendar.ParseDay(a.Published)
	text.Published = day
	return err
}

func (a *annotateCommand) print(c *console, d *document.Doc, p article.Page) error {
	switch a.Format {
	case "gold":
		name := stem(p)
		var file []byte
		if p.Type == article.Plain {
			file = p.Bytes
		}
		gold := export.AsGold(d, name, file)
		if a.Sure {
			gold = gold.OnlySure()
		}
		if a.Out == "" {
			return export.Line(c.stdout, gold)
		}
		return export.File(filepath.Join(a.Out, name+".json"), gold)
	case "attributions":
		out := export.AsAttributions(d, p.Path)
		out.Line = p.Line
		return export.Line(c.stdout, out)
	case "conllu":
		return export.CoNLLU(c.stdout, d, stem(p))
	}
	out := export.Annotation(d)
	out.Line = p.Line
	if a.Sure {
		out = out.OnlySure()
	}
	return export.Line(c.stdout, out)
}

// stem is the name of the file without folder and endings; a line of a file of
// many articles has its number behind it.
func stem(p article.Page) string {
	name := strings.TrimSuffix(filepath.Base(p.Path), ".gz")
	name = strings.TrimSuffix(name, filepath.Ext(name))
	if p.Path == "-" {
		name = "stdin"
	}
	if p.Line > 0 {
		name = fmt.Sprintf("%s-%d", name, p.Line)
	}
	return name
}

// lines makes a page of each line of plain text that is not empty.
func lines(pages iter.Seq[article.Page]) iter.Seq[article.Page] {
	return func(yield func(article.Page) bool) {
		for p := range pages {
			if p.Refusal != nil || p.Type != article.Plain {
				if !yield(p) {
					return
				}
				continue
			}
			for i, line := range bytes.Split(p.Bytes, []byte("\n")) {
				one := p
				one.Line, one.Bytes = i+1, bytes.TrimSuffix(line, []byte("\r"))
				if len(bytes.TrimSpace(line)) > 0 && !yield(one) {
					return
				}
			}
		}
	}
}

// validDay tells what is wrong with a day that was given on the command line.
func validDay(flag, value string) error {
	if value == "" {
		return nil
	}
	if _, err := calendar.ParseDay(value); err != nil {
		return misuse{flag + ": " + err.Error()}
	}
	return nil
}
