// Package times finds expressions of days and intervals and resolves them against
// the day of publication.
//
// In: tagged tokens, sentences and the article's day. Out: Doc.Times. What always
// holds: spans do not overlap and stand in reading order; without a day of
// publication only dates with a year are given; an expression that cannot be
// resolved is left out.
package times

import (
	"context"
	"strconv"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// Version changes whenever the same text may be read differently.
const Version = "2"

// A Stage finds expressions of time.
type Stage struct{ words map[string]map[string]meaning }

// A meaning is what a word says of time: its kind with a number or a unit.
type meaning struct {
	value int
	unit  string
}

// New reads the table "times/words".
func New(lex *lexicon.Lexicon) (*Stage, error) {
	table, err := lex.Table("times/words")
	if err != nil {
		return nil, err
	}
	s := &Stage{words: map[string]map[string]meaning{}}
	for _, row := range table.Rows {
		kind, word := row.Get("kind"), row.Get("word")
		m := meaning{unit: row.Get("value")}
		switch kind {
		case "unit", "part":
		case "weekday", "month", "number", "ordinal", "day", "toward", "share", "ahead", "planned", "before":
			if m.value, err = strconv.Atoi(row.Get("value")); err != nil {
				return nil, row.Errorf("value %q: want a number", row.Get("value"))
			}
		default:
			return nil, row.Errorf("unknown kind %q", kind)
		}
		if s.words[kind] == nil {
			s.words[kind] = map[string]meaning{}
		}
		s.words[kind][word] = m
	}
	return s, nil
}

// Name returns "times".
func (*Stage) Name() string { return "times" }

// Version returns the version of the rules.
func (*Stage) Version() string { return Version }

// Needs returns the layers that must be there.
func (*Stage) Needs() document.Layers { return document.LayerTags | document.LayerSentences }

// Adds returns the layers that the stage fills.
func (*Stage) Adds() document.Layers { return document.LayerTimes }

// Annotate fills Doc.Times.
func (st *Stage) Annotate(_ context.Context, d *document.Doc) error {
	d.Times = nil
	for _, sentence := range d.Sentences {
		s := &scan{st: st, d: d, lo: sentence.Tokens.First, hi: sentence.Tokens.End, today: d.Article.Published}
		for i := s.lo; i < s.hi; {
			f, ok := s.find(i)
			if !ok {
				i++
				continue
			}
			span := text.Span{Start: d.Tokens[i].Span.Start, End: d.Tokens[f.end-1].Span.End}
			d.Times = append(d.Times, document.Time{Span: span, When: f.when, Made: document.Made{Stage: "times", Rule: f.rule, Version: Version}})
			i = f.end
		}
	}
	return nil
}

// A found is an expression that begins at a token.
type found struct {
	when calendar.When
	end  document.TokenID
	rule string
}

// find returns the longest expression that begins at token i.
func (s *scan) find(i document.TokenID) (found, bool) {
	var best found
	for _, rule := range []func(document.TokenID) found{s.numeric, s.monthDay, s.dayMonth, s.weekday, s.relativeDay, s.span, s.counted, s.ordinalDay, s.monthAlone, s.yearAlone} {
		if f := rule(i); f.end > best.end && f.when.IsKnown() {
			best = f
		}
	}
	return best, best.end > i
}
