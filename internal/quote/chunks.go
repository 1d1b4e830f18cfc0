package quote

import (
	"slices"

	"rapporteur/internal/document"
)

// readChunks adds the statements that the learned engine marks and no rule has
// found: a cue with its source and its contents, where neither the cue nor most of
// the content belongs to a statement already. It does nothing without an engine.
func (sc *scan) readChunks() {
	d := sc.view.d
	if !d.Layers.Has(document.LayerChunks) {
		return
	}
	contents, source := map[int][]int{}, map[int]int{}
	var cues []int
	for _, link := range d.Links {
		if d.Chunks[link.Cue].Layer != document.StatementLayer || !sc.together(link.Cue, link.Other) {
			continue
		}
		if d.Chunks[link.Other].Kind == document.SourceChunk {
			source[link.Cue] = link.Other
			continue
		}
		if !slices.Contains(cues, link.Cue) {
			cues = append(cues, link.Cue)
		}
		contents[link.Cue] = append(contents[link.Cue], link.Other)
	}
	slices.Sort(cues)
	for _, cue := range cues {
		f := &found{rule: "engine", kind: document.Speech, cue: sc.chunk(cue)}
		if s, ok := source[cue]; ok {
			f.source = sc.chunk(s)
		}
		for _, c := range contents[cue] {
			f.content = append(f.content, sc.chunk(c))
		}
		slices.SortFunc(f.content, func(a, b run) int { return a.first - b.first })
		f.clause = f.cue
		if !f.source.isEmpty() && !sc.isTopic(f.cue.end-1) && !sc.known(f) && !sc.isAct(f) {
			sc.add(f)
		}
	}
}

// isAct reports whether what the engine took for a statement tells what somebody
// did, or did not say, and none of their words (the gold guide: bare acts are no
// statements):
//
//   - the verb is denied and takes clauses alone: "the ministry has not said when";
//   - speaking itself is refused: "Dale declined to comment";
//   - the verb is none of reporting and its object is the source's own: "Tolmark
//     named its price", "she lost her seat".
func (sc *scan) isAct(f *found) bool {
	v := sc.view
	reports := false
	for i := f.cue.first; i < f.cue.end; i++ {
		n := sc.groupOf[i]
		if n == none {
			continue
		}
		g := sc.groups[n]
		if g.negated && !g.cue.has("np") {
			return true
		}
		if v.words["refuse"][g.cue.word] && sc.isSpeaking(f.content[0]) {
			return true
		}
		reports = true
	}
	if reports || len(f.content) > 1 || v.upos(f.cue.first) != document.VERB {
		return false
	}
	c := f.content[0]
	return v.xpos(c.first) == "PRP$" && v.firstFinite(c.first, c.end) == none && !v.hasQuotation(c)
}

// isSpeaking reports whether a content is "to" with a verb of reporting and no object:
// "to comment", "to speak on the talks".
func (sc *scan) isSpeaking(c run) bool {
	v := sc.view
	return v.is(c.first, "to") && c.first+1 < c.end && len(sc.cues[v.lower[c.first+1]]) > 0 &&
		(c.first+2 == c.end || v.is(c.first+2, ".", ",") || v.upos(c.first+2) == document.ADP)
}

// sureLink is the margin from which on the engine's source of a cue outranks that of
// the rules.
const sureLink = 3

// learnSources gives a statement that the rules found the source that the engine
// links with its cue, where the rules found none, or one that names nobody while the
// engine's does and has a clear margin.
//
// "The chair criticised last week's attack, saying nobody had warned her": the rules
// take "attack" for who says it.
func (sc *scan) learnSources() {
	d := sc.view.d
	if !d.Layers.Has(document.LayerChunks) {
		return
	}
	source := map[int]document.ChunkLink{} // token of a cue → link
	for _, link := range d.Links {
		if c := d.Chunks[link.Cue]; c.Layer == document.StatementLayer && d.Chunks[link.Other].Kind == document.SourceChunk && sc.together(link.Cue, link.Other) {
			for t := c.Tokens.First; t < c.Tokens.End; t++ {
				source[int(t)] = link
			}
		}
	}
	for _, f := range sc.found {
		if f.cue.isEmpty() || f.label || f.follows != nil || f.rule == "engine" {
			continue
		}
		link, ok := source[f.cue.first]
		if !ok {
			continue
		}
		r := sc.chunk(link.Other)
		if d.HeadMention(sc.spanOf(r)) == document.NoMention || r.overlaps(f.source) {
			continue
		}
		if f.source.isEmpty() || link.Margin > sureLink && d.HeadMention(sc.spanOf(f.source)) == document.NoMention {
			f.source = r
		}
	}
}

// together reports whether two chunks stand in one paragraph.
func (sc *scan) together(a, b int) bool {
	d := sc.view.d
	paragraph := func(i int) document.ParagraphID {
		return d.Sentences[d.Tokens[d.Chunks[i].Tokens.First].Sentence].Paragraph
	}
	return paragraph(a) == paragraph(b)
}

func (sc *scan) chunk(i int) run {
	r := sc.view.d.Chunks[i].Tokens
	return run{int(r.First), int(r.End)}
}

// known reports whether a rule has found this statement: the same cue, or half of
// the shorter content shared.
func (sc *scan) known(f *found) bool {
	for _, o := range sc.near(f.cue.first) {
		if o.cue.overlaps(f.cue) || f.cue.overlaps(o.extent()) {
			return true
		}
	}
	for _, c := range f.content {
		for _, o := range append(sc.near(c.first), sc.near(c.end-1)...) {
			if slices.ContainsFunc(o.content, func(p run) bool { return 2*p.shared(c) >= min(p.end-p.first, c.end-c.first) }) {
				return true
			}
		}
	}
	return false
}

func (r run) overlaps(o run) bool { return r.shared(o) > 0 }

// shared is the number of tokens that both runs hold.
func (r run) shared(o run) int { return max(0, min(r.end, o.end)-max(r.first, o.first)) }
