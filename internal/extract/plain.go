package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
	"rapporteur/internal/extract/markup"
)

// maxHead is how many lines of a file may stand before its title and text.
const maxHead = 25

// A line of a text, white space at its ends left out.
type line struct {
	start, end int
	text       string
	first      bool // after an empty line or at the beginning
}

// linesOf returns the lines that are not empty.
func linesOf(s string) []line {
	var list []line
	first := true
	for start := 0; start < len(s); {
		end := start + strings.IndexByte(s[start:]+"\n", '\n')
		trimmed := strings.TrimSpace(s[start:end])
		if trimmed == "" {
			first = true
		} else {
			at := start + strings.Index(s[start:end], trimmed)
			list = append(list, line{at, at + len(trimmed), trimmed, first})
			first = false
		}
		start = end + 1
	}
	return list
}

// plain reads a text of lines: what stands before and after the title is metadata
// until the first paragraph.
func (x *Extractor) plain(d *draft, source string) {
	lines := linesOf(source)
	found := pageDates{}
	title, i := -1, 0
	for ; i < len(lines) && i < maxHead; i++ {
		kind := x.headLine(d.article, &found, lines[i].text)
		if kind != "" && !(kind == section && title < 0 && isLastHope(lines, i)) {
			continue
		}
		if title >= 0 || !x.isTitle(lines, i) {
			break
		}
		title = i
		d.title = []markup.Piece{titlePiece(source, lines[i])}
		x.titleDate(&found, lines[i].text)
	}
	found.apply(d.article)
	for _, block := range blocksOf(source, lines[i:]) {
		if kind := x.tables.kindOf(block.text()); kind == "" || kind == section || kind == byline {
			d.body = append(d.body, block)
		}
	}
	if len(d.body) == 0 && len(d.title) > 0 { // a line and its date: the line is the text
		d.body, d.title = []block{{pieces: d.title}}, nil
	}
	if len(d.body) > 0 {
		d.body[0].tight = false
	}
}

// isLastHope reports that a section's name stands right before the only text.
func isLastHope(lines []line, i int) bool { return i+1 >= len(lines) }

// headLine takes a line before the text as metadata; "" means that it is none.
func (x *Extractor) headLine(a *article.Article, found *pageDates, s string) string {
	if date, changed, ok := x.tables.dateLine(s); ok {
		if changed {
			found.modify(date)
		} else {
			found.add(fromLine, date)
		}
		return stamp
	}
	kind := x.tables.kindOf(s)
	switch kind {
	case byline:
		if a.Author == "" {
			a.Author = x.tables.authorOf(s)
		}
	case section:
		if a.Section == "" && !x.tables.isLanguageBar(s) {
			a.Section = s
		}
	}
	return kind
}

// isTitle reports whether a line reads like a headline: short, no sentence that
// ends in a full stop, and text comes after it.
func (x *Extractor) isTitle(lines []line, i int) bool {
	s := lines[i].text
	if i+1 >= len(lines) || utf8.RuneCountInString(s) > 220 || len(strings.Fields(s)) > 35 {
		return false
	}
	if strings.HasPrefix(s, "#") {
		return true
	}
	if _, dated := x.dateline(s, calendar.Day{}); dated {
		return false
	}
	if !lines[i+1].first && isWrapped(lines[i:min(i+8, len(lines))]) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s)
	if unicode.IsLower(r) {
		return false
	}
	bare := strings.TrimRight(s, "\"”’»)")
	last, _ := utf8.DecodeLastRuneInString(bare)
	switch last {
	case '.':
		return strings.HasSuffix(bare, "...") || endsInInitials(bare) && utf8.RuneCountInString(bare) < 110
	case ';', ',', ':':
		return false
	}
	return true
}

// endsInInitials reports "… talks with the U.S."
func endsInInitials(s string) bool {
	n := len(s)
	return n >= 4 && s[n-1] == '.' && s[n-3] == '.' && s[n-2] >= 'A' && s[n-2] <= 'Z'
}

// titlePiece is the title without the marks that Markdown puts around headings.
func titlePiece(source string, l line) markup.Piece {
	start, end := l.start, l.end
	if trimmed := strings.TrimLeft(source[start:end], "#"); len(trimmed) < end-start {
		start = end - len(strings.TrimLeft(trimmed, " "))
		end = start + len(strings.TrimRight(source[start:end], "# "))
	}
	return samePiece(source, start, end)
}

// titleDate reads "Toll talks in brief, 11 January 2025".
func (x *Extractor) titleDate(found *pageDates, title string) {
	if date, ok := x.tables.dates.Find(title); ok && strings.TrimSpace(title[date.End:]) == "" && date.Start > 0 {
		found.add(fromTitle, date)
	}
}

// blocksOf makes paragraphs of lines. Lines that were broken to fit a width are
// joined again, other lines are paragraphs of their own.
func blocksOf(source string, lines []line) []block {
	var list []block
	for i := 0; i < len(lines); {
		j := i + 1
		for j < len(lines) && !lines[j].first {
			j++
		}
		if chunk := lines[i:j]; isWrapped(chunk) {
			list = append(list, joinLines(source, chunk))
		} else {
			for k, l := range chunk {
				list = append(list, block{pieces: []markup.Piece{samePiece(source, l.start, l.end)}, tight: k > 0})
			}
		}
		i = j
	}
	return list
}

func joinLines(source string, lines []line) block {
	var b block
	for k, l := range lines {
		if k > 0 {
			gap := lines[k-1].end
			b.pieces = append(b.pieces, markup.Piece{Text: " ", File: gap, Length: l.start - gap})
		}
		b.pieces = append(b.pieces, samePiece(source, l.start, l.end))
	}
	return b
}

// isWrapped reports lines that were broken at a width of 50 to 100 characters: all
// but the last are about as long, and most do not end as a sentence does.
func isWrapped(lines []line) bool {
	if len(lines) < 2 {
		return false
	}
	longest, shortest, open := 0, 1<<30, 0
	for _, l := range lines[:len(lines)-1] {
		n := utf8.RuneCountInString(l.text)
		longest, shortest = max(longest, n), min(shortest, n)
		if !strings.ContainsAny(l.text[len(l.text)-1:], ".!?:\"") && !strings.HasSuffix(l.text, "”") {
			open++
		}
	}
	last := utf8.RuneCountInString(lines[len(lines)-1].text)
	return longest >= 50 && longest <= 100 && longest-shortest <= 25 && last <= longest+5 && open*2 >= len(lines)-1 && open > 0
}
