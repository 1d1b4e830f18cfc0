// Package archive takes archives of pages apart: ZIP and TAR.
//
// In: the bytes of an archive as a user or a stranger made it. Out: its files in the
// order of the archive, each whole in memory, or the reason why one cannot be had.
// What always holds: nothing is written to disk; names are relative and stay inside
// the archive; no file is larger than the limit after unpacking, and an archive that
// unpacks to hundreds of times its size is given up; nothing panics.
package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"rapporteur/internal/article"
)

// Limits of an archive.
const (
	maxFile  = 16 << 20 // bytes of a file, unpacked
	maxFiles = 1 << 20
	maxRatio = 200 // times the archive's own size, beyond
	minBomb  = 1 << 30
)

// A File is one file of an archive.
type File struct {
	Name    string // relative, with "/"; "" where the refusal is about the whole archive
	Bytes   []byte
	Refusal *article.Refusal
}

// A Reader says which files of an archive are wanted.
type Reader struct {
	Wanted func(name string) bool // others are not unpacked; nil: all
	total  int64
	size   int64
	files  int
}

// errBomb is why an archive is given up.
func (r *Reader) bomb() *article.Refusal {
	switch {
	case r.total > minBomb && r.total > maxRatio*r.size:
		return article.Refuse(article.TooLarge, fmt.Sprintf("the archive unpacks to more than %d times its size: given up", maxRatio))
	case r.files > maxFiles:
		return article.Refuse(article.TooLarge, fmt.Sprintf("the archive has more than %d files", maxFiles))
	}
	return nil
}

// Zip hands each wanted file of a ZIP archive to yield, and reports whether it wants
// more.
func (r *Reader) Zip(ctx context.Context, in io.ReaderAt, size int64, yield func(File) bool) bool {
	r.size = size
	z, err := zip.NewReader(in, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return yield(File{Refusal: article.Refuse(article.Invalid, "broken ZIP: "+err.Error())})
	}
	for _, f := range z.File {
		if ctx.Err() != nil {
			return true
		}
		if !f.Mode().IsRegular() {
			continue
		}
		name, refusal := inside(f.Name)
		if r.files++; refusal == nil && isJunk(name) || r.Wanted != nil && !r.Wanted(name) {
			continue
		}
		file := File{Name: name, Refusal: refusal}
		if refusal == nil {
			file.Bytes, file.Refusal = r.unzip(f)
		}
		if !yield(file) {
			return false
		}
		if bomb := r.bomb(); bomb != nil {
			return yield(File{Refusal: bomb})
		}
	}
	return true
}

func (r *Reader) unzip(f *zip.File) ([]byte, *article.Refusal) {
	if f.Flags&1 != 0 {
		return nil, article.Refuse(article.Unsupported, "it is encrypted")
	}
	in, err := f.Open()
	if err != nil {
		return nil, article.Refuse(article.Invalid, "broken ZIP: "+err.Error())
	}
	defer in.Close()
	return r.all(in, "ZIP")
}

// all reads a file up to the limit.
func (r *Reader) all(in io.Reader, what string) ([]byte, *article.Refusal) {
	content, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	r.total += int64(len(content))
	switch {
	case len(content) > maxFile:
		return nil, article.Refuse(article.TooLarge, fmt.Sprintf("the file is larger than %d MB", maxFile>>20))
	case err != nil:
		return nil, article.Refuse(article.Invalid, fmt.Sprintf("broken %s: %v", what, err))
	}
	return content, nil
}

// Tar hands each wanted file of a TAR archive to yield, and reports whether it wants
// more. size is that of the archive on disk, perhaps packed.
func (r *Reader) Tar(ctx context.Context, in io.Reader, size int64, yield func(File) bool) bool {
	r.size = size
	counted := &counter{in: in}
	t := tar.NewReader(counted)
	for ctx.Err() == nil {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return yield(File{Refusal: article.Refuse(article.Invalid, "broken TAR: "+err.Error())})
		}
		if r.files++; h.Typeflag != tar.TypeReg {
			continue
		}
		name, refusal := inside(h.Name)
		if r.total = counted.n; refusal == nil && isJunk(name) || r.Wanted != nil && !r.Wanted(name) {
			if bomb := r.bomb(); bomb != nil {
				return yield(File{Refusal: bomb})
			}
			continue
		}
		file := File{Name: name, Refusal: refusal}
		if refusal == nil {
			file.Bytes, file.Refusal = r.all(t, "TAR")
		}
		if !yield(file) {
			return false
		}
		if bomb := r.bomb(); bomb != nil {
			return yield(File{Refusal: bomb})
		}
	}
	return true
}

// A counter counts the bytes read through it.
type counter struct {
	in io.Reader
	n  int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}

// inside cleans the name of a file: no root, no drive, "/" between folders. A name
// that climbs out of the archive is refused.
func inside(name string) (string, *article.Refusal) {
	clean := strings.ToValidUTF8(strings.ReplaceAll(name, `\`, "/"), "\uFFFD")
	clean = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, clean)
	if len(clean) > 1 && clean[1] == ':' {
		clean = clean[2:]
	}
	clean = strings.TrimLeft(clean, "/")
	for part := range strings.SplitSeq(clean, "/") {
		if part == ".." {
			return strings.TrimLeft(path.Clean("/"+clean), "/"), article.Refuse(article.Invalid, fmt.Sprintf("its name %q leads out of the archive", name))
		}
	}
	return strings.TrimPrefix(path.Clean("/"+clean), "/"), nil
}

// isJunk reports hidden files and what file managers leave behind.
func isJunk(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || part == "__MACOSX" {
			return true
		}
	}
	return name == "" || strings.HasSuffix(name, "/Thumbs.db")
}

// IsTar reports whether the beginning of a file is that of a TAR archive.
func IsTar(head []byte) bool {
	return len(head) >= 262 && bytes.Equal(head[257:262], []byte("ustar"))
}
