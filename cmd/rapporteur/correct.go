package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"rapporteur/internal/store"
)

type correctCommand struct {
	database
	author
	Entry  string   `arg:"" name:"id" help:"ID of a statement, position, meeting, document or actor."`
	Fields []string `arg:"" name:"field=value" help:"What it should say, under the names that --format json shows; field= for null, true and false for yes and no, a;b for lists."`
}

// Help shows how the command is used.
func (*correctCommand) Help() string {
	return `Examples:

    rapporteur correct p0123456789ab stance=rejects own=false
    rapporteur correct s0123456789ab "speaker=Ana Marić" for=Tolmark
    rapporteur correct m0123456789ab date=2024-05-03 "participants=Tolmark;Veyra"`
}

// Run corrects an entry.
func (d *correctCommand) Run(c *console) error {
	s, err := d.openOld(c.ctx)
	if err != nil {
		return err
	}
	kind, err := kindOf(c.ctx, s, judgedKinds[:5], d.Entry)
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	after := map[string]any{}
	for _, field := range d.Fields {
		name, words, found := strings.Cut(field, "=")
		if !found || name == "" {
			return misuse{fmt.Sprintf("%q: want field=value", field)}
		}
		if after[name], err = corrected(kind, name, words); err != nil {
			return misuse{err.Error()}
		}
	}
	return c.decide(d.database, d.author, []string{kind}, store.Correct, d.Entry, after)
}

// corrected reads the value of one field of a kind of entry.
func corrected(kind, name, words string) (any, error) {
	fields := store.Fields(kind)
	i := slices.IndexFunc(fields, func(f store.Field) bool { return f.Name == name })
	if i >= 0 {
		return fields[i].Value(words)
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	slices.Sort(names)
	return nil, fmt.Errorf("a %s has no field %q to correct; it has %s", kind, name, strings.Join(names, ", "))
}
