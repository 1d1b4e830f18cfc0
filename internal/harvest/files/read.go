package files

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"rapporteur/internal/article"
)

// read yields the pages of one source; it reports whether the loop goes on.
func (h *Harvester) read(ctx context.Context, s source, stdin io.Reader, yield func(article.Page) bool) (more bool) {
	refused := func(r *article.Refusal) bool {
		r.Source, r.Bytes = s.path, s.size
		if s.member != "" {
			r.Source += "/" + s.member
		}
		return yield(article.Page{Path: r.Source, Type: s.kind, Refusal: r})
	}
	if s.refusal != nil {
		return refused(s.refusal)
	}
	if s.member != "" {
		all := yield
		found := false
		yield = func(p article.Page) bool { found = true; return all(p) }
		defer func() {
			if !found && more && ctx.Err() == nil {
				more = refused(article.Refuse(article.Unreadable, "no such file in the archive"))
			}
		}()
	}
	if s.kind == article.WARC && s.path != "-" {
		return h.web(ctx, s, yield)
	}
	in, closer, refusal := h.open(s, stdin)
	if refusal != nil {
		return refused(refusal)
	}
	defer closer()
	head, in := peek(in)
	if refusal, skip := h.settle(&s, head); refusal != nil {
		return refused(refusal)
	} else if skip {
		return true
	}
	if s.kind == article.WARC && s.path != "-" {
		return h.web(ctx, s, yield)
	}
	switch s.kind {
	case article.JSONLine:
		return h.lines(ctx, s, in, yield)
	case article.WARC, article.Zip, article.Tar, article.Mbox:
		return h.many(ctx, s, in, yield)
	}
	content, err := io.ReadAll(io.LimitReader(in, Limit+1))
	if err != nil {
		return refused(unreadable(s.path, err))
	}
	if len(content) > Limit {
		return refused(tooLarge("the file"))
	}
	return h.expand(ctx, article.Page{Path: s.path, Type: s.kind, Bytes: content, Sidecar: sidecar(s.path)}, 0, yield)
}

// settle finds the type of a source whose name does not tell it, by its first
// bytes; skip tells of a file of unknown type that nobody named.
func (h *Harvester) settle(s *source, head []byte) (refusal *article.Refusal, skip bool) {
	switch s.kind {
	case article.UnknownType:
		if s.kind = sniff(head); s.kind == article.Plain && s.path != "-" {
			return article.Refuse(article.Unsupported, "a file of unknown type: name it with --type"), false
		}
	case perhapsFeed:
		if s.kind = sniff(head); s.kind == article.Feed || s.kind == article.HTML {
			return nil, false
		}
		if !s.named {
			h.unknown++
			return nil, true
		}
		return article.Refuse(article.Unsupported, "neither a feed nor a page: for articles as lines of JSON use --type jsonl"), false
	}
	return nil, false
}

// open returns the decompressed bytes of a source.
func (h *Harvester) open(s source, stdin io.Reader) (io.Reader, func(), *article.Refusal) {
	if s.path == "-" {
		if stdin == nil {
			return nil, nil, article.Refuse(article.Unreadable, "no standard input")
		}
		in, err := unpackIfPacked(stdin, false)
		if err != nil {
			return nil, nil, unreadable(s.path, err)
		}
		return in, func() {}, nil
	}
	file, err := os.Open(s.path)
	if err != nil {
		return nil, nil, unreadable(s.path, err)
	}
	_, _, packed := typeOf(s.path)
	in, err := unpackIfPacked(counter{file, &h.progress.Bytes}, packed)
	if err != nil {
		file.Close()
		return nil, nil, unreadable(s.path, err)
	}
	return in, func() { file.Close() }, nil
}

// A counter adds up the bytes that were read through it.
type counter struct {
	in io.Reader
	n  *int64
}

func (c counter) Read(b []byte) (int, error) {
	n, err := c.in.Read(b)
	*c.n += int64(n)
	return n, err
}

// gzipMagic begins every gzip file (RFC 1952, section 2.3.1).
const gzipMagic = "\x1f\x8b"

// unpackIfPacked decompresses gzip by its first bytes, whatever the name says; a
// file whose name says gzip must be gzip, unless it is empty.
func unpackIfPacked(in io.Reader, named bool) (io.Reader, error) {
	head := make([]byte, len(gzipMagic))
	n, err := io.ReadFull(in, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	whole := io.MultiReader(bytes.NewReader(head[:n]), in)
	packed := n == len(gzipMagic) && string(head) == gzipMagic
	if packed || named && n > 0 {
		return gzip.NewReader(whole)
	}
	return whole, nil
}

// peek returns the first bytes of a stream, and the whole of it.
func peek(in io.Reader) ([]byte, io.Reader) {
	head := make([]byte, 4096)
	n, _ := io.ReadFull(in, head)
	return head[:n], io.MultiReader(bytes.NewReader(head[:n]), in)
}

// sidecar returns the metadata beside an article, nil when there is none.
func sidecar(name string) []byte {
	if name == "-" {
		return nil
	}
	file, err := os.Open(sidecarOf(name))
	if err != nil {
		return nil
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, 1<<20))
	if err != nil {
		return nil
	}
	return content
}

func tooLarge(what string) *article.Refusal {
	return article.Refuse(article.TooLarge, fmt.Sprintf("%s is larger than %d MB", what, Limit>>20))
}

// unreadable turns an error of the system into a refusal without the path, which
// the refusal names apart.
func unreadable(name string, err error) *article.Refusal {
	var inPath *fs.PathError
	reason := err.Error()
	if errors.As(err, &inPath) {
		reason = inPath.Err.Error()
	}
	switch {
	case errors.Is(err, gzip.ErrHeader):
		return article.Refuse(article.Invalid, "broken gzip: it does not begin like one")
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF), isFlateError(err):
		return article.Refuse(article.Invalid, "broken gzip: "+reason)
	case errors.Is(err, fs.ErrNotExist) && isLink(name):
		return article.Refuse(article.Unreadable, "a dangling link")
	case errors.Is(err, fs.ErrNotExist):
		return article.Refuse(article.Unreadable, "no such file or folder")
	}
	return article.Refuse(article.Unreadable, reason)
}

func isLink(name string) bool {
	info, err := os.Lstat(filepath.Clean(name))
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}
