package times_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// TestRecognizers measures single days on the expressions of
// microsoft/Recognizers-Text, where they lie beside the project; an answer is right
// when it is the day that the sentence or its past reading gives.
func TestRecognizers(t *testing.T) {
	file := beside("data/dates/DateParser.json")
	b, err := os.ReadFile(file)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("put github.com/microsoft/Recognizers-Text's Specs/DateTime/English at ../shared/data/dates beside the project")
	}
	var cases []struct {
		Input   string
		Context struct{ ReferenceDateTime string }
		Results []struct {
			Text  string
			Value struct{ FutureResolution, PastResolution struct{ Date string } }
		}
	}
	if err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\ufeff")), &cases); err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	for _, c := range cases {
		if len(c.Results) == 0 || len(c.Context.ReferenceDateTime) < 10 {
			continue
		}
		all++
		d := read(t, c.Input, c.Context.ReferenceDateTime[:10])
		v := c.Results[0].Value
		ok := len(d.Times) > 0 && (d.Times[0].When.First.String() == v.FutureResolution.Date || d.Times[0].When.First.String() == v.PastResolution.Date)
		if ok {
			right++
		} else if os.Getenv("TIMES") != "" {
			t.Logf("%q: want %s, got %s", c.Input, v.FutureResolution.Date, show(d))
		}
	}
	t.Logf("%d of %d expressions of a day", right, all)
}

// beside returns the path of a file in the folder shared beside the project.
func beside(name string) string {
	dir, err := os.Getwd()
	if err != nil {
		return name
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if path := filepath.Join(dir, "shared", name); exists(path) {
			return path
		}
	}
	return name
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
