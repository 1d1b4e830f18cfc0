//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// articleWords is the length of the article in which speed is told.
const articleWords = 800

// engineTable measures "annotate --format spans" on each kind of processor that
// this one can stand for: articles of 800 words a processor second, start and
// reading of an empty text taken off.
func engineTable(binary, texts string) error {
	fmt.Println("\n| annotate --format spans, one core | words | processor seconds | articles of 800 words a second | peak memory, MB |")
	fmt.Println("|---|---|---|---|---|")
	empty := filepath.Join(texts, "..", "short.txt")
	if err := os.WriteFile(empty, []byte("Short.\n"), 0o666); err != nil {
		return err
	}
	names, err := filepath.Glob(filepath.Join(texts, "*.txt"))
	if err != nil {
		return err
	}
	for _, kind := range []struct {
		processor string
		every     int
	}{{"vnni", 1}, {"avx2", 3}, {"portable", 20}} {
		var some []string
		for i := 0; i < len(names); i += kind.every {
			some = append(some, names[i])
		}
		line, err := annotate(binary, kind.processor, empty, some)
		if err != nil {
			return err
		}
		fmt.Println(line)
	}
	return start(binary)
}

func annotate(binary, processor, empty string, files []string) (string, error) {
	words := 0
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		words += len(strings.Fields(string(content)))
	}
	idle, _, err := busy(binary, "annotate", "--processor", processor, empty)
	if err != nil {
		return fmt.Sprintf("| %s | | not on this processor | | |", processor), nil
	}
	took, memory, err := busy(binary, append([]string{"annotate", "--processor", processor}, files...)...)
	if err != nil {
		return "", err
	}
	took -= idle
	return fmt.Sprintf("| %s | %d | %.1f | %.2f | %.0f |", processor, words, took, float64(words)/articleWords/took, memory), nil
}

// busy runs the binary on one processor; it returns processor seconds and the peak
// of memory in MB.
func busy(binary string, args ...string) (seconds, megabytes float64, err error) {
	var said bytes.Buffer
	command := exec.Command(binary, args...)
	command.Env = append(os.Environ(), "GOMAXPROCS=1")
	command.Stderr = &said
	if err := command.Run(); err != nil {
		return 0, 0, fmt.Errorf("%s: %w: %s", args[0], err, said.String())
	}
	usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, 0, fmt.Errorf("%s: no figures of the process", args[0])
	}
	return (command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds(), float64(usage.Maxrss) / 1024, nil
}

// start tells how long the binary takes to begin: the least of ten runs.
func start(binary string) error {
	least := time.Hour
	for range 10 {
		begun := time.Now()
		if err := exec.Command(binary, "version").Run(); err != nil {
			return fmt.Errorf("version: %w", err)
		}
		least = min(least, time.Since(begun))
	}
	fmt.Printf("\nstart of the binary: %.2f s\n", least.Seconds())
	return nil
}
