//go:build unix

package main

import (
	"context"
	"encoding/gob"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
	"rapporteur/internal/compile"
	"rapporteur/internal/ingest"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/record"
	"rapporteur/tools/corpus"
)

// paragraphs is how many of an article are read: some 350 words.
const paragraphs = 9

// templates reads language of n articles. What was read before is kept beside
// the record.
func templates(ctx context.Context, o options) ([]*record.Reading, []corpus.Text, error) {
	folder, err := corpus.Find()
	if err != nil {
		return nil, nil, err
	}
	texts, err := chosen(folder, o.templates)
	if err != nil {
		return nil, nil, err
	}
	kept := filepath.Join(filepath.Dir(o.db), fmt.Sprintf("templates-%d.gob", o.templates))
	if file, err := os.Open(kept); err == nil {
		defer file.Close()
		var readings []*record.Reading
		return readings, texts, gob.NewDecoder(file).Decode(&readings)
	}
	readings, err := read(ctx, texts)
	if err != nil {
		return nil, nil, err
	}
	file, err := os.Create(kept)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	return readings, texts, gob.NewEncoder(file).Encode(readings)
}

// chosen returns every other article of Wikinews and as many of PolNeAR.
func chosen(folder string, n int) ([]corpus.Text, error) {
	wiki, err := corpus.Wikinews(folder)
	if err != nil {
		return nil, err
	}
	news, err := corpus.PolNeAR(folder)
	if err != nil {
		return nil, err
	}
	var out []corpus.Text
	for i := 0; len(out) < n && i < len(news); i++ {
		out = append(out, news[i*5%len(news)])
		if i < len(wiki) {
			out = append(out, wiki[i])
		}
	}
	for i := range out {
		out[i].Paragraphs = out[i].Paragraphs[:min(paragraphs, len(out[i].Paragraphs))]
	}
	return out[:min(n, len(out))], nil
}

func read(ctx context.Context, texts []corpus.Text) ([]*record.Reading, error) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		return nil, err
	}
	in, err := ingest.New(lex, ingest.Options{})
	if err != nil {
		return nil, err
	}
	out, errs := make([]*record.Reading, len(texts)), make([]error, len(texts))
	var workers sync.WaitGroup
	next := make(chan int)
	for range runtime.NumCPU() {
		workers.Go(func() {
			for i := range next {
				out[i], errs[i] = readOne(ctx, in, texts[i])
			}
		})
	}
	for i := range texts {
		next <- i
		if i%50 == 0 {
			fmt.Fprintf(os.Stderr, "large: %d of %d templates\n", i, len(texts))
		}
	}
	close(next)
	workers.Wait()
	kept := out[:0]
	for i, err := range errs {
		if err == nil {
			kept = append(kept, out[i])
		} else if ctx.Err() != nil {
			return nil, err
		}
	}
	return kept, nil
}

func readOne(ctx context.Context, in *ingest.Ingest, t corpus.Text) (*record.Reading, error) {
	page := article.Page{Path: t.Name + ".txt", Type: article.Plain, Bytes: []byte(t.Title + "\n\n" + t.Body())}
	a, err := in.Article(ctx, page)
	if err != nil {
		return nil, err
	}
	a.ID, a.Outlet = t.Name, t.Outlet
	if day, err := calendar.ParseDay(t.Day); err == nil {
		a.Published = day
	}
	d, err := in.Annotate(ctx, a)
	if err != nil {
		return nil, err
	}
	return compile.Reading(d, in.Reader())
}

func wordsOf(texts []corpus.Text) []string {
	var out []string
	for _, t := range texts {
		out = append(out, strings.Fields(t.Body())...)
	}
	return out
}
