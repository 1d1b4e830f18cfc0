package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/internal/document"
)

// maxLabel is the most words of a transcript label.
const maxLabel = 7

// readLabels reads transcripts: a name before a colon at a line's start is the source
// of that line and of those that follow, until the next label. A text is a transcript
// when two lines or more carry a label. "Note:" and its like end a turn, and so does a
// label in brackets ("[Q] Is it so?"), which is the interviewer's.
func (sc *scan) readLabels() {
	v := sc.view
	d := v.d
	labels := make([]run, len(d.Paragraphs))
	count := 0
	for p := range d.Paragraphs {
		if labels[p] = sc.labelOf(p); !labels[p].isEmpty() && !sc.isRemark(labels[p]) {
			count++
		}
	}
	if count < 2 {
		return
	}
	sc.labels = make([]bool, len(v.d.Tokens))
	var turn *found
	for p, par := range d.Paragraphs {
		low, high := sc.tokensOf(p)
		if low >= high {
			continue
		}
		label := labels[p]
		switch {
		case !label.isEmpty() && sc.isRemark(label), par.Kind == document.Title, v.is(low, "(", "[", "((") && v.is(low+1, "(", "[") || v.is(low, "[", "(") && v.is(low+2, "]", ")"):
			turn = nil
			continue
		case !label.isEmpty():
			turn = sc.addTurn(&found{rule: "transcript-label", kind: document.Speech, label: true, source: run{label.first, label.end - 1}, clause: label, content: []run{{label.end, high}}})
		case turn != nil && par.Kind == document.Body:
			sc.addTurn(&found{rule: "transcript-turn", kind: document.Speech, label: true, bare: true, follows: turn, content: []run{{low, high}}})
		default:
			continue
		}
		for i := low; i < high; i++ {
			sc.labels[i] = true
		}
	}
}

// addTurn adds a turn with its end mark; unlike a quotation it may hold others.
func (sc *scan) addTurn(f *found) *found {
	if f.content[0].isEmpty() {
		return f
	}
	sc.keep(f)
	for i := f.content[0].first; i < f.content[0].end; i++ {
		if q := sc.view.quote[i]; q != none {
			sc.claimed[q] = true
		}
	}
	return f
}

func (sc *scan) tokensOf(p int) (low, high int) {
	par := sc.view.d.Paragraphs[p]
	if par.First == par.End {
		return 0, 0
	}
	return int(sc.view.d.Sentences[par.First].Tokens.First), int(sc.view.d.Sentences[par.End-1].Tokens.End)
}

// labelOf returns the label of a paragraph with its colon, or an empty run: capitals
// ("MINISTER SORIN:"), a single letter ("Q:"), or words that all begin with one.
func (sc *scan) labelOf(p int) run {
	v := sc.view
	low, high := sc.tokensOf(p)
	if sc.view.d.Paragraphs[p].Kind == document.Title {
		return run{}
	}
	for i := low; i < high && i <= low+maxLabel; i++ {
		if v.is(i, ":") {
			if i == low || i+1 >= high {
				return run{}
			}
			return run{low, i + 1}
		}
		form := v.d.Form(document.TokenID(i))
		r, _ := utf8.DecodeRuneInString(form)
		switch {
		case !v.free(i):
			return run{}
		case unicode.IsUpper(r), unicode.IsDigit(r) && i > low, v.is(i, "-", ".", "(", ")", ",", "'", "de", "van", "von", "al", "bin", "of", "the") && i > low:
		default:
			return run{}
		}
		if i > low+2 && strings.ToUpper(form) != form && v.upos(i) != document.PROPN {
			return run{}
		}
	}
	return run{}
}

// isRemark reports whether a label is the editor's, not a speaker's: "Note:".
func (sc *scan) isRemark(label run) bool {
	return label.end-label.first == 2 && sc.words["remark"][sc.view.lower[label.first]]
}
