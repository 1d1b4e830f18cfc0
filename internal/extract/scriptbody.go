package extract

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"

	"rapporteur/internal/extract/markup"
	"rapporteur/internal/text"
)

// minBody is the length, in bytes, below which a visible text is doubted where
// structured data hold a longer one: pages that a script fills in.
const minBody = 250

var (
	bodyKey = regexp.MustCompile(`"articleBody"\s*:\s*"`)
	someTag = regexp.MustCompile(`<[a-zA-Z/!]`)
)

// orScript returns the visible text, or that of the page's structured data where
// hardly any is visible. Text with markup in it is not taken.
func orScript(visible []block, ours node, source string) []block {
	size := 0
	for _, b := range visible {
		size += len(b.text())
	}
	if size >= minBody || len(ours.text("articleBody")) < max(2*size, minBody) || someTag.MatchString(ours.text("articleBody")) {
		return visible
	}
	if hidden := scriptBody(ours.file, source); len(hidden) > 0 {
		return hidden
	}
	return visible
}

// scriptBody reads the article's text from a script, with the place of each line.
func scriptBody(script markup.Data, source string) []block {
	at := bodyKey.FindStringIndex(script.Text)
	if at == nil {
		return nil
	}
	start := script.File + at[1] - 1
	end := skipString(source, start)
	if end > script.File+len(script.Text) || !json.Valid([]byte(source[start:end])) {
		return nil
	}
	var b text.Builder
	if err := addString(&b, source, member{"articleBody", start, end}); err != nil {
		return nil
	}
	decoded, back := b.String(), b.Map()
	var list []block
	for _, l := range linesOf(decoded) {
		from := back.Back(text.Span{Start: l.start, End: l.end})
		words := strings.Join(strings.Fields(html.UnescapeString(l.text)), " ")
		same := from.Len() == len(words) && source[from.Start:from.End] == words
		list = append(list, block{pieces: []markup.Piece{{Text: words, File: from.Start, Length: from.Len(), Same: same}}})
	}
	return list
}
