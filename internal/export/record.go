package export

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// Record writes all lists of a store as JSON Lines, sorted by list and id, each
// line with the key "list" in front. Times of running are left out, so that two
// exports of equal records are equal bytes.
func Record(ctx context.Context, w io.Writer, s store.Reader) error {
	out := bufio.NewWriter(w)
	all := store.Filter{Rejected: true}
	lists := []func() error{
		func() error {
			return section(out, "actors", s.Actors(ctx, all), func(e record.Actor) string { return e.ID })
		},
		func() error {
			return section(out, "articles", s.Articles(ctx, all), func(e record.Article) string { return e.ID })
		},
		func() error {
			return section(out, "contradictions", s.Contradictions(ctx, all), func(e record.Contradiction) string { return e.ID })
		},
		func() error { return decisions(out, s.Decisions(ctx, all)) },
		func() error {
			return section(out, "documents", s.Documents(ctx, all), func(e record.Document) string { return e.ID })
		},
		func() error {
			return section(out, "expectations", s.Expectations(ctx, all), func(e record.Expectation) string { return e.ID })
		},
		func() error {
			return section(out, "meetings", s.Meetings(ctx, all), func(e record.Meeting) string { return e.ID })
		},
		func() error {
			return section(out, "moves", s.Moves(ctx, all), func(e record.Move) string { return e.ID })
		},
		func() error {
			return section(out, "positions", s.Positions(ctx, all), func(e record.Position) string { return e.ID })
		},
		func() error { return refusals(out, s.Refusals(ctx, all)) },
		func() error {
			return section(out, "statements", s.Statements(ctx, all), func(e record.Statement) string { return e.ID })
		},
		func() error {
			return section(out, "stories", s.Stories(ctx, all), func(e record.Story) string { return e.ID })
		},
		func() error {
			return section(out, "talks", s.Talks(ctx, all), func(e record.Talks) string { return e.ID })
		},
	}
	for _, write := range lists {
		if err := write(); err != nil {
			return fmt.Errorf("export: record: %w", err)
		}
	}
	return out.Flush()
}

// section writes one list sorted by key. Entries of equal keys (the same words
// twice in one article cannot be, but versions can) fall back to their bytes.
func section[T any](out *bufio.Writer, name string, list iter.Seq2[T, error], key func(T) string) error {
	type line struct {
		key   string
		bytes []byte
	}
	var lines []line
	for entry, err := range list {
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		b, err := encode(entry)
		if err != nil {
			return fmt.Errorf("%s %s: %w", name, key(entry), err)
		}
		lines = append(lines, line{key(entry), b})
	}
	slices.SortFunc(lines, func(a, b line) int {
		if c := strings.Compare(a.key, b.key); c != 0 {
			return c
		}
		return bytes.Compare(a.bytes, b.bytes)
	})
	for _, l := range lines {
		if _, err := fmt.Fprintf(out, "{\"list\":%q,%s\n", name, l.bytes[1:]); err != nil {
			return err
		}
	}
	return nil
}

func refusals(out *bufio.Writer, list iter.Seq2[article.Refusal, error]) error {
	timeless := func(yield func(article.Refusal, error) bool) {
		for r, err := range list {
			r.At = ""
			if !yield(r, err) {
				return
			}
		}
	}
	return section(out, "refusals", timeless, func(r article.Refusal) string { return fmt.Sprintf("%s:%09d", r.Source, r.Line) })
}

func decisions(out *bufio.Writer, list iter.Seq2[record.Decision, error]) error {
	return section(out, "decisions", list, func(d record.Decision) string { return fmt.Sprintf("%012d", d.ID) })
}
