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
	failed := false
	for _, t := range targets {
		out, err := exec.Command("go", "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", *each, t.folder).CombinedOutput()
		if err != nil {
			failed = true
			fmt.Printf("FAIL fuzz %s in %s\n%s", t.name, t.folder, out)
			continue
		}
		fmt.Printf("ok   fuzz %s in %s\n", t.name, t.folder)
	}
	if failed {
		os.Exit(1)
	}
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
