// Package article holds what was published: one text, its page metadata, and the
// way back to the page it came from.
//
// In: what a reader of files or pages found. Out: an Article, or a Refusal that
// says why there is none. What always holds: Text is valid NFC UTF-8 with LF line
// ends, begins with the title as its first paragraph where there is one, and is
// never edited after it was stored.
package article

import (
	"time"

	"rapporteur/internal/calendar"
	"rapporteur/internal/text"
)

// An Article is one publication of a text by an outlet.
type Article struct {
	ID          string    // see [Article.Identify]
	Title       string    // "" where the page has none
	Text        string    // title paragraph, blank line, paragraphs divided by "\n\n" or "\n"
	Body        text.Span // Text without its title paragraph
	Outlet      string
	Published   calendar.Day
	PublishedAt time.Time // zero when no time of day is known; else an instant with the outlet's own offset
	Modified    calendar.Day
	Dateline    Dateline
	Language    string // ISO 639-1, "" when not known
	URL         string // canonical, "" when there is none
	GUID        string // the name that a feed or a letter gives it, "" when there is none
	Author      string
	Section     string
	Topics      []string
	Meta        map[string]string // further keys of the page or line, kept as they are
	Origin      Origin
	Map         text.Map // from Text back to the bytes of Origin
	Kind        Shape    // what the page is when it is no article to read; "" for an article
}

// A Shape is what a page is that has words but is no article: it is kept, and not read
// as one.
type Shape string

// The shapes of pages.
const (
	LiveBlog   Shape = "live blog"   // many entries with a time each, the newest first
	Paywall    Shape = "paywall"     // the beginning of an article and an offer to pay
	CookieWall Shape = "cookie wall" // a question about consent in place of the page
	Video      Shape = "video"       // a film or a recording, and some words about it
	Headlines  Shape = "headlines"   // a list of links to articles
)

// A Dateline is what stands before the first words: "TEHRAN (FNA)-".
// Its span points into the article's Text; it is metadata, not reported words.
type Dateline struct {
	Span   text.Span
	Place  string
	Agency string
	Day    calendar.Day
}

// An Origin says where an article was read from.
type Origin struct {
	Path    string // file as named by the user; "-" is standard input
	Line    int    // from 1, in files of many articles; else 0
	GivenID string // the id that the line itself carries
	Bytes   int64
	Digest  string // hex SHA-256 of the bytes of this article
}

// BodyText returns the text without its title paragraph.
func (a *Article) BodyText() string { return a.Body.In(a.Text) }
