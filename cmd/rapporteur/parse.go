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

// engineFlag says with what the learned engine computes.
type engineFlag struct {
	Weights   string `placeholder:"FILE" help:"Read with the weights of this file instead of the program's own."`
	Processor string `enum:",portable,avx2,vnni" default:"" placeholder:"KIND" help:"Compute as on a portable, avx2 or vnni processor, to measure; all give the same (default: the fastest that is there)."`
}

func (e engineFlag) open() (ingest.Engine, error) {
	out := ingest.Engine{Processor: e.Processor}
	if e.Weights == "" {
		return out, nil
	}
	content, err := os.ReadFile(e.Weights)
	if err != nil {
		return out, fmt.Errorf("weights: %w", err)
	}
	if out.Weights, err = weights.Open(content); err != nil {
		return out, fmt.Errorf("%s: %w", e.Weights, err)
	}
	return out, nil
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
	engine, err := p.open()
	if err != nil {
		return err
	}
	parser, err := ingest.NewParser(engine)
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
