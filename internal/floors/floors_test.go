// Package floors keeps the house in order: rooms import only lower floors.
package floors

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// floor gives the floor of each room. A room below a listed one stands on its
// parent's floor unless it is listed itself. To move an arrow, change the table
// in the same commit and say why.
var floor = map[string]int{
	"data":                      0,
	"sample":                    0,
	"internal/text":             0,
	"internal/calendar":         0,
	"internal/article":          1,
	"internal/codebook":         1,
	"internal/lexicon":          2,
	"internal/document":         2,
	"internal/extract/decode":   2, // bytes → text
	"internal/extract/markup":   2, // page → paragraphs
	"internal/extract/pagedate": 2, // strings of pages → days
	"internal/record":           2,
	"internal/nlp":              3,
	"internal/nlp/grammar":      4, // puts the stages of words together
	// Arithmetic and vocabulary stand below the stages that use them.
	"internal/nlp/decode":         0,
	"internal/nlp/encoder/kernel": 0,
	"internal/nlp/wordpiece":      0,
	"internal/weights":            1,
	"internal/nlp/encoder":        2,
	"internal/quote":              3,
	"internal/event":              3,
	"internal/move":               3,
	"internal/position":           4, // asks the room of points
	"internal/position/point":     3,
	"internal/extract":            3,
	"internal/harvest":            3,
	"internal/harvest/files":      4, // opens what the rooms of harvest take apart
	"internal/harvest/watch":      5, // keeps its schedule in the store
	"internal/compile":            4,
	"internal/contradiction":      3, // over the entries of record
	"internal/story":              3,
	"internal/store":              4,
	"internal/store/sqlite":       5,
	"internal/store/storetest":    5,
	"internal/ingest":             6,
	"internal/export":             7,
	"internal/web":                7,
	"cmd/rapporteur":              8,
	"internal/floors":             9,
}

type goPackage struct {
	ImportPath string
	Doc        string
	Imports    []string
	GoFiles    []string
}

func list(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Doc,Imports,GoFiles", "rapporteur/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); decoder.More(); {
		var p goPackage
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// floorOf returns the floor of the nearest listed room at or above path.
func floorOf(path string) (int, bool) {
	for room := path; room != ""; {
		if n, ok := floor[room]; ok {
			return n, true
		}
		i := strings.LastIndex(room, "/")
		if i < 0 {
			break
		}
		room = room[:i]
	}
	return 0, false
}

func TestArrowsPointDown(t *testing.T) {
	for _, p := range list(t) {
		room := strings.TrimPrefix(p.ImportPath, "rapporteur/")
		if strings.HasPrefix(room, "tools/") {
			continue
		}
		own, known := floorOf(room)
		if !known {
			t.Errorf("%s stands on no floor: add it to the table", room)
			continue
		}
		for _, path := range p.Imports {
			other, ours := strings.CutPrefix(path, "rapporteur/")
			if !ours {
				continue
			}
			if strings.HasPrefix(other, "tools/") {
				t.Errorf("%s imports %s: the binary never imports tools", room, other)
			}
			below, _ := floorOf(other)
			if below >= own && !strings.HasPrefix(room, other+"/") {
				t.Errorf("%s (floor %d) imports %s (floor %d)", room, own, other, below)
			}
		}
	}
}

func TestEachRoomSaysWhatItIs(t *testing.T) {
	for _, p := range list(t) {
		if p.Doc == "" && len(p.GoFiles) > 0 {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

func TestNoRoomForNothing(t *testing.T) {
	empty := []string{"util", "utils", "common", "helpers", "types", "misc", "base"}
	for _, p := range list(t) {
		for part := range strings.SplitSeq(p.ImportPath, "/") {
			if slices.Contains(empty, part) {
				t.Errorf("%s: %q says nothing", p.ImportPath, part)
			}
		}
	}
}
