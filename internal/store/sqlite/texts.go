package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"unicode/utf8"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// A shelved article is one that a check has on its table.
type shelved struct {
	n       int64
	id      string
	digest  string
	size    int
	article record.Article
}

// checkTexts looks at every article's text and at all that points into it: the
// text unpacks to the size and digest that are noted of it, spans lie inside it
// between whole letters, and the content of a statement is what stands there.
func checkTexts(ctx context.Context, tx *sql.Tx) (texts, statements store.Checked, err error) {
	texts.Part, statements.Part = "texts and spans", "words of statements"
	const batch = 100
	for last := int64(0); ; {
		var shelf []shelved
		err = eachRow(ctx, tx, `SELECT a.n, a.id, a.digest, t.size, t.text, t.body_start, t.body_end, t.paragraphs, t.map FROM articles a JOIN texts t ON t.article = a.n
			WHERE a.n > ? ORDER BY a.n LIMIT ?`, args(last, batch), func(scan func(...any) error) error {
			var s shelved
			failed := scanText(scan, &s.article, &s.n, &s.id, &s.digest, &s.size)
			last = s.n
			texts.Seen++
			if failed != nil {
				texts.Add(fmt.Sprintf("the text of article %s cannot be unpacked: %v", s.id, failed))
				return ctx.Err()
			}
			shelf = append(shelf, s)
			return nil
		})
		if err != nil {
			return texts, statements, err
		}
		for i := range shelf {
			if err = shelf[i].check(ctx, tx, &texts, &statements); err != nil {
				return texts, statements, err
			}
		}
		if len(shelf) == 0 {
			return texts, statements, checkVersions(ctx, tx, &texts)
		}
	}
}

func (s *shelved) check(ctx context.Context, tx *sql.Tx, texts, statements *store.Checked) error {
	a := &s.article
	switch {
	case len(a.Text) != s.size:
		texts.Add(fmt.Sprintf("the text of article %s has %d bytes, not %d", s.id, len(a.Text), s.size))
	case !utf8.ValidString(a.Text):
		texts.Add(fmt.Sprintf("the text of article %s is not UTF-8", s.id))
	case digestOf(&record.Article{Text: a.Text}) != s.digest:
		texts.Add(fmt.Sprintf("the text of article %s is not the one of its digest", s.id))
	}
	for _, span := range append([]text.Span{a.Body}, a.Paragraphs...) {
		s.inside(texts, "body or paragraph", span)
	}
	err := eachRow(ctx, tx, "SELECT kind, start, end FROM evidence WHERE article = ?", args(s.n), func(scan func(...any) error) error {
		var kind int
		var span text.Span
		err := scan(&kind, &span.Start, &span.End)
		if span.IsEmpty() {
			texts.Add(fmt.Sprintf("evidence of kind %d in article %s holds no words", kind, s.id))
		}
		s.inside(texts, "evidence", span)
		return err
	})
	if err != nil {
		return err
	}
	return s.checkStatements(ctx, tx, texts, statements)
}

// inside notes a span that leaves the text or cuts a letter.
func (s *shelved) inside(out *store.Checked, what string, span text.Span) bool {
	body := s.article.Text
	boundary := func(at int) bool { return at == len(body) || at < len(body) && utf8.RuneStart(body[at]) }
	if span.Start < 0 || span.End < span.Start || !boundary(span.Start) || !boundary(span.End) {
		out.Add(fmt.Sprintf("%s at %v of article %s lies outside its text or cuts a letter", what, span, s.id))
		return false
	}
	return true
}

func (s *shelved) checkStatements(ctx context.Context, tx *sql.Tx, texts, statements *store.Checked) error {
	return eachRow(ctx, tx, "SELECT id, content, pieces, ifnull(source_span, ''), ifnull(cue_span, ''), ifnull(edits, ''), decision FROM statements WHERE article = ?", args(s.n),
		func(scan func(...any) error) error {
			var st record.Statement
			var content, pieces, source, cue, edits string
			if err := scan(&st.ID, &content, &pieces, &source, &cue, &edits, &st.Decision); err != nil {
				return err
			}
			statements.Seen++
			if err := finishStatement(&st, statementTexts{source: source, cue: cue, content: content, pieces: pieces, edits: edits}); err != nil {
				statements.Add(fmt.Sprintf("statement %s cannot be read: %v", st.ID, err))
				return ctx.Err()
			}
			if len(st.Pieces) == 0 {
				statements.Add(fmt.Sprintf("statement %s has no words", st.ID))
			}
			for i, piece := range st.Pieces {
				if s.inside(texts, "content of statement "+st.ID, piece) && piece.In(s.article.Text) != st.Content[i] {
					statements.Add(fmt.Sprintf("the words of statement %s are not what stands at %v of article %s", st.ID, piece, s.id))
				}
			}
			for _, span := range []*text.Span{st.SourceSpan, st.CueSpan} {
				if span != nil {
					s.inside(texts, "source or cue of statement "+st.ID, *span)
				}
			}
			for _, edit := range st.Edits {
				s.inside(texts, "edit in statement "+st.ID, edit.Span)
			}
			return nil
		})
}

// checkVersions looks at the texts that articles had before.
func checkVersions(ctx context.Context, tx *sql.Tx, texts *store.Checked) error {
	return eachRow(ctx, tx, `SELECT a.id, v.version, v.text, v.body_start, v.body_end, v.paragraphs, v.map FROM article_versions v JOIN articles a ON a.n = v.article`, nil,
		func(scan func(...any) error) error {
			var s shelved
			var version int
			texts.Seen++
			if err := scanText(scan, &s.article, &s.id, &version); err != nil {
				texts.Add(fmt.Sprintf("version %d of article %s cannot be unpacked: %v", version, s.id, err))
				return ctx.Err()
			}
			for _, span := range append([]text.Span{s.article.Body}, s.article.Paragraphs...) {
				s.inside(texts, fmt.Sprintf("body or paragraph of version %d", version), span)
			}
			return nil
		})
}
