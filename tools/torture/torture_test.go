//go:build unix

package main

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// TestTorture is the short form of "make torture".
func TestTorture(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads for some seconds")
	}
	binary := filepath.Join(t.TempDir(), "rapporteur")
	if out, err := exec.Command("go", "build", "-o", binary, "rapporteur/cmd/rapporteur").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := run(options{binary: binary, kills: 3, articles: 24, seed: 3, tell: t.Logf}); err != nil {
		t.Fatal(err)
	}
}
