package mail

import (
	"bytes"
	"mime"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/text"
)

// A part is a leaf of a message that holds text, or a group of parts.
type part struct {
	kind     string // media type
	charset  string
	transfer string // content-transfer-encoding
	flowed   bool
	delsp    bool
	body     text.Span // in the message
	parts    []part
}

// A message is being taken apart.
type message struct {
	raw   []byte
	count int
}

// part reads the part whose body is the given range of the message; ok is false for
// attachments and for what holds no text.
func (m *message) part(head header, body text.Span, depth int) (p part, ok bool) {
	if m.count++; depth > maxDepth || m.count > maxParts {
		return p, false
	}
	kind, parameters, err := mime.ParseMediaType(head.get("content-type"))
	if err != nil && kind == "" {
		kind, _, _ = strings.Cut(strings.ToLower(head.get("content-type")), ";")
	}
	if kind == "" {
		kind = "text/plain"
	}
	disposition, _, _ := mime.ParseMediaType(head.get("content-disposition"))
	if disposition == "attachment" {
		return p, false
	}
	p = part{kind: kind, charset: parameters["charset"], transfer: strings.ToLower(head.get("content-transfer-encoding")), body: body,
		flowed: strings.EqualFold(parameters["format"], "flowed"), delsp: strings.EqualFold(parameters["delsp"], "yes")}
	switch {
	case strings.HasPrefix(kind, "multipart/") && parameters["boundary"] != "":
		for _, inner := range m.split(body, parameters["boundary"]) {
			m.child(&p, inner, depth)
		}
		return p, len(p.parts) > 0
	case kind == "message/rfc822":
		m.child(&p, body, depth)
		return p, len(p.parts) > 0
	case kind == "text/plain" || kind == "text/html" || kind == "text/enriched" || strings.HasPrefix(kind, "multipart/"):
		return p, true
	}
	return p, false
}

// child adds the part that stands at the range of the message.
func (m *message) child(p *part, at text.Span, depth int) {
	head, body := divide(m.raw[at.Start:at.End])
	if c, ok := m.part(head, text.Span{Start: at.Start + body.Start, End: at.Start + body.End}, depth+1); ok {
		p.parts = append(p.parts, c)
	}
}

// split returns the ranges between the boundary lines of a body (RFC 2046, 5.1.1).
func (m *message) split(body text.Span, boundary string) []text.Span {
	var list []text.Span
	mark := []byte("--" + boundary)
	from := -1
	for at := body.Start; at < body.End; {
		end := min(lineEnd(m.raw, at), body.End)
		line := bytes.TrimRight(m.raw[at:end], " \t\r\n")
		last := bytes.Equal(line, append(mark[:len(mark):len(mark)], "--"...))
		if last || bytes.Equal(line, mark) {
			if from >= 0 {
				list = append(list, text.Span{Start: from, End: max(from, at-newline(m.raw, from, at))})
			}
			if from = end; last {
				return list
			}
		}
		at = end
	}
	if from >= 0 && from < body.End {
		list = append(list, text.Span{Start: from, End: body.End}) // cut off
	}
	return list
}

// newline returns the length of the line end before offset at: it belongs to the
// boundary.
func newline(raw []byte, from, at int) int {
	switch {
	case at-2 >= from && raw[at-2] == '\r' && raw[at-1] == '\n':
		return 2
	case at-1 >= from && raw[at-1] == '\n':
		return 1
	}
	return 0
}

// minPlain is the length from which a plain text stands for the letter, in bytes;
// shorter ones mostly say that the letter is written in HTML.
const minPlain = 200

// chosen returns the texts of a part that a reader is meant to see, all of one type.
func (m *message) chosen(p part) ([]part, article.Type) {
	if len(p.parts) == 0 {
		kind := article.Plain
		if p.kind == "text/html" {
			kind = article.Fragment
		}
		return []part{p}, kind
	}
	lists := map[article.Type][]part{}
	for _, c := range p.parts {
		list, kind := m.chosen(c)
		if p.kind == "multipart/related" && len(lists) > 0 {
			break
		}
		if p.kind == "multipart/alternative" {
			lists[kind] = list // of several the last is the best (RFC 2046, 5.1.4)
		} else {
			lists[kind] = append(lists[kind], list...)
		}
	}
	plain, rich := m.size(lists[article.Plain]), m.size(lists[article.Fragment])
	poor := plain < minPlain || plain*4 < rich
	if p.kind != "multipart/alternative" {
		poor = rich > plain
	}
	if plain == 0 || rich > 0 && poor {
		return lists[article.Fragment], article.Fragment
	}
	return lists[article.Plain], article.Plain
}

// size is how many bytes of words the parts hold.
func (m *message) size(list []part) int {
	n := 0
	for _, p := range list {
		s, _ := p.text(m.raw)
		if p.kind == "text/html" {
			s = withoutTags(s)
		}
		n += len(strings.TrimSpace(s))
	}
	return n
}

// withoutTags drops tags, and what styles and scripts hold, as far as a count of
// words needs.
func withoutTags(s string) string {
	var b strings.Builder
	for s != "" {
		before, after, found := strings.Cut(s, "<")
		b.WriteString(strings.Join(strings.Fields(before), " "))
		if !found {
			break
		}
		for _, name := range []string{"style", "script", "head"} {
			if len(after) > len(name) && strings.EqualFold(after[:len(name)], name) {
				if i := strings.Index(strings.ToLower(after), "</"+name); i >= 0 {
					after = after[i:]
				}
			}
		}
		_, s, _ = strings.Cut(after, ">")
	}
	return b.String()
}
