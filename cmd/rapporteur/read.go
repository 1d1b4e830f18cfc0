package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/extract"
	"rapporteur/internal/harvest/files"
	"rapporteur/internal/harvest/watch"
	"rapporteur/internal/ingest"
	"rapporteur/internal/store"
)

// page holds the flags that say what no page says itself.
type page struct {
	Type      string `enum:",txt,html,jsonl,feed,warc,eml,mbox,zip,tar,pdf" default:"" placeholder:"txt|html|jsonl|feed|warc|eml|mbox|zip|tar|pdf" help:"Type of standard input and of files whose name does not tell."`
	Outlet    string `placeholder:"NAME" help:"Publisher of all articles, whatever their pages say."`
	Published string `placeholder:"YYYY-MM-DD" help:"Day of publication of all articles."`
	Language  string `placeholder:"en" help:"Language of all articles."`
	Pattern   string `placeholder:"PATTERN" help:"Form of file names that tell day, author and outlet."`
}

func (p page) extract() extract.Options {
	return extract.Options{Pattern: p.Pattern, Outlet: p.Outlet, Published: p.Published, Language: p.Language}
}

func (p page) harvester() *files.Harvester {
	return files.New(files.Options{Type: article.Type(p.Type), Pattern: p.Pattern})
}

type readCommand struct {
	database
	page
	network
	Workers int      `placeholder:"N" help:"Articles read at the same time (default: one for each processor)."`
	Paths   []string `arg:"" name:"path" help:"Files, folders (walked), addresses (https://…), or - for standard input. Types: pages (.html .htm .xhtml), text (.txt .md), lines of JSON (.jsonl), feeds (.rss .atom .xml .json), web archives (.warc .arc), letters (.eml .mbox), PDF (.pdf), archives of all these (.zip .tar .tgz); each also as .gz."`
}

// Help shows how the command is used.
func (*readCommand) Help() string {
	return `A file that cannot be read is refused with its reason, the rest goes on (exit code 3). The same command
again goes on where it was stopped and reads nothing twice.

A feed gives an article for each item, a web archive (WARC, ARC, CC-NEWS) one for each page, a mailbox one for
each letter; pages.zip/2024/map.html names one file of an archive. Types go by name, else by content; --type
tells that of standard input where its first bytes do not. What is no article to read (live blogs, paywalls,
cookie walls, videos, lists of headlines) and what is not in English is kept and waits: see "state" in
"rapporteur articles".

Examples:

    rapporteur read article.txt
    rapporteur read --db talks.db archive/ more.jsonl.gz
    rapporteur read feed.xml CC-NEWS-20240501.warc.gz letters.mbox pages.zip
    rapporteur read https://example.org/page https://example.org/report.pdf
    curl -s https://example.org/page | rapporteur read --type html --outlet "Example" -`
}

// Run reads the paths.
func (r *readCommand) Run(c *console) error {
	if r.Workers < 0 {
		return misuse{"--workers must be 1 or more"}
	}
	if err := validDay("--published", r.Published); err != nil {
		return err
	}
	in, err := c.reader(r.extract())
	if err != nil {
		return err
	}
	s, err := r.open(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	paths, addresses, err := addressesOf(r.Paths)
	if err != nil {
		return misuse{err.Error()}
	}
	f, err := r.fetcher(nil)
	if err != nil {
		return err
	}
	h := r.harvester()
	bar := c.newBar("reading")
	pages := chained(watched(h, h.Pages(c.ctx, paths, c.stdin), bar), watch.Addresses(c.ctx, f, r.AllowHost, addresses))
	begun := time.Now()
	report, err := in.Read(c.ctx, s, pages, ingest.ReadOptions{Workers: r.Workers, Progress: c.forgiving(s, c.outcomes(bar))})
	bar.finish()
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("stopped: %d articles are in %s; the same command again goes on from there", report.Articles(), r.DB)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, closing(report, h.Unknown(), h.Skipped(), time.Since(begun)))
	return ended(report)
}

// watched tells the bar how many bytes there are as soon as the walk knows it.
func watched(h *files.Harvester, pages iter.Seq[article.Page], bar *bar) iter.Seq[article.Page] {
	return func(yield func(article.Page) bool) {
		for p := range pages {
			bar.total.Store(h.Progress().TotalBytes)
			if !yield(p) {
				return
			}
		}
	}
}

// outcomes returns what tells the user of each page: the bar moves on, and a
// refusal is one line.
func (c *console) outcomes(bar *bar) func(ingest.Outcome) {
	return func(o ingest.Outcome) {
		if o.What == ingest.Refused {
			bar.clear()
			fmt.Fprintln(c.stderr, refusalLine(o.Refusal))
		}
		bar.add(o.Bytes)
	}
}

// forgiving takes an address off the list of refusals once it has given an article.
func (c *console) forgiving(s store.Store, tell func(ingest.Outcome)) func(ingest.Outcome) {
	return func(o ingest.Outcome) {
		tell(o)
		if o.What == ingest.Refused || !watch.IsAddress(o.Path) {
			return
		}
		if err := s.Unrefuse(c.ctx, o.Path, 0, ""); err != nil {
			c.log.Warn("an old refusal stays on the list", "source", o.Path, "err", err)
		}
	}
}

// refusalLine is path, line of the file if it holds many articles, and reason.
func refusalLine(r *article.Refusal) string {
	place := r.Source
	if r.Line > 0 {
		place = fmt.Sprintf("%s:%d", r.Source, r.Line)
	}
	return place + ": " + strings.Join(strings.Fields(r.Reason), " ")
}

func ended(r ingest.Report) error {
	if r.Refused > 0 {
		return errRefused
	}
	return nil
}

// closing is the one line that a run ends with. It goes to standard output, so
// that standard error has one line for each refused file and no other.
func closing(r ingest.Report, unknown, skipped int, took time.Duration) string {
	parts := []string{plural(r.Articles(), "article")}
	for _, p := range []struct {
		n    int
		what string
	}{
		{r.Added, "new"}, {r.Changed, "changed"}, {r.Again, "read again"}, {r.Unchanged, "unchanged"},
		{r.Waiting, "in a language that is not read yet"},
		{r.Kept, "kept without being read (live blogs, paywalls, videos, lists)"}, {r.Refused, "refused"},
	} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	if unknown > 0 {
		parts = append(parts, plural(unknown, "file")+" of unknown type left alone")
	}
	if skipped > 0 {
		parts = append(parts, plural(skipped, "record")+" of archives without an article")
	}
	line := parts[0]
	if len(parts) > 1 {
		line += ": " + strings.Join(parts[1:], ", ")
	}
	if seconds := took.Seconds(); seconds >= 1 {
		line += fmt.Sprintf(" (%.1f s, %.1f articles/s)", seconds, float64(r.Articles())/seconds)
	}
	return line
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

type rereadCommand struct {
	database
	Stale   bool `xor:"which" help:"Only articles that other rules than this version's have read (the default)."`
	All     bool `xor:"which" help:"All articles."`
	Workers int  `placeholder:"N" help:"Articles read at the same time (default: one for each processor)."`
}

// Help shows how the command is used.
func (*rereadCommand) Help() string {
	return `Decisions of persons stay. Stopped halfway, "rapporteur reread" goes on with what is still stale.

Examples:

    rapporteur reread
    rapporteur reread --all --db talks.db`
}

// Run reads stored articles again.
func (r *rereadCommand) Run(c *console) error {
	s, err := r.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	in, err := c.reader(extract.Options{})
	if err != nil {
		return err
	}
	bar := c.newBar("reading again")
	n, err := in.Total(c.ctx, s, r.All)
	if err != nil {
		return err
	}
	bar.total.Store(int64(n))
	begun := time.Now()
	tell := c.outcomes(bar)
	report, err := in.Reread(c.ctx, s, ingest.RereadOptions{All: r.All, ReadOptions: ingest.ReadOptions{
		Workers: r.Workers, Progress: func(o ingest.Outcome) { o.Bytes = 1; tell(o) },
	}})
	bar.finish()
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("stopped: %d of %d articles were read again; \"rapporteur reread\" goes on with the rest", report.Articles(), n)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, closing(report, 0, 0, time.Since(begun)))
	return ended(report)
}

type forgetCommand struct {
	database
	Articles []string `arg:"" name:"article" help:"IDs of articles, as \"rapporteur articles\" lists them."`
}

// Help shows how the command is used.
func (*forgetCommand) Help() string {
	return `Examples:

    rapporteur articles --search gas
    rapporteur forget 0123456789abcdef`
}

// Run forgets the articles.
func (f *forgetCommand) Run(c *console) error {
	s, err := f.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	for _, id := range f.Articles {
		if err := s.Forget(c.ctx, id); err != nil {
			return err
		}
	}
	fmt.Fprintln(c.stderr, plural(len(f.Articles), "article")+" forgotten")
	return nil
}
