package decode

import (
	"encoding/json"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"rapporteur/internal/text"
)

// JSONString appends the decoded string of JSON that raw is, marks included; it
// stands at offset at. Half of a surrogate pair is U+FFFD.
func JSONString(b *text.Builder, raw string, at int) {
	for i, start := 1, 1; i < len(raw); {
		switch raw[i] {
		case '"':
			b.Copy(raw[start:i], at+start)
			return
		case '\\':
			b.Copy(raw[start:i], at+start)
			decoded, size := escape(raw[i:])
			b.Replace(decoded, at+i, size)
			i += size
			start = i
		default:
			i++
		}
	}
}

// escape decodes the escape sequence at the beginning of valid JSON.
func escape(raw string) (string, int) {
	if len(raw) < 6 || raw[1] != 'u' {
		var s string
		if len(raw) < 2 || json.Unmarshal([]byte(`"`+raw[:2]+`"`), &s) != nil {
			s = string(utf8.RuneError)
		}
		return s, min(2, len(raw))
	}
	if len(raw) >= 12 && raw[6] == '\\' && raw[7] == 'u' && utf16.IsSurrogate(hexRune(raw[2:6])) {
		if r := utf16.DecodeRune(hexRune(raw[2:6]), hexRune(raw[8:12])); r != utf8.RuneError {
			return string(r), 12
		}
	}
	return string(hexRune(raw[2:6])), 6
}

func hexRune(s string) rune {
	var r rune
	for _, c := range []byte(strings.ToLower(s)) {
		r <<= 4
		if c >= 'a' {
			r += rune(c-'a') + 10
		} else {
			r += rune(c - '0')
		}
	}
	return r
}
