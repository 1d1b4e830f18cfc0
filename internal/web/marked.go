package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

// An annotation is a span of an article that stands for something.
type annotation struct {
	Span  text.Span
	Class string // kind of mark
	ID    string // anchor, given to the first piece alone
	Who   string // label before the words
	rank  int    // among equal spans, the lower is outside
}

// A node is a stretch of text, plain or marked; marked ones hold further nodes.
type node struct {
	Text  string
	Class string // "" for plain text
	ID    string
	Who   string
	Nodes []node
}

// nodes divides the words of body at within into plain and marked stretches that
// nest: an annotation that crosses the end of the one around it is cut there. The
// text of all stretches together is the text at within.
func nodes(body string, within text.Span, annotations []annotation) []node {
	var inside []annotation
	for _, a := range annotations {
		start, end := max(a.Span.Start, within.Start), min(a.Span.End, within.End)
		if start >= end {
			continue
		}
		if start > a.Span.Start {
			a.ID, a.Who = "", ""
		}
		a.Span = text.Span{Start: start, End: end}
		inside = append(inside, a)
	}
	return nest(body, within, inside)
}

// nest expects annotations inside within.
func nest(body string, within text.Span, left []annotation) []node {
	slices.SortStableFunc(left, outerFirst)
	var out []node
	at := within.Start
	for len(left) > 0 {
		outer := left[0]
		n := 1
		for n < len(left) && left[n].Span.Start < outer.Span.End {
			n++
		}
		inner, rest := left[1:n], left[n:]
		var after []annotation
		for i, a := range inner {
			if a.Span.End > outer.Span.End {
				inner[i].Span.End = outer.Span.End
				after = append(after, annotation{Span: text.Span{Start: outer.Span.End, End: a.Span.End}, Class: a.Class, rank: a.rank})
			}
		}
		if len(after) > 0 {
			rest = append(after, rest...)
			slices.SortStableFunc(rest, outerFirst)
		}
		if at < outer.Span.Start {
			out = append(out, node{Text: body[at:outer.Span.Start]})
		}
		out = append(out, node{Class: outer.Class, ID: outer.ID, Who: outer.Who, Nodes: nest(body, outer.Span, inner)})
		at, left = outer.Span.End, rest
	}
	if at < within.End {
		out = append(out, node{Text: body[at:within.End]})
	}
	return out
}

func outerFirst(a, b annotation) int {
	return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End), cmp.Compare(a.rank, b.rank))
}

// paragraphs returns the article's paragraphs, title first; where the record
// keeps none the text is divided at its line ends.
func paragraphs(a *record.Article) []text.Span {
	if len(a.Paragraphs) > 0 {
		return a.Paragraphs
	}
	var all []text.Span
	at := 0
	for line := range strings.SplitSeq(a.Text, "\n") {
		if strings.TrimSpace(line) != "" {
			all = append(all, text.Span{Start: at, End: at + len(line)})
		}
		at += len(line) + 1
	}
	return all
}

// fits reports whether a span points into the text.
func fits(body string, s text.Span) bool {
	return 0 <= s.Start && s.Start < s.End && s.End <= len(body)
}

// around returns the paragraphs that share words with any of the spans.
func around(a *record.Article, spans ...text.Span) []text.Span {
	var touched []text.Span
	for _, p := range paragraphs(a) {
		if slices.ContainsFunc(spans, p.Overlaps) {
			touched = append(touched, p)
		}
	}
	return touched
}

// matches finds where the words of a search stand in a text, without regard to
// case, so that a list can mark them.
func matches(body, search string) []annotation {
	lower := strings.ToLower(body)
	if len(lower) != len(body) {
		return nil
	}
	var found []annotation
	for _, term := range terms(search) {
		for at := 0; ; {
			i := strings.Index(lower[at:], term)
			if i < 0 {
				break
			}
			s := text.Span{Start: at + i, End: at + i + len(term)}
			before, _ := utf8.DecodeLastRuneInString(lower[:s.Start])
			if !unicode.IsLetter(before) && !unicode.IsDigit(before) {
				found = append(found, annotation{Span: s, Class: "hit"})
			}
			at = s.End
		}
	}
	return found
}

// terms returns the words and "phrases" of a search in lower case, without those
// that begin with a minus sign.
func terms(search string) []string {
	var out []string
	for i, part := range strings.Split(strings.ToLower(search), `"`) {
		if i%2 == 1 {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
			continue
		}
		for word := range strings.FieldsSeq(part) {
			if word = strings.Trim(word, "*.,;:()"); word != "" && !strings.HasPrefix(word, "-") {
				out = append(out, word)
			}
		}
	}
	return out
}
