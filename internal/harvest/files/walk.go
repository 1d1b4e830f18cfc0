package files

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rapporteur/internal/article"
)

// maxDepth bounds a walk, whatever links do.
const maxDepth = 64

// A source is one file to read, or one that is refused already.
type source struct {
	path    string
	member  string // the one file of an archive that was asked for, "" for all
	kind    article.Type
	size    int64
	named   bool // by the user, not found in a folder
	refusal *article.Refusal
}

// A walk collects sources.
type walk struct {
	*Harvester
	ctx     context.Context
	seen    map[string]bool // cleaned real paths of files taken and folders entered
	sources []source
}

// plan lists the files under the paths, without opening them.
func (h *Harvester) plan(ctx context.Context, paths []string) []source {
	w := &walk{Harvester: h, ctx: ctx, seen: map[string]bool{}}
	for _, p := range paths {
		w.named(p)
	}
	for _, s := range w.sources {
		h.progress.TotalFiles++
		h.progress.TotalBytes += s.size
	}
	return w.sources
}

// named takes a path of the command line.
func (w *walk) named(name string) {
	if name == "-" {
		if !w.again("-") {
			w.sources = append(w.sources, source{path: name, kind: w.options.Type})
		}
		return
	}
	info, err := os.Stat(name)
	switch {
	case err != nil && w.member(name):
	case err != nil:
		w.refuse(name, unreadable(name, err))
	case info.IsDir():
		w.folder(name, 0)
	default:
		kind, _, _ := typeOf(name)
		if kind == article.UnknownType || kind == perhapsFeed && w.options.Type != "" {
			kind = w.options.Type
		}
		w.file(name, kind, info)
		if last := len(w.sources) - 1; last >= 0 && w.sources[last].path == name {
			w.sources[last].named = true
		}
	}
}

// member takes "pages.zip/a/b.html": one file of an archive, under the name that pages
// and refusals give it.
func (w *walk) member(name string) bool {
	for at := len(name) - 1; at > 0; at-- {
		if name[at] != '/' {
			continue
		}
		kind, _, _ := typeOf(name[:at])
		if info, err := os.Stat(name[:at]); err == nil && info.Mode().IsRegular() && (kind == article.Zip || kind == article.Tar) {
			if !w.again(name) {
				w.sources = append(w.sources, source{path: name[:at], member: name[at+1:], kind: kind, size: info.Size(), named: true})
			}
			return true
		}
	}
	return false
}

// folder takes all files of a folder, sorted by name. Hidden entries are skipped;
// a folder that was entered before, by a link or another name, is not again.
func (w *walk) folder(name string, depth int) {
	if depth > maxDepth {
		w.refuse(name, article.Refuse(article.TooLarge, "folders nested too deep"))
		return
	}
	if w.ctx.Err() != nil || w.again(name) {
		return
	}
	entries, err := os.ReadDir(name)
	if err != nil {
		w.refuse(name, unreadable(name, err))
		return
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), ".") {
			w.entry(filepath.Join(name, entry.Name()), depth)
		}
	}
}

// entry takes one entry of a walked folder.
func (w *walk) entry(name string, depth int) {
	if isSidecar(name) {
		return
	}
	info, err := os.Stat(name)
	if err != nil {
		w.refuse(name, unreadable(name, err))
		return
	}
	if info.IsDir() {
		w.folder(name, depth+1)
		return
	}
	kind, _, _ := typeOf(name)
	if kind == article.UnknownType {
		w.unknown++
		return
	}
	w.file(name, kind, info)
}

func (w *walk) file(name string, kind article.Type, info fs.FileInfo) {
	switch {
	case !info.Mode().IsRegular():
		w.refuse(name, article.Refuse(article.Unreadable, "not a regular file"))
	case !w.again(name):
		w.sources = append(w.sources, source{path: name, kind: kind, size: info.Size()})
	}
}

func (w *walk) refuse(name string, refusal *article.Refusal) {
	if w.again(name) {
		return
	}
	refusal.Source = name
	w.sources = append(w.sources, source{path: name, refusal: refusal})
}

// again reports whether the path, links followed, was met before, and notes it.
func (w *walk) again(name string) bool {
	key := name
	if name != "-" {
		if real, err := filepath.EvalSymlinks(name); err == nil {
			key = real
		}
		if full, err := filepath.Abs(key); err == nil {
			key = full
		}
	}
	before := w.seen[key]
	w.seen[key] = true
	return before
}

// isSidecar reports whether the name is that of metadata beside an article.
func isSidecar(name string) bool { return strings.HasSuffix(name, ".meta.json") }

// sidecarOf returns the name of the metadata beside an article: "a.txt.gz" and
// "a.txt" have "a.meta.json".
func sidecarOf(name string) string {
	_, bare, _ := typeOf(name)
	return strings.TrimSuffix(bare, filepath.Ext(bare)) + ".meta.json"
}
