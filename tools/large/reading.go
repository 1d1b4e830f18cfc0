//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"rapporteur/tools/corpus"
)

// readings measures "rapporteur read" of articles whose language is read, by one
// worker and by two, into an empty record and into the large one.
func readings(ctx context.Context, o options) error {
	folder, err := corpus.Find()
	if err != nil {
		return err
	}
	texts, err := chosen(folder, o.texts)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp(filepath.Dir(o.db), "reading-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	items := filepath.Join(work, "articles.jsonl")
	if err := writeTexts(items, texts); err != nil {
		return err
	}
	for _, name := range []string{"large-1.db", "large-2.db"} {
		if err := copyFile(o.db, filepath.Join(work, name)); err != nil {
			return err
		}
	}
	words := 0
	for _, t := range texts {
		words += t.Words()
	}
	fmt.Printf("reading %d articles of %d words:\n", len(texts), words/max(1, len(texts)))
	var busy, pace [4]float64
	for i, m := range []struct {
		name, db string
		workers  int
	}{{"one worker, an empty record", filepath.Join(work, "one.db"), 1}, {"two workers, an empty record", filepath.Join(work, "two.db"), 2}, {"one worker, the large record", filepath.Join(work, "large-1.db"), 1}, {"two workers, the large record", filepath.Join(work, "large-2.db"), 2}} {
		u, err := readInto(ctx, o.binary, m.db, items, m.workers)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		n := float64(len(texts))
		busy[i], pace[i] = u.busy/n, n/u.took
		fmt.Printf("    %-30s %6.1f s (load %s), %6.1f ms of the processor an article, %5.1f articles/s; %4.2f threads wanted a processor; %4.0f MB at most\n",
			m.name, u.took, load(), 1000*busy[i], pace[i], u.wanted, float64(u.memory)/1024)
	}
	fmt.Printf("    two workers against one: %.2f times the articles a second by the clock, %.2f times the work for an article; the large record against the empty one: %.3f times the work\n",
		pace[1]/pace[0], busy[1]/busy[0], busy[2]/busy[0])
	return nil
}

// A use is what a process took.
type use struct {
	took, busy float64 // seconds by the clock, of processors
	wanted     float64 // how many of its threads ran or waited for a processor, on average
	memory     int64   // kilobytes, at most
}

func readInto(ctx context.Context, binary, db, items string, workers int) (use, error) {
	var said bytes.Buffer
	command := exec.CommandContext(ctx, binary, "read", "--db", db, "--workers", fmt.Sprint(workers), items)
	command.Stdout, command.Stderr = &said, &said
	begun := time.Now()
	if err := command.Start(); err != nil {
		return use{}, err
	}
	done := make(chan error, 1)
	go func() { done <- command.Wait() }()
	var sought float64
	for waiting := true; waiting; {
		select {
		case err := <-done:
			if err != nil {
				return use{}, fmt.Errorf("%w: %s", err, said.String())
			}
			waiting = false
		case <-time.After(100 * time.Millisecond):
			sought = max(sought, scheduled(command.Process.Pid)) // less when threads have ended
		}
	}
	u := use{took: time.Since(begun).Seconds(), busy: (command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds()}
	u.wanted = sought / u.took
	if r, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.memory = r.Maxrss
	}
	return u, nil
}

// scheduled returns for how many seconds the threads of a process have run or
// waited for a processor, as Linux tells it; 0 elsewhere.
func scheduled(pid int) float64 {
	names, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	if err != nil {
		return 0
	}
	var sum float64
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		var ran, waited float64 // nanoseconds
		if n, _ := fmt.Fscan(bytes.NewReader(b), &ran, &waited); n == 2 {
			sum += (ran + waited) / 1e9
		}
	}
	return sum
}

func writeTexts(name string, texts []corpus.Text) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := json.NewEncoder(file)
	for _, t := range texts {
		err := lines.Encode(map[string]string{"id": "read-" + t.Name, "published": t.Day, "outlet": t.Outlet, "title": strings.TrimSpace(t.Title), "text": t.Body()})
		if err != nil {
			return err
		}
	}
	return file.Close()
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}
