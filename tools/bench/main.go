//go:build unix

// Command bench measures "rapporteur read" and "annotate" on real articles.
//
// In: the binary, and ../shared beside the project. Out: tables of articles a
// second and peak memory, as docs/performance.md holds them. What always holds:
// every measure starts with an empty record in a temporary folder; nothing is
// measured when the articles are missing.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// A measure is one thing to read.
type measure struct {
	name    string
	paths   []string
	workers int // 0: as many as processors
}

const shared = "../shared"

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: bench BINARY")
		os.Exit(2)
	}
	if _, err := os.Stat(shared); err != nil {
		fmt.Println("bench: skipped: no articles at", shared)
		if os.Getenv("CI") == "true" {
			os.Exit(1)
		}
		return
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(binary string) error {
	folder, err := os.MkdirTemp("", "rapporteur-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	gold := []string{filepath.Join(shared, "gold/dev"), filepath.Join(shared, "gold/train")}
	texts := filepath.Join(folder, "texts")
	if err := copyTexts(gold, texts); err != nil {
		return err
	}
	items := []string{filepath.Join(shared, "data/currentevents/items.jsonl")}
	fmt.Printf("%s, %d processors, %s\n\n", processor(), runtime.NumCPU(), runtime.Version())
	fmt.Println("| read | articles | MB | seconds | articles/s | processor seconds | articles/processor second | peak memory, MB | record, MB |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|")
	for _, m := range []measure{
		{"gold texts, one worker", []string{texts}, 1},
		{"gold texts", []string{texts}, 0},
		{"currentevents", items, 0},
	} {
		db := filepath.Join(folder, "bench.db")
		line, err := one(binary, db, m, m.name)
		if err != nil {
			return err
		}
		fmt.Println(line)
		if m.name == "currentevents" {
			if line, err = one(binary, db, m, "currentevents again, nothing changed"); err != nil {
				return err
			}
			fmt.Println(line)
		}
		for _, ending := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(db + ending)
		}
	}
	return engineTable(binary, texts)
}

// copyTexts takes the texts alone, without the gold beside them.
func copyTexts(folders []string, to string) error {
	if err := os.MkdirAll(to, 0o777); err != nil {
		return err
	}
	for _, folder := range folders {
		names, err := filepath.Glob(filepath.Join(folder, "*.txt"))
		if err != nil {
			return err
		}
		for _, name := range names {
			content, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(to, filepath.Base(name)), content, 0o666); err != nil {
				return err
			}
		}
	}
	return nil
}

func one(binary, db string, m measure, name string) (string, error) {
	args := append([]string{"read", "--db", db}, m.paths...)
	if m.workers > 0 {
		args = append(args, "--workers", fmt.Sprint(m.workers))
	}
	var said bytes.Buffer
	command := exec.Command(binary, args...)
	command.Stdout, command.Stderr = &said, &said
	begun := time.Now()
	err := command.Run()
	took := time.Since(begun).Seconds()
	if code := command.ProcessState.ExitCode(); err != nil && code != 3 {
		return "", fmt.Errorf("%s: exit %d: %s", name, code, said.String())
	}
	usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return "", fmt.Errorf("%s: no figures of the process", name)
	}
	n := articles(said.String())
	busy := (command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds()
	return fmt.Sprintf("| %s | %d | %.1f | %.1f | %.0f | %.1f | %.0f | %.0f | %.1f |", name, n, megabytes(m.paths), took, float64(n)/took,
		busy, float64(n)/busy, float64(usage.Maxrss)/1024, megabytes([]string{db, db + "-wal"})), nil
}

// articles reads the number in front of the closing line.
func articles(said string) int {
	n := 0
	for line := range strings.Lines(said) {
		var count int
		if _, err := fmt.Sscanf(line, "%d article", &count); err == nil {
			n = count
		}
	}
	return n
}

func megabytes(paths []string) float64 {
	var sum int64
	for _, p := range paths {
		_ = filepath.WalkDir(p, func(_ string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			if info, err := entry.Info(); err == nil {
				sum += info.Size()
			}
			return nil
		})
	}
	return float64(sum) / 1e6
}

func processor() string {
	file, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, value, found := strings.Cut(lines.Text(), ":"); found && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
