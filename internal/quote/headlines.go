package quote

import "rapporteur/internal/document"

// maxHeadlineSource is the most words before the colon of a headline.
const maxHeadlineSource = 6

// readHeadlines reads "Okafor: No deal this week" in titles and headings: the name
// before the colon is the source.
func (sc *scan) readHeadlines() {
	v := sc.view
	for _, p := range v.d.Paragraphs {
		if p.Kind == document.Body || p.First == p.End {
			continue
		}
		low, high := int(v.d.Sentences[p.First].Tokens.First), int(v.d.Sentences[p.End-1].Tokens.End)
		for i := low + 1; i+1 < high; i++ {
			if !v.is(i, ":") {
				continue
			}
			if i <= low+maxHeadlineSource {
				sc.readHeadline(low, i, high)
			}
			sc.readHeadlineEnd(low, i, high)
			break
		}
	}
}

func (sc *scan) readHeadline(low, colon, high int) {
	v := sc.view
	named := false
	for i := low; i < colon; i++ {
		if v.upos(i) == document.VERB || !v.free(i) || v.upos(i) == document.PUNCT || v.isTime[i] {
			return
		}
		m := v.mention[i]
		named = named || m != none && v.d.Mentions[m].Form == document.Named && v.d.Mentions[m].Kind != document.State
	}
	if !named || !sc.isClause(colon+1, high) && !v.hasQuotation(run{colon + 1, high}) {
		return
	}
	for _, f := range sc.inSentence(low) {
		if f.clause.first < high && f.clause.end > low && f.within == nil {
			return
		}
	}
	sc.add(&found{rule: "headline-colon", kind: document.Speech, source: run{low, colon}, clause: run{low, colon + 1},
		content: []run{{colon + 1, v.withoutStop(colon+1, high)}}, label: false})
}

// readHeadlineEnd reads "No deal this week: Okafor": the source stands at the end.
func (sc *scan) readHeadlineEnd(low, colon, high int) {
	v := sc.view
	if high-colon-1 > maxHeadlineSource || colon-low < 3 || !sc.isClause(low, colon) && !v.hasParticiple(low, colon) && !v.hasGerund(low, colon) {
		return
	}
	for i := colon + 1; i < high; i++ {
		if v.upos(i) == document.VERB || !v.free(i) || v.is(i, ",") || v.mention[i] == none && v.upos(i) != document.NOUN && v.upos(i) != document.PROPN && v.upos(i) != document.ADJ {
			return
		}
	}
	if m := v.mention[high-1]; m == none || v.d.Mentions[m].Kind == document.State {
		return
	}
	sc.add(&found{rule: "headline-end", kind: document.Speech, source: run{colon + 1, high}, clause: run{colon, high}, content: []run{{low, colon}}})
}

func (v *view) hasGerund(first, end int) bool {
	for i := first; i < end; i++ {
		if v.xpos(i) == "VBG" {
			return true
		}
	}
	return false
}
