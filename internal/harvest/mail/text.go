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

// lines writes plain text up to the signature. In format=flowed a line that ends in a
// space goes on in the next one, and a space before a line is no part of it (RFC 3676).
func (p part) lines(b *text.Builder, s string) {
	for at := 0; at < len(s); {
		end := len(s)
		if i := strings.IndexByte(s[at:], '\n'); i >= 0 {
			end = at + i
		}
		from, line := at, s[at:end]
		next := min(end+1, len(s))
		if line == "-- " {
			return
		}
		if p.flowed {
			if strings.HasPrefix(line, " ") {
				from++
			}
			flowing := strings.HasSuffix(line, " ") && end > from
			to := end
			if flowing && p.delsp {
				to--
			}
			b.Copy(s[from:to], from)
			if !flowing && end < len(s) {
				b.Copy("\n", end)
			}
		} else {
			b.Copy(s[from:next], from)
		}
		at = next
	}
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
