package files

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapporteur/internal/article"
)

// tree writes files into a new folder; a name that ends in "/" is an empty folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		full := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(full, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// packed compresses s.
func packed(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

// harvest lists pages as "name:line type bytes" or "name:line reason (kind)".
func harvest(t *testing.T, h *Harvester, root string, stdin io.Reader, names ...string) []string {
	t.Helper()
	var paths []string
	for _, name := range names {
		if name != "-" {
			name = filepath.Join(root, name)
		}
		paths = append(paths, name)
	}
	var list []string
	for p := range h.Pages(context.Background(), paths, stdin) {
		name, _ := filepath.Rel(root, p.Path)
		if p.Path == "-" {
			name = "-"
		}
		at := name
		if p.Line > 0 {
			at = fmt.Sprintf("%s:%d", name, p.Line)
		}
		switch {
		case p.Refusal != nil:
			if p.Refusal.Source != p.Path || p.Refusal.Line != p.Line {
				t.Errorf("refusal of %s:%d says %s:%d", p.Path, p.Line, p.Refusal.Source, p.Refusal.Line)
			}
			list = append(list, fmt.Sprintf("%s! %s (%s)", at, p.Refusal.Reason, p.Refusal.Kind))
		case p.Sidecar != nil:
			list = append(list, fmt.Sprintf("%s %s %q + %s", at, p.Type, p.Bytes, p.Sidecar))
		default:
			list = append(list, fmt.Sprintf("%s %s %q", at, p.Type, p.Bytes))
		}
	}
	return list
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestWalk(t *testing.T) {
	root := tree(t, map[string]string{
		"b.txt": "b", "a.md": "a", "a.meta.json": `{"outlet":"A"}`, "x.txt/c.HTM": "<p>c", "x.txt/d.txt.gz": packed("d"), "x.txt/d.meta.json": "{}",
		".hidden/e.txt": "e", "x.txt/.f.txt": "f", "g.doc": "g", "h": "h", "i.ndjson": "{}\n\n{\"a\":1}\r\n",
	})
	h := New(Options{})
	same(t, harvest(t, h, root, nil, "."),
		`a.md txt "a" + {"outlet":"A"}`, `b.txt txt "b"`, `i.ndjson:1 jsonl "{}"`, `i.ndjson:3 jsonl "{\"a\":1}"`, `x.txt/c.HTM html "<p>c"`, `x.txt/d.txt.gz txt "d" + {}`)
	if h.Unknown() != 2 {
		t.Errorf("%d files of unknown type, want 2", h.Unknown())
	}
	if p := h.Progress(); p.Files != p.TotalFiles || p.Bytes != p.TotalBytes || p.TotalFiles != 5 {
		t.Errorf("progress %+v", p)
	}
	same(t, harvest(t, h, root, nil, ".hidden"), `.hidden/e.txt txt "e"`)
	same(t, harvest(t, h, root, nil, "b.txt", "x.txt", "b.txt", "x.txt/../b.txt", "g.doc"),
		`b.txt txt "b"`, `x.txt/c.HTM html "<p>c"`, `x.txt/d.txt.gz txt "d" + {}`, `g.doc! a file of unknown type: name it with --type (unsupported)`)
	same(t, harvest(t, New(Options{Type: article.Plain}), root, nil, "h"), `h txt "h"`)
}

func TestRefusals(t *testing.T) {
	bomb := packed(strings.Repeat("a", Limit+1))
	root := tree(t, map[string]string{
		"empty.txt": " \n", "binary.txt": "a\x00b", "picture.html": "\x89PNG\r\n", "paper.txt": "%PDF-1.7", "archive.jsonl": "PK\x03\x04",
		"large.txt": strings.Repeat("a", Limit+1), "bomb.txt.gz": bomb, "broken.txt.gz": packed("text")[:20], "cut.jsonl.gz": packed("{}\n{}\n")[:14],
		"wide.txt": "\xff\xfea\x00", "not.txt.gz": "plain", "none.html.gz": "<p>A page, not packed.", "blank.jsonl": "\n \n",
	})
	for link, target := range map[string]string{"dangling.txt": "nowhere.txt", "loop": ".", "b.html": "wide.txt"} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Skip("no links on this system:", err)
		}
	}
	same(t, harvest(t, New(Options{}), root, nil, ".", "gone.txt"),
		"archive.jsonl! binary: a ZIP archive, not text (invalid)",
		`b.html html "\xff\xfea\x00"`,
		"binary.txt! binary: it has NUL bytes (invalid)",
		"blank.jsonl! empty (invalid)",
		"bomb.txt.gz! the file is larger than 16 MB (too large)",
		"broken.txt.gz! broken gzip: unexpected EOF (invalid)",
		`cut.jsonl.gz:1 jsonl "{}"`,
		"cut.jsonl.gz:2! broken gzip: unexpected EOF (invalid)",
		"dangling.txt! a dangling link (unreadable)",
		"empty.txt! empty (invalid)",
		"large.txt! the file is larger than 16 MB (too large)",
		"none.html.gz! broken gzip: it does not begin like one (invalid)",
		"not.txt.gz! broken gzip: unexpected EOF (invalid)",
		"paper.txt! binary: a PDF, not text (invalid)",
		"picture.html! binary: a PNG picture, not text (invalid)",
		"gone.txt! no such file or folder (unreadable)")
}

func TestLongLine(t *testing.T) {
	long := `{"text":"` + strings.Repeat("a", Limit) + `"}`
	in := strings.NewReader("{}\n" + long + "\n{\"b\":2}")
	same(t, harvest(t, New(Options{Type: article.JSONLine}), "", in, "-"), `-:1 jsonl "{}"`, `-:2! the line is larger than 16 MB (too large)`, `-:3 jsonl "{\"b\":2}"`)
}

func TestWideLines(t *testing.T) {
	wide := func(s string, big bool) string {
		var b strings.Builder
		for _, r := range s {
			if big {
				b.WriteByte(byte(r >> 8))
			}
			b.WriteByte(byte(r))
			if !big {
				b.WriteByte(byte(r >> 8))
			}
		}
		return b.String()
	}
	for _, big := range []bool{false, true} {
		in := strings.NewReader(wide("\ufeff{\"a\":\"Ċ\"}\r\n{\"b\":2}\n", big))
		got := harvest(t, New(Options{Type: article.JSONLine}), "", in, "-")
		same(t, got, fmt.Sprintf("-:1 jsonl %q", wide("\ufeff{\"a\":\"Ċ\"}", big)), fmt.Sprintf("-:2 jsonl %q", wide("{\"b\":2}", big)))
	}
}

func TestStandardInput(t *testing.T) {
	h := New(Options{})
	for in, want := range map[string]string{
		"The envoy left.":       `- txt "The envoy left."`,
		"\n<!DOCTYPE html><p>x": `- html "\n<!DOCTYPE html><p>x"`,
		"{\"text\":\"x\"}":      `-:1 jsonl "{\"text\":\"x\"}"`,
		packed("<html><p>x"):    `- html "<html><p>x"`,
		"":                      `-! empty (invalid)`,
	} {
		same(t, harvest(t, h, "", strings.NewReader(in), "-", "-"), want)
	}
}

func TestBreakOff(t *testing.T) {
	root := tree(t, map[string]string{"a.txt": "a", "b.txt": "b", "c.jsonl": "{}\n{}\n"})
	n := 0
	for range New(Options{}).Pages(context.Background(), []string{root}, nil) {
		if n++; n == 3 {
			break
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for p := range New(Options{}).Pages(ctx, []string{root}, nil) {
		t.Errorf("a page of a cancelled walk: %s", p.Path)
	}
}

func FuzzLines(f *testing.F) {
	for _, s := range []string{"{}\n\n{}", "\xff\xfea\x00\n\x00", "\xfe\xff\x00a\x00\n", "\x1f\x8b", "a\x00b", "\r\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		last := 0
		for p := range New(Options{Type: article.JSONLine}).Pages(context.Background(), []string{"-"}, bytes.NewReader(content)) {
			if p.Refusal == nil && (p.Line <= last || len(p.Bytes) == 0) {
				t.Fatalf("line %d after %d with %d bytes", p.Line, last, len(p.Bytes))
			}
			last = max(last, p.Line)
		}
	})
}
