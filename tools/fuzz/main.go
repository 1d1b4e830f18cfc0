// Command fuzz runs every fuzz target of the project for a short time.
//
// In: the time for each. Out: a line a target; exit code 1 when one fails. What
// always holds: targets are found in the test files, so that a new one is never
// forgotten; packages without targets cost nothing.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
)

func main() {
	each := flag.String("time", "3s", "time for each target")
	flag.Parse()
	targets, err := find(".")
	if err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
		os.Exit(1)
	}
	if !run(targets, *each) {
		os.Exit(1)
	}
}

// run works on as many targets at a time as there are processors, one worker
// each, and tells of them in their order.
func run(targets []target, each string) bool {
	type result struct {
		out []byte
		err error
	}
	free, results := make(chan struct{}, runtime.NumCPU()), make([]chan result, len(targets))
	for i, t := range targets {
		results[i] = make(chan result, 1)
		go func() {
			free <- struct{}{}
			defer func() { <-free }()
			out, err := exec.Command("go", "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", each, "-parallel", "1", t.folder).CombinedOutput()
			results[i] <- result{out, err}
		}()
	}
	passed := true
	for i, t := range targets {
		if r := <-results[i]; r.err != nil {
			passed = false
			fmt.Printf("FAIL fuzz %s in %s\n%s", t.name, t.folder, r.out)
			continue
		}
		fmt.Printf("ok   fuzz %s in %s\n", t.name, t.folder)
	}
	return passed
}

type target struct{ folder, name string }

// find looks for the targets in the test files below root.
func find(root string) ([]target, error) {
	var all []target
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for lines := bufio.NewScanner(bytes.NewReader(content)); lines.Scan(); {
			rest, found := strings.CutPrefix(lines.Text(), "func Fuzz")
			if name, _, ok := strings.Cut(rest, "("); found && ok {
				all = append(all, target{"./" + filepath.Dir(path), "Fuzz" + name})
			}
		}
		return nil
	})
	sort.Slice(all, func(i, j int) bool {
		return all[i].folder < all[j].folder || all[i].folder == all[j].folder && all[i].name < all[j].name
	})
	return all, err
}
