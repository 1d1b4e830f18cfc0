package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"rapporteur/internal/export"
	"rapporteur/internal/extract"
)

type exportCommand struct {
	database
	Format string `enum:"record,brat" required:"" placeholder:"record|brat" help:"record: all lists as JSON Lines, sorted by list and id, without times of running. brat: each article as NAME.txt with statements and positions in NAME.ann."`
	Out    string `default:"-" placeholder:"PATH" help:"File to write (default: standard output); with brat, a folder."`
}

// Help shows how the command is used.
func (*exportCommand) Help() string {
	return `Two exports of equal records are equal bytes.

Examples:

    rapporteur export --format record > record.jsonl
    rapporteur export --format brat --out talks/
    diff <(rapporteur export --format record --db a.db) <(rapporteur export --format record --db b.db)`
}

// Run writes the record.
func (e *exportCommand) Run(c *console) error {
	if e.Format == "brat" && e.Out == "-" {
		return misuse{"brat is a folder of files: name it with --out FOLDER"}
	}
	s, err := e.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if e.Format == "brat" {
		n, err := export.Brat(c.ctx, s, e.Out)
		if err == nil {
			fmt.Fprintf(c.stderr, "%s in %s\n", plural(n, "article"), e.Out)
		}
		return err
	}
	if e.Out == "-" {
		return export.Record(c.ctx, c.stdout, s)
	}
	file, err := os.Create(e.Out)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := export.Record(c.ctx, file, s); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

type versionCommand struct{}

// Run prints what this program is.
func (versionCommand) Run(c *console) error {
	in, err := c.reader(extract.Options{})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.stdout, "rapporteur %s\nreader: %s\nbuilt with %s for %s/%s\n", version(), in.Reader(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// version is the release that the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(unreleased)"
	}
	return info.Main.Version
}
