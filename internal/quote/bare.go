package quote

import (
	"fmt"

	"rapporteur/internal/document"
)

// bareWords is the fewest words of a quotation that can be speech without a cue.
const bareWords = 4

// readBareQuotations gives the quotations that no cue claimed: as a second piece of
// the statement before ("A," he said. "B."), as a statement of the same speaker, or
// as one whose speaker is not found. Marks round a name, a title or a few words
// inside a sentence make no statement.
func (sc *scan) readBareQuotations() {
	v := sc.view
	for q := range v.d.Quotations {
		if v.first[q] == none || sc.claimed[q] || sc.labels != nil && sc.labels[v.first[q]] {
			continue
		}
		switch {
		case sc.joinsBefore(q):
		case sc.isAfterColon(q):
			sc.readAfterColon(q)
		case sc.isWholeSentence(q):
			sc.readBare(q)
		}
	}
}

// joinsBefore adds q as a further piece to a statement whose reporting clause ends
// right before it and whose content is a quotation before that clause.
func (sc *scan) joinsBefore(q int) bool {
	v := sc.view
	open := v.first[q] - 1
	if open < 0 || v.d.Tokens[open].Sentence == 0 && open == 0 || v.d.Quotations[q].Goes {
		return false
	}
	for _, f := range sc.near(open) {
		last := f.clause.end
		if f.label || f.cue.isEmpty() || f.first() > f.cue.first || !v.endsQuoted(f.content[0]) || !sc.sameParagraph(f.cue.first, open) {
			continue
		}
		if len(f.content) == 1 && last <= open && last >= open-3 && v.onlyStops(last, open) && f.content[0].end <= f.clause.first+2 {
			f.content = append(f.content, run{v.first[q], v.last[q] + 1})
			sc.claimed[q] = true
			sc.file(f)
			return true
		}
	}
	return false
}

// endsQuoted reports whether a piece ends inside quotation marks.
func (v *view) endsQuoted(r run) bool { return v.quote[r.end-1] != none || v.closes[r.end-1] != none }

func (v *view) onlyStops(first, end int) bool {
	for i := first; i < end; i++ {
		if !v.is(i, ".", ",", "!", "?", ":", ";", "–", "—") {
			return false
		}
	}
	return true
}

func (sc *scan) sameParagraph(a, b int) bool { return sc.paragraph(a) == sc.paragraph(b) }

func (sc *scan) paragraph(i int) document.ParagraphID {
	d := sc.view.d
	return d.Sentences[d.Tokens[i].Sentence].Paragraph
}

// isWholeSentence reports whether the quotation stands for itself: nothing of its
// sentence stands before its mark, nor after it.
func (sc *scan) isWholeSentence(q int) bool {
	v := sc.view
	open, end := v.first[q]-1, v.last[q]+1
	if v.opens[max(0, open)] != q {
		open = v.first[q]
	}
	if end < len(v.d.Tokens) && v.closes[end] == q {
		end++
	}
	low := int(v.d.Sentences[v.d.Tokens[open].Sentence].Tokens.First)
	high := int(v.d.Sentences[v.d.Tokens[end-1].Sentence].Tokens.End)
	words := 0
	for i := v.first[q]; i <= v.last[q]; i++ {
		if v.upos(i) != document.PUNCT {
			words++
		}
	}
	before := open == low || v.closes[open-1] != none || v.is(open-1, ":") || v.d.Quotations[q].Goes
	after := end >= high || v.is(end, ".", ",") && end+1 >= high || v.opens[end] != none
	return before && after && (words >= bareWords || v.endsSentence(q) && words > 1) && !sc.isTitle(open)
}

// readBare adds a statement without cue. Its speaker is that of the statement right
// before it, in the same paragraph or at the end of the paragraph before.
func (sc *scan) readBare(q int) {
	v := sc.view
	f := &found{rule: "bare-quotation", kind: document.Speech, bare: true, content: []run{{v.first[q], v.last[q] + 1}}}
	f.follows = sc.statementBefore(q)
	if v.d.Quotations[q].Goes {
		f.rule = "quotation-goes-on"
	}
	if f = sc.add(f); f != nil && f.follows == nil {
		v.d.Abstain(sc.Name(), fmt.Sprintf("words at %d", v.d.Quotations[q].Content.Start), "a quotation without a source in reach")
	}
}

// statementBefore returns the last statement that ends in the sentence before the
// quotation q, or the one that q goes on from.
func (sc *scan) statementBefore(q int) *found {
	v := sc.view
	var best *found
	at := v.first[q]
	sentence := v.d.Tokens[at].Sentence
	for _, f := range sc.near(at) {
		last := max(f.end(), f.clause.end)
		if f.first() >= at || last > at || f.within != nil || f.kind != document.Speech {
			continue
		}
		near := sentence-v.d.Tokens[last-1].Sentence <= 2 && sc.sameParagraph(last-1, at) || sc.paragraph(at)-sc.paragraph(last-1) == 1 && (v.d.Quotations[q].Goes || sc.lastOfParagraph(last-1))
		if near && (best == nil || last >= max(best.end(), best.clause.end)) {
			best = f
		}
	}
	return best
}

// lastOfParagraph reports whether token i stands in the last sentence of its paragraph.
func (sc *scan) lastOfParagraph(i int) bool {
	d := sc.view.d
	return d.Tokens[i].Sentence == d.Paragraphs[sc.paragraph(i)].End-1
}

// isAfterColon reports whether a colon introduces the quotation.
func (sc *scan) isAfterColon(q int) bool {
	v := sc.view
	open := v.first[q] - 1
	if open < 2 || v.opens[open] != q || !v.is(open-1, ":") && !(v.is(open-1, ",") && v.isUpper(v.first[q])) || !sc.sameParagraph(open, open-1) {
		return false
	}
	return v.last[q]-v.first[q] >= bareWords
}

// readAfterColon reads "Okafor gave her own account: “…”": the verb before is no known
// cue, but the colon says that the words are hers.
func (sc *scan) readAfterColon(q int) {
	v := sc.view
	colon := v.first[q] - 2
	low, _ := sc.bounds(colon)
	f := &found{rule: "quotation-after-colon", kind: document.Speech, content: []run{{v.first[q], v.last[q] + 1}}}
	for _, other := range sc.inSentence(colon) {
		if !other.cue.isEmpty() && other.cue.first >= low && other.cue.end <= colon && other.within == nil {
			f.source, f.cue, f.clause = other.source, other.cue, run{other.clause.first, colon}
		}
	}
	if f.source.isEmpty() {
		verb := v.firstFinite(low, colon)
		f.source = v.mainSubject(colon, low)
		if verb == none || f.source.isEmpty() {
			sc.readBare(q)
			return
		}
		f.cue, f.clause = run{verb, verb + 1}, run{f.source.first, colon}
	}
	sc.add(f)
}
