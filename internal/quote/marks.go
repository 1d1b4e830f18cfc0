// Package quote finds who is said to have said what: it pairs quotation marks and
// reads statements with source, cue and content.
//
// In: a document with tokens, sentences, tags, and, for statements, times and
// names. Out: its quotations and its statements. What always holds: content,
// source and cue are spans of the text; a quotation lies in one paragraph; a mark
// that never closes ends at its paragraph, so that inside and outside never turn
// round; a quotation whose source cannot be found is an abstention with its reason.
package quote

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// Marks is the stage that pairs quotation marks.
type Marks struct{}

// NewMarks returns the stage. The marks themselves are the signs that Unicode
// names as quotation marks, so the lexicon has no table of them.
func NewMarks(*lexicon.Lexicon) (*Marks, error) { return &Marks{}, nil }

// Name returns "marks".
func (m *Marks) Name() string { return "marks" }

// Version changes whenever the same text may be paired differently.
func (m *Marks) Version() string { return "1" }

// Needs returns paragraphs.
func (m *Marks) Needs() document.Layers { return document.LayerParagraphs }

// Adds returns marks.
func (m *Marks) Adds() document.Layers { return document.LayerMarks }

// Annotate adds quotations to d.
func (m *Marks) Annotate(_ context.Context, d *document.Doc) error {
	open := false // the paragraph before ended inside a quotation
	for i := range d.Paragraphs {
		par := d.Paragraphs[i]
		quotations, goesOn := pair(d.Text(), par.Span, open)
		open = goesOn && par.Kind == document.Body
		base := document.QuotationID(len(d.Quotations))
		for _, q := range quotations {
			if q.Outer != document.NoQuotation {
				q.Outer += base
			}
			d.Quotations = append(d.Quotations, q)
		}
	}
	return nil
}

// family sorts marks by what they pair with.
type family uint8

const (
	double family = iota // " “ ” „ ‟ '' ``
	single               // ' ‘ ’ ‚
	angle                // « »
	angle1               // ‹ ›
)

// A mark is one sign that may open or close a quotation.
type mark struct {
	span   text.Span
	family family
	opens  bool
	closes bool
	low    bool // „ or ‚: then “ or ‘ closes
	doubt  bool // ' after s: "the parties' text"
}

// Bounds that keep hostile text harmless: how deep quotations nest, and how many
// marks ahead the close of a single mark is looked for.
const (
	maxDepth = 8
	maxAhead = 60
)

// pair returns the quotations of one paragraph and whether the last one is open at
// its end. goesOn says that the paragraph before ended inside a quotation.
func pair(body string, par text.Span, goesOn bool) ([]document.Quotation, bool) {
	marks := signs(body, par)
	p := &pairing{body: body, par: par}
	for i, m := range marks {
		switch {
		case i == 0 && goesOn && m.family == double && m.closes && !m.opens && m.span.Start > par.Start:
			p.push(mark{span: text.Span{Start: par.Start, End: par.Start}})
			p.quotations[0].Goes = true
			p.close(m)
		case m.family == single:
			p.single(marks, i)
		case m.closes && p.depth(m) >= 0 && (!m.opens || p.straightCloses(m)):
			p.close(m)
		case m.opens:
			p.open(marks, i)
			if m.span.Start == par.Start && goesOn && m.family != angle1 {
				p.quotations[len(p.quotations)-1].Goes = true
			}
		}
	}
	return p.finish()
}

// pairing holds the open quotations of a paragraph.
type pairing struct {
	body       string
	par        text.Span
	quotations []document.Quotation
	stack      []opened
}

type opened struct {
	id document.QuotationID
	mark
}

func (p *pairing) push(m mark) {
	outer := document.NoQuotation
	if n := len(p.stack); n > 0 {
		outer = p.stack[n-1].id
	}
	p.stack = append(p.stack, opened{document.QuotationID(len(p.quotations)), m})
	p.quotations = append(p.quotations, document.Quotation{
		Open: m.span, Content: text.Span{Start: m.span.End, End: p.par.End}, Outer: outer,
	})
}

// depth returns the place in the stack of the quotation that m closes, or -1.
func (p *pairing) depth(m mark) int {
	for i := len(p.stack) - 1; i >= 0; i-- {
		if p.stack[i].family == m.family {
			return i
		}
	}
	return -1
}

// straightCloses decides for a mark that could do both: it closes what is open.
func (p *pairing) straightCloses(m mark) bool {
	top := p.stack[p.depth(m)]
	return top.low || m.span.Start > top.span.End
}

// close ends the innermost quotation of m's family; quotations inside it that
// never closed end there too.
func (p *pairing) close(m mark) {
	at := p.depth(m)
	if at < 0 {
		at = len(p.stack) - 1
	}
	for _, o := range p.stack[at:] {
		p.quotations[o.id].Content.End = m.span.Start
	}
	p.quotations[p.stack[at].id].Close = m.span
	p.stack = p.stack[:at]
}

// open begins a quotation. One of the same family that is open already is nested
// round it if enough marks follow that close, else it has lost its closing mark and
// ends here.
func (p *pairing) open(marks []mark, i int) {
	m := marks[i]
	if at := p.depth(m); at >= 0 && !p.closesTwice(marks, i) {
		for _, o := range p.stack[at:] {
			p.quotations[o.id].Content.End = trimmedEnd(p.body, p.quotations[o.id].Content.Start, m.span.Start)
		}
		p.stack = p.stack[:at]
	}
	if len(p.stack) < maxDepth {
		p.push(m)
	}
}

func (p *pairing) closesTwice(marks []mark, i int) bool {
	balance := 2
	for _, m := range marks[i+1 : min(len(marks), i+1+maxAhead)] {
		switch {
		case m.family != marks[i].family:
		case m.closes && !m.opens:
			balance--
		case m.opens:
			balance++
		}
		if balance == 0 {
			return true
		}
	}
	return false
}

// single handles ' ‘ ’ ‚, which are apostrophes unless a partner is in sight.
func (p *pairing) single(marks []mark, i int) {
	m := marks[i]
	at := p.depth(m)
	switch {
	case m.closes && at >= 0 && (!m.doubt || !p.sureCloseAhead(marks, i)):
		p.close(m)
	case m.opens && at < 0 && p.closeAhead(marks, i) && len(p.stack) < maxDepth:
		p.push(m)
	}
}

// closeAhead reports whether a mark after i closes a single quotation opened there.
func (p *pairing) closeAhead(marks []mark, i int) bool {
	for _, m := range marks[i+1 : min(len(marks), i+1+maxAhead)] {
		if m.family == single && m.closes && m.span.Start > marks[i].span.End {
			return true
		}
	}
	return false
}

// sureCloseAhead reports whether, before the next single mark that opens, one closes
// without doubt.
func (p *pairing) sureCloseAhead(marks []mark, i int) bool {
	for _, m := range marks[i+1 : min(len(marks), i+1+maxAhead)] {
		if m.family != single {
			continue
		}
		if m.opens {
			return false
		}
		if m.closes && !m.doubt {
			return true
		}
	}
	return false
}

// finish ends what is open at the paragraph's end.
func (p *pairing) finish() ([]document.Quotation, bool) {
	goesOn := false
	for _, o := range p.stack {
		p.quotations[o.id].Content.End = p.par.End
		goesOn = goesOn || o.family != single
	}
	out := p.quotations
	kept := make([]document.QuotationID, len(out))
	n := 0
	for i, q := range out {
		kept[i] = document.NoQuotation
		if q.Content.IsEmpty() {
			continue
		}
		for q.Outer != document.NoQuotation && kept[q.Outer] == document.NoQuotation {
			q.Outer = out[q.Outer].Outer
		}
		if q.Outer != document.NoQuotation {
			q.Outer = kept[q.Outer]
		}
		kept[i] = document.QuotationID(n)
		out[n] = q
		n++
	}
	return out[:n], goesOn
}

func trimmedEnd(body string, start, end int) int {
	return start + len(strings.TrimRightFunc(body[start:end], unicode.IsSpace))
}

// signs returns the marks of a paragraph with what each could do by its neighbours.
func signs(body string, par text.Span) []mark {
	var out []mark
	for at := par.Start; at < par.End; {
		r, size := utf8.DecodeRuneInString(body[at:par.End])
		if r == '\'' && strings.HasPrefix(body[at:par.End], "''") || r == '`' && strings.HasPrefix(body[at:par.End], "``") {
			size = 2
		}
		span := text.Span{Start: at, End: at + size}
		at += size
		if m, ok := sign(body, par, span, r); ok {
			out = append(out, m)
		}
	}
	return out
}

func sign(body string, par, span text.Span, r rune) (mark, bool) {
	m := mark{span: span}
	before, after := neighbours(body, par, span)
	openish := isSpaceOrNone(before) || strings.ContainsRune("([{<-–—/\"“‘«„'…", before)
	closeish := isSpaceOrNone(after) || unicode.IsPunct(after) && !strings.ContainsRune("([{¿¡", after)
	switch r {
	case '"', '\'', '`':
		return straight(m, r, body, par, before, after, openish, closeish)
	case '“', '‟':
		m.opens, m.closes = true, r == '“' && !isSpaceOrNone(before) && closeish
	case '”':
		m.opens, m.closes = openish && isSpaceOrNone(before) && !closeish, true
	case '„':
		m.opens, m.low = true, true
	case '«':
		m.family, m.opens, m.closes = angle, true, !isSpaceOrNone(before) && closeish
	case '»':
		m.family, m.opens, m.closes = angle, openish && unicode.IsLetter(after), true
	case '‹', '›':
		m.family, m.opens, m.closes = angle1, r == '‹', r == '›'
	case '‘':
		m.family, m.opens = single, !unicode.IsLetter(before) && !(unicode.IsDigit(after) && isDecade(body, span, par))
	case '’':
		m.family, m.closes = single, closeish && !isSpaceOrNone(before)
		m.doubt = (before == 's' || before == 'S') && unicode.IsSpace(after)
	case '‚':
		if !openish || !unicode.IsLetter(after) {
			return m, false
		}
		m.family, m.opens, m.low = single, true, true
	default:
		return m, false
	}
	return m, m.opens || m.closes
}

// straight reads " ' and ` whose shape does not tell what they do.
func straight(m mark, r rune, body string, par text.Span, before, after rune, openish, closeish bool) (mark, bool) {
	if r == '"' || m.span.Len() == 2 {
		m.opens = r == '`' || openish && !isSpaceOrNone(after) || openish && !closeish
		m.closes = r != '`' && (closeish && !isSpaceOrNone(before) || !m.opens)
		return m, !(unicode.IsDigit(before) && r == '"' && unicode.IsLetter(after))
	}
	if r == '`' {
		return m, false
	}
	m.family = single
	m.opens = openish && (unicode.IsLetter(after) || unicode.IsDigit(after) && !isDecade(body, m.span, par) || strings.ContainsRune("[“\"…", after))
	m.closes = closeish && !isSpaceOrNone(before)
	m.doubt = (before == 's' || before == 'S') && unicode.IsSpace(after)
	return m, m.opens || m.closes
}

// isDecade reports whether ' stands before a short year: "the '90s".
func isDecade(body string, span, par text.Span) bool {
	rest := body[span.End:par.End]
	return len(rest) > 2 && rest[0] >= '0' && rest[0] <= '9' && rest[1] >= '0' && rest[1] <= '9' && !(rest[2] >= '0' && rest[2] <= '9')
}

func neighbours(body string, par, span text.Span) (before, after rune) {
	if span.Start > par.Start {
		before, _ = utf8.DecodeLastRuneInString(body[par.Start:span.Start])
	}
	if span.End < par.End {
		after, _ = utf8.DecodeRuneInString(body[span.End:par.End])
	}
	return before, after
}

func isSpaceOrNone(r rune) bool { return r == 0 || unicode.IsSpace(r) }
