package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/internal/extract/markup"
)

// titleMarks divide a headline from the outlet's name in the title element.
var titleMarks = [...]string{" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " // ", " • ", " « "}

// A candidate is a title with the pieces of the page that it was read from.
type candidate struct {
	text   string
	pieces []markup.Piece
	lesser bool // a heading below the first rank
}

// chooseTitle returns the headline: the visible one where structured data, graph or
// title element say the same, else what they say, else the only visible one. A
// heading or title that is the outlet's name is no headline.
func chooseTitle(headings, told []candidate, document candidate, outlet string) (title candidate, suffix string) {
	headings, told = without(headings, outlet), without(told, outlet)
	bare, suffix := cutOutlet(document.text, outlet, headings, told)
	front, rest, hasFront := cutFront(bare)
	if h, ok := agreed(headings, append(texts(told), bare, rest)); ok {
		if hasFront && squeeze(rest) == squeeze(h.text) {
			suffix = firstOf(suffix, front)
		}
		return h, suffix
	}
	headings = firstRank(headings)
	for _, t := range told {
		if cut, _ := cutOutlet(t.text, outlet, headings, nil); cut != "" {
			return candidate{text: cut, pieces: recut(t.pieces, cut)}, suffix
		}
	}
	only := len(headings) == 1 && len(strings.Fields(headings[0].text)) >= 3
	switch {
	case only && len(strings.Fields(bare)) <= 4: // <title>Orsa Courier</title>
		return headings[0], bare
	case only, bare == "" && len(headings) > 0:
		return headings[0], suffix
	}
	if hasFront {
		return candidate{text: rest, pieces: recut(document.pieces, rest)}, firstOf(suffix, front)
	}
	return candidate{text: bare, pieces: recutPieces(document.pieces, bare)}, suffix
}

// cutFront takes "Orsa Courier :: " off a title: a short name before a mark that
// no sentence has.
func cutFront(title string) (front, rest string, ok bool) {
	for _, mark := range []string{" :: ", " | ", " » ", " // "} {
		front, rest, ok = strings.Cut(title, mark)
		if ok && len(strings.Fields(front)) <= 4 && len(strings.Fields(rest)) > len(strings.Fields(front)) {
			return strings.TrimSpace(front), strings.TrimSpace(rest), true
		}
	}
	return "", title, false
}

// agreed returns the heading that is most like what the page says elsewhere.
func agreed(headings []candidate, told []string) (candidate, bool) {
	for _, h := range headings {
		for _, other := range told {
			if squeeze(h.text) != "" && squeeze(h.text) == squeeze(other) {
				return h, true
			}
		}
	}
	for _, h := range headings {
		for _, other := range told {
			if !h.lesser && alike(h.text, other) {
				return h, true
			}
		}
	}
	return candidate{}, false
}

func firstRank(list []candidate) []candidate {
	var kept []candidate
	for _, c := range list {
		if !c.lesser {
			kept = append(kept, c)
		}
	}
	return kept
}

// without leaves out candidates that are the outlet's name.
func without(list []candidate, outlet string) []candidate {
	var kept []candidate
	for _, c := range list {
		if outlet == "" || squeeze(c.text) != squeeze(outlet) {
			kept = append(kept, c)
		}
	}
	return kept
}

func texts(list []candidate) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.text)
	}
	return out
}

// cutOutlet takes " - Orsa Courier" off a title: what stands after the last mark,
// where it is the outlet's name or the rest is a title that the page gives elsewhere.
func cutOutlet(title, outlet string, headings, told []candidate) (bare, suffix string) {
	bare = title
	for {
		at, mark := -1, ""
		for _, m := range titleMarks {
			if i := strings.LastIndex(bare, m); i > at {
				at, mark = i, m
			}
		}
		if at <= 0 {
			return bare, suffix
		}
		head, tail := strings.TrimSpace(bare[:at]), strings.TrimSpace(bare[at+len(mark):])
		known := outlet != "" && (strings.EqualFold(tail, outlet) || squeeze(tail) == squeeze(outlet) || strings.HasPrefix(squeeze(tail), squeeze(outlet)))
		same := false
		for _, c := range append(append([]candidate(nil), headings...), told...) {
			same = same || squeeze(c.text) == squeeze(head) || strings.HasPrefix(squeeze(c.text), squeeze(head)) && utf8.RuneCountInString(head) > 20
		}
		short := len(strings.Fields(head)) >= 4 && (len(strings.Fields(tail)) <= 4 && mark != " - " || len(strings.Fields(tail)) == 1 && isCapital(tail)) || strings.Contains(tail, ".com")
		if !known && !same && !short {
			return bare, suffix
		}
		if suffix == "" || known {
			suffix = tail
		}
		bare = head
	}
}

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// squeeze keeps letters and numbers, in lower case.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// alike reports whether two titles share most of their words.
func alike(a, b string) bool {
	if squeeze(a) == "" || squeeze(b) == "" {
		return false
	}
	if squeeze(a) == squeeze(b) {
		return true
	}
	count := map[string]int{}
	first, second := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	for _, w := range first {
		count[squeeze(w)]++
	}
	shared := 0
	for _, w := range second {
		if count[squeeze(w)] > 0 {
			count[squeeze(w)]--
			shared++
		}
	}
	return shared >= 2 && shared*2 >= max(min(len(first), len(second)), 2) && shared*3 >= max(len(first), len(second))
}

// recut makes pieces of a title that was read from an attribute or a script: they
// stand for the whole of it.
func recut(pieces []markup.Piece, title string) []markup.Piece {
	if len(pieces) == 0 {
		return nil
	}
	first, last := pieces[0], pieces[len(pieces)-1]
	return []markup.Piece{{Text: title, File: first.File, Length: last.File + last.Length - first.File}}
}

// recutPieces keeps the pieces whose text makes up the beginning of title.
func recutPieces(pieces []markup.Piece, title string) []markup.Piece {
	rest := title
	for i, p := range pieces {
		after, found := strings.CutPrefix(rest, p.Text)
		if !found {
			return recut(pieces, title)
		}
		if rest = after; rest == "" {
			return pieces[:i+1]
		}
	}
	return recut(pieces, title)
}
