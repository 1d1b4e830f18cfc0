package main

import (
	"fmt"
	"os"

	"rapporteur/internal/document"
	"rapporteur/internal/export"
	"rapporteur/internal/ingest"
	"rapporteur/internal/nlp/conllu"
	"rapporteur/internal/weights"
)

// engineFlag names other weights than those in the binary.
type engineFlag struct {
	Weights string `placeholder:"FILE" help:"Read with the weights of this file instead of the program's own."`
}

func (e engineFlag) open() (*weights.File, error) {
	if e.Weights == "" {
		return weights.Embedded()
	}
	content, err := os.ReadFile(e.Weights)
	if err != nil {
		return nil, fmt.Errorf("weights: %w", err)
	}
	file, err := weights.Open(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.Weights, err)
	}
	return file, nil
}

type parseCommand struct {
	engineFlag
}

// Help shows how the command is used.
func (*parseCommand) Help() string {
	return `Reads CoNLL-U on standard input and writes the same sentences and tokens with our part of speech, lemma, head and
relation. What stands in those columns of the input is not looked at.

Examples:

    rapporteur parse < sentences.conllu
    rapporteur annotate --format conllu article.txt`
}

// Run parses standard input.
func (p *parseCommand) Run(c *console) error {
	file, err := p.open()
	if err != nil {
		return err
	}
	parser, err := ingest.NewParser(file)
	if err != nil {
		return err
	}
	err = conllu.Read(c.stdin, func(d *document.Doc) error {
		if err := parser.Parse(c.ctx, d); err != nil {
			return err
		}
		return export.CoNLLU(c.stdout, d, "stdin")
	})
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	return nil
}
