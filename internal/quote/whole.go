package quote

import (
	"slices"

	"rapporteur/internal/document"
)

// keepNamesWhole gives a name that the end of a source cuts to the source, and takes
// it out of the content: the source of "according to the Council to Save the Lakes"
// is the whole name, as PolNeAR's guidelines ask for whole noun phrases.
func (sc *scan) keepNamesWhole() {
	names := sc.names()
	for _, f := range sc.found {
		if f.source.isEmpty() || f.label {
			continue
		}
		name := names[f.source.end-1]
		if name.end <= f.source.end || name.overlaps(f.cue) {
			continue
		}
		content := slices.Clone(f.content)
		if content[0].first < name.end && content[0].first >= f.source.end {
			content[0].first = min(name.end, content[0].end)
		}
		if content = sc.clean(content); len(content) == 0 || slices.ContainsFunc(content, name.overlaps) {
			continue
		}
		f.content, f.source.end = content, name.end
	}
}

// names returns the name that each token stands in, if any.
func (sc *scan) names() []run {
	d := sc.view.d
	out := make([]run, len(d.Tokens))
	for i := range d.Mentions {
		if d.Mentions[i].Form != document.Named {
			continue
		}
		in := d.TokensIn(d.Mentions[i].Head)
		for t := in.First; t < in.End; t++ {
			out[t] = run{int(in.First), int(in.End)}
		}
	}
	return out
}
