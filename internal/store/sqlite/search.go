package sqlite

import (
	"context"
	"strings"
	"unicode"
)

// many is the number of matches above which a search with a limit walks the list
// in its order, rather than gather all matches and sort them.
const many = 4000

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

// search narrows a list of statements s to those that hold the words.
func (q *query) search(ctx context.Context, db *DB, search string, limited bool) error {
	with, without := terms(search)
	if len(with)+len(without) == 0 {
		q.none = true
		return nil
	}
	if len(with) == 0 {
		q.and("s.n NOT IN (SELECT rowid FROM statement_words WHERE statement_words MATCH ?)", match(without, " OR "))
		return nil
	}
	wanted := match(with, " AND ")
	if len(without) > 0 {
		wanted = "(" + wanted + ") NOT (" + match(without, " OR ") + ")"
	}
	if limited {
		var n int
		err := db.each(ctx, "SELECT count(*) FROM (SELECT 1 FROM statement_words WHERE statement_words MATCH ? LIMIT ?)", args(wanted, many),
			func(scan func(...any) error) (bool, error) { return false, scan(&n) })
		if err != nil {
			return err
		}
		if n >= many {
			q.and("EXISTS (SELECT 1 FROM statement_words WHERE statement_words MATCH ? AND rowid = s.n)", wanted)
			return nil
		}
	}
	q.from = strings.Replace(q.from, "FROM statements s", "FROM (SELECT rowid AS hit FROM statement_words WHERE statement_words MATCH ?) w CROSS JOIN statements s ON s.n = w.hit", 1)
	q.values = append([]any{wanted}, q.values...)
	return nil
}
