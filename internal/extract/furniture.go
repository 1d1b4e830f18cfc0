package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/internal/extract/pagedate"
)

// Lengths over which a line is read as text whatever it begins with, in characters.
const (
	maxButton  = 90
	maxStamp   = 120
	maxCaption = 200
)

// kindOf returns the kind of furniture that a line is, "" for text. Sections and
// bylines are told apart from text only where a caller expects them.
func (t *tables) kindOf(line string) string {
	bare := bareLine(line)
	if bare == "" {
		return button
	}
	size := utf8.RuneCountInString(bare)
	if kind := t.exact[bare]; kind != "" {
		return kind
	}
	if t.isLanguageBar(line) || t.isBreadcrumb(line) {
		return section
	}
	for _, p := range t.prefixes {
		rest, found := strings.CutPrefix(bare, p.words)
		if !found || !wordEnds(p.words, rest) {
			continue
		}
		switch {
		case p.kind == button && size <= maxButton && !endsSentence(bare),
			(p.kind == caption || p.kind == notice) && size <= maxCaption,
			p.kind == byline && isByline(line, p.words),
			p.kind == stamp && size <= maxStamp && t.isStamp(rest):
			return p.kind
		}
	}
	for _, p := range t.infixes {
		if size <= maxCaption && strings.Contains(bare, p.words) {
			return p.kind
		}
	}
	for _, p := range t.suffixes {
		if size <= maxCaption && strings.HasSuffix(bare, p.words) {
			return p.kind
		}
	}
	return ""
}

// bareLine is a line in lower case with single spaces, without marks at its ends.
func bareLine(line string) string {
	lower := strings.ToLower(strings.Join(strings.Fields(line), " "))
	return strings.TrimFunc(lower, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune("():©/.»+-", r)
	})
}

// wordEnds reports whether words end where they end in the line, not inside a word.
func wordEnds(words, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(words)
	next, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !unicode.IsLetter(last) || !unicode.IsLetter(next) && !unicode.IsNumber(next)
}

func endsSentence(s string) bool { return strings.HasSuffix(strings.TrimRight(s, "\"”’)"), ".") }

// isStamp reports whether what follows "updated" is a date and little else.
func (t *tables) isStamp(rest string) bool {
	if t.dates.Clock(rest) {
		return true // "Updated at 1:23 p.m."
	}
	d, ok := t.dates.Find(rest)
	return ok && utf8.RuneCountInString(rest[:d.Start])+utf8.RuneCountInString(rest[d.End:]) <= 60
}

// dateLine reads a line that says only when: a date line or a stamp such as
// "Published: Friday, 14 January 2022". changed is true for a stamp of a change.
func (t *tables) dateLine(line string) (d pagedate.Date, changed, ok bool) {
	if d, ok = t.dates.Line(line); ok {
		return d, false, true
	}
	bare := bareLine(line)
	if utf8.RuneCountInString(bare) > maxStamp {
		return d, false, false
	}
	for _, p := range t.prefixes {
		rest, found := strings.CutPrefix(bare, p.words)
		if p.kind != stamp || !found || !wordEnds(p.words, rest) || !t.isStamp(rest) {
			continue
		}
		d, ok = t.dates.Find(line)
		return d, strings.Contains(p.words, "updat") || strings.Contains(p.words, "modif"), ok
	}
	return d, false, false
}

// isByline reports "By Amara Okafor and Otto Riis": a few capitalized words.
func isByline(line, words string) bool {
	rest := strings.Fields(line)[len(strings.Fields(words)):]
	if len(rest) == 0 || len(rest) > 9 || endsSentence(line) && len(rest) > 4 {
		return false
	}
	capitals := 0
	for _, word := range rest {
		r, _ := utf8.DecodeRuneInString(word)
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals*3 >= len(rest)*2
}

// authorOf returns the name of a byline.
func (t *tables) authorOf(line string) string {
	bare := strings.ToLower(line)
	for _, p := range t.prefixes {
		if p.kind == byline && strings.HasPrefix(bare, p.words) && wordEnds(p.words, bare[len(p.words):]) {
			name := strings.TrimSpace(strings.TrimLeft(line[len(p.words):], " :"))
			return strings.TrimRight(name, " ,.|")
		}
	}
	return ""
}

// isLanguageBar reports a line of names of languages: two at least, and nearly
// nothing else.
func (t *tables) isLanguageBar(line string) bool {
	words := strings.FieldsFunc(line, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("|/·•,;>-–", r) })
	if len(words) < 2 || len(words) > 60 {
		return false
	}
	names, covered := 0, 0
	for i := 0; i < len(words); i++ {
		two := ""
		if i+1 < len(words) {
			two = strings.ToLower(words[i] + " " + words[i+1])
		}
		switch {
		case t.languages[two] != "":
			names, covered, i = names+1, covered+2, i+1
		case t.languages[strings.ToLower(words[i])] != "":
			names, covered = names+1, covered+1
		}
	}
	return names >= 2 && covered*5 >= len(words)*4
}

// isBreadcrumb reports "Home > World > Europe": parts that are all names of sections.
func (t *tables) isBreadcrumb(line string) bool {
	parts := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("|/·•>›»", r) })
	if len(parts) < 2 {
		return false
	}
	for _, part := range parts {
		if kind := t.exact[bareLine(part)]; kind != section && kind != button {
			return false
		}
	}
	return true
}
