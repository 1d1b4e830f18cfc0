package files

import (
	"bytes"

	"rapporteur/internal/article"
	"rapporteur/internal/harvest/archive"
	"rapporteur/internal/harvest/feed"
)

// sniff tells the type of bytes whose name does not tell, from the first of them:
// plain text where nothing speaks for another.
func sniff(head []byte) article.Type {
	start := bytes.ToLower(bytes.TrimLeft(head[:min(len(head), 1024)], " \t\r\n\xef\xbb\xbf"))
	begins := func(words ...string) bool {
		for _, w := range words {
			if bytes.HasPrefix(start, []byte(w)) {
				return true
			}
		}
		return false
	}
	switch {
	case begins("%pdf-"):
		return article.PDF
	case begins("pk\x03\x04", "pk\x05\x06"):
		return article.Zip
	case archive.IsTar(head):
		return article.Tar
	case begins("warc/", "filedesc://"):
		return article.WARC
	case feed.Is(head):
		return article.Feed
	case begins("{"):
		return article.JSONLine
	case begins("<!doctype html", "<html"), begins("<?xml") && bytes.Contains(start, []byte("<html")):
		return article.HTML
	case begins("from ") && isLetter(start[bytes.IndexByte(append(start, '\n'), '\n'):]):
		return article.Mbox
	case isLetter(start):
		return article.Mail
	}
	return article.Plain
}

// isLetter reports whether text begins with the head of a message: at least two of
// the fields that each has, before an empty line.
func isLetter(start []byte) bool {
	known := 0
	for line := range bytes.SplitSeq(bytes.TrimLeft(start, "\r\n"), []byte("\n")) {
		line = bytes.TrimRight(line, "\r")
		name, _, found := bytes.Cut(line, []byte(":"))
		switch {
		case len(line) == 0:
			return known >= 2
		case line[0] == ' ' || line[0] == '\t':
			continue
		case !found || bytes.ContainsAny(name, " \t"):
			return false
		}
		switch string(name) {
		case "from", "to", "subject", "date", "message-id", "mime-version", "received", "return-path", "content-type", "delivered-to":
			known++
		}
	}
	return known >= 3
}
