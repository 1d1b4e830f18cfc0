// Command mutate reads damaged copies of pages, feeds, web archives, letters and PDF
// files as rapporteur would, and fails when one crashes it or keeps it busy for long.
//
// In: files and folders to damage. Out: counts, and a line with the seed for each
// input that crashed or was slow. The same seed gives the same inputs.
//
//	go run ./tools/mutate -n 10000 ../shared/data/html ../shared/data/feeds ../shared/data/warc
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/extract"
	"rapporteur/internal/harvest/files"
	"rapporteur/internal/lexicon"
)

// slow is how long one input may take.
const slow = 5 * time.Second

// A base is a file that is damaged.
type base struct {
	name    string
	kind    article.Type
	content []byte
}

func main() {
	n := flag.Int("n", 10000, "how many damaged inputs")
	seed := flag.Uint64("seed", 1, "of the damage")
	only := flag.Int("only", -1, "read this one input alone, as a line about a crash names it")
	workers := flag.Int("workers", 1, "inputs read at the same time")
	flag.Parse()
	if err := run(*n, *seed, *only, *workers, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

func run(n int, seed uint64, only, workers int, paths []string) error {
	bases, err := load(paths)
	if err != nil {
		return err
	}
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		return err
	}
	x, err := extract.New(lex, extract.Options{})
	if err != nil {
		return err
	}
	var total tally
	var busy sync.WaitGroup
	jobs := make(chan int)
	for range workers {
		busy.Go(func() {
			for i := range jobs {
				total.add(one(x, bases, seed, i))
			}
		})
	}
	for i := range n {
		if only < 0 || i == only {
			jobs <- i
		}
	}
	close(jobs)
	busy.Wait()
	fmt.Printf("%d inputs of %d files: %d articles, %d refusals, %d crashes, %d over %v; slowest %v\n", n, len(bases), total.articles, total.refused, total.crashed, total.late, slow, total.slowest.Round(time.Millisecond))
	if total.crashed+total.late > 0 {
		return errors.New("crashed or slow")
	}
	return nil
}

// load reads the files to damage, one kind after the other in the order of names.
func load(paths []string) ([]base, error) {
	kinds := map[string]article.Type{".html": article.HTML, ".htm": article.HTML, ".xml": article.Feed, ".json": article.Feed, ".warc": article.WARC, ".arc": article.WARC, ".gz": article.UnknownType,
		".eml": article.Mail, ".pdf": article.PDF, ".txt": article.Plain, ".jsonl": article.JSONLine, ".zip": article.Zip}
	var list []base
	for _, path := range paths {
		err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			kind, known := kinds[strings.ToLower(filepath.Ext(name))]
			if !known {
				return nil
			}
			content, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if strings.HasSuffix(name, ".html.gz") {
				kind = article.HTML
				if content, err = unpack(content); err != nil {
					return err
				}
			}
			list = append(list, base{name, kind, content})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(list) == 0 {
		return nil, errors.New("no files to damage: name pages, feeds, archives, letters or PDF files")
	}
	slices.SortFunc(list, func(a, b base) int { return strings.Compare(a.name, b.name) })
	return list, nil
}

// A result tells what became of one input.
type result struct {
	articles, refused, crashed int
	took                       time.Duration
}

// A tally adds up results.
type tally struct {
	mu      sync.Mutex
	late    int
	slowest time.Duration
	result
}

func (t *tally) add(r result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.articles += r.articles
	t.refused += r.refused
	t.crashed += r.crashed
	t.slowest = max(t.slowest, r.took)
	if r.took > slow {
		t.late++
	}
}

// pick takes a page of HTML three times in five, else a file of any kind, each kind as
// often as the others.
func pick(chance *rand.Rand, bases []base) base {
	kinds := map[article.Type][]base{}
	var names []article.Type
	for _, b := range bases {
		if kinds[b.kind] == nil {
			names = append(names, b.kind)
		}
		kinds[b.kind] = append(kinds[b.kind], b)
	}
	list := kinds[names[chance.IntN(len(names))]]
	if pages := kinds[article.HTML]; len(pages) > 0 && chance.IntN(5) < 3 {
		list = pages
	}
	return list[chance.IntN(len(list))]
}

// one damages a file and reads it. What is slow is read again: on a busy machine the
// clock goes on while others work.
func one(x *extract.Extractor, bases []base, seed uint64, i int) result {
	r := once(x, bases, seed, i)
	if r.took > slow {
		r = once(x, bases, seed, i)
	}
	if r.took > slow {
		fmt.Printf("slow: seed %d, input %d: %v\n", seed, i, r.took)
	}
	return r
}

func once(x *extract.Extractor, bases []base, seed uint64, i int) (r result) {
	chance := rand.New(rand.NewPCG(seed, uint64(i)))
	b := pick(chance, bases)
	content := damage(chance, b.content)
	begun := time.Now()
	defer func() {
		if fault := recover(); fault != nil {
			r.crashed++
			fmt.Printf("crash: seed %d, input %d (%s): %v\n%s\n", seed, i, b.name, fault, debug.Stack())
		}
		r.took = time.Since(begun)
	}()
	for page := range files.New(files.Options{Type: b.kind}).Pages(context.Background(), []string{"-"}, bytes.NewReader(content)) {
		_, err := x.Article(context.Background(), page)
		var refusal *article.Refusal
		switch {
		case errors.As(err, &refusal) && refusal.Kind == article.Crashed:
			r.crashed++
			fmt.Printf("crash: seed %d, input %d (%s): %s\n", seed, i, b.name, refusal.Reason)
		case err != nil:
			r.refused++
		default:
			r.articles++
		}
	}
	return r
}
