// Package ingest carries articles up the house: page → article → document →
// reading → store. It is the only conductor.
//
// In: pages of a harvester, or articles that a store already holds. Out: a store
// that holds their readings and refusals, and a report. What always holds:
// results are written in the order of the pages by one writer, a few articles in a
// transaction, so that a killed run leaves a record that a second run completes
// to the same bytes, and nothing is told as stored that is not; a page gives an
// article or a refusal, never nothing; a panic or an endless loop below is the
// refusal of one article and no more.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/compile"
	"rapporteur/internal/document"
	"rapporteur/internal/extract"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/record"
	"rapporteur/internal/weights"
)

// Deadline is how long one article may take before it is refused.
const Deadline = 2 * time.Minute

// Options say how to read articles.
type Options struct {
	Extract  extract.Options
	Deadline time.Duration // for one article; 0: [Deadline]
	Log      *slog.Logger  // nil: nothing is logged
	Engine
	Words bool // only words, trees and attributions
}

// An Engine says with what the learned engine computes; each choice of processor
// gives the same annotation.
type Engine struct {
	Weights   *weights.File // nil: those in the binary
	Processor string        // "portable", "avx2" or "vnni"; "": the fastest that is there
}

// An Ingest reads articles with one set of rules. It is safe for concurrent use.
type Ingest struct {
	extractor *extract.Extractor
	stages    []nlp.Stage
	reader    string
	deadline  time.Duration
	log       *slog.Logger
}

// New builds the pipeline over the tables of lex.
func New(lex *lexicon.Lexicon, o Options) (*Ingest, error) {
	extractor, err := extract.New(lex, o.Extract)
	if err != nil {
		return nil, fmt.Errorf("ingest: %w", err)
	}
	stages, err := o.stages(lex)
	if err != nil {
		return nil, fmt.Errorf("ingest: %w", err)
	}
	in := &Ingest{extractor: extractor, stages: stages, reader: readerName(stages, lex.Digest()), deadline: o.Deadline, log: o.Log}
	if in.deadline == 0 {
		in.deadline = Deadline
	}
	if in.log == nil {
		in.log = slog.New(slog.DiscardHandler)
	}
	return in, nil
}

// Reader names the versions of rules and word lists: "rules 14, lexicon 1a2b3c4d".
// An article read by another reader is stale.
func (in *Ingest) Reader() string { return in.reader }

// readerName counts the versions of all stages together: each of them only ever
// grows, so the sum changes whenever one does. Versions that are no numbers are
// written out.
func readerName(stages []nlp.Stage, digest string) string {
	rules, named := 0, []string{}
	for _, s := range stages {
		n, err := strconv.Atoi(s.Version())
		if err != nil {
			named = append(named, s.Name()+" "+s.Version())
		}
		rules += n
	}
	parts := append([]string{fmt.Sprintf("rules %d", rules)}, named...)
	return strings.Join(append(parts, "lexicon "+digest), ", ")
}

// Article makes the article of a page. Errors that are refusals of the page are
// *article.Refusal.
func (in *Ingest) Article(ctx context.Context, page article.Page) (*article.Article, error) {
	return guarded(ctx, in, page.Path, page.Line, func(ctx context.Context) (*article.Article, error) {
		return in.extractor.Article(ctx, page)
	})
}

// Whole makes an article that keeps all of a page of plain text.
func (in *Ingest) Whole(ctx context.Context, page article.Page) (*article.Article, error) {
	return guarded(ctx, in, page.Path, page.Line, func(ctx context.Context) (*article.Article, error) {
		return in.extractor.Whole(ctx, page)
	})
}

// Annotate reads an article with all stages. An article in a language that this
// version does not read, and a page that is no article to read, come back without
// layers. A stage that fails, panics or
// does not end gives an *article.Refusal of kind crashed.
func (in *Ingest) Annotate(ctx context.Context, a *article.Article) (*document.Doc, error) {
	if stateOf(a) != read {
		return document.New(a), nil
	}
	return guarded(ctx, in, a.Origin.Path, a.Origin.Line, func(ctx context.Context) (*document.Doc, error) {
		d := document.New(a)
		return d, nlp.Run(ctx, d, in.stages...)
	})
}

// Waits reports whether articles of a language are stored without being read.
// One whose language nobody could tell is read as English.
func Waits(language string) bool {
	base, _, _ := strings.Cut(language, "-")
	return base != "" && !strings.EqualFold(base, "en")
}

// States of an article in the record, beside the shapes of pages that are no articles.
const (
	read  = "read"
	waits = "waits"
)

// stateOf returns the state that an article gets: what its page is when that is no
// article to read, "waits" for a language that is not read yet, else "read".
func stateOf(a *article.Article) string {
	switch {
	case a.Kind != "":
		return string(a.Kind)
	case Waits(a.Language):
		return waits
	}
	return read
}

// reading annotates an article and compiles what it gives to the record.
func (in *Ingest) reading(ctx context.Context, a *article.Article) (*document.Doc, *record.Reading, error) {
	d, err := in.Annotate(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	r, err := in.compiled(ctx, d)
	return d, r, err
}

func (in *Ingest) compiled(ctx context.Context, d *document.Doc) (*record.Reading, error) {
	return guarded(ctx, in, d.Article.Origin.Path, d.Article.Origin.Line, func(context.Context) (*record.Reading, error) {
		r, err := compile.Reading(d, in.reader)
		if err != nil {
			return nil, err
		}
		if state := stateOf(d.Article); state != read {
			r.Article.State = state
		}
		return r, nil
	})
}

// guarded runs the work on one article so that its panic, its failure and its
// endless loop become a refusal. A loop that heeds no context is left behind:
// its goroutine goes on until the process ends.
func guarded[T any](ctx context.Context, in *Ingest, source string, line int, work func(context.Context) (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	ctx, cancel := context.WithTimeout(ctx, in.deadline)
	defer cancel()
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			if fault := recover(); fault != nil {
				in.log.Error("panic while reading", "source", source, "line", line, "fault", fault, "stack", string(debug.Stack()))
				o.err = article.Refuse(article.Crashed, fmt.Sprintf("reading it crashed: %v", fault))
			}
			done <- o
		}()
		o.value, o.err = work(ctx)
	}()
	var o outcome
	select {
	case o = <-done:
	case <-ctx.Done():
		o.err = ctx.Err()
	}
	if o.err == nil {
		return o.value, nil
	}
	var none T
	return none, in.refusal(o.err, source, line)
}

// refusal makes a refusal of what went wrong with one article; only the end of
// the whole run stays an error of its own.
func (in *Ingest) refusal(err error, source string, line int) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	var refused *article.Refusal
	switch {
	case errors.As(err, &refused):
		placed := *refused
		refused = &placed
	case errors.Is(err, context.DeadlineExceeded):
		refused = article.Refuse(article.Crashed, fmt.Sprintf("reading it took more than %v", in.deadline))
	default:
		refused = article.Refuse(article.Crashed, err.Error())
	}
	if refused.Source == "" {
		refused.Source, refused.Line = source, line
	}
	return refused
}

// Refusal returns the refusal that an error is, and whether it is one.
func Refusal(err error) (*article.Refusal, bool) {
	var refused *article.Refusal
	ok := errors.As(err, &refused)
	return refused, ok
}
