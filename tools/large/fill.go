//go:build unix

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"rapporteur/internal/record"
	"rapporteur/internal/store/sqlite"
	"rapporteur/tools/corpus"
)

const (
	atOnce = 16           // articles in one transaction, as read stores them
	block  = 125 * atOnce // articles over which the time is averaged
)

// fill makes the record and tells how fast articles are stored as it grows. A run
// that was broken off goes on where it was.
func fill(ctx context.Context, o options) error {
	if err := os.MkdirAll(filepath.Dir(o.db), 0o755); err != nil {
		return err
	}
	readings, texts, err := templates(ctx, o)
	if err != nil {
		return err
	}
	press := newPress(wordsOf(texts), readings)
	db, err := sqlite.Open(ctx, o.db+".part", sqlite.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	counts, err := db.Counts(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d templates; milliseconds to store an article (store.PutAll, %d at a time), of the processor and by the clock, by place in the record:\n", len(readings), atOnce)
	var busy, passed time.Duration
	for n := counts.Articles; n < o.articles; {
		var list []*record.Reading
		for ; len(list) < atOnce && n < o.articles; n++ {
			list = append(list, press.print(readings[n%len(readings)], n))
		}
		begun, used := time.Now(), processor()
		if _, err := db.PutAll(ctx, list); err != nil {
			return err
		}
		busy, passed = busy+processor()-used, passed+time.Since(begun)
		if n%block == 0 {
			fmt.Printf("    up to %7d: %6.2f ms of the processor, %6.2f by the clock (load %s)\n", n, busy.Seconds()*1000/block, passed.Seconds()*1000/block, load())
			busy, passed = 0, 0
		}
	}
	if err := db.Close(); err != nil {
		return err
	}
	return os.Rename(o.db+".part", o.db)
}

// processor returns how long this process has kept processors busy: on a machine
// that others use too it tells more than the clock.
func processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// load returns the load average of the last minute, as the machine tells it.
func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	for i, c := range b {
		if c == ' ' {
			return string(b[:i])
		}
	}
	return string(b)
}

// writeItems writes short articles for a read.
func writeItems(name string, n int) error {
	folder, err := corpus.Find()
	if err != nil {
		return err
	}
	items, err := corpus.Items(folder)
	if err != nil {
		return err
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := json.NewEncoder(file)
	for i := range n {
		t := items[i%len(items)]
		err := lines.Encode(map[string]string{"id": fmt.Sprintf("%s-%d", t.Name, i), "published": t.Day, "outlet": t.Outlet, "title": t.Title, "text": t.Body()})
		if err != nil {
			return err
		}
	}
	return nil
}
