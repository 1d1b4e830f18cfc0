package main

import (
	"context"
	"strings"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/event/plover"
	"rapporteur/internal/export"
	"rapporteur/internal/ingest"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/move"
)

// isByLine reports whether the form is one line of output an entry, of texts that
// are usually lines themselves.
func (a *annotateCommand) isByLine() bool { return a.Format == "moves" || a.Format == "events" }

// byLine prints moves or events.
func (a *annotateCommand) byLine(c *console, in *ingest.Ingest) error {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		return err
	}
	if a.Type == "" {
		a.Type = string(article.Plain)
	}
	pages := a.harvester().Pages(c.ctx, a.Files, c.stdin)
	if a.Lines {
		pages = lines(pages)
	}
	print, err := a.lineForm(c, lex)
	if err != nil {
		return err
	}
	return eachPage(c, pages, func(ctx context.Context, p article.Page) (*document.Doc, error) { return a.line(ctx, in, p) }, print)
}

// lineForm returns what prints one text in the form that was asked for.
func (a *annotateCommand) lineForm(c *console, lex *lexicon.Lexicon) (func(article.Page, *document.Doc) error, error) {
	if a.Format == "moves" {
		moves, err := move.New(lex)
		return func(p article.Page, d *document.Doc) error {
			return printAll(c, export.AsMoves(d, moves.Read(d), max(1, p.Line)))
		}, err
	}
	events, err := plover.New(lex)
	return func(p article.Page, d *document.Doc) error {
		r := a.row(p)
		return printAll(c, export.AsEvents(d, events.Code(d, r.source, r.target), r.id))
	}, err
}

func printAll[T any](c *console, all []T) error {
	for _, one := range all {
		if err := export.Line(c.stdout, one); err != nil {
			return err
		}
	}
	return nil
}

// line annotates one text. Its language is not asked for: a line is too short to
// tell it.
func (a *annotateCommand) line(ctx context.Context, in *ingest.Ingest, p article.Page) (*document.Doc, error) {
	if a.Format == "events" {
		p.Bytes = []byte(a.row(p).sentence)
	}
	text, err := in.Whole(ctx, p)
	if err != nil {
		return nil, err
	}
	text.Language = ""
	return in.Annotate(ctx, text)
}

// A row is a sentence to be coded with the words of its actors.
type row struct{ id, sentence, source, target string }

// row reads the row of a page of one line; a page of many lines is one sentence
// that its name identifies.
func (a *annotateCommand) row(p article.Page) row {
	if !a.Lines {
		return row{id: stem(p), sentence: string(p.Bytes)}
	}
	f := append(strings.Split(string(p.Bytes), "\t"), "", "", "")
	return row{id: f[0], sentence: f[1], source: strings.TrimSpace(f[2]), target: strings.TrimSpace(f[3])}
}
