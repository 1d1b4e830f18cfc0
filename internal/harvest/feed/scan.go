package feed

import (
	"iter"
	"strings"
)

// Kinds of tokens.
const (
	words = iota
	cdata
	startTag
	endTag
)

// A token is a piece of XML. start and end are the bytes of its content for words
// and CDATA, of the whole tag for tags.
type token struct {
	kind       int
	name       string // of a tag, as written
	start, end int
	empty      bool // <name/>
}

// scan reads XML without asking whether it is well formed: what begins no tag is
// text, comments and declarations are left out, a tag without an end is text.
func scan(s string) iter.Seq[token] {
	return func(yield func(token) bool) {
		from := 0 // where words began that are not yet handed on
		flush := func(end int) bool { return from >= end || yield(token{kind: words, start: from, end: end}) }
		for i := 0; i < len(s); {
			at := strings.IndexByte(s[i:], '<')
			if at < 0 {
				break
			}
			at += i
			t, next := tagAt(s, at)
			if next == 0 {
				i = at + 1
				continue
			}
			if !flush(at) {
				return
			}
			from, i = next, next
			if t.kind >= 0 && !yield(t) {
				return
			}
		}
		flush(len(s))
	}
}

// tagAt reads what begins with the "<" at offset at; next is 0 when it is text, and
// the kind -1 when it is neither tag nor text.
func tagAt(s string, at int) (t token, next int) {
	rest := s[at:]
	skip := func(open, end string) (token, int) {
		if i := strings.Index(rest[len(open):], end); i >= 0 {
			return token{kind: -1}, at + len(open) + i + len(end)
		}
		return token{kind: -1}, len(s)
	}
	switch {
	case strings.HasPrefix(rest, "<!--"):
		return skip("<!--", "-->")
	case strings.HasPrefix(rest, "<![CDATA["):
		return cdataAt(s, at+len("<![CDATA["))
	case strings.HasPrefix(rest, "<?"):
		return skip("<?", "?>")
	case strings.HasPrefix(rest, "<!"):
		return token{kind: -1}, declarationEnd(s, at)
	}
	return elementAt(s, at)
}

// cdataAt reads a section of CDATA whose content begins at offset at. One that is not
// closed ends with its item.
func cdataAt(s string, at int) (t token, next int) {
	end, next := len(s), len(s)
	if i := strings.Index(s[at:], "]]>"); i >= 0 {
		end, next = at+i, at+i+len("]]>")
	}
	for _, close := range []string{"</item>", "</entry>"} {
		if i := strings.Index(s[at:end], close); i >= 0 {
			end, next = at+i, at+i
		}
	}
	return token{kind: cdata, start: at, end: end}, next
}

// declarationEnd returns the offset after a declaration with, perhaps, a subset of
// its own in brackets.
func declarationEnd(s string, at int) int {
	depth := 0
	for i := at; i < len(s); i++ {
		switch s[i] {
		case '[':
			depth++
		case ']':
			depth--
		case '>':
			if depth <= 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// maxTag is the length of the longest tag.
const maxTag = 1 << 16

// elementAt reads a start or end tag.
func elementAt(s string, at int) (t token, next int) {
	i := at + 1
	t = token{kind: startTag, start: at}
	if i < len(s) && s[i] == '/' {
		t.kind = endTag
		i++
	}
	begin := i
	for i < len(s) && isName(s[i]) {
		i++
	}
	if i == begin || s[begin] >= '0' && s[begin] <= '9' {
		return t, 0
	}
	t.name = s[begin:i]
	for quote := byte(0); i < min(len(s), at+maxTag); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && i > 0 && strings.IndexByte("= \t\n", s[i-1]) >= 0:
			quote = c
		case c == '<':
			return t, 0
		case c == '>':
			t.end, t.empty = i+1, s[i-1] == '/'
			return t, i + 1
		}
	}
	return t, 0
}

func isName(c byte) bool {
	return c >= 0x80 || c == ':' || c == '_' || c == '-' || c == '.' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// names divides a name into prefix and local part, in lower case.
func names(name string) (prefix, local string) {
	name = strings.ToLower(name)
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		return strings.Trim(name[:i], ": "), name[i+1:]
	}
	return "", name
}

// attributes reads the attributes of a tag, names in lower case.
func attributes(tag string) map[string]string {
	list := map[string]string{}
	i := 1
	for i < len(tag) && isName(tag[i]) {
		i++
	}
	for i < len(tag) {
		for i < len(tag) && !isName(tag[i]) {
			i++
		}
		begin := i
		for i < len(tag) && isName(tag[i]) {
			i++
		}
		name := strings.ToLower(tag[begin:i])
		for i < len(tag) && strings.IndexByte(" \t\n", tag[i]) >= 0 {
			i++
		}
		if name == "" || i >= len(tag) || tag[i] != '=' {
			continue
		}
		i++
		for i < len(tag) && strings.IndexByte(" \t\n", tag[i]) >= 0 {
			i++
		}
		value := ""
		value, i = attributeValue(tag, i)
		if _, twice := list[name]; !twice {
			list[name] = unescape(value)
		}
	}
	return list
}

// attributeValue reads the value that begins at i, with or without marks.
func attributeValue(tag string, i int) (value string, next int) {
	if i >= len(tag) {
		return "", i
	}
	if q := tag[i]; q == '"' || q == '\'' {
		end := strings.IndexByte(tag[i+1:], q)
		if end < 0 {
			return tag[i+1:], len(tag)
		}
		return tag[i+1 : i+1+end], i + 2 + end
	}
	end := strings.IndexAny(tag[i:], " \t\n>")
	if end < 0 {
		end = len(tag) - i
	}
	return tag[i : i+end], i + end
}
