// Package extract makes an article of a page.
//
// In: an article.Page as a harvester yields it. Out: an article.Article with text,
// metadata and the map from each byte of the text back to the page's bytes, or an
// *article.Refusal that says why there is none. What always holds: the text is
// valid NFC UTF-8 with LF, its words stand in the page in this order, and no part
// of the page is used twice; furniture of the page is metadata or dropped.
package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/decode"
	"rapporteur/internal/extract/markup"
	"rapporteur/internal/lexicon"
)

// Options are what the user says about all pages; they outrank what a page says,
// and a sidecar outranks the file name.
type Options struct {
	Pattern   string // form of file names, "" for [DefaultPattern]
	Outlet    string
	Published string // "2022-01-13"
	Language  string // ISO 639-1
}

// An Extractor reads pages. It is safe for concurrent use.
type Extractor struct {
	options Options
	tables  *tables
	pattern *pattern
}

// New returns an extractor that uses the tables of lex.
func New(lex *lexicon.Lexicon, options Options) (*Extractor, error) {
	tables, err := readTables(lex)
	if err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	pattern, err := compilePattern(options.Pattern)
	if err != nil {
		return nil, err
	}
	if options.Published != "" {
		if _, ok := tables.dates.Stamp(options.Published); !ok {
			return nil, fmt.Errorf("extract: day of publication %q: want YYYY-MM-DD", options.Published)
		}
	}
	return &Extractor{options: options, tables: tables, pattern: pattern}, nil
}

// Article reads a page. Errors that are refusals are *article.Refusal with Source
// and Line filled in; others are the context's.
func (x *Extractor) Article(ctx context.Context, page article.Page) (*article.Article, error) {
	return x.guard(ctx, page, x.article)
}

// Whole reads a page of plain text and keeps all of it: no title is found, no
// furniture taken off. Only what no stored text can hold is folded or dropped (byte
// order mark, carriage returns, invisible characters), and the map tells where.
func (x *Extractor) Whole(ctx context.Context, page article.Page) (*article.Article, error) {
	return x.guard(ctx, page, x.whole)
}

// guard turns panics of a reader into refusals and gives refusals their place.
func (x *Extractor) guard(ctx context.Context, page article.Page, read func(context.Context, article.Page) (*article.Article, error)) (a *article.Article, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			a, err = nil, article.Refuse(article.Crashed, fmt.Sprintf("reading it crashed: %v at %s", fault, firstFrame(debug.Stack())))
		}
		var refusal *article.Refusal
		if errors.As(err, &refusal) {
			placed := *refusal
			placed.Source, placed.Line = page.Path, page.Line
			if page.Refusal == nil { // a harvester knows the size of what it refuses
				placed.Bytes = int64(len(page.Bytes))
			}
			err = &placed
		}
	}()
	if page.Refusal != nil {
		return nil, page.Refusal
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("extract: %s: %w", page.Path, err)
	}
	return read(ctx, page)
}

func (x *Extractor) article(ctx context.Context, page article.Page) (*article.Article, error) {
	d, source, title, err := x.begin(page)
	if err != nil {
		return nil, err
	}
	switch page.Type {
	case article.JSONLine:
		err = x.jsonLine(d, source)
	case article.HTML:
		err = x.page(ctx, d, source, title)
		x.carried(d.article, page.Listed)
	case article.Fragment:
		err = x.fragment(d, source, page.Told, title)
	case article.Plain, article.UnknownType:
		if page.Told != nil && page.Told.Carrier != "" {
			x.letter(d, source, page.Told, title)
			break
		}
		x.plain(d, source)
		d.retitle(title)
	default:
		err = article.Refuse(article.Unsupported, fmt.Sprintf("type %q is not read by this version", page.Type))
	}
	if err != nil {
		return nil, err
	}
	a, err := x.finish(d)
	if err == nil {
		a.Map = lead(a.Map, page.Back, len(a.Text))
	}
	return a, err
}

// begin decodes a page and notes what the user and the file name say about it.
func (x *Extractor) begin(page article.Page) (d *draft, source, title string, err error) {
	declared := page.Charset // what the carrier says outranks the page (WHATWG HTML, 13.2.3.2)
	if declared == "" && (page.Type == article.HTML || page.Type == article.Fragment) {
		declared = markup.Charset(page.Bytes)
	}
	decoded, err := decode.Bytes(page.Bytes, declared)
	if err != nil {
		return nil, "", "", err
	}
	d = &draft{article: &article.Article{Origin: originOf(page)}, back: decoded.Map}
	if title, err = x.override(d.article, page.Sidecar); err != nil {
		return nil, "", "", err
	}
	x.carried(d.article, page.Told)
	d.fetched = fetchedFrom(d.article, page.Listed)
	if page.Line == 0 && !strings.Contains(page.Path, "://") { // addresses are no file names
		x.pattern.apply(d.article, page.Path)
	}
	return d, decoded.Text, title, nil
}

// finish writes the text and reads what only the whole text tells.
func (x *Extractor) finish(d *draft) (*article.Article, error) {
	a := d.article
	d.write()
	if strings.TrimSpace(a.BodyText()) == "" {
		return nil, article.Refuse(article.Invalid, "it has no text")
	}
	if line, ok := x.dateline(a.BodyText(), a.Published); ok {
		line.Span.Start += a.Body.Start
		line.Span.End += a.Body.Start
		a.Dateline = line
		if a.Published.IsZero() {
			a.Published = line.Day
		}
	}
	if a.Language == "" {
		a.Language = detect(a.Text)
	}
	a.Identify()
	return a, nil
}

func (x *Extractor) whole(_ context.Context, page article.Page) (*article.Article, error) {
	d, source, _, err := x.begin(page)
	if err != nil {
		return nil, err
	}
	a := d.article
	a.Text, a.Map = source, lead(d.back, page.Back, len(source))
	a.Body.End = len(a.Text)
	a.Identify()
	return a, nil
}

func originOf(page article.Page) article.Origin {
	sum := sha256.Sum256(page.Bytes)
	return article.Origin{Path: page.Path, Line: page.Line, Bytes: int64(len(page.Bytes)), Digest: hex.EncodeToString(sum[:])}
}
