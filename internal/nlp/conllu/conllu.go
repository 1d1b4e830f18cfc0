// Package conllu reads the CoNLL-U format of Universal Dependencies.
//
// In: sentences of words, one a line. Out: documents with paragraphs, sentences and
// tokens as given, over a text made of the words. What always holds: one token a
// word line, in order; ranges ("1-2") and empty words ("1.1") are passed over; a
// broken line is an error that names it.
package conllu

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// longestLine is the number of bytes above which a line is broken.
const longestLine = 1 << 20

// Read yields one document for each "# newdoc" of r, or one for all of it. A
// "# newpar" begins a paragraph. yield returns false to stop.
func Read(r io.Reader, yield func(*document.Doc) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	b := &builder{}
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimRight(lines.Text(), "\r")
		switch {
		case line == "":
			b.endSentence()
		case strings.HasPrefix(line, "# newdoc"):
			b.endSentence()
			if err := b.flush(yield); err != nil {
				return err
			}
		case strings.HasPrefix(line, "# newpar"):
			b.endParagraph()
		case line[0] == '#':
		default:
			if err := b.word(line); err != nil {
				return fmt.Errorf("conllu: line %d: %w", number, err)
			}
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("conllu: %w", err)
	}
	b.endSentence()
	return b.flush(yield)
}

// A builder collects one document.
type builder struct {
	text      strings.Builder
	tokens    []document.Token
	sentences []document.Sentence
	borders   []int // sentences that begin a paragraph
	first     int   // first token of the sentence under way
	noSpace   bool  // the last word touches the next one
}

func (b *builder) word(line string) error {
	cells := strings.Split(line, "\t")
	if len(cells) != 10 {
		return fmt.Errorf("%w: %d columns, not 10", errBroken, len(cells))
	}
	if strings.ContainsAny(cells[0], "-.") {
		return nil
	}
	if strings.TrimSpace(cells[1]) == "" {
		return fmt.Errorf("%w: a word without form", errBroken)
	}
	if b.text.Len() > 0 && !b.noSpace && len(b.tokens) > b.first {
		b.text.WriteByte(' ')
	}
	start := b.text.Len()
	b.text.WriteString(cells[1])
	b.tokens = append(b.tokens, document.Token{Span: text.Span{Start: start, End: b.text.Len()}, Head: document.NoToken})
	b.noSpace = strings.Contains(cells[9], "SpaceAfter=No")
	return nil
}

var errBroken = errors.New("not CoNLL-U")

func (b *builder) endSentence() {
	if len(b.tokens) == b.first {
		return
	}
	first, last := document.TokenID(b.first), document.TokenID(len(b.tokens))
	b.sentences = append(b.sentences, document.Sentence{
		Span:   text.Span{Start: b.tokens[first].Span.Start, End: b.text.Len()},
		Tokens: document.Range{First: first, End: last},
	})
	b.first, b.noSpace = len(b.tokens), false
	b.text.WriteByte('\n')
}

func (b *builder) endParagraph() {
	b.endSentence()
	b.borders = append(b.borders, len(b.sentences))
}

func (b *builder) flush(yield func(*document.Doc) error) error {
	if len(b.sentences) == 0 {
		*b = builder{}
		return nil
	}
	d := document.New(&article.Article{Text: b.text.String()})
	d.Article.Body = text.Span{End: len(d.Article.Text)}
	d.Tokens, d.Sentences = b.tokens, b.sentences
	starts := append([]int{0}, b.borders...)
	for i, first := range starts {
		end := len(b.sentences)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if end > first {
			d.Paragraphs = append(d.Paragraphs, document.Paragraph{Span: b.sentences[first].Span.Cover(b.sentences[end-1].Span)})
		}
	}
	d.PlaceSentences()
	d.Layers = document.LayerParagraphs | document.LayerTokens | document.LayerSentences
	*b = builder{}
	return yield(d)
}
