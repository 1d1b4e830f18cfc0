// Package sentence divides paragraphs into sentences.
//
// In: a document with paragraphs and tokens. Out: its sentences, and for each
// paragraph and token the sentences it belongs to. What always holds: every token
// lies in exactly one sentence, a sentence never crosses a paragraph and never
// cuts a token.
package sentence

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// A Stage adds LayerSentences.
type Stage struct {
	abbreviations map[string]string // word with full stop → kind
	starters      map[string]bool   // lower case
}

// New returns a stage that reads the tables "abbreviations" and "starters".
func New(lex *lexicon.Lexicon) (*Stage, error) {
	s := &Stage{abbreviations: map[string]string{}, starters: map[string]bool{}}
	abbreviations, err := lex.Table("abbreviations")
	if err != nil {
		return nil, err
	}
	for _, row := range abbreviations.Rows {
		if !kinds[row.Get("kind")] {
			return nil, row.Errorf("unknown kind %q", row.Get("kind"))
		}
		s.abbreviations[row.Get("word")] = row.Get("kind")
	}
	starters, err := lex.Table("starters")
	if err != nil {
		return nil, err
	}
	for _, row := range starters.Rows {
		s.starters[row.Get("word")] = true
	}
	return s, nil
}

var kinds = map[string]bool{"title": true, "number": true, "month": true, "day": true, "end": true, "state": true, "any": true}

// Name returns "sentence".
func (s *Stage) Name() string { return "sentence" }

// Version changes whenever the same text may be divided differently.
func (s *Stage) Version() string { return "2" }

// Needs returns tokens and paragraphs.
func (s *Stage) Needs() document.Layers { return document.LayerTokens | document.LayerParagraphs }

// Adds returns sentences.
func (s *Stage) Adds() document.Layers { return document.LayerSentences }

// Annotate adds sentences to d by the rules alone.
func (s *Stage) Annotate(_ context.Context, d *document.Doc) error {
	s.Divide(d, nil)
	return nil
}

// seen is the margin from which on the learned engine makes a break that the rules do
// not see: "That is all thanks for your time", "on the ground. 189 of those". A break
// that the rules see stands: on news they are right where the engine doubts them
// ("… my wall.\" Though others …").
const seen = 1

// Divide adds sentences to d by the rules and, where ends is not nil, by the margin
// with which the learned engine says that a token is the last of its sentence.
func (s *Stage) Divide(d *document.Doc, ends func(document.TokenID) float32) {
	token := document.TokenID(0)
	for p := range d.Paragraphs {
		par := &d.Paragraphs[p]
		par.First = document.SentenceID(len(d.Sentences))
		// A dateline is a sentence of its own: "GENEVA (AP) —" is nobody's words.
		if line := d.Article.Dateline.Span; !line.IsEmpty() && par.Span.Contains(line) {
			token = addSentence(d, document.ParagraphID(p), token, line.End)
		}
		starts := s.Breaks(d.In(par.Span))
		if ends != nil {
			starts = judged(d, par.Span, starts, token, ends)
		}
		for _, start := range append(starts, par.Span.Len()) {
			token = addSentence(d, document.ParagraphID(p), token, par.Span.Start+start)
		}
		par.End = document.SentenceID(len(d.Sentences))
	}
}

// judged returns the breaks of a paragraph, whose first token is first, that rules
// and engine make together.
func judged(d *document.Doc, par text.Span, byRule []int, first document.TokenID, ends func(document.TokenID) float32) []int {
	var out []int
	for t := first + 1; int(t) < len(d.Tokens) && d.Tokens[t].Span.Start < par.End; t++ {
		at := d.Tokens[t].Span.Start - par.Start
		for len(byRule) > 0 && byRule[0] < at {
			byRule = byRule[1:]
		}
		if len(byRule) > 0 && byRule[0] == at || ends(t-1) > seen {
			out = append(out, at)
		}
	}
	return out
}

// addSentence adds the tokens from first on that start before end as a sentence of
// paragraph p, and returns the token after them.
func addSentence(d *document.Doc, p document.ParagraphID, first document.TokenID, end int) document.TokenID {
	next := first
	for int(next) < len(d.Tokens) && d.Tokens[next].Span.Start < end {
		d.Tokens[next].Sentence = document.SentenceID(len(d.Sentences))
		next++
	}
	if next > first {
		d.Sentences = append(d.Sentences, document.Sentence{
			Span:      d.Tokens[first].Span.Cover(d.Tokens[next-1].Span),
			Paragraph: p,
			Tokens:    document.Range{First: first, End: next},
		})
	}
	return next
}

// Breaks returns the offsets in a paragraph at which its second and later
// sentences start.
func (s *Stage) Breaks(paragraph string) []int {
	var out []int
	at := 0
	for pieces := sentences.FromString(paragraph); pieces.Next(); {
		if at > 0 && s.breaksAt(paragraph, at) {
			if start := at + reference(paragraph[at:]); start < len(paragraph) {
				out = append(out, start)
			}
		}
		end := at + len(pieces.Value())
		for i := at + 1; i+1 < end; i++ {
			if paragraph[i] == '.' && glued(paragraph[max(0, i-window):i+1], paragraph[i+1:min(end, i+window)]) {
				out = append(out, i+1)
			}
		}
		at = end
	}
	return out
}

// reference returns the length of what belongs to the sentence before though it
// stands behind its full stop: "It failed. [6] He left."
func reference(words string) int {
	n := 0
	for rest := words; strings.HasPrefix(rest, "["); rest = words[n:] {
		end := strings.IndexByte(rest[:min(len(rest), longestReference)], ']')
		if end < 2 || strings.Trim(rest[1:end], "0123456789") != "" {
			break
		}
		tail := rest[end+1:]
		n += len(rest) - len(strings.TrimLeftFunc(tail, unicode.IsSpace))
	}
	return n
}

// longestReference is the bytes that "[123]" may have.
const longestReference = 6

// window is how many bytes on each side of a possible break are looked at.
const window = 80

// breaksAt judges a break that UAX #29 offers.
func (s *Stage) breaksAt(paragraph string, at int) bool {
	before := strings.TrimRightFunc(paragraph[max(0, at-window):at], unicode.IsSpace)
	after := paragraph[at:min(len(paragraph), at+window)]
	if last, _ := utf8.DecodeLastRuneInString(paragraph[:at]); before == "" || !unicode.IsSpace(last) {
		return false
	}
	bare := strings.TrimLeftFunc(after, isOpening)
	if r, _ := utf8.DecodeRuneInString(bare); unicode.IsLower(r) {
		return false // "Will they sign?" he asked.
	}
	if strings.HasSuffix(before, ".") {
		return !s.abbreviated(before[strings.LastIndexFunc(before[:len(before)-1], isBoundary)+1:], bare)
	}
	return true
}

// glued reports whether a blank is missing between two sentences: "ended.Talks".
// A sentence never ends inside an address or a number.
func glued(before, after string) bool {
	if r, _ := utf8.DecodeRuneInString(after); !unicode.IsUpper(r) {
		return false
	}
	word := before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]
	next := after[:len(after)-len(strings.TrimLeftFunc(after, func(r rune) bool { return !unicode.IsSpace(r) }))]
	if strings.ContainsAny(word+next, "/@") || strings.Contains(next, ".") && !strings.HasSuffix(next, ".") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }))
	first, size := utf8.DecodeRuneInString(next)
	second, _ := utf8.DecodeRuneInString(next[size:])
	return len(word) > 3 && unicode.IsLower(last) && unicode.IsUpper(first) && unicode.IsLower(second)
}

// abbreviated reports whether the full stop of word belongs to it alone, so that
// the sentence goes on with after.
func (s *Stage) abbreviated(word, after string) bool {
	next := after
	if i := strings.IndexFunc(after, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		next = after[:i]
	}
	digit := after != "" && after[0] >= '0' && after[0] <= '9'
	starts := s.starters[strings.ToLower(next)]
	kind := s.abbreviations[word]
	if kind == "" && len(word) > 3 && strings.ToUpper(word) == word {
		kind = s.abbreviations[word[:1]+strings.ToLower(word[1:])] // "GEN. ELIZABETH P. ROE"
	}
	switch kind {
	case "title", "any":
		return true
	case "number", "month":
		return digit
	case "day":
		return digit || !starts
	case "end", "state":
		return !starts
	}
	if isInitial(word) {
		return true
	}
	return strings.Count(word, ".") > 1 && isInitials(word) && !starts
}

// isInitial reports whether word is the initial of a name: "J.".
func isInitial(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && word[size:] == "." && r != 'I'
}

// isInitials reports whether word is letters with full stops: "U.S.", "J.P.".
func isInitials(word string) bool {
	for word != "" {
		r, size := utf8.DecodeRuneInString(word)
		if !unicode.IsLetter(r) || !strings.HasPrefix(word[size:], ".") {
			return false
		}
		word = word[size+1:]
	}
	return true
}

func isBoundary(r rune) bool { return unicode.IsSpace(r) || isOpening(r) || r == '-' || r == '/' }

func isOpening(r rune) bool { return strings.ContainsRune("\"'“‘«„‚(['`<", r) }
