package quote

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// Learned is the stage that makes statements of the chunks and links of the
// learned engine. The engine proposes words; marks, which are certain, have the
// last word on where a direct quotation begins and ends.
type Learned struct{}

// NewLearned returns the stage.
func NewLearned() *Learned { return &Learned{} }

// Name returns "quote".
func (l *Learned) Name() string { return "quote" }

// Version changes whenever the same chunks may give other statements.
func (l *Learned) Version() string { return "1" }

// Needs returns chunks, marks and sentences.
func (l *Learned) Needs() document.Layers {
	return document.LayerTokens | document.LayerSentences | document.LayerChunks | document.LayerMarks
}

// Adds returns statements.
func (l *Learned) Adds() document.Layers { return document.LayerStatements }

// Annotate adds statements to d.
func (l *Learned) Annotate(_ context.Context, d *document.Doc) error {
	r := &reading{d: d}
	for _, layer := range []document.ChunkLayer{document.StatementLayer, document.NestedLayer, document.PolNeARLayer} {
		r.layer(layer)
	}
	r.order()
	d.Statements = r.statements
	return nil
}

// A reading collects the statements of one document.
type reading struct {
	d          *document.Doc
	statements []document.Statement
}

// A bundle is one cue with what belongs to it.
type bundle struct {
	cue      int // chunk, or none
	sources  []int
	contents []int
}

// layer turns the chunks of one layer into statements.
func (r *reading) layer(layer document.ChunkLayer) {
	for _, g := range r.bundles(layer) {
		attitude := g.cue != none && !r.d.Chunks[g.cue].Speech
		if layer == document.PolNeARLayer && !attitude {
			continue // speech is read by the habits of our own records
		}
		for _, run := range r.runs(g) {
			r.add(g, run, layer)
		}
	}
}

// bundles gathers contents by the cue they are linked with, in the order of their
// first content. A content without a cue in its paragraph is a bundle of its own.
func (r *reading) bundles(layer document.ChunkLayer) []bundle {
	cueOf, sourceOf := map[int]int{}, map[int]int{}
	for _, link := range r.d.Links {
		cue := r.d.Chunks[link.Cue]
		if cue.Layer != layer {
			continue
		}
		switch r.d.Chunks[link.Other].Kind {
		case document.ContentChunk:
			if r.near(link.Cue, link.Other, 0) {
				cueOf[link.Other] = link.Cue
			}
		case document.SourceChunk:
			if r.near(link.Cue, link.Other, 1) {
				sourceOf[link.Cue] = link.Other
			}
		}
	}
	var out []bundle
	at := map[int]int{}
	for i, c := range r.d.Chunks {
		if c.Layer != layer || c.Kind != document.ContentChunk {
			continue
		}
		cue, ok := cueOf[i]
		if !ok {
			out = append(out, bundle{cue: none, contents: []int{i}})
			continue
		}
		if k, seen := at[cue]; seen {
			out[k].contents = append(out[k].contents, i)
			continue
		}
		at[cue] = len(out)
		g := bundle{cue: cue, contents: []int{i}}
		if s, ok := sourceOf[cue]; ok {
			g.sources = r.joined(s, layer)
		}
		out = append(out, g)
	}
	return out
}

// near reports whether two chunks stand in paragraphs at most apart from one another.
func (r *reading) near(a, b, apart int) bool {
	distance := int(r.paragraph(a)) - int(r.paragraph(b))
	return -apart <= distance && distance <= apart
}

func (r *reading) paragraph(chunk int) document.ParagraphID {
	return r.d.Sentences[r.d.Tokens[r.d.Chunks[chunk].Tokens.First].Sentence].Paragraph
}

// joined returns the source and those that are coordinated with it: speakers who
// are named one by one speak one by one.
//
// Example: Both Norland and the Southern Union have alleged foul play.
func (r *reading) joined(source int, layer document.ChunkLayer) []int {
	out := []int{source}
	end := r.d.Chunks[source].Tokens.End
	for i := source + 1; i < len(r.d.Chunks); i++ {
		c := r.d.Chunks[i]
		if c.Layer != layer || c.Kind != document.SourceChunk {
			continue
		}
		gap := document.Range{First: end, End: c.Tokens.First}
		if gap.First >= gap.End || gap.End-gap.First > 2 || !r.coordinates(gap) {
			break
		}
		out, end = append(out, i), c.Tokens.End
	}
	return out
}

func (r *reading) coordinates(gap document.Range) bool {
	for t := gap.First; t < gap.End; t++ {
		switch strings.ToLower(r.d.Form(t)) {
		case "and", ",", "or", "&":
		default:
			return false
		}
	}
	return true
}

// runs divides the contents of a bundle into statements: pieces that only the
// speech clause interrupts are one statement; others stand by themselves.
//
// Example: “We will wait,” she said. “But not for ever.”
func (r *reading) runs(g bundle) [][]int {
	var out [][]int
	for i, c := range g.contents {
		if i > 0 && g.cue != none && r.interrupted(g, g.contents[i-1], c) {
			last := len(out) - 1
			out[last] = append(out[last], c)
			continue
		}
		out = append(out, []int{c})
	}
	return out
}

// interrupted reports whether the cue stands between two contents of which the
// second goes on in quotation marks.
func (r *reading) interrupted(g bundle, a, b int) bool {
	one, two, cue := r.d.Chunks[a].Tokens, r.d.Chunks[b].Tokens, r.d.Chunks[g.cue].Tokens
	if cue.First < one.End || cue.End > two.First || !r.near(a, b, 0) {
		return false
	}
	return r.quotation(r.d.SpanOf(one)) != document.NoQuotation && r.quotation(r.d.SpanOf(two)) != document.NoQuotation
}

// add makes one statement for each source, or one without source.
func (r *reading) add(g bundle, contents []int, layer document.ChunkLayer) {
	s := document.Statement{
		Kind: document.Speech, Within: document.NoStatement, Follows: document.NoStatement,
		Speaker: document.NoActor, For: document.NoActor, Addressee: document.NoActor,
		Made: document.Made{Stage: "quote", Rule: "engine-" + string(layer), Version: "1"},
	}
	if g.cue != none {
		s.Cue = r.d.SpanOf(r.d.Chunks[g.cue].Tokens)
		if layer == document.PolNeARLayer {
			s.Kind = document.Attitude
		}
	}
	for _, c := range contents {
		if span := r.content(r.d.SpanOf(r.d.Chunks[c].Tokens)); !span.IsEmpty() {
			s.Content = append(s.Content, span)
		}
	}
	if len(s.Content) == 0 || r.known(s) {
		return
	}
	s.Form = r.form(s.Content)
	s.Sentence = r.d.SentenceAt(s.Content[0].Start)
	sources := []text.Span{{}}
	if len(g.sources) > 0 {
		sources = sources[:0]
		for _, chunk := range g.sources {
			sources = append(sources, r.trim(r.d.SpanOf(r.d.Chunks[chunk].Tokens)))
		}
	}
	for _, source := range sources {
		s.Source = source
		r.statements = append(r.statements, s)
	}
}

// known reports whether a statement with the same words is there already.
func (r *reading) known(s document.Statement) bool {
	return slices.ContainsFunc(r.statements, func(o document.Statement) bool {
		return o.Span() == s.Span() || s.Kind == document.Attitude && o.Cue.Len() > 0 && o.Cue.Overlaps(s.Cue)
	})
}

// content is the span of a content: without outer marks, and grown or cut to the
// quotation where the chunk and the quotation are nearly the same.
func (r *reading) content(span text.Span) text.Span {
	span = r.trim(span)
	if id := r.quotation(span); id != document.NoQuotation {
		q := r.d.Quotations[id].Content
		inside := text.Span{Start: max(q.Start, span.Start), End: min(q.End, span.End)}
		if span.Start <= q.Start+slack(r.d, q.Start) && inside.Len()*10 >= q.Len()*8 {
			return q
		}
	}
	return span
}

// slack is the length of the first word at offset: a chunk that lost one word of
// the quotation still means all of it.
func slack(d *document.Doc, offset int) int {
	end := strings.IndexByte(d.Text()[offset:], ' ')
	return max(end, 0) + 1
}

// trim takes white space, unpaired outer marks and a closing full stop of the
// sentence off both ends.
func (r *reading) trim(span text.Span) text.Span {
	body := r.d.Text()
	for span.Start < span.End {
		first, size := utf8.DecodeRuneInString(body[span.Start:span.End])
		if !isSpace(first) && !(isAnyMark(first) && !r.closesInside(span)) && first != ',' {
			break
		}
		span.Start += size
	}
	for span.Start < span.End {
		last, size := utf8.DecodeLastRuneInString(body[span.Start:span.End])
		if !isSpace(last) && !(isAnyMark(last) && !r.opensInside(span)) {
			break
		}
		span.End -= size
	}
	return span
}

// closesInside reports whether the mark at the start closes inside the span before its end.
func (r *reading) closesInside(span text.Span) bool {
	for _, q := range r.d.Quotations {
		if q.Open.Start == span.Start && q.Open.Len() > 0 {
			return q.Close.Len() > 0 && q.Close.End < span.End
		}
	}
	return false
}

// opensInside reports whether the mark at the end opened inside the span after its start.
func (r *reading) opensInside(span text.Span) bool {
	for _, q := range r.d.Quotations {
		if q.Close.End == span.End && q.Close.Len() > 0 {
			return q.Open.Len() > 0 && q.Open.Start > span.Start
		}
	}
	return false
}

// quotation returns the outermost quotation that shares most of the span.
func (r *reading) quotation(span text.Span) document.QuotationID {
	for i, q := range r.d.Quotations {
		if q.Outer != document.NoQuotation || !q.Content.Overlaps(span) {
			continue
		}
		shared := min(q.Content.End, span.End) - max(q.Content.Start, span.Start)
		if shared*10 >= span.Len()*8 {
			return document.QuotationID(i)
		}
	}
	return document.NoQuotation
}

// form tells whether all, none or some of the pieces stand inside marks.
func (r *reading) form(pieces []text.Span) document.Form {
	direct, marks := 0, 0
	for _, p := range pieces {
		for _, q := range r.d.Quotations {
			if q.Content.Contains(p) {
				direct++
				break
			}
			if q.Content.Overlaps(p) {
				marks++
				break
			}
		}
	}
	switch {
	case direct == len(pieces):
		return document.Direct
	case direct+marks == 0:
		return document.Indirect
	}
	return document.Mixed
}

// order puts the statements into reading order and finds which lies in which, and
// which goes on without a cue.
func (r *reading) order() {
	slices.SortStableFunc(r.statements, func(a, b document.Statement) int {
		if a.Content[0].Start != b.Content[0].Start {
			return a.Content[0].Start - b.Content[0].Start
		}
		return b.Span().Len() - a.Span().Len()
	})
	for i := range r.statements {
		s := &r.statements[i]
		for j := i - 1; j >= 0 && s.Within == document.NoStatement; j-- {
			if o := r.statements[j]; o.Kind == document.Speech && o.Span().Len() > s.Span().Len() && covers(o, s.Span()) {
				s.Within = document.StatementID(j)
			}
		}
		if s.Source.IsEmpty() && s.Cue.IsEmpty() {
			r.follow(i)
		}
	}
}

func covers(o document.Statement, span text.Span) bool {
	return slices.ContainsFunc(o.Content, func(p text.Span) bool { return p.Contains(span) })
}

// follow links a statement without source and cue to the one whose speaker goes on.
func (r *reading) follow(i int) {
	s := &r.statements[i]
	here := r.d.ParagraphAt(s.Content[0].Start)
	for j := i - 1; j >= 0; j-- {
		o := r.statements[j]
		if o.Kind != document.Speech || o.Within != document.NoStatement {
			continue
		}
		if here-r.d.ParagraphAt(o.Content[0].Start) <= 1 {
			s.Follows = document.StatementID(j)
		}
		return
	}
}

func isSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\u00a0' }

func isAnyMark(r rune) bool { return strings.ContainsRune("\"“”„«»‘’‚'`", r) }
