package text

import "sort"

// Then returns the map that leads through two steps: m from a stored text to the
// text it was made from, inner from that text to the file.
func (m Map) Then(inner Map, length int) Map {
	if inner.IsIdentity() {
		return m
	}
	if m.IsIdentity() {
		m = Map{Segments: []Segment{{Length: length, FileLength: length, Same: true}}}
	}
	var out []Segment
	for _, g := range m.Segments {
		if !g.Same {
			out = append(out, inner.fold(g))
			continue
		}
		out = inner.split(out, g)
	}
	return Map{Segments: out}
}

// fold maps a segment of made-up or folded bytes as a whole.
func (m Map) fold(g Segment) Segment {
	back := Span{g.File, g.File + g.FileLength}
	if back.IsEmpty() {
		at := m.at(g.File)
		back = Span{at.backStart(g.File), at.backStart(g.File)}
	} else {
		back = m.Back(back)
	}
	return Segment{Stored: g.Stored, Length: g.Length, File: back.Start, FileLength: back.Len()}
}

// split maps a segment of unchanged bytes piece by piece.
func (m Map) split(out []Segment, g Segment) []Segment {
	i := sort.Search(len(m.Segments), func(i int) bool { return m.Segments[i].Stored+m.Segments[i].Length > g.File })
	for end := g.File + g.FileLength; i < len(m.Segments) && m.Segments[i].Stored < end; i++ {
		in := m.Segments[i]
		from, to := max(in.Stored, g.File), min(in.Stored+in.Length, end)
		piece := Segment{Stored: g.Stored + from - g.File, Length: to - from, File: in.File, FileLength: in.FileLength}
		switch {
		case in.Same:
			piece.File, piece.FileLength, piece.Same = in.File+from-in.Stored, to-from, true
		case in.isRun():
			piece.File, piece.Unit, piece.FileUnit = in.backStart(from), in.Unit, in.FileUnit
			piece.FileLength = in.backEnd(to) - piece.File
		}
		out = append(out, piece)
	}
	return out
}
