package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A line is a row of glyphs in the order of the file.
type line struct {
	words       string
	left, right float64
	y, size     float64
	first       bool // of its page
}

// linesOf puts glyphs that follow one another in a row together. A gap of a fifth of
// their size is a space where the file has none.
func linesOf(found []glyph) []line {
	var list []line
	var b strings.Builder
	var last glyph
	flush := func() {
		if n := len(list); n > 0 {
			list[n-1].words = strings.Join(strings.Fields(b.String()), " ")
		}
		b.Reset()
	}
	for _, g := range found {
		if !g.horizontal || g.words == "" {
			continue
		}
		size := math.Max(math.Max(g.size, last.size), 1)
		gap := g.x - (last.x + last.width)
		same := len(list) > 0 && math.Abs(g.y-last.y) < 0.35*size && gap > -0.6*size && gap < 8*size
		if raised := len(list) > 0 && !same && math.Abs(g.y-list[len(list)-1].y) < 0.6*size && math.Abs(gap) < 0.5*size; raised {
			same = true // a small figure above or below the row
		}
		if !same {
			flush()
			list = append(list, line{left: g.x, y: g.y, size: g.size})
		} else if gap > 0.17*size && !strings.HasSuffix(b.String(), " ") {
			b.WriteByte(' ')
		}
		b.WriteString(g.words)
		n := len(list) - 1
		if strings.TrimSpace(g.words) != "" {
			list[n].right, list[n].size = g.x+g.width, math.Max(list[n].size, g.size)
		}
		last = g
	}
	flush()
	list = slices.DeleteFunc(list, func(l line) bool { return l.words == "" })
	if len(list) > 0 {
		list[0].first = true
	}
	return list
}

// paragraphs writes the lines of all pages as paragraphs.
func paragraphs(pages [][]line) string {
	var list []string
	var last line
	paragraph := ""
	for _, page := range withoutMargins(pages) {
		right := commonRight(page)
		for _, l := range page {
			switch {
			case paragraph == "":
				paragraph = l.words
			case goesOn(last, l, right):
				paragraph = join(paragraph, l.words)
			default:
				list = append(list, paragraph)
				paragraph = l.words
			}
			last = l
		}
	}
	return strings.Join(append(list, paragraph), "\n\n") + "\n"
}

// join puts a line behind its paragraph. A word that a hyphen divides between two
// lines is one again, where it goes on in a small letter.
func join(paragraph, words string) string {
	whole, divided := strings.CutSuffix(paragraph, "-")
	next, _ := utf8.DecodeRuneInString(words)
	before, _ := utf8.DecodeLastRuneInString(whole)
	if divided && unicode.IsLower(next) && unicode.IsLower(before) {
		return whole + words
	}
	return paragraph + " " + words
}

// commonRight returns the right edge that most lines of a page come near to.
func commonRight(page []line) float64 {
	if len(page) == 0 {
		return 0
	}
	rights := make([]float64, 0, len(page))
	for _, l := range page {
		rights = append(rights, l.right)
	}
	slices.Sort(rights)
	return rights[len(rights)*8/10]
}

// goesOn reports whether l continues the paragraph that last belongs to: it stands
// right under it in letters of the same size, and last runs to the right edge; or
// last breaks off in the middle of a sentence.
func goesOn(last, l line, right float64) bool {
	if math.Abs(last.size-l.size) > 0.12*math.Max(last.size, l.size) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(l.words)
	end, _ := utf8.DecodeLastRuneInString(last.words)
	broken := unicode.IsLower(r) && (unicode.IsLetter(end) || end == ',' || end == '-')
	if l.first {
		return broken
	}
	step := last.y - l.y
	if step < 0 { // a new column
		return broken
	}
	near := step > 0 && step < 1.75*math.Max(last.size, 1)
	if !near || l.left-last.left > 0.8*l.size && !broken {
		return false
	}
	return broken || last.right > right-4*last.size && !isItem(l.words)
}

// isItem reports lines that begin an entry of a list.
func isItem(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("•▪◦‣●■–", r)
}

// minRepeats is on how many pages a line must stand to be part of their margin.
const minRepeats = 3

// withoutMargins drops page numbers, and lines that stand first or last on several
// pages, whatever numbers they hold.
func withoutMargins(pages [][]line) [][]line {
	count := map[string]int{}
	edge := func(page []line, take func(i int)) {
		for i := range page {
			if i < 2 || i >= len(page)-2 {
				take(i)
			}
		}
	}
	for _, page := range pages {
		seen := map[string]bool{}
		edge(page, func(i int) {
			if key := shape(page[i].words); !seen[key] {
				seen[key] = true
				count[key]++
			}
		})
	}
	var out [][]line
	for number, page := range pages {
		drop := map[int]bool{}
		largest, smallest := 0.0, math.Inf(1)
		for _, l := range page {
			largest, smallest = math.Max(largest, l.size), math.Min(smallest, l.size)
		}
		edge(page, func(i int) {
			key := shape(page[i].words)
			drop[i] = count[key] >= minRepeats && count[key]*3 >= len(pages) || len(pages) > 1 && isNumber(page[i].words)
		})
		var kept []line
		for i, l := range page {
			if !drop[i] || number == 0 && l.size >= largest && largest > 1.15*smallest { // a title that is the head of later pages
				l.first = len(kept) == 0
				kept = append(kept, l)
			}
		}
		out = append(out, kept)
	}
	return out
}

// shape is a line without its figures.
func shape(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

func isNumber(s string) bool {
	return len(s) < 12 && strings.Trim(strings.ToLower(s), "0123456789 ivxl-–/.page") == ""
}
