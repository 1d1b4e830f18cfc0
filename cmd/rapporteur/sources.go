package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"time"

	"rapporteur/internal/export"
	"rapporteur/internal/harvest/fetch"
	"rapporteur/internal/harvest/opml"
	"rapporteur/internal/harvest/watch"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

type sourcesCommand struct {
	List   sourcesListCommand   `cmd:"" default:"withargs" help:"List sources and their health (what \"rapporteur sources\" does)."`
	Add    sourcesAddCommand    `cmd:"" help:"Add feeds, news sitemaps, pages that list articles, folders."`
	Remove sourcesRemoveCommand `cmd:"" help:"Look at a source no longer; its articles stay."`
	Import sourcesImportCommand `cmd:"" help:"Add the feeds of an OPML file."`
	Export sourcesExportCommand `cmd:"" help:"Write the feeds as OPML."`
	Check  sourcesCheckCommand  `cmd:"" help:"Ask sources whether they are well, without reading articles."`
}

type sourcesListCommand struct {
	database
	Format string `enum:"table,json,jsonl,csv" default:"table" placeholder:"FORM" help:"table, json, jsonl or csv (default: table)."`
	Search string `placeholder:"WORDS" help:"Words of address, name or reason."`
}

// Help shows how the command is used.
func (*sourcesListCommand) Help() string {
	return `Examples:

    rapporteur sources
    rapporteur sources list --format csv > sources.csv`
}

// Run lists the sources.
func (l *sourcesListCommand) Run(c *console) error {
	return listed(c, l.database, form{Format: l.Format}, export.SourceColumns(shortTime), func(ctx context.Context, s store.Reader) iter.Seq2[record.Source, error] {
		return s.Sources(ctx, store.Filter{Search: l.Search})
	})
}

// adding holds the flags of what is added.
type adding struct {
	AllowHost []string      `placeholder:"HOST" help:"A host that may have a private address, for these sources and the pages that they name."`
	Every     time.Duration `placeholder:"TIME" help:"Between two looks (default: what \"rapporteur watch\" says; folders: 10s)."`
	Outlet    string        `placeholder:"NAME" help:"Publisher of the articles, whatever their pages say."`
}

// source makes a source of what a user names.
func (a adding) source(named, kind, name string) (record.Source, error) {
	now := watch.Stamp(time.Now())
	s := record.Source{Address: named, Kind: kind, Name: name, Outlet: a.Outlet, Every: int(a.Every.Seconds()), Allow: a.AllowHost, Added: now, NextTry: now}
	if a.Every < 0 || a.Every > 0 && a.Every < time.Second {
		return s, misuse{"--every must be 1s or more"}
	}
	if watch.IsAddress(named) {
		if kind == record.SourceFolder {
			return s, misuse{"a folder is named by its path"}
		}
		if err := fetch.CheckAddress(named); err != nil {
			return s, misuse{fmt.Sprintf("%s: %v", named, err)}
		}
		return s, nil
	}
	info, err := os.Stat(named)
	if err != nil || !info.IsDir() {
		return s, misuse{fmt.Sprintf("%q is no folder; an address begins with https:// or http://", named)}
	}
	if s.Address, err = filepath.Abs(named); err != nil {
		return s, fmt.Errorf("folder %s: %w", named, err)
	}
	s.Kind = record.SourceFolder
	return s, nil
}

type sourcesAddCommand struct {
	database
	adding
	Kind      string   `enum:",feed,sitemap,list,folder" default:"" placeholder:"feed|sitemap|list|folder" help:"What it is; without this, the first look tells."`
	Name      string   `placeholder:"NAME" help:"What to call it (default: what it calls itself)."`
	Addresses []string `arg:"" name:"address" help:"Feeds (RSS, Atom, JSON Feed), news sitemaps, pages that list articles, folders."`
}

// Help shows how the command is used.
func (*sourcesAddCommand) Help() string {
	return `The address of a site will do: where its page names a feed, that is looked at. Nothing is fetched now:
"rapporteur sources check" asks whether the sources are well, "rapporteur watch" reads them.

Examples:

    rapporteur sources add https://example.org/feed.xml
    rapporteur sources add --every 10m --outlet "Example Times" https://example.org/news-sitemap.xml
    rapporteur sources add --kind list https://example.org/world
    rapporteur sources add --allow-host 127.0.0.1 http://127.0.0.1:8000/feed.xml
    rapporteur sources add inbox/`
}

// Run adds sources.
func (a *sourcesAddCommand) Run(c *console) error {
	if a.Name != "" && len(a.Addresses) > 1 {
		return misuse{"--name is for one source"}
	}
	var list []record.Source
	for _, named := range a.Addresses {
		s, err := a.source(named, a.Kind, a.Name)
		if err != nil {
			return err
		}
		list = append(list, s)
	}
	return added(c, a.database, list)
}

// added adds sources and says how many are new.
func added(c *console, d database, list []record.Source) error {
	s, err := d.open(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	fresh := 0
	for _, source := range list {
		err := s.AddSource(c.ctx, source)
		switch {
		case errors.Is(err, record.ErrConflict):
			fmt.Fprintf(c.stderr, "%s: it is there already\n", source.Address)
		case err != nil:
			return err
		default:
			fresh++
		}
	}
	fmt.Fprintf(c.stdout, "%s added\n", plural(fresh, "source"))
	return nil
}

type sourcesRemoveCommand struct {
	database
	Addresses []string `arg:"" name:"address" help:"As \"rapporteur sources\" lists them."`
}

// Help shows how the command is used.
func (*sourcesRemoveCommand) Help() string {
	return `Examples:

    rapporteur sources remove https://example.org/feed.xml`
}

// Run removes sources.
func (r *sourcesRemoveCommand) Run(c *console) error {
	s, err := r.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	for _, address := range r.Addresses {
		err := s.RemoveSource(c.ctx, address)
		if full, bad := filepath.Abs(address); errors.Is(err, record.ErrNotFound) && bad == nil && !watch.IsAddress(address) {
			err = s.RemoveSource(c.ctx, full)
		}
		if err != nil {
			return err
		}
	}
	fmt.Fprintf(c.stdout, "%s removed\n", plural(len(r.Addresses), "source"))
	return nil
}

type sourcesImportCommand struct {
	database
	adding
	Files []string `arg:"" name:"file" help:"OPML files, or - for standard input."`
}

// Help shows how the command is used.
func (*sourcesImportCommand) Help() string {
	return `Examples:

    rapporteur sources import feeds.opml
    curl -s https://example.org/feeds.opml | rapporteur sources import --every 1h -`
}

// maxList bounds a list of feeds.
const maxList = 16 << 20

// Run adds the feeds of lists.
func (i *sourcesImportCommand) Run(c *console) error {
	var list []record.Source
	for _, name := range i.Files {
		raw, err := c.whole(name, maxList)
		if err != nil {
			return err
		}
		feeds, err := opml.Read(raw)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, f := range feeds {
			s, err := i.source(f.URL, record.SourceFeed, f.Title)
			if err != nil {
				fmt.Fprintln(c.stderr, err)
				continue
			}
			s.Kind = "" // a list may call a page a feed: the first look tells
			list = append(list, s)
		}
	}
	return added(c, i.database, list)
}

// whole reads a file or standard input, up to a limit.
func (c *console) whole(name string, most int64) ([]byte, error) {
	in := c.stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		in = file
	}
	raw, err := io.ReadAll(io.LimitReader(in, most+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if int64(len(raw)) > most {
		return nil, fmt.Errorf("%s is larger than %d MB", name, most>>20)
	}
	return raw, nil
}

type sourcesExportCommand struct {
	database
}

// Help shows how the command is used.
func (*sourcesExportCommand) Help() string {
	return `Examples:

    rapporteur sources export > feeds.opml`
}

// Run writes the feeds as OPML.
func (e *sourcesExportCommand) Run(c *console) error {
	s, err := e.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	var feeds []opml.Feed
	for source, err := range s.Sources(c.ctx, store.Filter{}) {
		switch {
		case err != nil:
			return err
		case source.Kind == record.SourceFolder:
			fmt.Fprintf(c.stderr, "%s: a folder, which OPML cannot name\n", source.Address)
		case source.Via != "":
			feeds = append(feeds, opml.Feed{Title: source.Name, URL: source.Via, Site: source.Address})
		default:
			feeds = append(feeds, opml.Feed{Title: source.Name, URL: source.Address})
		}
	}
	return opml.Write(c.stdout, "rapporteur", feeds)
}

type sourcesCheckCommand struct {
	database
	network
	Addresses []string `arg:"" optional:"" name:"address" help:"Sources to ask (default: all)."`
}

// Help shows how the command is used.
func (*sourcesCheckCommand) Help() string {
	return `Exit code 3 when some are not well.

Examples:

    rapporteur sources check
    rapporteur sources check --contact desk@example.org https://example.org/feed.xml`
}

// Run asks sources whether they are well.
func (k *sourcesCheckCommand) Run(c *console) error {
	s, err := k.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	w, err := k.watcher(c.ctx, s, true, watch.Options{})
	if err != nil {
		return err
	}
	list, err := k.asked(c, s)
	if err != nil {
		return err
	}
	sick := 0
	for _, source := range list {
		look, err := w.Check(c.ctx, source)
		if err != nil {
			return err
		}
		if look.Refusal != nil {
			sick++
			fmt.Fprintf(c.stdout, "%s: %s\n", source.Address, look.Refusal.Reason)
			continue
		}
		fmt.Fprintf(c.stdout, "%s: well, %s\n", source.Address, wellBeing(look))
	}
	if sick > 0 {
		return errRefused
	}
	return nil
}

// asked returns the sources that the command names.
func (k *sourcesCheckCommand) asked(c *console, s store.Store) ([]record.Source, error) {
	var list []record.Source
	for source, err := range s.Sources(c.ctx, store.Filter{}) {
		if err != nil {
			return nil, err
		}
		list = append(list, source)
	}
	if len(k.Addresses) == 0 {
		return list, nil
	}
	var named []record.Source
	for _, address := range k.Addresses {
		found := false
		for _, source := range list {
			if source.Address == address {
				named, found = append(named, source), true
			}
		}
		if !found {
			return nil, fmt.Errorf("%s is no source: add it with \"rapporteur sources add\"", address)
		}
	}
	return named, nil
}

func wellBeing(l watch.Look) string {
	if l.Same {
		return "nothing new since the last look"
	}
	kind := l.Source.Kind
	if kind == record.SourceList {
		kind = "page that lists articles"
	}
	line := fmt.Sprintf("a %s with %s", kind, plural(l.Listed, "item"))
	if l.Source.Via != "" {
		line += " at " + l.Source.Via
	}
	if l.Moved != "" {
		line += "; it moved for good to " + l.Moved
	}
	return line
}
