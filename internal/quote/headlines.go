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
		for i := low + 1; i+2 < high && i <= low+maxHeadlineSource; i++ {
			if v.is(i, ":") {
				sc.readHeadline(low, i, high)
				break
			}
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
	for _, f := range sc.found {
		if f.clause.first < high && f.clause.end > low && f.within == nil {
			return
		}
	}
	sc.add(&found{rule: "headline-colon", kind: document.Speech, source: run{low, colon}, clause: run{low, colon + 1},
		content: []run{{colon + 1, v.withoutStop(colon+1, high)}}, label: false})
}
