// Package tokenize cuts a text into paragraphs and tokens.
//
// In: a document without layers. Out: its paragraphs (one a line that is not
// empty) and its tokens, by the conventions of Universal Dependencies for English
// (EWT) where these are certain. What always holds: tokens stand in reading order,
// do not overlap, hold no white space, lie in one paragraph each, and together
// cover every byte that is not white space; the time is linear in the text.
package tokenize

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// A Stage adds LayerTokens and LayerParagraphs.
type Stage struct {
	abbreviations map[string]bool // with their full stop
	prefixes      map[string]bool // lower case: a hyphen binds them to the word behind
}

// New returns a stage that knows abbreviations by their shape ("U.S.", "J.", "Mr.")
// and the words of the tables "abbreviations" and "prefixes".
func New(lex *lexicon.Lexicon) (*Stage, error) {
	table, err := lex.Table("abbreviations")
	if err != nil {
		return nil, err
	}
	s := &Stage{abbreviations: map[string]bool{}}
	for _, row := range table.Rows {
		if row.Get("kind") != "number" { // "No." alone is an answer
			s.abbreviations[row.Get("word")] = true
		}
	}
	prefixes, err := lex.Table("prefixes")
	if err != nil {
		return nil, err
	}
	s.prefixes = map[string]bool{}
	for _, row := range prefixes.Rows {
		s.prefixes[row.Get("word")] = true
	}
	return s, nil
}

// Name returns "tokenize".
func (s *Stage) Name() string { return "tokenize" }

// Version changes whenever the same text may be cut differently.
func (s *Stage) Version() string { return "2" }

// Needs returns no layer.
func (s *Stage) Needs() document.Layers { return 0 }

// Adds returns tokens and paragraphs.
func (s *Stage) Adds() document.Layers { return document.LayerTokens | document.LayerParagraphs }

// Annotate adds paragraphs and tokens to d.
func (s *Stage) Annotate(_ context.Context, d *document.Doc) error {
	d.Paragraphs = paragraphs(d.Text(), d.Article.Body.Start)
	for _, span := range s.Spans(d.Text()) {
		d.Tokens = append(d.Tokens, document.Token{Span: span, Sentence: document.NoSentence, Head: document.NoToken})
	}
	return nil
}

// Spans returns the tokens of body.
func (s *Stage) Spans(body string) []text.Span {
	var out []text.Span
	for start := 0; start < len(body); {
		r, size := utf8.DecodeRuneInString(body[start:])
		if unicode.IsSpace(r) {
			start += size
			continue
		}
		end := len(body)
		if i := strings.IndexFunc(body[start:], unicode.IsSpace); i >= 0 {
			end = start + i
		}
		out = s.appendRun(out, body, start, end)
		start = end
	}
	return out
}

// headingWords is the most words a line without end mark has as a heading.
const headingWords = 9

// paragraphs returns one paragraph a line. Lines before bodyStart are the title.
// A heading is a short line without end mark that has a paragraph before and
// after it.
func paragraphs(body string, bodyStart int) []document.Paragraph {
	var out []document.Paragraph
	for start := 0; start < len(body); {
		end := len(body)
		if i := strings.IndexByte(body[start:], '\n'); i >= 0 {
			end = start + i
		}
		if span := trim(body, text.Span{Start: start, End: end}); !span.IsEmpty() {
			kind := document.Body
			if span.Start < bodyStart {
				kind = document.Title
			}
			out = append(out, document.Paragraph{Span: span, Kind: kind})
		}
		start = end + 1
	}
	for i := 1; i+1 < len(out); i++ {
		if out[i].Kind == document.Body && out[i+1].Kind == document.Body && isHeading(out[i].Span.In(body)) {
			out[i].Kind = document.Heading
		}
	}
	return out
}

func isHeading(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	return len(strings.Fields(line)) <= headingWords && (unicode.IsLetter(last) || unicode.IsDigit(last))
}

func trim(body string, s text.Span) text.Span {
	words := strings.TrimLeftFunc(s.In(body), unicode.IsSpace)
	s.Start = s.End - len(words)
	s.End = s.Start + len(strings.TrimRightFunc(words, unicode.IsSpace))
	return s
}
