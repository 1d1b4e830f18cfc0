package quote

import "rapporteur/internal/document"

// comesBefore returns the words of a clause that stand before the comma at end and
// belong to no statement; empty when there are none that could be content.
func (sc *scan) comesBefore(low, end int) run {
	v := sc.view
	start := sc.afterColon(low, end)
	for _, f := range sc.inSentence(low) {
		if !f.label && f.kind == document.Speech && f.clause.first >= low && f.clause.end <= end {
			start = max(start, f.clause.end, min(f.end(), end))
		}
	}
	for start < end && (v.is(start, ",", ";", "and", "but", "“") || v.upos(start) == document.CCONJ || v.is(start, ".")) && v.free(start) {
		start++
	}
	if start >= end {
		return run{}
	}
	// an adverbial alone is no content: "In Geneva, the minister said that …"
	if !sc.isClause(start, end) && v.isAdverbial(start) {
		return run{}
	}
	return run{start, end}
}

// contentBefore returns the content that ends before a reporting clause: the
// quotation q, with the words before it where the quotation is only a part of the
// clause, or the words since the sentence began.
func (sc *scan) contentBefore(q, low, left int) []run {
	v := sc.view
	if q == none {
		return []run{sc.comesBefore(low, left)}
	}
	first := v.first[q] - 1
	if first < low || v.opens[first] == none {
		return []run{{v.first[q], v.last[q] + 1}}
	}
	lead := sc.comesBefore(low, first)
	if lead.isEmpty() || v.is(first-1, ",", ":") && !v.hasQuotation(lead) || !sc.isClause(lead.first, lead.end) && v.is(first-1, ",", ":") {
		return []run{{v.first[q], v.last[q] + 1}}
	}
	end := v.last[q] + 1
	if end < len(v.d.Tokens) && v.closes[end] == q {
		end++
	}
	return []run{{lead.first, end}}
}

func (v *view) hasQuotation(r run) bool {
	for i := r.first; i < r.end; i++ {
		if v.quote[i] != none {
			return true
		}
	}
	return false
}

// goOnAfter adds what follows an interrupting reporting clause that ends before token
// at: the other half of the quotation or of the clause.
func (sc *scan) goOnAfter(f *found, at, high int) {
	v := sc.view
	if q := sc.quotationAt(at, high); q != none && !v.is(at, ":") {
		f.content = append(f.content, run{v.first[q], v.last[q] + 1})
		return
	}
	if !v.is(at, ",") || at+2 >= high || !v.free(at+1) {
		return
	}
	head := f.content[0]
	interrupted := !sc.isClause(head.first, head.end) && !v.hasQuotation(head) || v.is(head.first, "if", "when", "while", "although", "unless", "as", "because") && !v.hasQuotation(head)
	if !interrupted || sc.isParticipleCue(at+1) || v.is(at+1, "and", "but", "which", "who", "adding", "saying") {
		return
	}
	end := sc.contentEnd(at+1, high, group{}, false)
	f.content = append(f.content, run{at + 1, end})
}
