// Package pdf reads the text of PDF files.
//
// In: the bytes of a file. Out: its text in reading order, a paragraph a line, divided
// by empty lines, without the headers, footers and page numbers that stand on every
// page; or a refusal: no text (a scan), a password, a broken file, too slow. What
// always holds: a file ends within the time limit and within the limits on pages and
// text. Bytes of the text lead to the file
// as a whole: text of a PDF lies packed and out of order in it.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/text"
)

// Limits of a file.
const (
	TimeLimit = 15 * time.Second
	maxPages  = 2000
	maxGlyphs = 4_000_000
)

var (
	errNoText = errors.New("the PDF has no text: its pages are pictures")
	errSlow   = fmt.Errorf("reading the PDF takes longer than %v", TimeLimit)
)

// Page returns p, a page of PDF, with its text as [article.Plain], or with a refusal.
func Page(ctx context.Context, p article.Page) article.Page {
	words, err := Text(ctx, p.Bytes)
	if err != nil {
		kind := article.Invalid
		if errors.Is(err, errSlow) {
			kind = article.TooLarge
		}
		p.Refusal = article.Refuse(kind, err.Error())
		p.Refusal.Source, p.Refusal.Line, p.Refusal.Bytes = p.Path, p.Line, int64(len(p.Bytes))
		p.Bytes = nil
		return p
	}
	back := text.Map{Segments: []text.Segment{{Length: len(words), FileLength: len(p.Bytes)}}}
	p.Back = back.Then(p.Back, len(words))
	p.Type, p.Bytes, p.Charset = article.Plain, []byte(words), "utf-8"
	return p
}

// Text returns the text of a file. Work goes on beside the caller, who gets an error
// when it takes too long; it then ends at the next page.
func Text(ctx context.Context, raw []byte) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, TimeLimit)
	defer cancel()
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if fault := recover(); fault != nil {
				a = answer{err: fmt.Errorf("broken PDF: %v", fault)}
			}
			done <- a
		}()
		a.text, a.err = read(ctx, raw)
	}()
	select {
	case a := <-done:
		return a.text, a.err
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return "", errSlow
		}
		return "", ctx.Err()
	}
}

// read reads all pages; a broken one costs itself alone.
func read(ctx context.Context, raw []byte) (string, error) {
	f, err := open(raw, func() bool { return ctx.Err() != nil })
	if err != nil {
		return "", err
	}
	list := f.pages()
	if len(list) > maxPages {
		return "", fmt.Errorf("the PDF has more than %d pages", maxPages)
	}
	if len(list) == 0 {
		return "", errors.New("broken PDF: it has no pages")
	}
	fonts := map[int]*font{}
	var pages [][]line
	glyphs := 0
	for _, page := range list {
		p := &painter{ctx: ctx, file: f, fonts: fonts}
		content, err := f.contents(page)
		if err != nil {
			return "", err
		}
		p.paint(content, f.dict(f.inherited(page, "Resources")), identity, 0)
		if ctx.Err() != nil {
			return "", errSlow
		}
		if glyphs += len(p.found); glyphs > maxGlyphs {
			return "", errors.New("the PDF has more text than any article")
		}
		pages = append(pages, linesOf(p.found))
	}
	out := paragraphs(pages)
	if strings.TrimSpace(out) == "" {
		return "", errNoText
	}
	return out, nil
}

// maxTree is how deep the tree of pages may be.
const maxTree = 64

// pages returns the pages in their order: by the tree of the catalogue, or where that
// is broken all that there are.
func (f *file) pages() []dict {
	var list []dict
	met := 0
	var visit func(v any, depth int)
	visit = func(v any, depth int) {
		if met++; depth > maxTree || met > 8*maxPages || len(list) > maxPages {
			return
		}
		d := f.dict(v)
		if kids := f.list(d["Kids"]); kids != nil {
			for _, kid := range kids {
				visit(kid, depth+1)
			}
		} else if d != nil {
			list = append(list, d)
		}
	}
	visit(f.get(f.trailer["Root"], "Pages"), 0)
	if len(list) > 0 {
		return list
	}
	numbers := slices.Sorted(maps.Keys(f.objects))
	for _, n := range numbers {
		if d := f.dict(ref(n)); f.name(d["Type"]) == "Page" && len(list) <= maxPages {
			list = append(list, d)
		}
	}
	return list
}

// contents returns the content streams of a page as one.
func (f *file) contents(page dict) ([]byte, error) {
	parts := f.list(page["Contents"])
	if parts == nil {
		parts = []any{page["Contents"]}
	}
	var all []byte
	for _, part := range parts {
		content, err := f.content(part)
		if errors.Is(err, errTooMuch) {
			return nil, err
		}
		all = append(append(all, content...), '\n')
	}
	return all, nil
}

// inherited returns an attribute of a page, or of what lies around it (7.7.3.4).
func (f *file) inherited(page dict, key string) any {
	for range maxTree {
		if v := f.value(page[key]); v != nil {
			return v
		}
		if page = f.dict(page["Parent"]); page == nil {
			break
		}
	}
	return nil
}
