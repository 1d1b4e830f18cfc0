// Package corpus reads the articles of ../shared/data for the tools that make
// test material of them.
//
// In: the folder. Out: texts with outlet, day, title and paragraphs. What always
// holds: texts come in the same order each time; nothing is changed in them but
// white space.
package corpus

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A Text is one article.
type Text struct {
	Name       string // names it within the corpus
	Outlet     string
	Day        string // ISO day, "" when not known
	Title      string
	Paragraphs []string
}

// Body returns the paragraphs, each after an empty line.
func (t Text) Body() string { return strings.Join(t.Paragraphs, "\n\n") }

// Words counts the words of the body.
func (t Text) Words() int { return len(strings.Fields(t.Body())) }

// Find returns ../shared/data, looked for from the working folder upwards.
func Find() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		data := filepath.Join(folder, "shared", "data")
		if _, err := os.Stat(data); err == nil {
			return data, nil
		}
		up := filepath.Dir(folder)
		if up == folder {
			return "", errors.New("no articles: ../shared/data is missing")
		}
		folder = up
	}
}

// Wikinews returns 295 articles of Wikinews.
func Wikinews(data string) ([]Text, error) {
	var out []Text
	for _, year := range []string{"2019", "2020"} {
		file, err := os.Open(filepath.Join(data, "wikinews", "wikinews_"+year+".csv"))
		if err != nil {
			return nil, err
		}
		rows, err := csv.NewReader(file).ReadAll()
		_ = file.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name(), err)
		}
		for i, row := range rows[1:] {
			out = append(out, Text{Name: fmt.Sprintf("wikinews-%s-%d", year, i), Outlet: "Wikinews", Day: row[1], Title: row[2], Paragraphs: paragraphs(row[3])})
		}
	}
	return out, nil
}

// PolNeAR returns the 840 news articles of the training split.
func PolNeAR(data string) ([]Text, error) {
	folder := filepath.Join(data, "polnear", "train", "text")
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var out []Text
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		t := Text{Name: strings.TrimSuffix(e.Name(), ".txt"), Paragraphs: paragraphs(string(b))}
		if parts := strings.SplitN(t.Name, "_", 3); len(parts) == 3 {
			t.Outlet, t.Day = parts[0], parts[1]
		}
		if len(t.Paragraphs) == 0 {
			continue
		}
		t.Title, t.Paragraphs = t.Paragraphs[0], t.Paragraphs[1:]
		out = append(out, t)
	}
	return out, nil
}

// Items returns the 10,210 short items of current events.
func Items(data string) ([]Text, error) {
	file, err := os.Open(filepath.Join(data, "currentevents", "items.jsonl"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var out []Text
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var item struct {
			Date, Text string
			Topics     []string
			Sources    []string
		}
		if err := json.Unmarshal(lines.Bytes(), &item); err != nil {
			return nil, err
		}
		t := Text{Name: fmt.Sprintf("item-%d", len(out)), Outlet: "unknown", Day: item.Date, Paragraphs: paragraphs(item.Text)}
		if len(item.Sources) > 0 {
			t.Outlet = item.Sources[0]
		}
		if len(item.Topics) > 0 {
			t.Title = item.Topics[len(item.Topics)-1]
		}
		out = append(out, t)
	}
	return out, lines.Err()
}

// paragraphs splits a text at line ends and makes each run of white space one
// space.
func paragraphs(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, line)
		}
	}
	return out
}
