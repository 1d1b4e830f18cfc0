package warc

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"rapporteur/internal/article"
	"rapporteur/internal/text"
)

// A message is an answer of HTTP, or a block that is itself the page.
type message struct {
	status   int // 0 where the block has no head of HTTP
	kind     string
	charset  string
	encoding string
	chunked  bool
	length   int // of the body as its head says, 0 where it does not
	body     []byte
	offset   int // of body in the block
}

// parse divides a block into head and body.
func parse(rec *Record) message {
	m := message{kind: rec.ContentType, body: rec.Block}
	if bytes.HasPrefix(rec.Block, []byte("HTTP/")) {
		m.head(rec.Block)
	}
	kind, parameters, err := mime.ParseMediaType(m.kind)
	if err != nil {
		kind, _, _ = strings.Cut(m.kind, ";")
	}
	m.kind, m.charset = strings.ToLower(strings.TrimSpace(kind)), parameters["charset"]
	return m
}

// head reads the head of an answer; its lines end in CRLF, or LF in old archives.
func (m *message) head(block []byte) {
	m.kind = ""
	at := 0
	for first := true; at < len(block); first = false {
		end := bytes.IndexByte(block[at:], '\n')
		if end < 0 {
			end = len(block) - at - 1
		}
		line := string(bytes.TrimRight(block[at:at+end+1], "\r\n"))
		at += end + 1
		if line == "" {
			break
		}
		if first {
			if fields := strings.Fields(line); len(fields) > 1 {
				m.status, _ = strconv.Atoi(fields[1])
			}
			m.status = max(m.status, 1)
			continue
		}
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "content-type":
			m.kind = value
		case "content-encoding":
			m.encoding = strings.ToLower(value)
		case "transfer-encoding":
			m.chunked = strings.EqualFold(value, "chunked")
		case "content-length":
			m.length, _ = strconv.Atoi(value)
		}
	}
	m.body, m.offset = block[at:], at
	m.end()
}

// end cuts off what comes behind the length that the head gives (RFC 9112, section
// 6.3). A length counts packed bytes, and says nothing of a body that the archive
// holds unpacked.
func (m *message) end() {
	packed := bytes.HasPrefix(m.body, []byte(magic))
	if !m.chunked && m.length > 0 && m.length < len(m.body) && (m.encoding == "" || m.encoding == "identity" || m.encoding == "gzip" && packed) {
		m.body = m.body[:m.length]
	}
}

// mayBePage reports whether a record without a body could stand for a page.
func (rec *Record) mayBePage() bool {
	m := parse(rec)
	return typeOf(m.kind) != article.UnknownType || m.kind == "" || strings.HasPrefix(m.kind, "application/http")
}

// content makes a page of the block of a record: of unknown type where it holds no
// text that could be an article.
func content(rec *Record) (article.Page, *article.Refusal) {
	m := parse(rec)
	if m.status != 0 && (m.status < 200 || m.status > 206) || isService(rec.URI) {
		return article.Page{}, nil
	}
	kind := typeOf(m.kind)
	vague := m.kind == "" || m.kind == "application/octet-stream" || m.kind == "text/plain" || m.kind == "application/http" || m.kind == "no-type"
	if kind == article.UnknownType && !vague {
		return article.Page{}, nil
	}
	if rec.TooLarge {
		return article.Page{}, article.Refuse(article.TooLarge, fmt.Sprintf("the record is larger than %d MB", MaxBlock>>20))
	}
	body, back := m.body, shift(m.offset, len(m.body))
	if m.chunked {
		body, back = dechunk(body, m.offset)
	}
	unpacked, refusal := unpack(body, m.encoding)
	if refusal != nil {
		return article.Page{}, refusal
	}
	if unpacked != nil {
		back = text.Map{Segments: []text.Segment{{Length: len(unpacked), File: m.offset, FileLength: len(m.body)}}}
		body = unpacked
	}
	if vague {
		kind = sniff(body, kind)
	}
	if kind == article.UnknownType {
		return article.Page{}, nil
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return article.Page{}, article.Refuse(article.Invalid, "empty")
	}
	for i := range back.Segments {
		back.Segments[i].File += int(rec.Offset)
	}
	return article.Page{Type: kind, Bytes: body, Charset: m.charset, Back: back}, nil
}

// typeOf returns the type of a page that a media type names.
func typeOf(kind string) article.Type {
	switch kind {
	case "text/html", "application/xhtml+xml":
		return article.HTML
	case "text/plain", "text/markdown":
		return article.Plain
	case "application/pdf":
		return article.PDF
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json":
		return article.Feed
	}
	return article.UnknownType
}

// sniff looks at the words of a page whose media type says little.
func sniff(body []byte, kind article.Type) article.Type {
	head := bytes.ToLower(bytes.TrimLeft(body[:min(len(body), 512)], " \t\r\n\xef\xbb\xbf"))
	switch {
	case bytes.HasPrefix(head, []byte("<!doctype html")), bytes.HasPrefix(head, []byte("<html")), bytes.HasPrefix(head, []byte("<head")):
		return article.HTML
	case bytes.HasPrefix(head, []byte("%pdf-")):
		return article.PDF
	}
	return kind
}

// isService reports files that speak to programs.
func isService(uri string) bool {
	uri, _, _ = strings.Cut(uri, "?")
	for _, name := range []string{"/robots.txt", "/ads.txt", "/app-ads.txt", "/security.txt", "/humans.txt"} {
		if strings.HasSuffix(uri, name) {
			return true
		}
	}
	return false
}

func shift(offset, length int) text.Map {
	return text.Map{Segments: []text.Segment{{Length: length, File: offset, FileLength: length, Same: true}}}
}

// dechunk takes the chunks of a body together (RFC 9112, section 7.1). A body that is
// said to be chunked and is not stays as it is; after a broken chunk the rest stays.
func dechunk(body []byte, offset int) ([]byte, text.Map) {
	var b text.Builder
	at := 0
	for at < len(body) {
		end := bytes.IndexByte(body[at:min(len(body), at+1024)], '\n')
		if end < 0 {
			break
		}
		word, _, _ := strings.Cut(strings.TrimSpace(string(body[at:at+end])), ";")
		size, err := strconv.ParseInt(strings.TrimSpace(word), 16, 32)
		if err != nil || size < 0 {
			break
		}
		if size == 0 {
			return []byte(b.String()), b.Map()
		}
		from := at + end + 1
		to := min(len(body), from+int(size))
		b.Copy(string(body[from:to]), offset+from)
		at = to
		if bytes.HasPrefix(body[at:], []byte("\r\n")) {
			at += 2
		} else if bytes.HasPrefix(body[at:], []byte("\n")) {
			at++
		}
	}
	if b.Len() == 0 {
		return body, shift(offset, len(body))
	}
	b.Copy(string(body[at:]), offset+at)
	return []byte(b.String()), b.Map()
}

// unpack undoes a content encoding; nil where the body is not packed, whatever its
// head says: archives are often stored unpacked.
func unpack(body []byte, encoding string) ([]byte, *article.Refusal) {
	var in io.Reader
	var err error
	packed := bytes.NewReader(body)
	switch {
	case bytes.HasPrefix(body, []byte(magic)):
		in, err = gzip.NewReader(packed)
	case encoding == "br":
		in = brotli.NewReader(packed)
	case encoding == "zstd" && bytes.HasPrefix(body, []byte("\x28\xb5\x2f\xfd")):
		var d *zstd.Decoder
		if d, err = zstd.NewReader(packed, zstd.WithDecoderMaxMemory(64<<20), zstd.WithDecoderConcurrency(1)); err == nil {
			defer d.Close()
			in = d
		}
	case encoding == "deflate" && len(body) > 1 && body[0]&0x0f == 8 && (int(body[0])<<8|int(body[1]))%31 == 0:
		in, err = zlib.NewReader(packed)
	case encoding == "deflate" && !looksLikeText(body):
		in = flate.NewReader(packed)
	default:
		return nil, nil
	}
	if err != nil {
		return nil, article.Refuse(article.Invalid, fmt.Sprintf("broken %s: %v", encoding, err))
	}
	out, err := io.ReadAll(io.LimitReader(in, MaxBlock+1))
	switch {
	case len(out) > MaxBlock:
		return nil, article.Refuse(article.TooLarge, fmt.Sprintf("unpacked it is larger than %d MB", MaxBlock>>20))
	case err != nil && encoding == "br" && looksLikeText(body):
		return nil, nil
	case err != nil && len(out) == 0:
		return nil, article.Refuse(article.Invalid, fmt.Sprintf("broken %s: %v", encoding, err))
	}
	return out, nil // a packed page that breaks off is read as far as it goes
}

func looksLikeText(body []byte) bool {
	head := bytes.TrimLeft(body[:min(len(body), 64)], " \t\r\n\xef\xbb\xbf")
	return len(head) > 0 && head[0] == '<'
}
