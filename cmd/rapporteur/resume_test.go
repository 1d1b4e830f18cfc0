package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestKilledReadGoesOn kills a read at later and later moments and lets the last
// run come to its end: the record is the one of a read that nobody killed.
func TestKilledReadGoesOn(t *testing.T) {
	folder := t.TempDir()
	writeItems(t, filepath.Join(folder, "items.jsonl"), 120)
	killed := 0
	for patience := 150 * time.Millisecond; patience < time.Minute; patience = patience * 5 / 4 {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		command := program(ctx, folder, "read", "--db", "killed.db", "items.jsonl")
		err := command.Run()
		cut := ctx.Err() != nil
		cancel()
		if !cut {
			if err != nil {
				t.Fatalf("read after %d kills: %v", killed, err)
			}
			break
		}
		killed++
	}
	if killed == 0 {
		t.Error("the first run was too fast to be killed")
	}
	if out, err := program(t.Context(), folder, "read", "--db", "whole.db", "items.jsonl").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	whole, resumed := exported(t, folder, "whole.db"), exported(t, folder, "killed.db")
	if whole != resumed {
		t.Errorf("after %d kills the record differs: %d bytes, not %d", killed, len(resumed), len(whole))
	}
}

func program(ctx context.Context, folder string, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, os.Args[0], args...)
	command.Dir = folder
	command.Env = append(os.Environ(), asProgram+"=1")
	return command
}

func exported(t *testing.T, folder, db string) string {
	t.Helper()
	out, err := program(t.Context(), folder, "export", "--format", "record", "--db", db).Output()
	if err != nil {
		t.Fatalf("export of %s: %v", db, err)
	}
	return string(out)
}

// writeItems makes news of an invented negotiation, each with something to find.
func writeItems(t *testing.T, name string, n int) {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	outlets := []string{"Harbour Post", "Orsa Courier", "Veyra Times"}
	lines := json.NewEncoder(file)
	for i := range n {
		day := time.Date(2024, 3, 1+i/4, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		err := lines.Encode(map[string]string{
			"id": fmt.Sprintf("item-%d", i), "published": day, "outlet": outlets[i%3], "title": fmt.Sprintf("Round %d on the strait", i/4+1),
			"text": fmt.Sprintf("Tolmark and Veyra met in Orsa on Tuesday for round %d of talks on the toll. %q said Ines Haldorn, the chief negotiator of Tolmark. "+
				"Veyra rejected a toll of %d crowns, its envoy Corvin Dale told reporters.", i/4+1, fmt.Sprintf("We have put draft %d on the table,", i), i+3),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
