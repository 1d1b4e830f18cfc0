package tokenize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"

	"rapporteur/internal/text"
)

// appendRun cuts a run of bytes without white space and appends its tokens.
// Addresses stay whole; the rest follows Unicode's word boundaries (UAX #29) and
// is then brought to the conventions of UD English EWT.
func (s *Stage) appendRun(out []text.Span, body string, start, end int) []text.Span {
	if address := addressIn(body[start:end]); !address.IsEmpty() {
		out = s.appendWords(out, body, start, start+address.Start)
		out = append(out, text.Span{Start: start + address.Start, End: start + address.End})
		return s.appendWords(out, body, start+address.End, end)
	}
	if isDateOrPhone(body[start:end]) {
		return append(out, text.Span{Start: start, End: end})
	}
	return s.appendWords(out, body, start, end)
}

// isDateOrPhone reports whether a run is digits that EWT keeps in one token:
// "03/27/2001", "555-0182", "212-555-0182".
func isDateOrPhone(run string) bool {
	if run[0] < '0' || run[0] > '9' || strings.Trim(run, "0123456789/-") != "" {
		return false
	}
	if parts := strings.Split(run, "/"); len(parts) == 3 {
		return len(parts[0]) <= 4 && len(parts[1]) <= 2 && len(parts[2]) >= 2 && len(parts[2]) <= 4 && !strings.Contains(run, "-")
	}
	parts := strings.Split(run, "-")
	for i, part := range parts {
		if i < len(parts)-1 && len(part) != 3 {
			return false
		}
	}
	return (len(parts) == 2 || len(parts) == 3) && len(parts[len(parts)-1]) == 4
}

// addressIn finds a web or mail address in a run: "(https://example.org/a)." holds
// one without the brackets and the full stop.
func addressIn(run string) text.Span {
	if !strings.Contains(run, "://") && !strings.Contains(run, "www.") && !isMail(run) {
		return text.Span{}
	}
	words := strings.TrimLeft(run, "([{<\"'“‘«`")
	start := len(run) - len(words)
	words = strings.TrimRight(words, ")]}>\"'”’».,;:!?")
	return text.Span{Start: start, End: start + len(words)}
}

func isMail(run string) bool {
	name, host, found := strings.Cut(run, "@")
	dot := strings.IndexByte(host, '.')
	return found && name != "" && dot > 0 && dot+1 < len(host) && unicode.IsLetter(rune(host[dot+1]))
}

// appendWords cuts body[start:end], which holds no white space.
func (s *Stage) appendWords(out []text.Span, body string, start, end int) []text.Span {
	first := len(out)
	at := start
	for pieces := words.FromString(body[start:end]); pieces.Next(); {
		piece := text.Span{Start: at, End: at + len(pieces.Value())}
		at = piece.End
		switch prev := len(out) - 1; {
		case prev >= first && s.joins(body, out[prev], piece, end):
			out[prev].End = piece.End
		default:
			out = appendPiece(out, body, piece)
		}
	}
	return out
}

// joins reports whether piece belongs to the token before it: the full stop of an
// abbreviation, runs of one punctuation mark ("...", "--", "!!!"), doubled quotation
// marks (”” and “), times ("10:30"), and the letters of a clitic after its
// apostrophe ("“Heron”’s").
func (s *Stage) joins(body string, prev, piece text.Span, end int) bool {
	before, word := prev.In(body), piece.In(body)
	switch {
	case word == ".":
		return before[0] == '.' || piece.End == end && s.isAbbreviation(before+".") || piece.End < end && isInitials(before+".")
	case word == "'" || word == "`":
		return before == word
	case word == "!" || word == "?":
		return before[0] == '!' || before[0] == '?'
	case word == "-" && before[0] != '-':
		return (len(before) == 1 && isLetter(before) || s.prefixes[strings.ToLower(before)]) && piece.End < end && isLetter(body[piece.End:])
	case word == ")" || word == "(":
		return piece.End == end && (before == ":" || before == ";" || before == ":-") && (prev.Start == 0 || isSpaceBefore(body, prev.Start))
	case len(word) == 1 && strings.Contains("-*=~", word):
		return before[0] == word[0]
	case strings.HasSuffix(before, "-") && isLetter(before):
		return isLetter(word)
	case strings.HasSuffix(before, ":") && len(before) > 1:
		return isDigit(word)
	case word == ":":
		return isDigit(before) && piece.End < end && isDigit(body[piece.End:])
	case before == "'" || before == "’":
		return prev.Start > 0 && !isSpaceBefore(body, prev.Start) && clitics[strings.ToLower("'"+word)]
	}
	return false
}

// clitics are the parts that EWT cuts off after an apostrophe: "Iran 's", "we 'll".
var clitics = map[string]bool{"'s": true, "'m": true, "'d": true, "'re": true, "'ve": true, "'ll": true}

// appendPiece appends one piece of UAX #29, cut where EWT cuts: clitics, "cannot",
// and words that a missing blank has glued ("ended.Talks", "Note:The").
func appendPiece(out []text.Span, body string, piece text.Span) []text.Span {
	for {
		at := glued(piece.In(body))
		if at == 0 {
			break
		}
		mark := text.Span{Start: piece.Start + at, End: piece.Start + at + 1}
		out = append(appendWord(out, body, text.Span{Start: piece.Start, End: mark.Start}), mark)
		piece.Start = mark.End
	}
	return appendWord(out, body, piece)
}

func appendWord(out []text.Span, body string, word text.Span) []text.Span {
	if at := word.Start + cliticAt(word.In(body)); at > word.Start {
		return append(out, text.Span{Start: word.Start, End: at}, text.Span{Start: at, End: word.End})
	}
	return append(out, word)
}

// glued returns where a full stop or colon divides two words, or 0.
func glued(word string) int {
	if i := strings.IndexByte(word, ':'); i > 0 && i+1 < len(word) {
		return i
	}
	i := strings.IndexByte(word, '.')
	if i < 2 || i+2 >= len(word) || strings.IndexByte(word[i+1:], '.') >= 0 {
		return 0
	}
	before, _ := utf8.DecodeLastRuneInString(word[:i])
	after, size := utf8.DecodeRuneInString(word[i+1:])
	next, _ := utf8.DecodeRuneInString(word[i+1+size:])
	if unicode.IsLower(before) && unicode.IsUpper(after) && unicode.IsLower(next) {
		return i
	}
	return 0
}

// cliticAt returns where the clitic of a word begins, or 0.
func cliticAt(word string) int {
	switch strings.ToLower(word) {
	case "cannot", "gonna", "wanna", "gotta":
		return 3
	}
	i := strings.LastIndexAny(word, "'’")
	if i <= 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(word[i:])
	tail := "'" + strings.ToLower(word[i+size:])
	switch {
	case clitics[tail]:
		return i
	case tail == "'t" && i > 1 && (word[i-1] == 'n' || word[i-1] == 'N'):
		return i - 1
	}
	return 0
}

// isAbbreviation reports whether a word with its full stop is one token.
func (s *Stage) isAbbreviation(word string) bool {
	return isInitials(word) || s.abbreviations[word] || isTitle(word)
}

// isInitials reports whether a word is letters with full stops between: "J.", "U.S.".
func isInitials(word string) bool {
	letters := 0
	for rest := word; rest != ""; letters++ {
		r, size := utf8.DecodeRuneInString(rest)
		if !unicode.IsLetter(r) || size >= len(rest) || rest[size] != '.' {
			return false
		}
		rest = rest[size+1:]
	}
	first, _ := utf8.DecodeRuneInString(word)
	return letters > 1 || letters == 1 && unicode.IsUpper(first) && word != "I."
}

// isTitle reports whether a word is a capital with one to three consonants and a
// full stop, as titles are cut in English: "Mr.", "Dr.", "Mrs.", "St.".
func isTitle(word string) bool {
	if len(word) < 3 || len(word) > 5 || word[0] < 'A' || word[0] > 'Z' {
		return false
	}
	return strings.Trim(word[:len(word)-1], "BCDFGHJKLMNPQRSTVWXZbcdfghjklmnpqrstvwxz") == "" && strings.ToUpper(word) != word
}

func isLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func isDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

func isSpaceBefore(body string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(body[:at])
	return unicode.IsSpace(r)
}
