package pdf

import (
	"bytes"
	"strconv"
	"strings"
)

// The values of PDF (ISO 32000-1, 7.3): nil, bool, float64, name, str, []any, dict,
// ref, *stream; and op for words that are none.
type (
	name string
	str  string
	op   string
	dict map[string]any
	ref  int // number of an object; generations are not told apart
)

// A stream is a dictionary with bytes.
type stream struct {
	dict
	raw []byte
}

// Limits of what nests, and of how many values a list may have.
const (
	maxNesting = 100
	maxValues  = 1 << 20
)

// A lexer reads values. At the end, and for what is broken, it gives less.
type lexer struct {
	b     []byte
	i     int
	depth int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return strings.IndexByte("()<>[]{}/%", c) >= 0 }

// skip passes over white space and comments.
func (l *lexer) skip() {
	for l.i < len(l.b) {
		switch c := l.b[l.i]; {
		case isSpace(c):
			l.i++
		case c == '%':
			for l.i < len(l.b) && l.b[l.i] != '\n' && l.b[l.i] != '\r' {
				l.i++
			}
		default:
			return
		}
	}
}

// closing is what ends a list or dictionary.
type closing string

// next reads one value; ok is false at the end.
func (l *lexer) next() (v any, ok bool) {
	l.skip()
	if l.i >= len(l.b) {
		return nil, false
	}
	switch c := l.b[l.i]; {
	case c == '/':
		return l.name(), true
	case c == '(':
		return l.literal(), true
	case bytes.HasPrefix(l.b[l.i:], []byte("<<")):
		l.i += 2
		return l.dictionary(), true
	case bytes.HasPrefix(l.b[l.i:], []byte(">>")):
		l.i += 2
		return closing(">>"), true
	case c == '<':
		return l.hex(), true
	case c == '[':
		l.i++
		return l.list(), true
	case c == ']':
		l.i++
		return closing("]"), true
	case isDelimiter(c):
		l.i++
		return op(c), true
	}
	return l.word(), true
}

// word reads a number or an operator.
func (l *lexer) word() any {
	from := l.i
	for l.i < len(l.b) && !isSpace(l.b[l.i]) && !isDelimiter(l.b[l.i]) {
		l.i++
	}
	w := string(l.b[from:l.i])
	switch w {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	if c := w[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		if f, err := strconv.ParseFloat(w, 64); err == nil {
			return f
		}
		if f, err := strconv.ParseFloat(strings.TrimLeft(w, "-+"), 64); err == nil { // "--5" of old writers
			return -f
		}
	}
	return op(w)
}

func (l *lexer) name() name {
	l.i++
	var b []byte
	for l.i < len(l.b) && !isSpace(l.b[l.i]) && !isDelimiter(l.b[l.i]) {
		c := l.b[l.i]
		if c == '#' && l.i+2 < len(l.b) {
			if n, err := strconv.ParseUint(string(l.b[l.i+1:l.i+3]), 16, 8); err == nil {
				c = byte(n)
				l.i += 2
			}
		}
		b = append(b, c)
		l.i++
	}
	return name(b)
}

// escapes are the letters after a backslash in a string.
var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// literal reads a string in parentheses.
func (l *lexer) literal() str {
	var b []byte
	depth := 0
	for ; l.i < len(l.b); l.i++ {
		c := l.b[l.i]
		switch {
		case c == '\\' && l.i+1 < len(l.b):
			l.i++
			c = l.b[l.i]
			switch e, known := escapes[c]; {
			case known:
				b = append(b, e)
			case c >= '0' && c <= '7':
				n := 0
				for k := 0; k < 3 && l.i < len(l.b) && l.b[l.i] >= '0' && l.b[l.i] <= '7'; k++ {
					n = n*8 + int(l.b[l.i]-'0')
					l.i++
				}
				l.i--
				b = append(b, byte(n))
			case c == '\r' && l.i+1 < len(l.b) && l.b[l.i+1] == '\n':
				l.i++
			case c == '\n' || c == '\r':
			default:
				b = append(b, c)
			}
			continue
		case c == '(':
			if depth++; depth == 1 {
				continue
			}
		case c == ')':
			if depth--; depth == 0 {
				l.i++
				return str(b)
			}
		}
		b = append(b, c)
	}
	return str(b)
}

// hex reads a string of hexadecimal digits.
func (l *lexer) hex() str {
	var b []byte
	half, have := byte(0), false
	for l.i++; l.i < len(l.b); l.i++ {
		c := l.b[l.i]
		if c == '>' {
			l.i++
			break
		}
		d := strings.IndexByte("0123456789abcdef", c|0x20)
		if d < 0 || c < '0' {
			continue
		}
		if half = half<<4 | byte(d); have {
			b, half = append(b, half), 0
		}
		have = !have
	}
	if have {
		b = append(b, half<<4)
	}
	return str(b)
}

// list reads up to "]"; "1 0 R" in it is a reference.
func (l *lexer) list() []any {
	var list []any
	if l.depth++; l.depth > maxNesting {
		l.i = len(l.b)
	}
	defer func() { l.depth-- }()
	for len(list) < maxValues {
		v, ok := l.next()
		if c, closed := v.(closing); !ok || closed && c == "]" {
			break
		}
		if v == op("R") && len(list) >= 2 {
			if n, isNumber := list[len(list)-2].(float64); isNumber {
				list = append(list[:len(list)-2], ref(n))
				continue
			}
		}
		if v == op("endobj") || v == op("endstream") {
			break
		}
		list = append(list, v)
	}
	return list
}

// dictionary reads up to ">>".
func (l *lexer) dictionary() dict {
	d := dict{}
	if l.depth++; l.depth > maxNesting {
		l.i = len(l.b)
	}
	defer func() { l.depth-- }()
	key := ""
	var values []any
	set := func() {
		if n := len(values); key != "" && n > 0 {
			d[key] = values[n-1]
		}
	}
	for range maxValues {
		v, ok := l.next()
		if c, closed := v.(closing); !ok || closed && c == ">>" || v == op("endobj") || v == op("stream") {
			break
		}
		if k, isName := v.(name); isName && (key == "" || len(values) > 0) {
			set()
			key, values = string(k), nil
			continue
		}
		if n := len(values); v == op("R") && n >= 2 {
			if number, isNumber := values[n-2].(float64); isNumber {
				values = []any{ref(number)}
				continue
			}
		}
		values = append(values, v)
	}
	set()
	return d
}
