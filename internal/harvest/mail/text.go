package mail

import (
	"bytes"
	"strings"

	"rapporteur/internal/extract/decode"
	"rapporteur/internal/text"
)

// text returns the words of a part in UTF-8, with the way back to the message.
func (p part) text(raw []byte) (string, text.Map) {
	var b text.Builder
	switch p.transfer {
	case "quoted-printable":
		quoted(&b, raw, p.body)
	case "base64":
		base64(&b, raw, p.body)
	default:
		b.Copy(string(raw[p.body.Start:p.body.End]), p.body.Start)
	}
	content := b.String()
	d, err := decode.Bytes([]byte(content), p.charset)
	if err != nil {
		return "", text.Map{}
	}
	back := d.Map.Then(b.Map(), len(d.Text))
	if p.kind == "text/html" {
		return d.Text, back
	}
	var lines text.Builder
	p.lines(&lines, d.Text)
	s := lines.String()
	return s, lines.Map().Then(back, len(s))
}

// quoted decodes quoted-printable (RFC 2045, section 6.7).
func quoted(b *text.Builder, raw []byte, body text.Span) {
	start := body.Start
	for at := body.Start; at < body.End; {
		if raw[at] != '=' {
			at++
			continue
		}
		b.Copy(string(raw[start:at]), start)
		rest := raw[at:body.End]
		switch end := softEnd(rest); {
		case end > 0:
			at += end
			start = at
		case len(rest) >= 3 && isHex(rest[1]) && isHex(rest[2]):
			b.Replace(string([]byte{hex(rest[1])<<4 | hex(rest[2])}), at, 3)
			at += 3
			start = at
		default: // a bare "=" stays
			start = at
			at++
		}
	}
	b.Copy(string(raw[start:body.End]), start)
}

// softEnd returns the length of "=", white space and a line end; 0 for none.
func softEnd(rest []byte) int {
	i := 1
	for i < len(rest) && (rest[i] == ' ' || rest[i] == '\t' || rest[i] == '\r') {
		i++
	}
	if i < len(rest) && rest[i] == '\n' {
		return i + 1
	}
	if i == len(rest) {
		return i
	}
	return 0
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func hex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}

// base64 decodes what is of its alphabet, four characters at a time (RFC 2045,
// section 6.8: others are passed over).
func base64(b *text.Builder, raw []byte, body text.Span) {
	var group [4]byte
	n, start := 0, 0
	flush := func(end int) {
		v := uint(group[0])<<18 | uint(group[1])<<12 | uint(group[2])<<6 | uint(group[3])
		three := []byte{byte(v >> 16), byte(v >> 8), byte(v)}
		if n > 1 {
			b.Run(string(three[:n-1]), start, end-start)
		}
		n, group = 0, [4]byte{}
	}
	for at := body.Start; at < body.End; at++ {
		v := strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", raw[at])
		if raw[at] == '=' {
			flush(at + 1)
			continue
		}
		if v < 0 {
			continue
		}
		if n == 0 {
			start = at
		}
		group[n] = byte(v)
		if n++; n == 4 {
			flush(at + 1)
		}
	}
	if n > 0 {
		flush(body.End)
	}
}

// lines writes plain text up to the signature.
func (p part) lines(b *text.Builder, s string) {
	soft, quoted := false, 0 // how the line before ended, and how deep it was quoted
	for at := 0; at < len(s); {
		end, next := len(s), len(s)
		if i := strings.IndexByte(s[at:], '\n'); i >= 0 {
			end, next = at+i, at+i+1
		}
		switch line := s[at:end]; {
		case line == "-- ":
			return
		case p.flowed:
			soft, quoted = p.flow(b, s, text.Span{Start: at, End: end}, soft, quoted)
		default:
			b.Copy(s[at:next], at)
		}
		at = next
	}
}

// flow writes a line of format=flowed (RFC 3676): one that ends in a space goes on in
// the next one, if that is quoted as deep; a space before the words is no part of them.
func (p part) flow(b *text.Builder, s string, line text.Span, soft bool, quoted int) (bool, int) {
	depth := 0
	for line.Start+depth < line.End && s[line.Start+depth] == '>' {
		depth++
	}
	from := line.Start + depth
	if from < line.End && s[from] == ' ' {
		from++
	}
	if soft && depth != quoted {
		b.Replace("\n", line.Start, 0)
		soft = false
	}
	if !soft && depth > 0 { // a quoted paragraph keeps the marks before its first line
		b.Copy(s[line.Start:from], line.Start)
	}
	to := line.End
	flowing := to > from && s[to-1] == ' '
	if flowing && p.delsp {
		to--
	}
	b.Copy(s[from:to], from)
	if !flowing && line.End < len(s) {
		b.Copy("\n", line.End)
	}
	return flowing, depth
}

// Messages returns where the messages of a mailbox begin and end: each begins with a
// "From " line that stands first or after an empty line and before a head (mbox,
// RFC 4155).
func Messages(raw []byte) []text.Span {
	var list []text.Span
	from, empty := -1, true
	for at := 0; at < len(raw); {
		end := lineEnd(raw, at)
		line := raw[at:end]
		if empty && bytes.HasPrefix(line, []byte("From ")) && isField(raw[end:lineEnd(raw, end)]) {
			if from >= 0 {
				list = append(list, text.Span{Start: from, End: at})
			}
			from = at
		}
		empty = len(bytes.TrimSpace(line)) == 0
		at = end
	}
	if from >= 0 {
		list = append(list, text.Span{Start: from, End: len(raw)})
	}
	return list
}

// isField reports whether a line is that of a head: a name and a colon.
func isField(line []byte) bool {
	name, _, found := bytes.Cut(line, []byte(":"))
	return found && len(name) > 0 && !bytes.ContainsAny(name, " \t")
}
