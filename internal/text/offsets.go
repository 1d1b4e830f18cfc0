package text

import "sort"

// A Map leads from each byte of a stored text back to the file it came from.
// It is a list of segments in the order of the stored text; inside a segment
// bytes run in step, between segments something was dropped, folded or made up.
// The zero Map is the identity.
type Map struct {
	Segments []Segment `json:"segments"`
}

// A Segment says that the stored bytes [Stored, Stored+Length) are the bytes of
// the file that begin at File, one for one (a tab may have become a space). Same is false where the bytes stand for
// others of the file (a decoded entity, a folded line end): then the whole
// segment maps to the file's range [File, File+FileLength). Where Unit is set, the
// segment is a run of characters of Unit stored bytes each, which were FileUnit
// bytes of the file each: Cyrillic from a code page of single bytes, ASCII from UTF-16.
type Segment struct {
	Stored     int  `json:"s"`
	Length     int  `json:"n"`
	File       int  `json:"f"`
	FileLength int  `json:"m"`
	Same       bool `json:"same"`
	Unit       int  `json:"u,omitempty"`
	FileUnit   int  `json:"v,omitempty"`
}

func (g Segment) isRun() bool { return g.Unit > 0 && g.FileUnit > 0 }

// IsIdentity reports whether stored and file offsets are equal everywhere.
func (m Map) IsIdentity() bool { return len(m.Segments) == 0 }

// Back returns the range of the file that the stored span came from: from the
// first byte of its first segment to the last byte of its last one.
func (m Map) Back(s Span) Span {
	if m.IsIdentity() || s.IsEmpty() {
		return s
	}
	first, last := m.at(s.Start), m.at(s.End-1)
	return Span{first.backStart(s.Start), last.backEnd(s.End)}
}

// at returns the segment that holds the stored offset, or the nearest before it.
func (m Map) at(offset int) Segment {
	i := sort.Search(len(m.Segments), func(i int) bool { return m.Segments[i].Stored > offset })
	return m.Segments[max(0, i-1)]
}

func (g Segment) backStart(offset int) int {
	if g.isRun() {
		return g.File + min((offset-g.Stored)/g.Unit*g.FileUnit, g.FileLength)
	}
	if !g.Same {
		return g.File
	}
	return g.File + min(offset-g.Stored, g.FileLength)
}

func (g Segment) backEnd(offset int) int {
	if g.isRun() {
		return g.File + min((offset-g.Stored+g.Unit-1)/g.Unit*g.FileUnit, g.FileLength)
	}
	if !g.Same {
		return g.File + g.FileLength
	}
	return g.File + min(offset-g.Stored, g.FileLength)
}

// A Builder writes a stored text piece by piece and keeps its Map.
type Builder struct {
	text     []byte
	segments []Segment
}

// Copy appends bytes that stand unchanged at offset file of the file.
func (b *Builder) Copy(piece string, file int) {
	if piece == "" {
		return
	}
	if n := len(b.segments); n > 0 {
		last := &b.segments[n-1]
		if last.Same && last.File+last.FileLength == file {
			last.Length += len(piece)
			last.FileLength += len(piece)
			b.text = append(b.text, piece...)
			return
		}
	}
	b.add(piece, file, len(piece), true)
}

// Replace appends bytes that stand for the fileLength bytes at offset file.
func (b *Builder) Replace(piece string, file, fileLength int) {
	if piece != "" {
		b.add(piece, file, fileLength, false)
	}
}

// Run appends one character that stands for fileLength bytes at offset file, and
// joins it to a run of characters of the same two lengths where it continues one.
func (b *Builder) Run(piece string, file, fileLength int) {
	if piece == "" {
		return
	}
	if n := len(b.segments); n > 0 {
		last := &b.segments[n-1]
		if last.Unit == len(piece) && last.FileUnit == fileLength && last.File+last.FileLength == file {
			last.Length += len(piece)
			last.FileLength += fileLength
			b.text = append(b.text, piece...)
			return
		}
	}
	b.add(piece, file, fileLength, false)
	last := &b.segments[len(b.segments)-1]
	last.Unit, last.FileUnit = len(piece), fileLength
}

func (b *Builder) add(piece string, file, fileLength int, same bool) {
	b.segments = append(b.segments, Segment{Stored: len(b.text), Length: len(piece), File: file, FileLength: fileLength, Same: same})
	b.text = append(b.text, piece...)
}

// Len returns the number of bytes written so far.
func (b *Builder) Len() int { return len(b.text) }

// String returns the text written so far.
func (b *Builder) String() string { return string(b.text) }

// Map returns the map of the text written so far; the identity when every byte
// was copied from its own place.
func (b *Builder) Map() Map {
	if len(b.segments) == 0 || len(b.segments) == 1 && b.segments[0].Same && b.segments[0].File == 0 {
		return Map{}
	}
	return Map{Segments: append([]Segment(nil), b.segments...)}
}
