// Package gold reads records of articles made by people, beside the project in
// ../shared/gold, builds documents from them and scores what stages find.
//
// In: a folder of records (JSON) and texts. Out: records, documents whose
// statements are those of the record, and counts of hits. What always holds: the
// figures are those of the public scorer; nothing here is part of the binary.
package gold

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// A Record is what people found in one article.
type Record struct {
	ID         string      `json:"id"`
	Title      string      `json:"title"`
	Outlet     string      `json:"outlet"`
	Published  string      `json:"published"`
	Statements []Statement `json:"statements"`
	Meetings   []Meeting   `json:"meetings"`
	Positions  []Position  `json:"positions"`
	Status     struct {
		State    string `json:"state"`
		Evidence string `json:"evidence"`
	} `json:"status"`
	Text string `json:"-"`
}

// A Statement of a record.
type Statement struct {
	Content []string `json:"content"`
	Form    string   `json:"form"`
	Source  string   `json:"source"`
	Speaker string   `json:"speaker"`
	For     string   `json:"for"`
	Cue     string   `json:"cue"`
}

// A Meeting of a record.
type Meeting struct {
	Name         string   `json:"name"`
	Date         string   `json:"date"`
	Place        string   `json:"place"`
	Participants []string `json:"participants"`
	State        string   `json:"state"`
}

// A Position of a record.
type Position struct {
	Holder     string `json:"holder"`
	Point      string `json:"point"`
	Mention    string `json:"mention"`
	Stance     string `json:"stance"`
	AssertedBy string `json:"asserted_by"`
	Own        bool   `json:"own"`
	Denied     bool   `json:"denied"`
	Evidence   string `json:"evidence"`
}

// Folder returns the path of a folder of gold, found by walking up from the
// working folder; "" when there is none.
func Folder(name string) string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		path := filepath.Join(dir, "shared", "gold", name)
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return path
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// Load reads all records of a folder, sorted by ID.
func Load(dir string) ([]Record, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	var out []Record
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var r Record
		if err := json.Unmarshal(raw, &r); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		body, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".txt")
		if err != nil {
			return nil, err
		}
		r.Text = string(body)
		out = append(out, r)
	}
	return out, nil
}
