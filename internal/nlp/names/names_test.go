package names_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/grammar"
	"rapporteur/internal/nlp/names"
	"rapporteur/internal/text"
)

// stages are loaded once for all tests; they are read-only.
var stages = sync.OnceValues(load)

func load() ([]nlp.Stage, error) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		return nil, err
	}
	before, err := grammar.Embedded(lex)
	if err != nil {
		return nil, err
	}
	stage, err := names.New(lex)
	return append(before, stage), err
}

func read(t testing.TB, body string) *document.Doc {
	t.Helper()
	all, err := stages()
	if err != nil {
		t.Fatal(err)
	}
	d := document.New(&article.Article{Text: body, Body: text.Span{Start: 0, End: len(body)}})
	if err := nlp.Run(context.Background(), d, all...); err != nil {
		t.Fatal(err)
	}
	return d
}

func dump(d *document.Doc) string {
	var b strings.Builder
	for _, m := range d.Mentions {
		fmt.Fprintf(&b, "%s [%s] %s", d.In(m.Span), d.In(m.Head), [...]string{"named", "described", "pronoun"}[m.Form])
		for _, f := range []struct{ k, v string }{{"kind", string(m.Kind)}, {"key", m.Key}, {"role", d.In(m.Role)}, {"of", d.In(m.Of)}, {"same", d.In(m.Same)}, {"gender", m.Gender}} {
			if f.v != "" {
				fmt.Fprintf(&b, " %s=%s", f.k, f.v)
			}
		}
		if m.Plural {
			b.WriteString(" plural")
		}
		b.WriteString("\n")
	}
	return b.String()
}
