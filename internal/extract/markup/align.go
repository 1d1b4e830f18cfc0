package markup

import (
	"bytes"
	"sort"
	"strings"
)

// long is the length from which a block without white space is found by its text
// alone; shorter ones are looked for between their neighbours first.
const long = 32

// A ground is the text in which blocks are looked for: the flow without the
// atoms that no main text has, such as those of menus and buttons.
type ground struct {
	text   []byte
	starts []int // where each atom of it begins
	index  []int // which atom of the flow it is
	used   []bool
}

// A block is a block of the extracted text with its place on the ground.
type block struct {
	words      []string
	text       []byte // words joined
	start, end int    // -1 while not found
}

// align returns which atoms of the flow the blocks are made of. Each block is
// looked for after the one before it; no atom is given twice, so that an extractor
// that doubles a text does not double ours.
func (f *flow) align(texts []string) []bool {
	g := f.ground()
	blocks := make([]block, len(texts))
	cursor := 0
	for i, t := range texts {
		words := strings.Fields(t)
		blocks[i] = block{words: words, text: []byte(strings.Join(words, "")), start: -1}
		if len(blocks[i].text) >= long && g.place(&blocks[i], cursor, len(g.text)) {
			cursor = blocks[i].end
		}
	}
	g.placeShort(blocks)
	for i := range blocks {
		if blocks[i].start < 0 && len(blocks[i].text) >= long {
			g.placeInPieces(blocks, i)
		}
	}
	used := make([]bool, len(f.atoms))
	for k, yes := range g.used {
		if yes {
			used[g.index[k]] = true
		}
	}
	f.fill(used)
	return used
}

func (f *flow) ground() *ground {
	g := &ground{}
	for i, a := range f.atoms {
		if f.elements[a.element].place&(InAside|InCaption|InButton|InSilent) != 0 {
			continue
		}
		g.starts = append(g.starts, len(g.text))
		g.index = append(g.index, i)
		g.text = append(g.text, f.text[a.start:a.start+a.length]...)
	}
	g.used = make([]bool, len(g.starts))
	return g
}

// place finds a block whole in [from, to), or, for a long one, anywhere where it
// was not used yet.
func (g *ground) place(b *block, from, to int) bool {
	if from < to {
		if i := bytes.Index(g.text[from:to], b.text); i >= 0 && g.take(from+i, from+i+len(b.text)) {
			b.start, b.end = from+i, from+i+len(b.text)
			return true
		}
	}
	if len(b.text) < long || from == 0 {
		return false
	}
	if i := bytes.Index(g.text[:min(from+len(b.text), len(g.text))], b.text); i >= 0 && g.take(i, i+len(b.text)) {
		b.start, b.end = i, i+len(b.text)
	}
	return false // the cursor stays
}

// placeShort finds short blocks between the places of the blocks around them.
func (g *ground) placeShort(blocks []block) {
	from := 0
	for i := range blocks {
		b := &blocks[i]
		if b.start >= 0 {
			from = max(from, b.end)
			continue
		}
		if len(b.text) == 0 || len(b.text) >= long {
			continue
		}
		to := len(g.text)
		for _, next := range blocks[i+1:] {
			if next.start >= from {
				to = next.start
				break
			}
		}
		if g.place(b, from, to) {
			from = b.end
		}
	}
}

// placeInPieces finds a long block that does not stand in the page as it is, since
// the extractor left something out inside it: ever longer runs of its words.
func (g *ground) placeInPieces(blocks []block, i int) {
	from, to := 0, len(g.text)
	for _, b := range blocks[:i] {
		if b.start >= 0 && b.end > from {
			from = b.end
		}
	}
	for _, b := range blocks[i+1:] {
		if b.start >= from {
			to = b.start
			break
		}
	}
	words := blocks[i].words
	for w, tries := 0, 0; w < len(words) && tries < 400; tries++ {
		n := min(4, len(words)-w)
		at := bytes.Index(g.text[from:to], []byte(strings.Join(words[w:w+n], "")))
		if at < 0 {
			w++
			continue
		}
		start := from + at
		end := start
		for w < len(words) && bytes.HasPrefix(g.text[end:to], []byte(words[w])) {
			end += len(words[w])
			w++
		}
		g.take(start, end)
		if blocks[i].start < 0 {
			blocks[i].start = start
		}
		blocks[i].end, from = end, end
	}
}

// take marks the atoms of [start, end) as used; it reports false, and marks none,
// when most of them are used already. An atom is used when most of it is meant.
func (g *ground) take(start, end int) bool {
	first := sort.SearchInts(g.starts, start+1) - 1
	twice, once := 0, 0
	each := func(do func(k int)) {
		for k := max(0, first); k < len(g.starts) && g.starts[k] < end; k++ {
			stop := len(g.text)
			if k+1 < len(g.starts) {
				stop = g.starts[k+1]
			}
			inside := min(stop, end) - max(g.starts[k], start)
			if inside*2 > stop-g.starts[k] {
				do(k)
			}
		}
	}
	each(func(k int) {
		if g.used[k] {
			twice++
		} else {
			once++
		}
	})
	if twice > once {
		return false
	}
	each(func(k int) { g.used[k] = true })
	return true
}

// fill gives back small holes inside a paragraph: an extractor that drops a time
// element or a link from the middle of a sentence breaks the sentence.
func (f *flow) fill(used []bool) {
	last := -1
	for i, a := range f.atoms {
		if a.gap == blocked {
			last = -1
		}
		if !used[i] {
			continue
		}
		if last >= 0 && i-last > 1 && i-last <= 40 {
			for k := last + 1; k < i; k++ {
				used[k] = f.placeOf(k)&(InAside|InButton|InCaption|InHidden) == 0
			}
		}
		last = i
	}
}
