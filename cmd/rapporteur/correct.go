package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

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
		name, value, found := strings.Cut(field, "=")
		if !found || name == "" {
			return misuse{fmt.Sprintf("%q: want field=value", field)}
		}
		if err := correctable(kind, name, value); err != nil {
			return err
		}
		after[name] = fieldValue(name, value)
	}
	return c.decide(d.database, d.author, []string{kind}, store.Correct, d.Entry, after)
}

// corrections are the fields that a person may correct, by kind of entry, with
// the values that are possible; no values: any words.
var corrections = map[string]map[string][]string{
	store.StatementEntry: {
		"kind": {"speech", "attitude"}, "form": {"direct", "indirect", "mixed"}, "speaker": nil, "for": nil, "addressee": nil, "said_on": nil, "venue": nil,
	},
	store.PositionEntry: {
		"party": nil, "stance": {"demands", "proposes", "supports", "accepts", "open", "conditional", "opposes", "rejects", "threatens", "promises"},
		"own": {"true", "false"}, "denied": {"true", "false"}, "asserted_by": nil,
	},
	store.MeetingEntry: {
		"name": nil, "date": nil, "until": nil, "place": nil, "participants": nil, "state": {"held", "planned", "postponed", "cancelled", "refused"},
	},
	store.DocumentEntry: {"kind": nil, "name": nil, "by": nil, "to": nil, "state": nil, "date": nil},
	store.ActorEntry: {
		"name": nil, "aliases": nil, "kind": {"person", "state", "organ", "organisation", "armed group", "bloc", "group"},
	},
}

// correctable tells what is wrong with a correction of one field.
func correctable(kind, name, value string) error {
	values, there := corrections[kind][name]
	if !there {
		names := slices.Sorted(maps.Keys(corrections[kind]))
		return misuse{fmt.Sprintf("a %s has no field %q to correct; it has %s", kind, name, strings.Join(names, ", "))}
	}
	if values != nil && !slices.Contains(values, value) {
		return misuse{fmt.Sprintf("%s=%s: want one of %s", name, value, strings.Join(values, ", "))}
	}
	if name == "date" || name == "until" || name == "said_on" {
		return validDate(name, value)
	}
	return nil
}

// validDate accepts a day, a month, or nothing.
func validDate(name, value string) error {
	if _, err := time.Parse("2006-01", value); err == nil && name == "date" || value == "" {
		return nil
	}
	return validDay(name, value)
}

// Fields of entries that hold lists.
var listFields = map[string]bool{"participants": true, "to": true, "aliases": true, "parties": true, "mediators": true}

func fieldValue(name, value string) any {
	switch {
	case listFields[name]:
		out := []string{}
		for part := range strings.SplitSeq(value, ";") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
		return out
	case value == "":
		return nil
	case value == "true" || value == "false":
		return value == "true"
	}
	return value
}
