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

	"rapporteur/internal/article"
	"rapporteur/internal/extract/decode"
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
}

// New returns an extractor that uses the tables of lex.
func New(lex *lexicon.Lexicon, options Options) (*Extractor, error) {
	return &Extractor{options: options}, nil
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
			placed.Source, placed.Line, placed.Bytes = page.Path, page.Line, int64(len(page.Bytes))
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
	return x.whole(ctx, page)
}

func (x *Extractor) whole(_ context.Context, page article.Page) (*article.Article, error) {
	decoded, err := decode.Bytes(page.Bytes, "")
	if err != nil {
		return nil, err
	}
	a := &article.Article{Text: decoded.Text, Map: decoded.Map, Outlet: x.options.Outlet, Language: x.options.Language, Origin: originOf(page)}
	a.Body.End = len(a.Text)
	a.Identify()
	return a, nil
}

func originOf(page article.Page) article.Origin {
	sum := sha256.Sum256(page.Bytes)
	return article.Origin{Path: page.Path, Line: page.Line, Bytes: int64(len(page.Bytes)), Digest: hex.EncodeToString(sum[:])}
}
