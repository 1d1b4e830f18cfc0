// Command licences writes NOTICE: what the binary holds that is not ours, with its
// licences.
//
// In: the built binary, the module cache, and tools/licences/preface.txt. Out:
// the text of NOTICE on standard output. What always holds: every module of the
// binary is named with its licence in full, in alphabetical order; one without a
// licence file is an error.
package main

import (
	"bufio"
	"debug/buildinfo"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

//go:embed preface.txt
var preface string

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./tools/licences bin/rapporteur > NOTICE")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func write(binary string) error {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	fmt.Fprint(out, preface)
	for _, module := range info.Deps {
		folder, err := folderOf(module.Path)
		if err != nil {
			return err
		}
		texts, err := licences(folder)
		if err != nil {
			return fmt.Errorf("%s: %w", module.Path, err)
		}
		fmt.Fprintf(out, "\n%s\n%s %s\n%s\n\n%s\n", strings.Repeat("-", 80), module.Path, module.Version, strings.Repeat("-", 80), strings.Join(texts, "\n\n"))
	}
	return out.Flush()
}

func folderOf(module string) (string, error) {
	out, err := exec.Command("go", "list", "-m", "-json", module).Output()
	if err != nil {
		return "", fmt.Errorf("go list -m %s: %w", module, err)
	}
	var found struct{ Dir string }
	if err := json.Unmarshal(out, &found); err != nil {
		return "", err
	}
	return found.Dir, nil
}

// licences returns the texts of the licence and notice files of a module.
func licences(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, e := range entries {
		name := strings.ToUpper(strings.TrimSuffix(strings.TrimSuffix(e.Name(), ".md"), ".txt"))
		if e.IsDir() || name != "LICENSE" && name != "LICENCE" && name != "COPYING" && name != "NOTICE" && !strings.HasPrefix(name, "LICENSE-") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		texts = append(texts, strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")))
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("no licence file in %s", folder)
	}
	sort.Strings(texts)
	return texts, nil
}
