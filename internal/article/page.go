package article

import "rapporteur/internal/text"

// A Page is what a harvester hands on: the bytes of one article before anybody
// looked inside, or the refusal of a source that could not be read.
type Page struct {
	Path    string // as the user named it, or path inside the walked folder or archive; "-" is standard input
	Line    int    // from 1 for lines of JSON Lines, and for the turn of an article in other files of many; else 0
	Type    Type
	Bytes   []byte // decompressed
	Sidecar []byte // the NAME.meta.json beside it, nil when there is none
	Refusal *Refusal

	Charset string   // encoding that the carrier declares (HTTP, MIME), "" for none
	Told    *Told    // what the carrier says of the article, nil when there is none
	Listed  *Told    // what a list that led to this page says of it; the page itself outranks it, but for its URL
	Back    text.Map // from Bytes to the file as given; the identity where Bytes are the file
}

// Told is what a feed, an archive or a letter says of the article that it carries.
// Days are as they stand there; reading them is the extractor's work.
type Told struct {
	Title     string
	URL       string
	GUID      string // the feed's own name of the item
	Outlet    string
	Published string
	Updated   string
	Author    string
	Section   string
	Language  string
	Topics    []string
	Carrier   string // what kind of text this is where it is not the page itself: "feed", "feed summary", "letter"
}

// Type is the format of a page.
type Type string

// The formats that this version reads. Harvesters take files of many articles apart:
// what they hand on is [Plain], [HTML], [JSONLine] or [Fragment].
const (
	Plain       Type = "txt" // also .md
	HTML        Type = "html"
	JSONLine    Type = "jsonl"
	Fragment    Type = "fragment" // markup that is all text: of a feed's item, of a letter
	Feed        Type = "feed"     // RSS, Atom, JSON Feed
	WARC        Type = "warc"     // also ARC
	Mail        Type = "eml"
	Mbox        Type = "mbox"
	Zip         Type = "zip"
	Tar         Type = "tar"
	PDF         Type = "pdf"
	UnknownType Type = ""
)
