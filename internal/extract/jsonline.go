package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/decode"
	"rapporteur/internal/extract/markup"
	"rapporteur/internal/text"
)

// A member is one key of a JSON object with the place of its value.
type member struct {
	key        string
	start, end int
}

// jsonLine reads an object of JSON: text, and what else its keys say.
func (x *Extractor) jsonLine(d *draft, source string) error {
	members, err := membersOf(source)
	if err != nil {
		return err
	}
	var virtual text.Builder
	var body member
	for _, m := range members {
		switch m.key {
		case "text":
			body = m
		case "title":
			if err := addString(&virtual, source, m); err != nil {
				return err
			}
		default:
			if err := x.jsonKey(d.article, source, m); err != nil {
				return err
			}
		}
	}
	if body.key == "" {
		return article.Refuse(article.Invalid, `the object has no key "text"`)
	}
	titleEnd := virtual.Len()
	virtual.Replace("\n\n", body.start, 0)
	if err := addString(&virtual, source, body); err != nil {
		return err
	}
	whole := virtual.String()
	if title := linesOf(whole[:titleEnd]); len(title) > 0 {
		d.title = joinLines(whole, title).pieces
	}
	for _, b := range blocksOf(whole[titleEnd:], linesOf(whole[titleEnd:])) {
		d.body = append(d.body, shift(b, titleEnd))
	}
	d.back = virtual.Map().Then(d.back, len(whole))
	if len(d.body) > 0 {
		d.body[0].tight = false
	}
	return nil
}

// shift moves a block that was read from offset on to its place in the whole.
func shift(b block, offset int) block {
	pieces := append([]markup.Piece(nil), b.pieces...)
	for i := range pieces {
		pieces[i].File += offset
	}
	b.pieces = pieces
	return b
}

// membersOf returns the keys of an object, the last of equal ones.
func membersOf(source string) ([]member, error) {
	if err := validJSON(source); err != nil {
		return nil, err
	}
	i := strings.IndexFunc(source, func(r rune) bool { return !strings.ContainsRune(" \t\r\n", r) })
	if i < 0 || source[i] != '{' {
		return nil, article.Refuse(article.Invalid, "the line is no object of JSON")
	}
	var list []member
	at := map[string]int{}
	for i = skipSpace(source, i+1); i < len(source) && source[i] == '"'; {
		keyEnd := skipString(source, i)
		var key string
		if err := json.Unmarshal([]byte(source[i:keyEnd]), &key); err != nil {
			return nil, article.Refuse(article.Invalid, "broken JSON: a key is no string")
		}
		start := skipSpace(source, skipSpace(source, keyEnd)+1)
		end := skipValue(source, start)
		m := member{strings.ToLower(key), start, end}
		if k, twice := at[m.key]; twice {
			list[k] = m
		} else {
			at[m.key] = len(list)
			list = append(list, m)
		}
		i = skipSpace(source, end)
		if i < len(source) && source[i] == ',' {
			i = skipSpace(source, i+1)
		}
	}
	return list, nil
}

// validJSON refuses a line that is no JSON, and says where it breaks.
func validJSON(source string) error {
	if json.Valid([]byte(source)) {
		return nil
	}
	var any json.RawMessage
	err := json.Unmarshal([]byte(source), &any)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return article.Refuse(article.Invalid, fmt.Sprintf("broken JSON at byte %d: %s", syntax.Offset, syntax))
	}
	return article.Refuse(article.Invalid, "broken JSON")
}

func skipSpace(s string, i int) int {
	for i < len(s) && strings.IndexByte(" \t\r\n", s[i]) >= 0 {
		i++
	}
	return i
}

// skipString returns the offset after the string that begins at i.
func skipString(s string, i int) int {
	for i++; i < len(s) && s[i] != '"'; i++ {
		if s[i] == '\\' {
			i++
		}
	}
	return min(i+1, len(s))
}

// skipValue returns the offset after the value that begins at i.
func skipValue(s string, i int) int {
	depth := 0
	for i < len(s) {
		switch s[i] {
		case '"':
			i = skipString(s, i)
			if depth == 0 {
				return i
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return i
			}
		}
		i++
	}
	return i
}

// addString appends the decoded string of a member.
func addString(b *text.Builder, source string, m member) error {
	raw := source[m.start:m.end]
	if raw == "null" {
		return nil
	}
	if raw == "" || raw[0] != '"' {
		return wrongType(m.key, raw, "a string")
	}
	decode.JSONString(b, raw, m.start)
	return nil
}

// jsonKey takes one key that is not text. Keys that outrank it were set before.
func (x *Extractor) jsonKey(a *article.Article, source string, m member) error {
	raw := source[m.start:m.end]
	if raw == "null" {
		return nil
	}
	switch m.key {
	case "id":
		id, err := plainValue(m.key, raw)
		a.Origin.GivenID = strings.TrimSpace(id)
		return err
	case "outlet", "url", "language", "author", "section":
		value, err := stringValue(m.key, raw)
		x.jsonField(a, m.key, value)
		return err
	case "published", "date":
		return x.jsonDate(a, m.key, raw)
	case "sources", "topics":
		return jsonList(a, m.key, raw)
	}
	var compact bytes.Buffer
	if json.Compact(&compact, []byte(raw)) == nil {
		setMeta(a, m.key, compact.String())
	}
	return nil
}

// jsonField sets a field that a string gives. The outlet's own key outranks the
// first of the sources.
func (x *Extractor) jsonField(a *article.Article, key, value string) {
	field := &a.Section
	switch key {
	case "outlet":
		if x.options.Outlet == "" && value != "" {
			a.Outlet = value
		}
		return
	case "url":
		field = &a.URL
	case "author":
		field = &a.Author
	case "language":
		field, value = &a.Language, language(value)
	}
	if *field == "" {
		*field = value
	}
}

func (x *Extractor) jsonDate(a *article.Article, key, raw string) error {
	value, err := stringValue(key, raw)
	if err != nil || value == "" {
		return err
	}
	d, ok := x.tables.dates.Stamp(value)
	if !ok {
		return article.Refuse(article.Invalid, fmt.Sprintf("%q is no day: %q", key, value))
	}
	if a.Published.IsZero() || key == "published" && x.options.Published == "" {
		a.Published, a.PublishedAt = d.Day, d.At
	}
	return nil
}

// jsonList takes sources, whose first is the outlet, and topics.
func jsonList(a *article.Article, key, raw string) error {
	var list []string
	if raw[0] == '"' {
		value, err := stringValue(key, raw)
		if err != nil {
			return err
		}
		list = []string{value}
	} else if err := json.Unmarshal([]byte(raw), &list); err != nil {
		return wrongType(key, raw, "a string or a list of strings")
	}
	if key == "topics" {
		a.Topics = list
		return nil
	}
	if a.Outlet == "" && len(list) > 0 {
		a.Outlet = strings.TrimSpace(list[0])
	}
	if compact, err := json.Marshal(list); err == nil {
		setMeta(a, key, string(compact))
	}
	return nil
}

// stringValue reads a string.
func stringValue(key, raw string) (string, error) {
	var value string
	if err := json.Unmarshal([]byte(raw), &value); err != nil {
		return "", wrongType(key, raw, "a string")
	}
	return strings.TrimSpace(value), nil
}

// plainValue reads a string or a number.
func plainValue(key, raw string) (string, error) {
	if raw != "" && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9') {
		return raw, nil
	}
	return stringValue(key, raw)
}

func wrongType(key, raw, want string) error {
	is := "a number"
	switch {
	case raw == "":
		is = "nothing"
	case raw[0] == '{':
		is = "an object"
	case raw[0] == '[':
		is = "a list"
	case raw[0] == '"':
		is = "a string"
	case raw == "true", raw == "false":
		is = "true or false"
	}
	return article.Refuse(article.Invalid, fmt.Sprintf("%q is %s, want %s", key, is, want))
}
