package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadmeFollowsTheNews does what the README's chapter says, word by word, but
// with a server of its own.
func TestReadmeFollowsTheNews(t *testing.T) {
	root := filepath.Join("..", "..")
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, chapter, found := strings.Cut(string(readme), "## Follow the news")
	if !found {
		t.Fatal("the README has no such chapter")
	}
	server := httptest.NewServer(http.FileServer(http.Dir(root)))
	defer server.Close()
	db := filepath.Join(t.TempDir(), "follow.db")
	var said strings.Builder
	begun := false
	for line := range strings.SplitSeq(chapter, "\n") {
		command, is := strings.CutPrefix(line, "    bin/rapporteur ")
		switch {
		case strings.HasPrefix(line, "    python3"):
			begun = true
			continue
		case begun && line == "":
		case !is:
			continue
		}
		if begun && line == "" {
			break
		}
		args := strings.Fields(strings.ReplaceAll(command, "http://127.0.0.1:8765", server.URL))
		c, stdout, stderr := quiet(t)
		code := run(c, append(args, "--db", db))
		if code == misused || code == failed {
			t.Errorf("%s: exit code %d: %s", command, code, stderr)
		}
		said.WriteString(stdout.String() + stderr.String())
	}
	for _, want := range []string{
		"1 source added", "well, a feed with 3 items", "Inner Sea Wire: 3 new of 3", "3 articles: 3 new, 1 refused", "404 (not found)", "not-there.html",
	} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("nothing says %q:\n%s", want, said.String())
		}
	}
}
