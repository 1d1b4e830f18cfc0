package pdf

import (
	"bytes"
	"encoding/ascii85"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"

	"github.com/klauspost/compress/zlib"
)

// A file holds the objects of a PDF. They are found by looking for "1 0 obj", not by
// the table at the end, which is the first thing that is broken: of two objects with
// one number the later counts, as after a change that was appended.
type file struct {
	raw      []byte
	objects  map[int]any
	trailer  dict
	unpacked int64
}

// Limits of what a file may hold.
const (
	maxObjects  = 1_000_000
	maxUnpacked = 256 << 20 // of all streams that text is looked for in
	maxLinks    = 50        // references that lead to references
)

var errTooMuch = fmt.Errorf("the PDF unpacks to more than %d MB", maxUnpacked>>20)

var objectStart = regexp.MustCompile(`(\d{1,10})[ \t\r\n]+\d{1,5}[ \t\r\n]+obj`)

// open finds the objects of a file.
func open(raw []byte, stopped func() bool) (*file, error) {
	f := &file{raw: raw, objects: map[int]any{}, trailer: dict{}}
	if i := bytes.Index(raw[:min(len(raw), 1024)], []byte("%PDF-")); i < 0 {
		return nil, errors.New("broken PDF: it does not begin like one")
	}
	for at := 0; at < len(raw) && len(f.objects) < maxObjects && !stopped(); {
		m := objectStart.FindSubmatchIndex(raw[at:])
		end := len(raw)
		if m != nil {
			end = at + m[0]
		}
		f.trailers(raw[at:end])
		if m == nil {
			break
		}
		number, _ := strconv.Atoi(string(raw[at+m[2] : at+m[3]]))
		l := &lexer{b: raw, i: at + m[1]}
		v, _ := l.next()
		if d, isDict := v.(dict); isDict {
			if s := f.stream(d, l); s != nil {
				v = s
				if err := f.inside(s); err != nil {
					return nil, err
				}
			}
		}
		f.objects[number] = v
		at = max(l.i, at+m[1])
	}
	if _, encrypted := f.trailer["Encrypt"]; encrypted {
		return nil, errors.New("the PDF is encrypted")
	}
	return f, nil
}

// trailers reads the trailers that stand between objects; the last one counts.
func (f *file) trailers(between []byte) {
	for {
		_, after, found := bytes.Cut(between, []byte("trailer"))
		if !found {
			return
		}
		l := &lexer{b: after}
		if v, _ := l.next(); v != nil {
			if d, ok := v.(dict); ok {
				f.addTrailer(d)
			}
		}
		between = after
	}
}

func (f *file) addTrailer(d dict) {
	for _, key := range []string{"Root", "Encrypt", "Info"} {
		if v, ok := d[key]; ok {
			f.trailer[key] = v
		}
	}
}

// stream returns the stream whose dictionary was just read, nil when none follows.
func (f *file) stream(d dict, l *lexer) *stream {
	l.skip()
	if !bytes.HasPrefix(l.b[l.i:], []byte("stream")) {
		return nil
	}
	from := l.i + len("stream")
	if bytes.HasPrefix(l.b[from:], []byte("\r\n")) {
		from += 2
	} else if from < len(l.b) && (l.b[from] == '\n' || l.b[from] == '\r') {
		from++
	}
	if n, ok := d["Length"].(float64); ok && n >= 0 && from+int(n) <= len(l.b) {
		to := from + int(n)
		if bytes.HasPrefix(bytes.TrimLeft(l.b[to:min(len(l.b), to+16)], "\r\n \t"), []byte("endstream")) {
			l.i = to
			return &stream{d, l.b[from:to]}
		}
	}
	to := len(l.b)
	if i := bytes.Index(l.b[from:], []byte("endstream")); i >= 0 {
		to = from + i
	}
	l.i = to
	return &stream{d, bytes.TrimSuffix(bytes.TrimSuffix(l.b[from:to], []byte("\n")), []byte("\r"))}
}

// inside reads the objects that a stream holds (7.5.7), and trailers in new style.
func (f *file) inside(s *stream) error {
	switch s.dict["Type"] {
	case name("XRef"):
		f.addTrailer(s.dict)
		return nil
	case name("ObjStm"):
	default:
		return nil
	}
	content, err := f.content(s)
	if errors.Is(err, errTooMuch) {
		return err
	}
	first, _ := f.value(s.dict["First"]).(float64)
	n, _ := f.value(s.dict["N"]).(float64)
	head := &lexer{b: content[:max(0, min(len(content), int(first)))]}
	for range min(int(n), maxObjects) {
		number, _ := head.next()
		offset, ok := head.next()
		at, isNumber := offset.(float64)
		id, isID := number.(float64)
		if !ok || !isNumber || !isID || int(first+at) < 0 || int(first+at) > len(content) {
			break
		}
		l := &lexer{b: content, i: int(first + at)}
		v, _ := l.next()
		f.objects[int(id)] = v
	}
	return nil
}

// value follows references.
func (f *file) value(v any) any {
	for range maxLinks {
		r, ok := v.(ref)
		if !ok {
			return v
		}
		v = f.objects[int(r)]
	}
	return nil
}

// dict returns a dictionary, that of a stream too; empty for everything else.
func (f *file) dict(v any) dict {
	switch v := f.value(v).(type) {
	case dict:
		return v
	case *stream:
		return v.dict
	}
	return nil
}

func (f *file) get(v any, key string) any { return f.value(f.dict(v)[key]) }

func (f *file) list(v any) []any {
	l, _ := f.value(v).([]any)
	return l
}

func (f *file) number(v any) float64 {
	n, _ := f.value(v).(float64)
	return n
}

func (f *file) name(v any) string {
	n, _ := f.value(v).(name)
	return string(n)
}

// content returns the unpacked bytes of a stream, as far as they can be had.
func (f *file) content(v any) ([]byte, error) {
	s, ok := f.value(v).(*stream)
	if !ok {
		return nil, errors.New("no stream")
	}
	filters := f.list(s.dict["Filter"])
	if one := f.name(s.dict["Filter"]); one != "" {
		filters = []any{name(one)}
	}
	content := s.raw
	for _, filter := range filters {
		var err error
		if content, err = f.unpack(content, f.name(filter)); err != nil {
			return nil, err
		}
	}
	return content, nil
}

// unpack undoes one filter (7.4). Bytes that break off are used as far as they go.
func (f *file) unpack(b []byte, filter string) ([]byte, error) {
	var in io.Reader
	switch filter {
	case "FlateDecode", "Fl":
		z, err := zlib.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, fmt.Errorf("stream: %w", err)
		}
		in = z
	case "ASCII85Decode", "A85":
		end, _, _ := bytes.Cut(bytes.TrimPrefix(bytes.TrimSpace(b), []byte("<~")), []byte("~"))
		in = ascii85.NewDecoder(bytes.NewReader(end))
	case "ASCIIHexDecode", "AHx":
		l := &lexer{b: append([]byte("<"), b...)}
		return []byte(l.hex()), nil
	default:
		return nil, fmt.Errorf("stream: filter %q", filter)
	}
	left := maxUnpacked - f.unpacked
	out, _ := io.ReadAll(io.LimitReader(in, left+1))
	if f.unpacked += int64(len(out)); f.unpacked > maxUnpacked {
		return nil, errTooMuch
	}
	return out, nil
}
