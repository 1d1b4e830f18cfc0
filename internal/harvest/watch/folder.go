package watch

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/harvest/fetch"
	"rapporteur/internal/record"
)

// A file that was changed less than settling ago is looked at again after a pause.
const (
	settling = 2 * time.Second
	pause    = 300 * time.Millisecond
)

// maxFiles bounds one look at a folder.
const maxFiles = 200000

// folder lists the files of a folder.
func (w *Watcher) folder(ctx context.Context, s record.Source) (found, *fetch.Refused, error) {
	f := found{kind: record.SourceFolder, name: filepath.Base(s.Address)}
	refuse := func(reason string) (found, *fetch.Refused, error) {
		return f, &fetch.Refused{Refusal: article.Refuse(article.Unreadable, reason)}, nil
	}
	info, err := os.Stat(s.Address)
	if err != nil || !info.IsDir() {
		return refuse("there is no such folder")
	}
	fresh := map[string]bool{}
	now := w.options.Now()
	err = filepath.WalkDir(s.Address, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return nil // a folder that may not be read gives nothing
		case path != s.Address && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir() || !entry.Type().IsRegular() || strings.HasSuffix(path, ".meta.json"):
			return nil
		case len(f.items) >= maxFiles:
			return fs.SkipAll
		}
		file, err := entry.Info()
		if err != nil {
			return nil // it was taken away meanwhile
		}
		if age := now.Sub(file.ModTime()); age >= 0 && age < settling {
			fresh[path] = true
		}
		f.items = append(f.items, record.Item{Source: s.Address, Key: path, Mark: markOf(file), State: record.ItemWaits, Next: Stamp(now), Seen: Stamp(now)})
		return nil
	})
	f.items = settled(ctx, f.items, fresh)
	if ctx.Err() != nil {
		return f, nil, ctx.Err()
	}
	if err != nil {
		return refuse("it cannot be walked")
	}
	return f, nil, nil
}

func markOf(file fs.FileInfo) string {
	return fmt.Sprintf("%d %d", file.Size(), file.ModTime().UnixNano())
}

// settled leaves out files that were changed just now and go on changing: somebody
// is still writing them.
func settled(ctx context.Context, items []record.Item, fresh map[string]bool) []record.Item {
	if len(fresh) == 0 {
		return items
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return nil
	}
	return slices.DeleteFunc(items, func(i record.Item) bool {
		if !fresh[i.Key] {
			return false
		}
		file, err := os.Stat(i.Key)
		return err != nil || markOf(file) != i.Mark
	})
}
