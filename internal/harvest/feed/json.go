package feed

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/decode"
	"rapporteur/internal/text"
)

// A value is one value of JSON and the offset where it stands.
type value struct {
	raw string
	at  int
}

// parseJSON reads JSON Feed (jsonfeed.org, versions 1 and 1.1). A feed that breaks off
// gives the items before the break.
func parseJSON(d decode.Decoded) (*Feed, error) {
	f := &Feed{}
	items := false
	var list []value
	err := members(value{d.Text, 0}, func(key string, v value) error {
		switch key {
		case "title":
			f.Title = v.line()
		case "home_page_url":
			f.Link = resolve(v.line())
		case "language":
			f.Language = v.line()
		case "items":
			items = true
			return elements(v, func(item value) { list = append(list, item) })
		}
		return nil
	})
	if !items && err == nil {
		return nil, article.Refuse(article.Invalid, "no feed: an object of JSON without items")
	}
	if err != nil {
		f.Broken = fmt.Sprintf("the feed breaks off: broken JSON: %v", err)
		if len(list) == 0 {
			return nil, article.Refuse(article.Invalid, fmt.Sprintf("broken JSON: %v", err))
		}
	}
	for _, v := range list[:min(len(list), maxItems)] {
		if it, ok := f.jsonItem(v, d.Map); ok {
			f.Items = append(f.Items, it)
		}
	}
	f.ownAddresses()
	return f, nil
}

// jsonItem reads one item; what is no object is none.
func (f *Feed) jsonItem(v value, back text.Map) (Item, bool) {
	keys := map[string]value{}
	if members(v, func(key string, v value) error { keys[key] = v; return nil }) != nil {
		return Item{}, false
	}
	line := func(key string) string { return keys[key].line() }
	told := article.Told{
		Title: bare(line("title")), GUID: line("id"), Outlet: f.Title, Published: line("date_published"), Updated: line("date_modified"),
		Language: firstOf(line("language"), f.Language), URL: resolve(firstOf(line("url"), line("external_url"))), Author: jsonAuthor(keys),
	}
	if told.URL == "" {
		told.URL = resolve(told.GUID)
	}
	_ = elements(keys["tags"], func(tag value) { told.Topics = append(told.Topics, tag.line()) })
	it := Item{Told: told}
	for _, key := range []string{"content_html", "content_text", "summary"} {
		if strings.TrimSpace(bare(line(key))) == "" {
			continue
		}
		it.Told.Carrier = CarrierFull
		if key == "summary" {
			it.Told.Carrier = CarrierSummary
		}
		var b text.Builder
		if told.Title != "" {
			b.Replace("<h1>", keys["title"].at, 0)
			writeText(&b, keys["title"])
			b.Replace("</h1>\n", keys["title"].at+len(keys["title"].raw), 0)
		}
		if key == "content_html" {
			decode.JSONString(&b, keys[key].raw, keys[key].at)
		} else {
			writeText(&b, keys[key])
		}
		it.HTML = b.String()
		it.Back = b.Map().Then(back, len(it.HTML))
		break
	}
	return it, true
}

// jsonAuthor returns the first name under authors or author.
func jsonAuthor(keys map[string]value) string {
	name := ""
	read := func(v value) {
		_ = members(v, func(key string, v value) error {
			if key == "name" && name == "" {
				name = v.line()
			}
			return nil
		})
	}
	_ = elements(keys["authors"], read)
	read(keys["author"])
	return name
}

// writeText writes a string of plain text as HTML, its lines as lines.
func writeText(b *text.Builder, v value) {
	var inner text.Builder
	decode.JSONString(&inner, v.raw, v.at)
	s, back := inner.String(), inner.Map()
	start := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] != '<' && s[i] != '&' && s[i] != '\n' {
			continue
		}
		copySpan(b, s, back, text.Span{Start: start, End: i})
		start = i
		if i == len(s) {
			break
		}
		at := back.Back(text.Span{Start: i, End: i + 1})
		b.Replace(map[byte]string{'<': "&lt;", '&': "&amp;", '\n': "<br>\n"}[s[i]], at.Start, at.Len())
		start = i + 1
	}
}

// line returns a string or number as one line, "" for everything else.
func (v value) line() string {
	if v.raw == "" {
		return ""
	}
	if v.raw[0] != '"' {
		if v.raw[0] == '-' || v.raw[0] >= '0' && v.raw[0] <= '9' {
			return v.raw
		}
		return ""
	}
	var b text.Builder
	decode.JSONString(&b, v.raw, v.at)
	clean, _ := decode.Clean(strings.Join(strings.Fields(b.String()), " "))
	return clean
}

// members reads an object as far as it is whole; each value before the break is
// handed on. What is no object has no members.
func members(v value, take func(key string, v value) error) error {
	return each(v, '{', func(d *json.Decoder, _ int) error {
		t, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		at := d.InputOffset()
		if key == "items" && v.at == 0 && at > 0 { // large, and whole only where the feed is: read piece by piece
			rest := v.raw[at:]
			trimmed := strings.TrimLeft(rest, " \t\r\n:")
			if err := take(key, value{trimmed, v.at + int(at) + len(rest) - len(trimmed)}); err != nil {
				return err
			}
		}
		one, err := next(d, v)
		if err != nil || key == "items" && v.at == 0 {
			return err
		}
		return take(strings.ToLower(key), one)
	})
}

// elements reads a list as far as it is whole.
func elements(v value, take func(v value)) error {
	return each(v, '[', func(d *json.Decoder, _ int) error {
		one, err := next(d, v)
		if err == nil {
			take(one)
		}
		return err
	})
}

// each calls read before each member of an object or list.
func each(v value, open json.Delim, read func(d *json.Decoder, i int) error) error {
	if strings.TrimLeft(v.raw, " \t\r\n") == "" {
		return nil
	}
	d := json.NewDecoder(strings.NewReader(v.raw))
	t, err := d.Token()
	if err != nil || t != open {
		return err
	}
	for i := 0; d.More(); i++ {
		if err := read(d, i); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
	}
	if _, err = d.Token(); err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// next reads one value with its place.
func next(d *json.Decoder, v value) (value, error) {
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return value{}, err
	}
	end := int(d.InputOffset())
	return value{string(raw), v.at + end - len(raw)}, nil
}
