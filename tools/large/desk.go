//go:build unix

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"rapporteur/internal/store/sqlite"
)

const (
	listening = "127.0.0.1:18765"
	aSecond   = 100 // requests
)

// desk asks the desk of the large record 100 times a second while another process
// reads articles into it.
func desk(ctx context.Context, o options) error {
	db, err := sqlite.Open(ctx, o.db, sqlite.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	m, err := newMaterial(ctx, db)
	db.Close()
	if err != nil {
		return err
	}
	serve := exec.CommandContext(ctx, o.binary, "serve", "--db", o.db, "--listen", listening)
	if err := serve.Start(); err != nil {
		return err
	}
	defer func() { _ = serve.Process.Signal(syscall.SIGTERM); _ = serve.Wait() }()
	items := filepath.Join(filepath.Dir(o.db), "items.jsonl")
	if err := writeItems(items, o.seconds*40); err != nil {
		return err
	}
	reading := exec.CommandContext(ctx, o.binary, "read", "--db", o.db, "--workers", "1", items)
	if err := reading.Start(); err != nil {
		return err
	}
	defer func() { _ = reading.Process.Signal(syscall.SIGTERM); _ = reading.Wait() }()
	if err := awake(ctx); err != nil {
		return err
	}
	took, failed := m.requests(ctx, time.Duration(o.seconds)*time.Second)
	fmt.Printf("%d requests to the desk in %d s during a read (load %s): median %.1f ms, p95 %.1f, p99 %.1f, most %.1f; %d errors\n",
		len(took), o.seconds, load(), quantile(took, .5), quantile(took, .95), quantile(took, .99), quantile(took, 1), failed)
	return nil
}

func awake(ctx context.Context) error {
	for range 200 {
		if answer, err := http.Get("http://" + listening + "/"); err == nil {
			answer.Body.Close()
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return fmt.Errorf("the desk does not answer at %s", listening)
}

// requests asks for pages at a steady rate, whether or not earlier ones were
// answered; what it measures begins when a request is due.
func (m *material) requests(ctx context.Context, long time.Duration) (took []time.Duration, failed int) {
	client := &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: aSecond}}
	var lock sync.Mutex
	var open sync.WaitGroup
	tick := time.NewTicker(time.Second / aSecond)
	defer tick.Stop()
	begun := time.Now()
	for i := 0; time.Since(begun) < long && ctx.Err() == nil; i++ {
		due := <-tick.C
		open.Go(func() {
			err := fetched(client, m.path(i))
			lock.Lock()
			defer lock.Unlock()
			took = append(took, time.Since(due))
			if err != nil {
				failed++
			}
		})
	}
	open.Wait()
	return took, failed
}

// path returns what a reader of the desk asks for next.
func (m *material) path(i int) string {
	switch i % 10 {
	case 0:
		return "/"
	case 1, 2:
		return "/statements?q=" + m.rare[i%len(m.rare)]
	case 3:
		return "/talks/" + m.largest
	case 4:
		return "/actors"
	}
	return "/articles/" + m.articles[i%len(m.articles)]
}

func fetched(client *http.Client, path string) error {
	answer, err := client.Get("http://" + listening + path)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		fmt.Fprintln(os.Stderr, path, answer.Status)
		return fmt.Errorf("%s: %s", path, answer.Status)
	}
	return nil
}
