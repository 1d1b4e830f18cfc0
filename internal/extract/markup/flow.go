package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// What stands between an atom and the one before it.
const (
	joined = iota
	spaced
	lined
	blocked
)

// An atom is a run of bytes without white space that came from one place.
type atom struct {
	start, length int // in flow.text
	file, size    int
	same          bool
	gap           uint8
	element       int32
}

// An element is an open or closed element of the page, as far as it matters here.
type element struct {
	tag    string
	class  string // class and id, lower case
	parent int32
	place  Place
	block  bool
}

// flow is the text of a page without white space, with the way back.
type flow struct {
	text     []byte
	atoms    []atom
	elements []element
}

// add appends the raw text of a token that begins at offset file.
func (f *flow) add(raw string, file int, element int32, gap *uint8, keepLines bool) {
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRuneInString(raw[i:])
		switch {
		case unicode.IsSpace(r):
			if *gap < spaced {
				*gap = spaced
			}
			if keepLines && r == '\n' && *gap < lined {
				*gap = lined
			}
			i += n
		case r == '&':
			end := entityEnd(raw, i)
			f.entity(raw[i:end], file+i, element, gap)
			i = end
		default:
			j := i + n
			for j < len(raw) && raw[j] != '&' {
				r, n := utf8.DecodeRuneInString(raw[j:])
				if unicode.IsSpace(r) {
					break
				}
				j += n
			}
			f.atom(raw[i:j], file+i, j-i, true, element, gap)
			i = j
		}
	}
}

// entity appends a character reference; one that stands for white space is a gap.
func (f *flow) entity(raw string, file int, element int32, gap *uint8) {
	decoded := html.UnescapeString(raw)
	if decoded == raw {
		f.atom(raw, file, len(raw), true, element, gap)
		return
	}
	if strings.TrimSpace(decoded) == "" {
		*gap = max(*gap, spaced)
		return
	}
	if strings.IndexFunc(decoded, unicode.IsSpace) >= 0 {
		decoded = strings.Join(strings.Fields(decoded), "")
	}
	f.atom(decoded, file, len(raw), false, element, gap)
}

func (f *flow) atom(piece string, file, size int, same bool, element int32, gap *uint8) {
	f.atoms = append(f.atoms, atom{start: len(f.text), length: len(piece), file: file, size: size, same: same, gap: *gap, element: element})
	f.text = append(f.text, piece...)
	*gap = joined
}

// entityEnd returns the offset after the character reference that begins at i.
func entityEnd(raw string, i int) int {
	j := i + 1
	if j < len(raw) && raw[j] == '#' {
		j++
	}
	for j < len(raw) && j-i < 40 && (raw[j]|0x20 >= 'a' && raw[j]|0x20 <= 'z' || raw[j] >= '0' && raw[j] <= '9') {
		j++
	}
	if j < len(raw) && raw[j] == ';' {
		j++
	}
	return j
}

// paragraphs returns the atoms that keep selects, as paragraphs. Between two kept
// atoms the strongest gap of all between them counts.
func (f *flow) paragraphs(keep func(i int) bool) []Paragraph {
	var list []Paragraph
	var gap uint8 = blocked
	end := 0
	for i, a := range f.atoms {
		gap = max(gap, a.gap)
		if !keep(i) {
			continue
		}
		if gap == blocked || len(list) == 0 {
			list = append(list, f.paragraphAt(a.element))
		}
		p := &list[len(list)-1]
		if len(p.Pieces) > 0 && gap > joined {
			white := " "
			if gap == lined && !f.goesOn(p.Pieces[len(p.Pieces)-1].Text, a) {
				white = "\n"
			}
			// One byte of white space is in step with the page: runs stay whole.
			p.Pieces = append(p.Pieces, Piece{Text: white, File: end, Length: max(0, a.file-end), Same: a.file-end == 1})
		}
		p.Pieces = append(p.Pieces, Piece{Text: string(f.text[a.start : a.start+a.length]), File: a.file, Length: a.size, Same: a.same})
		if f.elements[a.element].place&InLink != 0 {
			p.Linked += a.length
		}
		end, gap = a.file+a.size, joined
	}
	return list
}

// goesOn reports whether a sentence goes on over a line break: "on Monday<br>in Ostrel".
func (f *flow) goesOn(before string, a atom) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRune(f.text[a.start:])
	return unicode.IsLower(next) && (unicode.IsLetter(last) || last == ',')
}

// paragraphAt returns an empty paragraph for text inside the element.
func (f *flow) paragraphAt(index int32) Paragraph {
	p := Paragraph{Place: f.elements[index].place &^ InLink}
	var classes []string
	for i, steps := index, 0; i >= 0 && steps < 12; i, steps = f.elements[i].parent, steps+1 {
		e := f.elements[i]
		if p.Tag == "" && e.block {
			p.Tag = e.tag
		}
		if e.class != "" {
			classes = append(classes, e.class)
		}
	}
	p.Class = strings.Join(classes, " ")
	return p
}
