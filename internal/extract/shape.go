package extract

import (
	"net/url"
	"strings"
	"unicode"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/markup"
	"rapporteur/internal/lexicon"
)

// A sign is one thing by which a page shows what it is.
type sign struct {
	shape article.Shape
	where string // title, text, path, type, class
	words string
}

func (t *tables) sign(r lexicon.Row) error {
	s := sign{article.Shape(r.Get("shape")), r.Get("where"), strings.ToLower(r.Get("words"))}
	switch s.shape {
	case article.LiveBlog, article.Video, article.Paywall, article.CookieWall:
	default:
		return r.Errorf("shape %q of a page is not known", s.shape)
	}
	switch s.where {
	case "title", "text", "path", "type", "class":
	default:
		return r.Errorf("where %q: want title, text, path, type or class", s.where)
	}
	t.signs = append(t.signs, s)
	return nil
}

// A look is what is asked of a page to tell its shape.
type look struct {
	title string
	path  []string
	types map[string]bool
	page  *markup.Page
	main  []markup.Paragraph
	body  int  // bytes of the text
	free  bool // structured data do not say that it is paid for
	own   bool // structured data describe an article
}

// Sizes that part shapes from articles, in bytes of the text: a stub is the beginning
// of an article, a film's page has a few lines, a wall has no article at all.
const (
	maxStub  = 1500
	maxFilm  = 900
	maxAsked = 8000
)

// shape tells what a page is that is no article to read; "" for articles.
func (x *Extractor) shape(d *draft, p *markup.Page, main []markup.Paragraph) article.Shape {
	l := x.lookAt(d, p, main)
	switch {
	case x.isLiveBlog(l):
		return article.LiveBlog
	case l.isWall(x.tables.signs):
		return article.CookieWall
	case l.body < maxStub && (!l.free || l.inText(x.tables.signs, article.Paywall)):
		return article.Paywall
	case l.body < maxFilm && l.isFilm(x.tables.signs):
		return article.Video
	case l.isList():
		return article.Headlines
	}
	return ""
}

func (x *Extractor) lookAt(d *draft, p *markup.Page, main []markup.Paragraph) look {
	meta, nodes := metaOf(p.Metas), nodesOf(p.Data)
	l := look{page: p, main: main, types: map[string]bool{strings.ToLower(meta.first("og:type")): true}, free: true}
	l.title = strings.ToLower(block{pieces: d.title}.text())
	if u, err := url.Parse(d.article.URL); err == nil {
		l.path = strings.Split(strings.ToLower(strings.Trim(u.Path, "/")), "/")
	}
	for _, n := range nodes {
		if n.listed {
			continue
		}
		for _, kind := range typesOf(n.fields) {
			l.types[strings.ToLower(kind)] = true
		}
		l.own = l.own || n.isArticle()
		if free, told := n.fields["isAccessibleForFree"]; told && n.isArticle() {
			s, _ := free.(string)
			b, isBool := free.(bool)
			l.free = l.free && !strings.EqualFold(s, "false") && (!isBool || b)
		}
	}
	l.own = l.own || l.types["article"] || meta.first("article:published_time", "datepublished") != ""
	for _, b := range d.body {
		l.body += len(b.text())
	}
	return l
}

// has reports whether a sign of the shape stands at the place.
func (l look) has(signs []sign, shape article.Shape, where string) bool {
	for _, s := range signs {
		if s.shape != shape || s.where != where {
			continue
		}
		switch where {
		case "title":
			if strings.Contains(l.title, s.words) {
				return true
			}
		case "type":
			if l.types[s.words] {
				return true
			}
		case "path":
			for _, part := range l.path {
				if part == s.words {
					return true
				}
			}
		case "class":
			for _, p := range l.main {
				if strings.Contains(p.Class, s.words) {
					return true
				}
			}
		}
	}
	return false
}

// near is how many paragraphs behind the text an offer may stand.
const near = 6

// inText reports whether a paragraph of the text, or one close behind it, has the
// words: those of the page's head and menus say the same over every article.
func (l look) inText(signs []sign, shape article.Shape) bool {
	last := -1
	own := map[int]bool{} // by where they begin
	for _, p := range l.main {
		if len(p.Pieces) > 0 {
			last = max(last, endOf(p))
			own[p.Pieces[0].File] = true
		}
	}
	behind := 0
	for _, p := range l.page.Paragraphs {
		if p.Place&(markup.InHidden|markup.InAside|markup.InHeader) != 0 || len(p.Pieces) == 0 || len(p.Text()) > 400 || behind > near {
			continue
		}
		after := p.Pieces[0].File >= last
		if after {
			behind++
		}
		if (after || own[p.Pieces[0].File]) && hasWords(p.Text(), signs, shape) {
			return true
		}
	}
	return false
}

func hasWords(s string, signs []sign, shape article.Shape) bool {
	s = strings.ToLower(s)
	for _, sign := range signs {
		if sign.shape == shape && sign.where == "text" && strings.Contains(s, sign.words) {
			return true
		}
	}
	return false
}

// minEntries is how many entries with a time each make a live blog.
const minEntries = 5

// isLiveBlog asks for what schema.org calls one, or for two other signs, of which
// many short lines with a time of day are one.
func (x *Extractor) isLiveBlog(l look) bool {
	signs := x.tables.signs
	if l.has(signs, article.LiveBlog, "type") {
		return true
	}
	n := 0
	for _, where := range []string{"title", "path", "class"} {
		if l.has(signs, article.LiveBlog, where) {
			n++
		}
	}
	return n >= 2 || n == 1 && x.entries(l) >= minEntries
}

// entries counts the times of day that stand alone, or before a short heading.
func (x *Extractor) entries(l look) int {
	n := 0
	for _, p := range l.page.Paragraphs {
		if p.Place&markup.InAside != 0 {
			continue
		}
		s := p.Text()
		if len(s) < 60 && x.tables.dates.Clock(s) {
			n++
		} else if _, _, ok := x.tables.dateLine(s); ok && len(s) < 60 && strings.Contains(s, ":") {
			n++
		}
	}
	return max(n, clocks(l.page.Times))
}

// clocks counts time elements of the article that tell a time of day, each once.
func clocks(times []markup.Time) int {
	seen := map[string]bool{}
	for _, t := range times {
		if t.Place&markup.InAside == 0 && strings.Contains(t.Stamp+t.Text, ":") {
			seen[t.Stamp+" "+t.Text] = true
		}
	}
	return len(seen)
}

// isWall reports pages whose text is a question about consent or about being human.
func (l look) isWall(signs []sign) bool {
	if l.body > maxAsked {
		return false
	}
	asked, all := 0, 0
	said := map[string]bool{}
	for _, p := range l.main {
		size := len(p.Text())
		all += size
		if hasWords(p.Text(), signs, article.CookieWall) {
			asked += size
		}
		for _, sign := range signs {
			if sign.shape == article.CookieWall && sign.where == "text" && strings.Contains(strings.ToLower(p.Text()), sign.words) {
				said[sign.words] = true
			}
		}
	}
	if len(said) < 2 && !l.has(signs, article.CookieWall, "title") {
		return false // one word alone may be the subject of an article
	}
	if l.has(signs, article.CookieWall, "title") {
		return asked*4 >= all
	}
	return asked*3 >= all*2 && asked > 0
}

// isFilm reports pages about a film: what it is called, and a few words.
func (l look) isFilm(signs []sign) bool {
	kind, title, path := l.has(signs, article.Video, "type"), l.has(signs, article.Video, "title"), l.has(signs, article.Video, "path")
	return kind && (!l.own || title || path) || title && path
}

// Numbers that make a list of headlines: so many short paragraphs that are
// links or headings, and more of them than of running text; or so many headings that
// lead elsewhere, with teasers at most between them.
const (
	minHeadlines = 6
	maxHeadline  = 160
	maxTeaser    = 450
)

// isList reports pages whose text is headlines that lead elsewhere.
func (l look) isList() bool {
	if l.own {
		return false
	}
	headlines, listed, running, led, longest := 0, 0, 0, 0, 0
	for _, p := range l.main {
		s := p.Text()
		longest = max(longest, len(s))
		if isHeading(p.Tag) && p.Linked*2 > len(s) {
			led++
		}
		switch {
		case len(s) <= maxHeadline && (p.Linked*2 > len(s) || isHeading(p.Tag)) && startsUpper(s):
			headlines++
			listed += len(s)
		case p.Linked*2 <= len(s):
			running += len(s)
		}
	}
	return headlines >= minHeadlines && listed > running || led >= minHeadlines && longest < maxTeaser
}

func startsUpper(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return !unicode.IsLower(r)
		}
	}
	return false
}
