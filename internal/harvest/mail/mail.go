// Package mail reads letters: newsletters as .eml files and mailboxes.
//
// In: the bytes of a message (RFC 5322, MIME). Out: a page with the text of the
// letter, what its head says, and the way of each byte back to the file; or a refusal.
// What always holds: attachments are left alone; the signature is no text; nesting and
// the number of parts are bounded; nothing panics.
package mail

import (
	"bytes"
	"io"
	"mime"
	"net/mail"
	"strings"

	"golang.org/x/net/html/charset"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/decode"
	"rapporteur/internal/text"
)

// Carrier is what [article.Told] says of letters.
const Carrier = "letter"

// Limits of a message.
const (
	maxHead  = 1 << 18
	maxDepth = 10
	maxParts = 500
)

// Page returns the page of one message that begins at offset at of its file.
func Page(raw []byte, source string, line, at int) article.Page {
	refuse := func(r *article.Refusal) article.Page {
		r.Source, r.Line, r.Bytes = source, line, int64(len(raw))
		return article.Page{Path: source, Line: line, Type: article.Mail, Refusal: r}
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return refuse(article.Refuse(article.Invalid, "empty"))
	}
	head, body := divide(raw)
	if len(head.fields) == 0 {
		return refuse(article.Refuse(article.Invalid, "no letter: it has no head"))
	}
	m := message{raw: raw}
	whole, ok := m.part(head, body, 0)
	chosen, kind := []part(nil), article.Plain
	if ok {
		chosen, kind = m.chosen(whole)
	}
	if m.size(chosen) == 0 {
		return refuse(article.Refuse(article.Invalid, "the letter has no text"))
	}
	var b text.Builder
	for i, p := range chosen {
		s, back := p.text(raw)
		if len(chosen) == 1 {
			return letter(s, back, kind, head, source, line, at)
		}
		if i > 0 {
			b.Replace("\n\n", p.body.Start, 0)
		}
		add(&b, s, back)
	}
	return letter(b.String(), b.Map(), kind, head, source, line, at)
}

// letter makes the page of a text.
func letter(s string, back text.Map, kind article.Type, head header, source string, line, at int) article.Page {
	return article.Page{Path: source, Line: line, Type: kind, Bytes: []byte(s), Charset: "utf-8", Told: told(head), Back: moved(back, len(s), at)}
}

// add appends a text with its way back.
func add(b *text.Builder, s string, back text.Map) {
	if back.IsIdentity() {
		b.Copy(s, 0)
		return
	}
	for _, g := range back.Segments {
		if piece := s[g.Stored : g.Stored+g.Length]; g.Same {
			b.Copy(piece, g.File)
		} else {
			b.Replace(piece, g.File, g.FileLength)
		}
	}
}

// lineEnd returns the offset after the line that begins at offset at.
func lineEnd(raw []byte, at int) int {
	if i := bytes.IndexByte(raw[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(raw)
}

// moved shifts the file's side of a map by at bytes.
func moved(m text.Map, length, at int) text.Map {
	if at == 0 {
		return m
	}
	if m.IsIdentity() {
		return text.Map{Segments: []text.Segment{{Length: length, File: at, FileLength: length, Same: true}}}
	}
	for i := range m.Segments {
		m.Segments[i].File += at
	}
	return m
}

// told reads what the head says of the article.
func told(head header) *article.Told {
	t := &article.Told{Title: head.words("subject"), Published: head.get("date"), GUID: strings.Trim(head.get("message-id"), "<> "), Carrier: Carrier}
	from := head.words("from")
	if list, err := mail.ParseAddressList(head.get("from")); err == nil && len(list) > 0 {
		from = list[0].Name
		if from == "" {
			_, from, _ = strings.Cut(list[0].Address, "@")
		} else {
			from = decodeWords(from)
		}
	} else if name, _, found := strings.Cut(from, "<"); found {
		from = strings.Trim(name, ` "`)
	}
	t.Outlet = strings.TrimSpace(from)
	for _, field := range []string{"archived-at", "content-location"} {
		if url := strings.Trim(head.get(field), "<> "); article.PlainURL(url) != "" {
			t.URL = url
			break
		}
	}
	t.Language, _, _ = strings.Cut(head.get("content-language"), ",")
	return t
}

// A header is the head of a message or part: names in lower case, values unfolded.
type header struct{ fields map[string]string }

func (h header) get(name string) string { return h.fields[name] }

// words returns a field with its encoded words read (RFC 2047).
func (h header) words(name string) string {
	clean, _ := decode.Clean(strings.Join(strings.Fields(decodeWords(h.get(name))), " "))
	return clean
}

func decodeWords(s string) string {
	words := mime.WordDecoder{CharsetReader: func(label string, in io.Reader) (io.Reader, error) { return charset.NewReaderLabel(label, in) }}
	if decoded, err := words.DecodeHeader(s); err == nil {
		s = decoded
	}
	if d, err := decode.Bytes([]byte(s), ""); err == nil { // raw bytes of a code page
		s = d.Text
	}
	return s
}

// divide parts a message from its head. body is its range in raw.
func divide(raw []byte) (head header, body text.Span) {
	head.fields = map[string]string{}
	at, last := 0, ""
	for at < len(raw) && at < maxHead {
		end := lineEnd(raw, at)
		line := string(bytes.TrimRight(raw[at:end], "\r\n"))
		switch {
		case line == "":
			return head, text.Span{Start: end, End: len(raw)}
		case at == 0 && (strings.HasPrefix(line, "From ") || strings.HasPrefix(line, "\ufeff")):
			line = strings.TrimPrefix(line, "\ufeff")
			if strings.HasPrefix(line, "From ") {
				break
			}
			fallthrough
		default:
			if (line[0] == ' ' || line[0] == '\t') && last != "" {
				head.fields[last] += " " + strings.TrimSpace(line)
				break
			}
			name, value, found := strings.Cut(line, ":")
			name = strings.ToLower(strings.TrimSpace(name))
			if !found || name == "" || strings.ContainsAny(name, " \t") {
				return head, text.Span{Start: at, End: len(raw)} // a body without an empty line before it
			}
			if last = name; head.fields[name] == "" {
				head.fields[name] = strings.TrimSpace(value)
			} else {
				last = "again"
			}
		}
		at = end
	}
	return head, text.Span{Start: at, End: len(raw)}
}
