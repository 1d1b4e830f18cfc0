package main

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/extract"
	"rapporteur/internal/harvest/files"
	"rapporteur/internal/harvest/watch"
	"rapporteur/internal/ingest"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

type retryCommand struct {
	database
	network
	Reason  string   `placeholder:"KIND" help:"Only what was refused for this kind of reason, as \"rapporteur refusals\" lists it: timeout, unreachable, busy, gone, denied, forbidden, invalid, too large, unreadable, unsupported or crashed."`
	Workers int      `placeholder:"N" help:"Articles read at the same time (default: one for each processor)."`
	Named   []string `arg:"" optional:"" name:"source" help:"Only these files and addresses."`
}

// Help shows how the command is used.
func (*retryCommand) Help() string {
	return `Files are read again, addresses fetched again, sources looked at now, whatever their schedule says. What gives an
article is no longer listed as refused. What came on standard input is read again where it was small enough to keep.

Examples:

    rapporteur retry --reason timeout
    rapporteur retry --reason crashed --db talks.db
    rapporteur retry https://example.org/page`
}

// Run tries again what was refused.
func (r *retryCommand) Run(c *console) error {
	kinds := article.Kinds()
	if r.Reason != "" && !slices.Contains(kinds, article.Kind(r.Reason)) {
		return misuse{fmt.Sprintf("--reason must be one of %s", strings.Trim(fmt.Sprintf("%q", kinds), "[]"))}
	}
	s, err := r.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	in, err := c.reader(extract.Options{})
	if err != nil {
		return err
	}
	todo, err := r.refusals(c, s)
	if err != nil {
		return err
	}
	begun := time.Now()
	sum, err := r.watched(c, s, in, todo)
	if err != nil {
		return err
	}
	rest, err := r.read(c, s, in, todo)
	if err != nil {
		return err
	}
	if todo.gone > 0 {
		fmt.Fprintf(c.stderr, "%s of standard input cannot be had again\n", plural(todo.gone, "refusal"))
	}
	sum = sum.Plus(rest)
	fmt.Fprintln(c.stdout, closing(sum, 0, 0, time.Since(begun)))
	return ended(sum)
}

// again is what is to be tried again.
type again struct {
	refusals  map[string][]article.Refusal // by source
	paths     []string                     // files
	kept      []article.Page               // bytes that were kept
	addresses []string                     // that no source lists
	listed    int                          // sources and items that are due now
	gone      int
}

// refusals sorts the refusals by how they are tried again.
func (r *retryCommand) refusals(c *console, s store.Store) (*again, error) {
	todo := &again{refusals: map[string][]article.Refusal{}}
	var order []string
	for f, err := range s.Refusals(c.ctx, store.Filter{State: r.Reason}) {
		if err != nil {
			return nil, err
		}
		if len(r.Named) > 0 && !slices.Contains(r.Named, f.Source) {
			continue
		}
		if todo.refusals[f.Source] == nil {
			order = append(order, f.Source)
		}
		todo.refusals[f.Source] = append(todo.refusals[f.Source], f)
	}
	for _, source := range order {
		if err := todo.sort(c, s, source); err != nil {
			return nil, err
		}
	}
	return todo, nil
}

func (a *again) sort(c *console, s store.Store, source string) error {
	switch {
	case watch.IsAddress(source):
		n, err := s.RetrySources(c.ctx, source, "")
		if err != nil {
			return err
		}
		if a.listed += n; n == 0 {
			a.addresses = append(a.addresses, source)
		}
	case source == "-":
		for _, f := range a.refusals[source] {
			content, err := s.RefusedContent(c.ctx, f)
			if err != nil {
				return err
			}
			if content == nil {
				a.gone++
				continue
			}
			a.kept = append(a.kept, article.Page{Path: source, Line: f.Line, Bytes: content})
		}
	default:
		n, err := s.RetrySources(c.ctx, source, "") // a folder
		if err != nil {
			return err
		}
		a.listed += n
		a.paths = append(a.paths, source)
	}
	return nil
}

// watched looks at sources and reads items that are due by the retry.
func (r *retryCommand) watched(c *console, s store.Store, in *ingest.Ingest, todo *again) (ingest.Report, error) {
	if todo.listed == 0 {
		return ingest.Report{}, nil
	}
	rounds := &rounds{store: s, in: in, workers: r.Workers, begun: time.Now()}
	var err error
	rounds.watcher, err = r.watcher(c.ctx, s, true, watch.Options{DueBy: record.Asked, Tell: func(l watch.Look) { rounds.look(c, l) }})
	if err != nil {
		return ingest.Report{}, err
	}
	return rounds.until(c)
}

// read reads files, bytes and addresses again.
func (r *retryCommand) read(c *console, s store.Store, in *ingest.Ingest, todo *again) (ingest.Report, error) {
	f, err := r.fetcher(nil)
	if err != nil {
		return ingest.Report{}, err
	}
	h := files.New(files.Options{})
	bar := c.newBar("retrying")
	tell := c.outcomes(bar)
	var failed error
	pages := chained(todo.pages(h.Pages(c.ctx, todo.paths, c.stdin)), slices.Values(todo.kept), watch.Addresses(c.ctx, f, r.AllowHost, todo.addresses))
	report, err := in.Read(c.ctx, s, pages, ingest.ReadOptions{Workers: r.Workers, Progress: func(o ingest.Outcome) {
		tell(o)
		if err := todo.settle(c, s, o); err != nil && failed == nil {
			failed = err
		}
	}})
	bar.finish()
	if err == nil {
		err = failed
	}
	return report, err
}

// pages leaves out articles of files that were not refused.
func (a *again) pages(all iter.Seq[article.Page]) iter.Seq[article.Page] {
	return func(yield func(article.Page) bool) {
		for p := range all {
			whole := slices.ContainsFunc(a.refusals[p.Path], func(r article.Refusal) bool { return r.Line == 0 || r.Line == p.Line })
			if (whole || a.refusals[p.Path] == nil) && !yield(p) {
				return
			}
		}
	}
}

// settle takes off the list what is no longer refused, or no longer for this reason.
func (a *again) settle(c *console, s store.Store, o ingest.Outcome) error {
	for _, was := range a.refusals[o.Path] {
		if was.Line != o.Line && was.Line != 0 || o.Refusal != nil && o.Refusal.Reason == was.Reason {
			continue
		}
		if err := s.Unrefuse(c.ctx, was.Source, was.Line, was.Reason); err != nil {
			return err
		}
	}
	return nil
}

// chained yields the pages of all sequences, one after the other.
func chained(all ...iter.Seq[article.Page]) iter.Seq[article.Page] {
	return func(yield func(article.Page) bool) {
		for _, pages := range all {
			for p := range pages {
				if !yield(p) {
					return
				}
			}
		}
	}
}
