package sqlite

import (
	"context"
	"regexp"
	"strings"
	"unicode"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// many is the number of matches above which a search with a limit walks the list
// in its order, rather than gather all matches and sort them.
const many = 1000

// terms reads what a user searches for: words, "phrases", and either with a minus
// before it. A term without letter or digit is left out. Any input is fine.
func terms(search string) (with, without []string) {
	rest := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, search)
	for {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		if rest == "" {
			return with, without
		}
		minus := len(rest) > 1 && rest[0] == '-'
		if minus {
			rest = rest[1:]
		}
		var term string
		if quoted, ok := strings.CutPrefix(rest, `"`); ok {
			term, rest, _ = strings.Cut(quoted, `"`)
		} else if end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == '"' }); end >= 0 {
			term, rest = rest[:end], rest[end:]
		} else {
			term, rest = rest, ""
		}
		term = strings.Join(strings.Fields(term), " ")
		switch {
		case !strings.ContainsFunc(term, isTokenRune):
		case minus:
			without = append(without, term)
		default:
			with = append(with, term)
		}
	}
}

// isTokenRune reports whether the tokenizer of the full-text index takes r as
// part of a word.
func isTokenRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// match writes terms in the language of FTS5, each as a quoted phrase.
func match(terms []string, operator string) string {
	quoted := make([]string, len(terms))
	for i, t := range terms {
		quoted[i] = `"` + strings.ReplaceAll(t, `"`, `""`) + `"`
	}
	return strings.Join(quoted, operator)
}

// wanted writes a search in the language of FTS5; "" when nothing positive is
// asked for.
func wanted(search string) (query string, without []string) {
	with, without := terms(search)
	if len(with) == 0 {
		return "", without
	}
	columns := ""
	if monthWord.MatchString(fold(search)) {
		columns = "{content source speaker_name} : "
	}
	query = "(" + columns + "(" + match(with, " AND ") + "))"
	if len(without) > 0 {
		query += " NOT (" + columns + "(" + match(without, " OR ") + "))"
	}
	return query, without
}

// monthWord finds what the column of months could hold. No other search needs to
// be kept out of that column, which costs a third of its time.
var monthWord = regexp.MustCompile(`(?:^|[^\pL\pN])m[0-9]*(?:$|[^\pL\pN])`)

// searched puts the full-text index before the statements, listed what was found
// in it.
const (
	searched = "(SELECT rowid AS hit FROM statement_words WHERE statement_words MATCH ?) w CROSS JOIN "
	listed   = "(SELECT value AS hit FROM json_each(?)) w CROSS JOIN "
)

// A part is where in the full-text index a search looks: in one month, or among
// statements that were found before. The zero part is all of it.
type part struct {
	month string
	found []int64
}

// search narrows a list of statements s to those that hold the words.
func (q *query) search(search string, in part) {
	words, without := wanted(search)
	first := func(source, value string) {
		q.from = strings.Replace(q.from, "FROM statements s", "FROM "+source+"statements s", 1)
		q.and("s.n = w.hit")
		q.values = append([]any{value}, q.values...)
	}
	switch {
	case words != "" && in.found != nil:
		first(listed, jsonText(in.found))
	case words != "" && in.month != "":
		first(searched, "("+words+") AND month : "+in.month)
	case words != "":
		first(searched, words)
	case len(without) > 0:
		q.and("s.n NOT IN (SELECT rowid FROM statement_words WHERE statement_words MATCH ?)", match(without, " OR "))
	default:
		q.none = true
	}
}

// find returns the rows of the statements that hold the words of a search, or many
// of them: then gathering and sorting all would take long. nil when the search asks
// for no word. The index is asked once: to find a rare phrase of frequent words it
// goes through all places of both.
func (db *DB) find(ctx context.Context, search string) ([]int64, error) {
	words, _ := wanted(search)
	if words == "" {
		return nil, nil
	}
	found := []int64{}
	err := db.each(ctx, "SELECT rowid FROM statement_words WHERE statement_words MATCH ? LIMIT ?", args(words, many), func(scan func(...any) error) (bool, error) {
		var n int64
		err := scan(&n)
		found = append(found, n)
		return true, err
	})
	return found, err
}

// byMonth lists the statements of a frequent search month by month, until the
// page that f asks for is full. Those without a day are the oldest.
func (db *DB) byMonth(ctx context.Context, f store.Filter, yield func(record.Statement, error) bool) error {
	skip, left := f.Offset, f.Limit
	month := f
	month.Limit, month.Offset = skip+left, 0
	take := func(word string) (more bool, err error) {
		for s, err := range db.statements(ctx, month, part{month: word}) {
			if err != nil {
				return false, err
			}
			if skip > 0 {
				skip--
				continue
			}
			if left--; !yield(s, nil) || left == 0 {
				return false, nil
			}
		}
		return true, nil
	}
	next, bound, after := "SELECT min(published) FROM statements WHERE published > ?", "", "~"
	if f.Newest {
		next, bound, after = "SELECT max(published) FROM statements WHERE published < ? AND published <> ''", "~", ""
	} else if more, err := take("m"); err != nil || !more {
		return err
	}
	for {
		var day *string
		err := db.each(ctx, next, args(bound), func(scan func(...any) error) (bool, error) { return false, scan(&day) })
		if err != nil {
			return err
		}
		if day == nil && f.Newest {
			_, err := take("m")
			return err
		}
		if day == nil {
			return nil
		}
		first := (*day)[:min(len(*day), len("2006-01"))]
		bound = first + after
		if more, err := take("m" + strings.ReplaceAll(first, "-", "")); err != nil || !more {
			return err
		}
	}
}
