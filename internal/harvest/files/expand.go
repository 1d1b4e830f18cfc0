package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/harvest/archive"
	"rapporteur/internal/harvest/feed"
	"rapporteur/internal/harvest/mail"
	"rapporteur/internal/harvest/pdf"
	"rapporteur/internal/harvest/warc"
)

// maxNested is how many archives may lie in one another.
const maxNested = 2

// expand takes apart what holds several articles, or one in a form of its own, and
// yields the rest as it is.
func (h *Harvester) expand(ctx context.Context, p article.Page, depth int, yield func(article.Page) bool) bool {
	refused := func(r *article.Refusal) bool {
		r.Source, r.Line, r.Bytes = p.Path, p.Line, int64(len(p.Bytes))
		p.Bytes, p.Refusal = nil, r
		return yield(p)
	}
	if depth > maxNested && (p.Type == article.Zip || p.Type == article.Tar || p.Type == article.WARC) {
		return refused(article.Refuse(article.TooLarge, "archives nested too deep"))
	}
	switch p.Type {
	case article.Feed:
		return h.feed(p, yield)
	case article.Mail:
		letter := mail.Page(p.Bytes, p.Path, p.Line, 0)
		letter.Sidecar = p.Sidecar
		return yield(letter)
	case article.Mbox:
		return h.mailbox(p, yield)
	case article.PDF:
		return yield(pdf.Page(ctx, p))
	case article.Zip:
		return h.zip(ctx, p.Path, "", bytes.NewReader(p.Bytes), int64(len(p.Bytes)), depth, yield)
	case article.Tar:
		r := h.archive("")
		return r.Tar(ctx, bytes.NewReader(p.Bytes), int64(len(p.Bytes)), h.file(ctx, p.Path, nil, depth, yield))
	case article.WARC:
		return h.records(ctx, p.Path, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(p.Bytes)), nil }, depth, yield)
	case article.JSONLine:
		if p.Line == 0 {
			return h.lines(ctx, source{path: p.Path, kind: p.Type, size: int64(len(p.Bytes))}, bytes.NewReader(p.Bytes), yield)
		}
	}
	if r := check(p.Bytes); r != nil {
		return refused(r)
	}
	return yield(p)
}

// feed yields the items of a feed.
func (h *Harvester) feed(p article.Page, yield func(article.Page) bool) bool {
	from := p.Path
	if p.Told != nil && p.Told.URL != "" {
		from = p.Told.URL
	}
	path := p.Path
	if p.Line > 0 { // a record of a web archive
		path = fmt.Sprintf("%s:%d", p.Path, p.Line)
	}
	for _, item := range feed.Items(p.Bytes, from) {
		item.Path = path
		if item.Refusal != nil {
			item.Refusal.Source = path
		}
		item.Back = item.Back.Then(p.Back, len(item.Bytes))
		if !yield(item) {
			return false
		}
	}
	return true
}

// mailbox yields the letters of a mailbox.
func (h *Harvester) mailbox(p article.Page, yield func(article.Page) bool) bool {
	spans := mail.Messages(p.Bytes)
	if len(spans) == 0 {
		return yield(mail.Page(p.Bytes, p.Path, 0, 0))
	}
	for i, at := range spans {
		if !yield(mail.Page(p.Bytes[at.Start:at.End], p.Path, i+1, at.Start)) {
			return false
		}
	}
	return true
}

// maxStream is the size of a mailbox, or of an archive that does not come as a file.
const maxStream = 256 << 20

// many reads a source that may be larger than one article.
func (h *Harvester) many(ctx context.Context, s source, in io.Reader, yield func(article.Page) bool) bool {
	switch s.kind {
	case article.Tar:
		r := h.archive(s.member)
		return r.Tar(ctx, in, s.size, h.file(ctx, s.path, nil, 0, yield))
	case article.WARC: // standard input
		once := false
		return h.records(ctx, s.path, func() (io.ReadCloser, error) {
			if once {
				return nil, warc.ErrOnce
			}
			once = true
			return io.NopCloser(in), nil
		}, 0, yield)
	case article.Zip:
		if file, err := os.Open(s.path); err == nil {
			defer file.Close()
			h.progress.Bytes += s.size
			return h.zip(ctx, s.path, s.member, file, s.size, 0, yield)
		}
	}
	content, err := io.ReadAll(io.LimitReader(in, maxStream+1))
	var r *article.Refusal
	switch {
	case err != nil:
		r = unreadable(s.path, err)
	case len(content) > maxStream:
		r = article.Refuse(article.TooLarge, fmt.Sprintf("it is larger than %d MB", maxStream>>20))
	default:
		return h.expand(ctx, article.Page{Path: s.path, Type: s.kind, Bytes: content}, 0, yield)
	}
	r.Source, r.Bytes = s.path, s.size
	return yield(article.Page{Path: s.path, Type: s.kind, Refusal: r})
}

// web reads a web archive that lies on disk.
func (h *Harvester) web(ctx context.Context, s source, yield func(article.Page) bool) bool {
	return h.records(ctx, s.path, func() (io.ReadCloser, error) {
		file, err := os.Open(s.path)
		if err != nil {
			return nil, err
		}
		return struct {
			io.Reader
			io.Closer
		}{counter{file, &h.progress.Bytes}, file}, nil
	}, 0, yield)
}

// records yields the pages of a web archive.
func (h *Harvester) records(ctx context.Context, path string, open func() (io.ReadCloser, error), depth int, yield func(article.Page) bool) bool {
	w := warc.New(path, open)
	found := false
	more, err := w.Pages(ctx, func(p article.Page) bool {
		found = true
		if p.Refusal != nil {
			return yield(p)
		}
		return h.expand(ctx, p, depth+1, yield)
	})
	h.skipped += w.Skipped()
	if err == nil && !found && ctx.Err() == nil {
		err = article.Refuse(article.Invalid, "no page in this archive")
	}
	if err == nil {
		return more
	}
	var r *article.Refusal
	if !errors.As(err, &r) {
		r = unreadable(path, err)
	}
	r.Source = path
	return yield(article.Page{Path: path, Type: article.WARC, Refusal: r})
}

// archive returns a reader that wants the files of known types, or one file alone.
func (h *Harvester) archive(member string) *archive.Reader {
	return &archive.Reader{Wanted: func(name string) bool {
		if isSidecar(name) {
			return true
		}
		if member != "" {
			return name == member || strings.HasPrefix(member, name+"/")
		}
		kind, _, _ := typeOf(name)
		if kind == article.UnknownType {
			h.unknown++
		}
		return kind != article.UnknownType
	}}
}

// zip yields the files of a ZIP archive; what lies beside them as .meta.json is read
// first.
func (h *Harvester) zip(ctx context.Context, path, member string, in io.ReaderAt, size int64, depth int, yield func(article.Page) bool) bool {
	beside := map[string][]byte{}
	sidecars := archive.Reader{Wanted: isSidecar}
	sidecars.Zip(ctx, in, size, func(f archive.File) bool {
		if f.Refusal == nil && len(f.Bytes) < 1<<20 && len(beside) < 1<<16 {
			beside[f.Name] = f.Bytes
		}
		return true
	})
	return h.archive(member).Zip(ctx, in, size, h.file(ctx, path, beside, depth, yield))
}

// file returns what makes pages of the files of an archive. Sidecars that come before
// their articles are used.
func (h *Harvester) file(ctx context.Context, path string, beside map[string][]byte, depth int, yield func(article.Page) bool) func(archive.File) bool {
	if beside == nil {
		beside = map[string][]byte{}
	}
	return func(f archive.File) bool {
		p := article.Page{Path: path, Bytes: f.Bytes, Refusal: f.Refusal}
		if f.Name != "" {
			p.Path = path + "/" + f.Name
		}
		packed := false
		p.Type, _, packed = typeOf(f.Name)
		switch {
		case isSidecar(f.Name):
			if len(beside) < 1<<16 && f.Refusal == nil {
				beside[f.Name] = f.Bytes
			}
			return true
		case f.Refusal != nil:
			p.Refusal.Source = p.Path
			return yield(p)
		case packed && p.Type != article.WARC:
			content, err := gunzip(f.Bytes)
			if err != nil {
				var r *article.Refusal
				if !errors.As(err, &r) {
					r = unreadable(p.Path, err)
				}
				p.Refusal, r.Source, p.Bytes = r, p.Path, nil
				return yield(p)
			}
			p.Bytes = content
		}
		if p.Type == perhapsFeed {
			if p.Type = sniff(p.Bytes[:min(len(p.Bytes), 4096)]); p.Type != article.Feed && p.Type != article.HTML {
				h.unknown++
				return true
			}
		}
		p.Sidecar = beside[sidecarOf(f.Name)]
		return h.expand(ctx, p, depth+1, yield)
	}
}

// gunzip unpacks a file inside an archive.
func gunzip(b []byte) ([]byte, error) {
	in, err := unpackIfPacked(bytes.NewReader(b), true)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(in, Limit+1))
	if len(content) > Limit {
		return nil, tooLarge("the file")
	}
	return content, err
}
