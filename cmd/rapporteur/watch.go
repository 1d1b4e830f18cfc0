package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rapporteur/internal/extract"
	"rapporteur/internal/harvest/watch"
	"rapporteur/internal/ingest"
	"rapporteur/internal/store"
)

type watchCommand struct {
	database
	network
	Every   time.Duration `default:"30m" placeholder:"TIME" help:"Between two looks at a source that says nothing else (default: ${default})."`
	Once    bool          `help:"Read what is due and end: for cron."`
	Now     bool          `help:"Look at all sources at once, whatever their schedule says."`
	Workers int           `placeholder:"N" help:"Articles read at the same time (default: one for each processor)."`
}

// Help shows how the command is used.
func (*watchCommand) Help() string {
	return `Looks at the sources again and again and reads what is new. Each host is asked for one thing at a time, robots.txt
and Retry-After are heeded, and sources that fail are tried ever more rarely. The schedule is kept in the record:
stopped and started again, it goes on where it was. Where a page cannot be had, the feed's own text is read in its
place and marked so ("text": "feed" in the article's meta), and the page is tried again later.

Examples:

    rapporteur sources add https://example.org/feed.xml
    rapporteur watch --contact desk@example.org
    rapporteur watch --once
    */15 * * * * rapporteur watch --once --db talks.db`
}

// Run watches until it is told to stop.
func (w *watchCommand) Run(c *console) error {
	if w.Workers < 0 {
		return misuse{"--workers must be 1 or more"}
	}
	if w.Every < time.Second {
		return misuse{"--every must be 1s or more"}
	}
	s, err := w.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := w.round(c, s)
	if err != nil {
		return err
	}
	for {
		done, err := r.until(c)
		if errors.Is(err, context.Canceled) {
			return r.stopped(c, w.Once)
		}
		if err != nil {
			return err
		}
		if w.Once {
			return r.end(c, done)
		}
		if err := r.rest(c); err != nil {
			return r.stopped(c, false)
		}
	}
}

// round prepares the rounds of a watch. There must be something to look at.
func (w *watchCommand) round(c *console, s store.Store) (*rounds, error) {
	n := 0
	for source, err := range s.Sources(c.ctx, store.Filter{}) {
		if err != nil {
			return nil, err
		}
		n++
		if w.Now {
			if _, err := s.RetrySources(c.ctx, source.Address, ""); err != nil {
				return nil, err
			}
		}
	}
	if n == 0 {
		return nil, errors.New("there are no sources: add one with \"rapporteur sources add ADDRESS\"")
	}
	in, err := c.reader(extract.Options{})
	if err != nil {
		return nil, err
	}
	r := &rounds{store: s, in: in, workers: w.Workers, lasting: !w.Once, begun: time.Now()}
	r.watcher, err = w.watcher(c.ctx, s, w.Now, watch.Options{Every: w.Every, Tell: func(l watch.Look) { r.look(c, l) }})
	return r, err
}

// rounds look and read until nothing is due.
type rounds struct {
	store   store.Store
	in      *ingest.Ingest
	watcher *watch.Watcher
	workers int
	lasting bool // lines are dated, since they come for days
	begun   time.Time
	looked  int // looks at sources in the round
	looks   int // in all
	bar     *bar
}

// until goes through rounds until one finds nothing to do, and returns what came of
// all of them.
func (r *rounds) until(c *console) (ingest.Report, error) {
	var sum ingest.Report
	for {
		r.looked = 0
		begun := time.Now()
		r.bar = c.newBar("watching")
		if err := r.watcher.Look(c.ctx); err != nil {
			r.bar.finish()
			return sum, err
		}
		one, err := r.read(c)
		r.bar.finish()
		sum = sum.Plus(one)
		if err != nil {
			return sum, err
		}
		pages := one.Articles() + one.Refused
		if r.lasting && pages > 0 {
			fmt.Fprintln(c.stdout, r.dated(closing(one, 0, 0, time.Since(begun))))
		}
		if pages == 0 && r.looked == 0 {
			return sum, nil
		}
	}
}

// read fetches and reads the items that are due.
func (r *rounds) read(c *console) (ingest.Report, error) {
	tell := c.outcomes(r.bar)
	report, err := r.in.Read(c.ctx, r.store, r.watcher.Pages(c.ctx), ingest.ReadOptions{Workers: r.workers, Progress: func(o ingest.Outcome) {
		tell(o)
		r.watcher.Settle(c.ctx, o.Path, o.Refusal, o.Kept)
	}})
	if failed := r.watcher.Err(); err == nil {
		err = failed
	}
	return report, err
}

// look tells how a look at a source went, when there is something to tell.
func (r *rounds) look(c *console, l watch.Look) {
	r.looked++
	r.looks++
	name := l.Source.Name
	if name == "" {
		name = l.Source.Address
	}
	r.bar.clear()
	switch {
	case l.Refusal != nil:
		fmt.Fprintln(c.stderr, r.dated(fmt.Sprintf("%s: %s (next try %s)", l.Source.Address, l.Refusal.Reason, in(l.Source.NextTry, time.Now()))))
	case l.Fresh > 0:
		fmt.Fprintln(c.stdout, r.dated(fmt.Sprintf("%s: %d new of %d", name, l.Fresh, l.Listed)))
	}
}

func (r *rounds) dated(line string) string {
	if !r.lasting {
		return line
	}
	return time.Now().Format("2006-01-02 15:04:05  ") + line
}

// end tells what came of all rounds, or that nothing was due.
func (r *rounds) end(c *console, sum ingest.Report) error {
	line := closing(sum, 0, 0, time.Since(r.begun))
	next, err := r.store.NextDue(c.ctx)
	if err != nil {
		return err
	}
	if r.looks == 0 && sum == (ingest.Report{}) && next != "" {
		line = fmt.Sprintf("nothing is due: the next look is %s (--now does not wait)", in(next, time.Now()))
	}
	fmt.Fprintln(c.stdout, line)
	return ended(sum)
}

// longestRest bounds how long a watch sleeps: another process may add a source, or
// ask for one to be retried.
const longestRest = 5 * time.Second

// rest waits until something is due.
func (r *rounds) rest(c *console) error {
	next, err := r.store.NextDue(c.ctx)
	if err != nil {
		return err
	}
	wait := longestRest
	if t, err := time.Parse(time.RFC3339, next); err == nil {
		wait = max(100*time.Millisecond, min(wait, time.Until(t)))
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-c.ctx.Done():
		return c.ctx.Err()
	}
}

// stopped is how a watch ends by Ctrl-C: well, unless something was to be done.
func (r *rounds) stopped(c *console, failed bool) error {
	if failed {
		return errors.New("stopped; the same command again goes on from there")
	}
	fmt.Fprintln(c.stderr, "stopped; \"rapporteur watch\" goes on from there")
	return nil
}
