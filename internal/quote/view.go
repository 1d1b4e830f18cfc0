package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// none is no token.
const none = -1

// padding is how many empty tokens a view has after the last one, so that rules can
// look a few tokens ahead.
const padding = 8

// A view is a document seen by token, with what the reading of statements asks
// for most: which quotation a token lies in, which tokens are marks, which name days.
type view struct {
	d       *document.Doc
	lower   []string
	quote   []int // outermost quotation that holds the token, or none
	opens   []int // quotation that this mark opens, or none
	closes  []int
	isTime  []bool
	first   []int // first and last token of each quotation's content
	last    []int
	words   words
	mention []int // mention that the token lies in, or none
}

func look(d *document.Doc, w words) *view {
	n := len(d.Tokens) + padding
	v := &view{d: d, words: w, lower: make([]string, n), quote: filled(n), opens: filled(n), closes: filled(n), isTime: make([]bool, n),
		first: filled(len(d.Quotations)), last: filled(len(d.Quotations)), mention: filled(n)}
	for i := range d.Tokens {
		v.lower[i] = strings.ToLower(strings.ReplaceAll(d.Form(document.TokenID(i)), "’", "'"))
	}
	at := 0
	for id, q := range d.Quotations {
		if q.Outer != document.NoQuotation {
			continue
		}
		for at > 0 && d.Tokens[at-1].Span.End > q.Open.Start {
			at--
		}
		for ; at < len(d.Tokens) && d.Tokens[at].Span.Start < max(q.Content.End, q.Close.End); at++ {
			span := d.Tokens[at].Span
			switch {
			case q.Open.Len() > 0 && span.Overlaps(q.Open):
				v.opens[at] = id
			case q.Close.Len() > 0 && span.Overlaps(q.Close):
				v.closes[at] = id
			case span.Overlaps(q.Content):
				v.quote[at] = id
				if v.first[id] == none {
					v.first[id] = at
				}
				v.last[id] = at
			}
		}
	}
	v.markSpans(d)
	return v
}

func (v *view) markSpans(d *document.Doc) {
	at := 0
	for _, t := range d.Times {
		for at > 0 && d.Tokens[at-1].Span.End > t.Span.Start {
			at--
		}
		for ; at < len(d.Tokens) && d.Tokens[at].Span.Start < t.Span.End; at++ {
			v.isTime[at] = d.Tokens[at].Span.Overlaps(t.Span)
		}
	}
	for i := range v.d.Tokens {
		v.isTime[i] = v.isTime[i] || v.words["day"][v.lower[i]]
		if v.isTime[i] && i > 0 && v.is(i-1, "last", "next", "early", "late", "this") {
			v.isTime[i-1] = true
		}
	}
	at = 0
	for id, m := range d.Mentions {
		for at > 0 && d.Tokens[at-1].Span.End > m.Span.Start {
			at--
		}
		for ; at < len(d.Tokens) && d.Tokens[at].Span.Start < m.Span.End; at++ {
			if v.mention[at] == none && d.Tokens[at].Span.Overlaps(m.Span) {
				v.mention[at] = id
			}
		}
	}
}

func filled(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = none
	}
	return out
}

// span returns the bytes of the tokens [first, end).
func (v *view) span(first, end int) text.Span {
	if first >= end {
		return text.Span{}
	}
	return v.d.Tokens[first].Span.Cover(v.d.Tokens[end-1].Span)
}

func (v *view) upos(i int) document.UPOS {
	if i < 0 || i >= len(v.d.Tokens) {
		return document.PUNCT
	}
	return v.d.Tokens[i].UPOS
}

func (v *view) xpos(i int) string {
	if i < 0 || i >= len(v.d.Tokens) {
		return ""
	}
	return v.d.Tokens[i].XPOS
}

// is reports whether token i is one of the words.
func (v *view) is(i int, words ...string) bool {
	if i < 0 || i >= len(v.d.Tokens) {
		return false
	}
	for _, w := range words {
		if v.lower[i] == w {
			return true
		}
	}
	return false
}

// free reports whether token i lies outside quotations and is no mark.
func (v *view) free(i int) bool {
	return i >= 0 && v.quote[i] == none && v.opens[i] == none && v.closes[i] == none
}

func (v *view) isNominal(i int) bool {
	switch v.upos(i) {
	case document.NOUN, document.PROPN, document.PRON, document.NUM:
		return true
	}
	return false
}

func (v *view) isUpper(i int) bool {
	if i < 0 || i >= len(v.d.Tokens) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(v.d.Form(document.TokenID(i)))
	return unicode.IsUpper(r)
}

// isFinite reports whether token i is a verb that can head a clause.
func (v *view) isFinite(i int) bool {
	switch v.xpos(i) {
	case "VBD", "VBZ", "VBP", "MD":
		return true
	}
	return false
}

// glued reports whether token i stands without a blank after the token before it.
func (v *view) glued(i int) bool {
	return i > 0 && i < len(v.d.Tokens) && v.d.Tokens[i-1].Span.End == v.d.Tokens[i].Span.Start
}
