package extract

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/decode"
)

// override gives the article what the user says about it: the options of the
// command line before the sidecar beside the file, both before the page.
func (x *Extractor) override(a *article.Article, sidecar []byte) (title string, err error) {
	keys, err := sidecarKeys(sidecar)
	if err != nil {
		return "", err
	}
	first := func(values ...string) string {
		for _, v := range values {
			if v != "" {
				return v
			}
		}
		return ""
	}
	a.Outlet = first(x.options.Outlet, keys["outlet"])
	a.Language = language(first(x.options.Language, keys["language"]))
	a.URL, a.Author, a.Section = keys["url"], keys["author"], keys["section"]
	if published := first(x.options.Published, keys["published"], keys["date"]); published != "" {
		d, ok := x.tables.dates.Stamp(published)
		if !ok {
			return "", article.Refuse(article.Invalid, fmt.Sprintf("the day of publication %q is no day", published))
		}
		a.Published, a.PublishedAt = d.Day, d.At
	}
	known := map[string]bool{"outlet": true, "language": true, "url": true, "author": true, "section": true, "published": true, "date": true, "title": true}
	for key, value := range keys {
		if !known[key] {
			setMeta(a, key, value)
		}
	}
	return keys["title"], nil
}

// sidecarKeys reads an object of strings; other values are kept as JSON, null is none.
func sidecarKeys(sidecar []byte) (map[string]string, error) {
	if sidecar == nil {
		return nil, nil
	}
	decoded, err := decode.Bytes(sidecar, "")
	if err != nil {
		return nil, article.Refuse(article.Invalid, "the .meta.json beside it: "+err.Error())
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(decoded.Text), &object); err != nil {
		return nil, article.Refuse(article.Invalid, "the .meta.json beside it is no object of JSON: "+err.Error())
	}
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	sort.Strings(names)
	keys := map[string]string{}
	for _, name := range names {
		var value string
		if json.Unmarshal(object[name], &value) != nil {
			value = string(object[name])
		}
		if value = strings.TrimSpace(value); value != "" && value != "null" {
			keys[name] = value
		}
	}
	return keys, nil
}
