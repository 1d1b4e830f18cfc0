package main

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// TestEveryCommandHasExamples asks each command for its help.
func TestEveryCommandHasExamples(t *testing.T) {
	var line commands
	parser, err := kong.New(&line, kong.Name("rapporteur"), kong.Vars{"db": "rapporteur.db"}, kong.ExplicitGroups(groups))
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Leaves(false) {
		name := strings.TrimPrefix(command.FullPath(), "rapporteur ")
		if name == "version" {
			continue
		}
		c, stdout, _ := quiet(t)
		if code := run(c, append(strings.Fields(name), "--help")); code != done {
			t.Errorf("%s --help: exit code %d", name, code)
		}
		said, _ := strings.CutSuffix(name, " list")
		if text := stdout.String(); !strings.Contains(text, "Examples:") || !strings.Contains(text, "rapporteur "+said) {
			t.Errorf("%s --help shows no example:\n%s", name, text)
		}
	}
}

// TestFormsThatAreNotThereAreNotPromised guards against words about commands and
// forms of later releases.
func TestFormsThatAreNotThereAreNotPromised(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"annotate", "--help"}, {"export", "--help"}} {
		c, stdout, _ := quiet(t)
		run(c, args)
		for _, word := range []string{"brief", "import"} {
			for text := range strings.FieldsSeq(stdout.String()) {
				if strings.Trim(text, ".,:;") == word {
					t.Errorf("%v promises %s", args, word)
				}
			}
		}
	}
}
