//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"rapporteur/sample"
	"rapporteur/tools/corpus"
)

// writeItems writes n articles as JSON Lines and says where they come from.
func writeItems(name string, n int) (string, error) {
	texts, from, err := texts()
	if err != nil {
		return "", err
	}
	file, err := os.Create(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	lines := json.NewEncoder(file)
	for i := range n {
		t := texts[i*len(texts)/n%len(texts)]
		if len(texts) < n {
			t = texts[i%len(texts)]
		}
		day := t.Day
		if day == "" || i >= len(texts) {
			day = time.Date(2024, 3, 1+i/4, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		}
		err := lines.Encode(map[string]string{
			"id": fmt.Sprintf("%s-%d", t.Name, i), "published": day, "outlet": t.Outlet, "title": t.Title, "text": t.Body(),
		})
		if err != nil {
			return "", err
		}
	}
	return from, file.Close()
}

// texts returns short articles: those of ../shared/data, or the sample's.
func texts() ([]corpus.Text, string, error) {
	data, err := corpus.Find()
	if err != nil {
		out, err := sampled()
		return out, "the sample", err
	}
	items, err := corpus.Items(data)
	if err != nil {
		return nil, "", err
	}
	news, err := corpus.Wikinews(data)
	if err != nil {
		return nil, "", err
	}
	for i, t := range news { // one article in ten is longer
		t.Paragraphs = t.Paragraphs[:min(4, len(t.Paragraphs))]
		items[i*len(items)/len(news)] = t
	}
	return items, data, nil
}

func sampled() ([]corpus.Text, error) {
	names, err := fs.Glob(sample.Files, "*.txt")
	if err != nil {
		return nil, err
	}
	var out []corpus.Text
	for _, name := range names {
		b, err := fs.ReadFile(sample.Files, name)
		if err != nil {
			return nil, err
		}
		paragraphs := strings.Split(string(b), "\n\n")
		out = append(out, corpus.Text{Name: strings.TrimSuffix(name, ".txt"), Outlet: "The Halvik Courier", Title: paragraphs[0], Paragraphs: paragraphs[1:]})
	}
	return out, nil
}

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }
