package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"rapporteur/internal/store"
)

type checkCommand struct {
	database
	Format string `enum:"text,json" default:"text" placeholder:"FORM" help:"text, or json: one line for each part (default: text)."`
}

// Help shows how the command is used.
func (*checkCommand) Help() string {
	return `Looks at the file, references, texts and their digests, evidence, the words of statements, joined entries and
the search index. Exit code 1 when something is wrong. Others may read and write the record meanwhile.

Examples:

    rapporteur check
    rapporteur check --db talks.db --format json`
}

// Run checks a record.
func (k *checkCommand) Run(c *console) error {
	s, err := k.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	faults := 0
	err = s.Check(c.ctx, func(part store.Checked) {
		faults += len(part.Faults) + part.More
		k.tell(c, part)
	})
	if err != nil {
		return err
	}
	if faults > 0 {
		return fmt.Errorf("%s: %s found; a backup can be put in its place with \"rapporteur restore\"", k.DB, plural(faults, "fault"))
	}
	if k.Format == "text" {
		fmt.Fprintf(c.stdout, "%s is in order\n", k.DB)
	}
	return nil
}

func (k *checkCommand) tell(c *console, part store.Checked) {
	if k.Format == "json" {
		if part.Faults == nil {
			part.Faults = []string{}
		}
		line, err := json.Marshal(part)
		if err != nil {
			panic(err) // numbers and strings alone
		}
		fmt.Fprintf(c.stdout, "%s\n", line)
		return
	}
	verdict := "in order"
	if part.Wrong() {
		verdict = plural(len(part.Faults)+part.More, "fault")
	}
	fmt.Fprintf(c.stdout, "%-26s %9d looked at  %s\n", part.Part, part.Seen, verdict)
	for _, fault := range part.Faults {
		fmt.Fprintf(c.stdout, "    %s\n", strings.ReplaceAll(fault, "\n", " "))
	}
	if part.More > 0 {
		fmt.Fprintf(c.stdout, "    and %d more\n", part.More)
	}
}
