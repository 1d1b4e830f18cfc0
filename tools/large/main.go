//go:build unix

// Command large makes a record of 100,000 articles and measures what a person
// waits for when the archive is large.
//
// In: articles of ../shared/data, and the binary for what is measured through it.
// Out: tables for docs/performance.md. What always holds: language is read of a
// few hundred articles only (templates); each article of the large record is a
// template in other words of the same lengths, with other persons and days, so
// that spans stay true and no two are copies; it goes through store.Put like any
// other. The same articles give the same record.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/pprof"
)

type options struct {
	binary    string
	db        string
	articles  int
	templates int
	requests  int    // of each kind of question
	only      string // of the questions
	profile   string
	texts     int // read with their language
	seconds   int // of requests to the desk during a read
}

func main() {
	var o options
	flag.StringVar(&o.binary, "binary", "bin/rapporteur", "the program")
	flag.StringVar(&o.db, "db", "work/large.db", "the record; one that is there is measured as it is")
	flag.IntVar(&o.articles, "articles", 100_000, "how many articles")
	flag.IntVar(&o.templates, "templates", 400, "of how many articles language is read")
	flag.IntVar(&o.requests, "requests", 400, "how often each question is asked; 0 leaves it out")
	flag.StringVar(&o.only, "only", "", "ask the questions whose name holds this")
	flag.StringVar(&o.profile, "profile", "", "write what the processor does in here to this file")
	flag.IntVar(&o.texts, "texts", 240, "how many articles are read by one worker and by two; 0 leaves it out")
	flag.IntVar(&o.seconds, "seconds", 300, "how long the desk is asked during a read; 0 leaves it out")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := profiled(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "large:", err)
		os.Exit(1)
	}
}

func profiled(ctx context.Context, o options) error {
	if o.profile == "" {
		return run(ctx, o)
	}
	file, err := os.Create(o.profile)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := pprof.StartCPUProfile(file); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return run(ctx, o)
}

func run(ctx context.Context, o options) error {
	if _, err := os.Stat(o.db); err != nil {
		if err := fill(ctx, o); err != nil {
			return err
		}
	}
	if err := size(ctx, o); err != nil {
		return err
	}
	if o.requests > 0 {
		if err := ask(ctx, o); err != nil {
			return err
		}
	}
	if o.texts > 0 {
		if err := readings(ctx, o); err != nil {
			return err
		}
	}
	if o.seconds == 0 {
		return nil
	}
	return desk(ctx, o)
}
