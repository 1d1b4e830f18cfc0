package quote

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// maxEdit is the most bytes an editor's insertion has.
const maxEdit = 120

// edits returns the editor's marks inside quoted words, in reading order: an elision
// is a bracket round dots (<…>, [...], (…)), an insertion any other square bracket
// ("[the proposals]", "[w]e"). Round brackets with words may be the speaker's own.
func edits(body string, content, quoted []text.Span) []document.Edit {
	var out []document.Edit
	for _, q := range quoted {
		for at := q.Start; at < q.End; at++ {
			close := map[byte]byte{'[': ']', '<': '>', '(': ')'}[body[at]]
			if close == 0 {
				continue
			}
			end := strings.IndexByte(body[at:min(q.End, at+maxEdit)], close)
			if end < 0 {
				continue
			}
			span := text.Span{Start: at, End: at + end + 1}
			inside := strings.TrimSpace(body[at+1 : at+end])
			switch {
			case inside != "" && strings.Trim(inside, ".… ") == "":
				out = append(out, document.Edit{Kind: "elision", Span: span})
			case body[at] == '[' && inside != "":
				out = append(out, document.Edit{Kind: "insertion", Span: span})
			default:
				continue
			}
			at = span.End - 1
		}
	}
	return within(out, content)
}

func within(edits []document.Edit, content []text.Span) []document.Edit {
	var out []document.Edit
	for _, e := range edits {
		for _, c := range content {
			if c.Contains(e.Span) {
				out = append(out, e)
				break
			}
		}
	}
	return out
}
