package tag

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// candidates returns the tags that a word may have, weighed. The first word of a
// sentence and the words of a headline in capitals are also looked up in lower case.
func (s *Stage) candidates(form string, first, titleCase bool) []share {
	word := strings.ReplaceAll(form, "’", "'")
	if tags, ok := s.punctuation(word); ok {
		return tags
	}
	tags, known := s.words[word]
	if r, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(r) && (first || titleCase || !known) {
		lower, lowerKnown := s.words[strings.ToLower(word)]
		switch {
		case lowerKnown && (first || titleCase):
			tags, known = s.merge(lower, tags, first && !titleCase), true
		case lowerKnown && !known && isUpper(word) && utf8.RuneCountInString(word) > 3:
			tags, known = lower, true
		}
	}
	if known {
		return s.weigh(s.rare(word, normal(tags)))
	}
	return s.weigh(s.unknown(word, first || titleCase))
}

// rare adds tags of the ending to a word that was seen in one tag alone, so that an
// open word is not bound to it.
func (s *Stage) rare(word string, tags []share) []share {
	if len(tags) != 1 || len(word) < 4 {
		return tags
	}
	switch s.tags[tags[0].tag].xpos {
	case "VBD", "VBN", "VB", "VBP", "NN", "NNS", "VBZ", "JJ":
	default:
		return tags
	}
	const share0 = 0.05
	out := []share{{tags[0].tag, 1}}
	for _, t := range s.unknown(strings.ToLower(word), false) {
		if t.tag != tags[0].tag {
			out = append(out, share{t.tag, share0 * t.p})
		}
	}
	return out
}

// merge joins the tags of a word in lower case with those of its capitalised form.
func (s *Stage) merge(lower, upper []share, both bool) []share {
	out := append([]share(nil), lower...)
	if !both {
		const proper = 0.3
		upper = []share{{s.id("NNP"), proper}}
	}
	for _, u := range upper {
		found := false
		for i := range out {
			if out[i].tag == u.tag {
				out[i].p += u.p
				found = true
			}
		}
		if !found {
			out = append(out, u)
		}
	}
	return out
}

// unknown returns the shares of the longest endings that the table has, each
// shorter one counting less (Brants 2000, section 2.3, with successive halving).
func (s *Stage) unknown(word string, first bool) []share {
	shape := "a"
	r, _ := utf8.DecodeRuneInString(word)
	switch {
	case strings.ContainsAny(word, "0123456789"):
		shape = "0"
	case unicode.IsUpper(r):
		shape = "A"
	}
	lower := strings.ToLower(word)
	sum := map[int]float64{}
	var order []int
	weight := 1.0
	add := func(shape string, weight float64) {
		for start := max(0, len(lower)-5); start <= len(lower); start++ {
			tags, ok := s.ends[shape+lower[start:]]
			if !ok {
				continue
			}
			for _, t := range normal(tags) {
				if _, seen := sum[t.tag]; !seen {
					order = append(order, t.tag)
				}
				sum[t.tag] += weight * t.p
			}
			weight /= 4
		}
	}
	add(shape, weight)
	if shape == "A" && first {
		add("a", 0.7)
	}
	out := make([]share, len(order))
	for i, t := range order {
		out[i] = share{t, sum[t]}
	}
	return normal(out)
}

// punctuation returns the tag of marks that the table may lack in this spelling.
func (s *Stage) punctuation(word string) ([]share, bool) {
	r, _ := utf8.DecodeRuneInString(word)
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return nil, false
	}
	if _, known := s.words[word]; known && !strings.ContainsAny(word, "\"") {
		return nil, false
	}
	name := ""
	switch {
	case strings.ContainsRune("“«„‘‚`", r):
		name = "``"
	case strings.ContainsRune("”»’\"", r):
		name = "''"
	case strings.ContainsRune("–—-", r):
		name = ":"
	case strings.Trim(word, ".!?…") == "":
		name = "."
	case unicode.IsPunct(r):
		if len(word) > utf8.RuneLen(r) {
			return nil, false
		}
		name = ","
	case unicode.IsSymbol(r):
		name = "NFP.SYM"
	default:
		return nil, false
	}
	id, ok := s.ids[name]
	if !ok {
		id = s.ids[","]
	}
	return []share{{id, 1}}, true
}

// isTitleCase reports whether the words of a sentence carry capitals as a headline
// does, so that a capital tells nothing.
func isTitleCase(forms []string) bool {
	long, upper := 0, 0
	for _, f := range forms {
		if r, _ := utf8.DecodeRuneInString(f); unicode.IsLetter(r) && utf8.RuneCountInString(f) > 3 {
			long++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	return long >= 4 && upper*10 >= long*8
}

func isUpper(word string) bool { return strings.ToUpper(word) == word }

// startsSentence reports whether a capital at token i is due to its place: first in
// the sentence, or first after an opening mark or a colon.
func startsSentence(forms []string, i int) bool {
	if i == 0 {
		return true
	}
	switch forms[i-1] {
	case "“", "\"", "``", "''", ":", "‘", "«", "„", "(", "[", "*", "•":
		return true
	case "-", "–", "—":
		return i == 1
	}
	return i == 1 && !strings.ContainsFunc(forms[0], unicode.IsLetter)
}
