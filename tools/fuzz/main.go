// Command fuzz runs every fuzz target of the project for a short time.
//
// In: the time for each, and which are meant. Out: a line a target, with how many
// inputs it was tried on; exit code 1 when one fails. What
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
	"regexp"
	"runtime"
	"slices"
	"sort"
	"strings"
)

func main() {
	each := flag.String("time", "3s", "time for each target")
	only := flag.String("only", "", "targets whose folder and name match this expression, as in \"harvest|extract\"")
	atOnce := flag.Int("at-once", runtime.NumCPU(), "how many targets run at a time")
	flag.Parse()
	meant, err := regexp.Compile(*only)
	if err != nil {
		fmt.Fprintln(os.Stderr, "fuzz: -only:", err)
		os.Exit(1)
	}
	targets, err := find(".")
	if err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
		os.Exit(1)
	}
	targets = slices.DeleteFunc(targets, func(t target) bool { return !meant.MatchString(t.folder + " " + t.name) })
	if !run(targets, *each, *atOnce) {
		os.Exit(1)
	}
}

// inputs finds, in what go test tells, how many inputs a target was tried on.
var inputs = regexp.MustCompile(`execs: (\d+)`)

// run works on so many targets at a time, one worker each, and tells of them in
// their order.
func run(targets []target, each string, atOnce int) bool {
	type result struct {
		out []byte
		err error
	}
	free, results := make(chan struct{}, max(1, atOnce)), make([]chan result, len(targets))
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
		r := <-results[i]
		if r.err != nil && !isOverrun(r.out) {
			passed = false
			fmt.Printf("FAIL fuzz %s in %s\n%s", t.name, t.folder, r.out)
			continue
		}
		count := "0"
		if told := inputs.FindAllSubmatch(r.out, -1); len(told) > 0 {
			count = string(told[len(told)-1][1])
		}
		fmt.Printf("ok   fuzz %s in %s: %s inputs\n", t.name, t.folder, count)
	}
	return passed
}

// isOverrun reports whether all that failed is that a worker was under way when the
// time was up, as go test has it on a busy machine (go.dev/issue/48591): a find is
// written down.
func isOverrun(out []byte) bool {
	return bytes.Contains(out, []byte("    context deadline exceeded\n")) && !bytes.Contains(out, []byte("Failing input written")) && !bytes.Contains(out, []byte("panic"))
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
