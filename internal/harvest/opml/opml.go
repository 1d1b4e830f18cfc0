// Package opml reads and writes lists of feeds as feed readers exchange them
// (OPML 2.0, and 1.0 as far as lists of feeds use it).
//
// In: the bytes of a list, or feeds. Out: feeds, or the bytes of a list. What
// always holds: outlines without an address of a feed are headings and give
// nothing; what was written is read back the same.
package opml

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"rapporteur/internal/extract/decode"
)

// A Feed is one entry of a list.
type Feed struct {
	Title string // "" when the list gives none
	URL   string // of the feed
	Site  string // of its pages, "" when not known
}

type outline struct {
	Text     string    `xml:"text,attr"`
	Title    string    `xml:"title,attr,omitempty"`
	Type     string    `xml:"type,attr,omitempty"`
	URL      string    `xml:"xmlUrl,attr,omitempty"`
	Site     string    `xml:"htmlUrl,attr,omitempty"`
	Outlines []outline `xml:"outline"`
}

type list struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Body    []outline `xml:"body>outline"`
}

// maxDepth bounds headings within headings.
const maxDepth = 100

// Read returns the feeds of a list in its order, each address once.
func Read(raw []byte) ([]Feed, error) {
	text, err := decode.Bytes(raw, "")
	if err != nil {
		return nil, fmt.Errorf("opml: %w", err)
	}
	d := xml.NewDecoder(strings.NewReader(text.Text))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is decoded already
	var feeds []Feed
	seen, rooted, depth := map[string]bool{}, false, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return feeds, fmt.Errorf("opml: broken XML after %d feeds: %w", len(feeds), err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return feeds, errors.New("opml: headings nested too deep")
			}
			name := strings.ToLower(t.Name.Local)
			rooted = rooted || name == "opml"
			if f := feedOf(t); rooted && name == "outline" && f.URL != "" && !seen[f.URL] {
				seen[f.URL] = true
				feeds = append(feeds, f)
			}
		case xml.EndElement:
			depth--
		}
	}
	if !rooted {
		return nil, errors.New("opml: this is no list of feeds in OPML")
	}
	return feeds, nil
}

// feedOf reads the attributes of an outline; programs differ in their case.
func feedOf(start xml.StartElement) Feed {
	var f Feed
	text := ""
	for _, a := range start.Attr {
		value := strings.TrimSpace(a.Value)
		switch strings.ToLower(a.Name.Local) {
		case "xmlurl":
			f.URL = value
		case "htmlurl":
			f.Site = value
		case "title":
			f.Title = value
		case "text":
			text = value
		}
	}
	if f.Title == "" {
		f.Title = text
	}
	return f
}

// Write writes a list.
func Write(w io.Writer, title string, feeds []Feed) error {
	out := list{Version: "2.0", Title: title}
	for _, f := range feeds {
		name := f.Title
		if name == "" {
			name = f.URL
		}
		out.Body = append(out.Body, outline{Text: name, Title: f.Title, Type: "rss", URL: f.URL, Site: f.Site})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("opml: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(out); err != nil {
		return fmt.Errorf("opml: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}
