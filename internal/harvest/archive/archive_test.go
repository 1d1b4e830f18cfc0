package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"rapporteur/internal/article"
)

// zipped packs name and content pairs.
func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarred(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		h := &tar.Header{Name: files[i], Mode: 0o644, Size: int64(len(files[i+1])), Typeflag: tar.TypeReg}
		if link, isLink := strings.CutPrefix(files[i+1], "-> "); isLink {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, link, 0
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			if _, err := w.Write([]byte(files[i+1])); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// list is "name bytes" or "name! reason" of each file.
func list(walk func(yield func(File) bool) bool) string {
	var b strings.Builder
	walk(func(f File) bool {
		if f.Refusal != nil {
			fmt.Fprintf(&b, "%s! %s\n", f.Name, f.Refusal.Reason)
		} else {
			fmt.Fprintf(&b, "%s %s\n", f.Name, f.Bytes[:min(len(f.Bytes), 20)])
		}
		return true
	})
	return b.String()
}

func readZip(content []byte) string {
	var r Reader
	return list(func(yield func(File) bool) bool {
		return r.Zip(context.Background(), bytes.NewReader(content), int64(len(content)), yield)
	})
}

func readTar(content []byte) string {
	var r Reader
	return list(func(yield func(File) bool) bool {
		return r.Tar(context.Background(), bytes.NewReader(content), int64(len(content)), yield)
	})
}

func TestNames(t *testing.T) {
	files := []string{"b/a.html", "one", "/etc/x.txt", "two", `C:\pages\y.txt`, "three", "../../out.txt", "four", "a/../../out.txt", "five", "__MACOSX/._a.html", "six", ".git/x.txt", "seven", "b/../c.txt", "eight"}
	want := "b/a.html one\netc/x.txt two\npages/y.txt three\nout.txt! its name \"../../out.txt\" leads out of the archive\nout.txt! its name \"a/../../out.txt\" leads out of the archive\nc.txt! its name \"b/../c.txt\" leads out of the archive\n"
	if got := readZip(zipped(t, files...)); got != want {
		t.Errorf("ZIP gives\n%s\nwant\n%s", got, want)
	}
	if got := readTar(tarred(t, append(files, "link.txt", "-> /etc/passwd")...)); got != want {
		t.Errorf("TAR gives\n%s\nwant\n%s", got, want)
	}
}

func TestBroken(t *testing.T) {
	whole := zipped(t, "a.txt", strings.Repeat("words ", 50))
	damaged := bytes.Clone(whole)
	copy(damaged[40:], "\xff\xff\xff\xff\xff\xff")
	for name, c := range map[string]struct{ got, want string }{
		"cut ZIP":     {readZip(whole[:len(whole)-10]), "broken ZIP"},
		"damaged ZIP": {readZip(damaged), "a.txt! broken ZIP"},
		"cut TAR":     {readTar(tarred(t, "a.txt", strings.Repeat("words ", 500))[:1500]), "a.txt! broken TAR: unexpected EOF"},
		"no TAR":      {readTar([]byte(strings.Repeat("x", 1024))), "broken TAR"},
	} {
		if !strings.Contains(c.got, c.want) {
			t.Errorf("%s: %q, want %q", name, c.got, c.want)
		}
	}
}

func TestBombs(t *testing.T) {
	large := zipped(t, "a.txt", strings.Repeat("a", maxFile+1), "b.txt", "small")
	if got := readZip(large); got != "a.txt! the file is larger than 16 MB\nb.txt small\n" {
		t.Errorf("%q", got)
	}
	r := Reader{size: 1 << 20, total: minBomb + 1}
	if b := r.bomb(); b == nil || b.Kind != article.TooLarge {
		t.Errorf("a thousand times its size: %+v", b)
	}
	r = Reader{size: 100 << 20, total: minBomb + 1}
	if b := r.bomb(); b != nil {
		t.Errorf("ten times its size: %+v", b)
	}
}

func FuzzZip(f *testing.F) {
	f.Add(zipped(f, "a.txt", "words", "../b", "x"))
	f.Fuzz(func(_ *testing.T, content []byte) { readZip(content) })
}

func FuzzTar(f *testing.F) {
	f.Add(tarred(f, "a.txt", "words", "../b", "x"))
	f.Fuzz(func(_ *testing.T, content []byte) { readTar(content); IsTar(content) })
}
