package sqlite

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rapporteur/internal/text"
)

// fold returns s as filters compare it: lower case, without accents and marks,
// white space as single spaces.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if !ascii {
		s = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
				return -1
			}
			return r
		}, norm.NFKD.String(s))
	}
	return strings.Join(strings.Fields(strings.ToLower(s)), " ")
}

// toJSON returns v as JSON with its letters as they are, or nil (SQL's NULL)
// when it is empty.
func toJSON(v any) any {
	out := jsonText(v)
	switch out {
	case "null", "[]", "{}":
		return nil
	}
	return out
}

func jsonText(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(fmt.Sprintf("sqlite: %T has no JSON: %v", v, err)) // only our own types come here
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// fromJSON reads what toJSON wrote; nothing is read from an empty string.
func fromJSON(s string, into any) error {
	if s == "" {
		return nil
	}
	return json.Unmarshal([]byte(s), into)
}

// word returns the string behind p, or SQL's NULL.
func word(p *string) any {
	if p == nil {
		return nil
	}
	return *p
}

func orEmpty(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}

// known returns a pointer to s, or nil when it is empty.
func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// packSpans writes spans in reading order as the differences of their bounds.
func packSpans(spans []text.Span) []byte {
	if len(spans) == 0 {
		return nil
	}
	out := make([]byte, 0, 3*len(spans))
	last := 0
	for _, s := range spans {
		out = binary.AppendVarint(out, int64(s.Start-last))
		out = binary.AppendVarint(out, int64(s.End-s.Start))
		last = s.End
	}
	return out
}

func unpackSpans(b []byte) ([]text.Span, error) {
	var out []text.Span
	last := 0
	for len(b) > 0 {
		var v [2]int64
		if err := varints(&b, v[:]); err != nil {
			return nil, err
		}
		start := last + int(v[0])
		last = start + int(v[1])
		out = append(out, text.Span{Start: start, End: last})
	}
	return out, nil
}

// packMap writes a map as five varints a segment.
func packMap(m text.Map) []byte {
	var out []byte
	var stored, file int
	for _, g := range m.Segments {
		same := int64(0)
		if g.Same {
			same = 1
		}
		for _, v := range []int64{int64(g.Stored - stored), int64(g.Length), int64(g.File - file), int64(g.FileLength - g.Length), same} {
			out = binary.AppendVarint(out, v)
		}
		stored, file = g.Stored+g.Length, g.File+g.FileLength
	}
	return out
}

func unpackMap(b []byte) (text.Map, error) {
	var m text.Map
	var stored, file int
	for len(b) > 0 {
		var v [5]int64
		if err := varints(&b, v[:]); err != nil {
			return text.Map{}, err
		}
		g := text.Segment{Stored: stored + int(v[0]), Length: int(v[1]), File: file + int(v[2]), FileLength: int(v[3] + v[1]), Same: v[4] == 1}
		stored, file = g.Stored+g.Length, g.File+g.FileLength
		m.Segments = append(m.Segments, g)
	}
	return m, nil
}

func varints(b *[]byte, into []int64) error {
	for i := range into {
		v, n := binary.Varint(*b)
		if n <= 0 {
			return fmt.Errorf("packed numbers end too early")
		}
		into[i], *b = v, (*b)[n:]
	}
	return nil
}

// joinPieces and splitPieces write the pieces of a content as one text, each
// followed by a line feed; their spans tell their lengths.
func joinPieces(pieces []string) string {
	return strings.Join(pieces, "\n") + "\n"
}

func splitPieces(content string, spans []text.Span) ([]string, error) {
	out := make([]string, 0, len(spans))
	for _, s := range spans {
		if s.Len() >= len(content) {
			return nil, fmt.Errorf("content is shorter than its spans")
		}
		out = append(out, content[:s.Len()])
		content = content[s.Len()+1:]
	}
	return out, nil
}
