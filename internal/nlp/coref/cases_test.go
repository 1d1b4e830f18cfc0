package coref_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/coref"
	"rapporteur/internal/nlp/grammar"
	"rapporteur/internal/nlp/names"
	"rapporteur/internal/text"
)

var update = flag.Bool("update", false, "rewrite testdata")

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
	found, err := names.New(lex)
	if err != nil {
		return nil, err
	}
	stage, err := coref.New(lex)
	return append(before, found, stage), err
}

func read(t testing.TB, body string) *document.Doc {
	t.Helper()
	all, err := stages()
	if err != nil {
		t.Fatal(err)
	}
	d := document.New(&article.Article{Text: body, Body: text.Span{Start: 0, End: len(body)}})
	d.Layers |= document.LayerStatements // an article without statements
	if err := nlp.Run(context.Background(), d, all...); err != nil {
		t.Fatal(err)
	}
	return d
}

// show writes one line an actor: name, key, role, body, party, words.
func show(d *document.Doc) string {
	name := func(id document.ActorID) string {
		if id == document.NoActor {
			return ""
		}
		return d.Actors[id].Name
	}
	var b strings.Builder
	for i := range d.Actors {
		a := &d.Actors[i]
		fmt.Fprintf(&b, "%s (%s)", a.Name, a.Key)
		for _, f := range []struct{ key, value string }{{"role", a.Role}, {"of", name(a.Of)}, {"speaks for", name(a.Speaks)}} {
			if f.value != "" {
				fmt.Fprintf(&b, ", %s %s", f.key, f.value)
			}
		}
		var words []string
		for _, m := range a.Mentions {
			words = append(words, d.In(d.Mentions[m].Span))
		}
		fmt.Fprintf(&b, ": %s\n", strings.Join(words, " | "))
	}
	return b.String()
}

// TestCases reads each article of testdata and compares its actors with those
// written below it.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := show(read(t, strings.TrimSpace(string(archive.Files[0].Data))))
			if *update {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "actors.txt", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Actors may be wrong; each mention belongs to one of them at most, and they stand
// in the order of their first mentions.
func FuzzActors(f *testing.F) {
	f.Add("Veyra's envoy, Linnea March, said the envoy of the envoy met him. She and they and it. The U.S. and US.")
	f.Add("President of the President of the King. The party (TP). TP's leader. HWU.")
	f.Fuzz(func(t *testing.T, body string) {
		d := read(t, strings.ToValidUTF8(body, ""))
		owner := map[document.MentionID]document.ActorID{}
		for i, a := range d.Actors {
			for _, m := range a.Mentions {
				if _, twice := owner[m]; twice || d.Mentions[m].Actor != document.ActorID(i) {
					t.Fatalf("mention %d belongs to several actors", m)
				}
				owner[m] = document.ActorID(i)
			}
			for _, id := range []document.ActorID{a.Of, a.Speaks} {
				if id != document.NoActor && (id < 0 || int(id) >= len(d.Actors)) {
					t.Fatalf("actor %q points at %d", a.Name, id)
				}
			}
			if a.Name == "" || a.Key == "" {
				t.Fatalf("actor %d has no name", i)
			}
		}
	})
}
