package extract

import (
	"encoding/json"
	"html"
	"sort"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/markup"
)

// A node is an object of JSON-LD that describes an article or a page.
type node struct {
	fields map[string]any
	file   markup.Data
	listed bool // inside a list of other articles
}

// maxNodes bounds what a hostile page can make us look at.
const maxNodes = 5000

// otherArticles are the keys of schema.org under which pages name other articles.
var otherArticles = map[string]bool{
	"itemlistelement": true, "relatedlink": true, "citation": true, "mentions": true, "haspart": true, "significantlink": true,
	"ispartof": true, "isbasedon": true, "subjectof": true, "about": true, "comment": true, "review": true, "blogpost": true, "video": true, "image": true,
}

// nodesOf returns the objects of all scripts of JSON-LD, in page order.
func nodesOf(scripts []markup.Data) []node {
	var nodes []node
	for _, script := range scripts {
		nodes = collect(nodes, parseData(script.Text), script, false, 0)
	}
	return nodes
}

// parseData decodes a script as leniently as search engines do: marks of comments
// and character data around it, line ends inside strings, escaped as HTML.
func parseData(s string) any {
	s = strings.TrimSpace(s)
	for _, mark := range []string{"<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["} {
		s = strings.TrimPrefix(s, mark)
	}
	for _, mark := range []string{"-->", "//]]>", "/*]]>*/", "]]>", ";"} {
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), mark))
	}
	flat := strings.Map(func(r rune) rune {
		if r < 0x20 {
			return ' '
		}
		return r
	}, s)
	for _, try := range []string{s, flat, html.UnescapeString(flat)} {
		var value any
		if json.Unmarshal([]byte(try), &value) == nil {
			return value
		}
	}
	return nil
}

func collect(nodes []node, value any, script markup.Data, listed bool, depth int) []node {
	if depth > 40 || len(nodes) >= maxNodes {
		return nodes
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			nodes = collect(nodes, item, script, listed, depth+1)
		}
	case map[string]any:
		nodes = append(nodes, node{fields: v, file: script, listed: listed || isList(v)})
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			nodes = collect(nodes, v[key], script, listed || isList(v) || otherArticles[strings.ToLower(key)], depth+1)
		}
	}
	return nodes
}

func isList(fields map[string]any) bool {
	for _, kind := range typesOf(fields) {
		if kind == "ItemList" || kind == "CollectionPage" || kind == "BreadcrumbList" {
			return true
		}
	}
	return false
}

func typesOf(fields map[string]any) []string {
	switch v := fields["@type"].(type) {
	case string:
		return []string{lastPart(v)}
	case []any:
		var kinds []string
		for _, item := range v {
			if s, ok := item.(string); ok {
				kinds = append(kinds, lastPart(s))
			}
		}
		return kinds
	}
	return nil
}

func lastPart(s string) string { return s[strings.LastIndexAny(s, "/#:")+1:] }

// isArticle reports the types of schema.org below Article, and posts.
func (n node) isArticle() bool {
	for _, kind := range typesOf(n.fields) {
		if strings.HasSuffix(kind, "Article") || strings.HasSuffix(kind, "Posting") || kind == "Report" || kind == "NewsStory" {
			return true
		}
	}
	return false
}

func (n node) isPage() bool {
	for _, kind := range typesOf(n.fields) {
		if strings.HasSuffix(kind, "Page") {
			return true
		}
	}
	return false
}

// articleNode returns the node of the article that the page is about: one that
// names the page's address, else the first that names no other address and stands
// in no list.
func articleNode(nodes []node, address string) (node, bool) {
	var second *node
	for i, n := range nodes {
		if !n.isArticle() {
			continue
		}
		urls := n.addresses()
		named := false
		for _, u := range urls {
			if samePage(u, address) {
				return n, true
			}
			named = named || article.PlainURL(u) != ""
		}
		if !n.listed && second == nil && (!named || article.PlainURL(address) == "") {
			second = &nodes[i]
		}
	}
	if second != nil {
		return *second, true
	}
	// Addresses of all differ from the page's, as on copies and print pages: one
	// article alone is still the page's.
	var only *node
	for i, n := range nodes {
		if n.isArticle() && !n.listed {
			if only != nil {
				return node{}, false
			}
			only = &nodes[i]
		}
	}
	if only == nil {
		return node{}, false
	}
	return *only, true
}

// samePage compares addresses without scheme and "www".
func samePage(a, b string) bool {
	a, b = strings.TrimPrefix(article.PlainURL(a), "www."), strings.TrimPrefix(article.PlainURL(b), "www.")
	return a != "" && a == b
}

func (n node) addresses() []string {
	var list []string
	for _, key := range []string{"url", "mainEntityOfPage", "@id"} {
		switch v := n.fields[key].(type) {
		case string:
			list = append(list, v)
		case map[string]any:
			for _, inner := range []string{"@id", "url"} {
				if s, ok := v[inner].(string); ok {
					list = append(list, s)
				}
			}
		}
	}
	return list
}

// text returns a string field, decoded where it is escaped as HTML.
func (n node) text(key string) string {
	s, _ := n.fields[key].(string)
	return strings.Join(strings.Fields(html.UnescapeString(s)), " ")
}

// name returns the name of a field that holds a string, an object with a name, or
// a list of them, whose names it joins.
func (n node) name(key string) string { return nameOf(n.fields[key], 0) }

func nameOf(value any, depth int) string {
	switch v := value.(type) {
	case string:
		return strings.Join(strings.Fields(html.UnescapeString(v)), " ")
	case map[string]any:
		return nameOf(v["name"], depth+1)
	case []any:
		var names []string
		for _, item := range v {
			if name := nameOf(item, depth+1); name != "" && depth < 3 {
				names = append(names, name)
			}
		}
		return strings.Join(names, ", ")
	}
	return ""
}
