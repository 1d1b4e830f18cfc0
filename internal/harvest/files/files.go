// Package files reads articles from files, folders, archives and standard input.
//
// In: paths as a user names them. Out: one article.Page for each article or
// refused source, in a fixed order: paths as given, folders sorted by name, archives
// and feeds in their own order. What always holds: every file is a page, a refusal, or
// counted as unknown; no file is held in memory beyond the limit; the same file named
// twice is read once; nothing panics.
package files

import (
	"context"
	"io"
	"iter"
	"path"
	"strings"

	"rapporteur/internal/article"
)

// Limit is the size of the largest article that is read, after decompression.
const Limit = 16 << 20

// Options say how to read.
type Options struct {
	Type    article.Type // type of standard input and of files whose name does not tell; "" asks the name
	Pattern string       // form of file names that carry day, author, outlet; kept for readers of pages
}

// A Harvester reads paths. It serves one call of Pages at a time.
type Harvester struct {
	options  Options
	progress Progress
	unknown  int
	skipped  int
}

// Progress tells how far a walk has come.
type Progress struct {
	Files, TotalFiles int   // files begun, and all that the walk found
	Bytes, TotalBytes int64 // bytes of the files on disk that were read; standard input counts as none
}

// New returns a harvester.
func New(options Options) *Harvester { return &Harvester{options: options} }

// Progress returns how far the walk has come. It is meant to be asked from the
// loop over Pages; totals are known when the first page comes.
func (h *Harvester) Progress() Progress { return h.progress }

// Unknown returns how many files of unknown type lay in the walked folders.
func (h *Harvester) Unknown() int { return h.unknown }

// Skipped returns how many records of web archives held no text of an article:
// requests, pictures, redirects, pages that were seen before.
func (h *Harvester) Skipped() int { return h.skipped }

// Pages reads the paths. "-" is standard input. The loop may be broken off at any
// time; a cancelled context ends it.
func (h *Harvester) Pages(ctx context.Context, paths []string, stdin io.Reader) iter.Seq[article.Page] {
	return func(yield func(article.Page) bool) {
		h.progress, h.unknown, h.skipped = Progress{}, 0, 0
		list := h.plan(ctx, paths)
		for _, s := range list {
			if ctx.Err() != nil {
				return
			}
			h.progress.Files++
			before := h.progress.Bytes
			if !h.read(ctx, s, stdin, yield) {
				return
			}
			h.progress.Bytes = before + s.size
		}
	}
}

// types are the types that the ends of names tell. Of ".xml" and ".json" only the
// content tells whether they are feeds.
var types = map[string]article.Type{
	".txt": article.Plain, ".md": article.Plain, ".text": article.Plain, ".markdown": article.Plain, ".html": article.HTML, ".htm": article.HTML, ".xhtml": article.HTML,
	".jsonl": article.JSONLine, ".ndjson": article.JSONLine, ".rss": article.Feed, ".atom": article.Feed, ".rdf": article.Feed, ".xml": perhapsFeed, ".json": perhapsFeed,
	".warc": article.WARC, ".arc": article.WARC, ".eml": article.Mail, ".mbox": article.Mbox, ".mbx": article.Mbox, ".zip": article.Zip, ".tar": article.Tar, ".tgz": article.Tar, ".pdf": article.PDF,
}

// perhapsFeed is the type of files that may be a feed.
const perhapsFeed article.Type = "xml or json"

// typeOf returns the type that a file name tells, and the name without ".gz".
func typeOf(name string) (kind article.Type, bare string, packed bool) {
	bare = name
	if strings.EqualFold(path.Ext(bare), ".gz") {
		bare, packed = bare[:len(bare)-3], true
	}
	return types[strings.ToLower(path.Ext(bare))], bare, packed || strings.EqualFold(path.Ext(bare), ".tgz")
}
