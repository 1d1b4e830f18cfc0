package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A Record is one record of an archive. Those of ARC are given the names of WARC.
type Record struct {
	Number      int // from 1
	Type        string
	URI         string
	Date        string
	Digest      string // of the payload
	RefersURI   string
	RefersDate  string
	ContentType string
	Truncated   string // why the block is not whole, "" where it is
	Block       []byte
	TooLarge    bool  // Block is only the beginning
	Offset      int64 // of Block in the unpacked archive
}

// A Reader reads the records of an archive in their order.
type Reader struct {
	in     *bufio.Reader
	number int
	offset int64
	broken error  // met beyond the last record
	failed bool   // nothing more can be read
	ahead  []byte // bytes that were read too far
	arc    bool
}

// NewReader reads from in, which may be packed with gzip.
func NewReader(in io.Reader) *Reader {
	raw := bufio.NewReaderSize(in, 1<<18)
	if head, _ := raw.Peek(len(magic)); string(head) == magic {
		return &Reader{in: bufio.NewReaderSize(&members{in: raw}, 1<<18)}
	}
	return &Reader{in: raw}
}

// Number returns the number of the record that was read last, from 1.
func (r *Reader) Number() int { return r.number }

// Next returns the next record, or io.EOF. Any other error is about one record alone:
// reading goes on behind it, unless nothing more can be read. The record is the
// caller's.
func (r *Reader) Next() (*Record, error) {
	if r.failed {
		return nil, io.EOF
	}
	rec, err := r.next()
	var damaged *errDamaged
	if errors.Unwrap(err) != nil && !errors.As(err, &damaged) { // of reading itself: it would come again
		r.failed = true
	}
	return rec, err
}

func (r *Reader) next() (*Record, error) {
	if err := r.broken; err != nil {
		r.broken = nil
		r.number++
		return nil, err
	}
	line, err := r.begin()
	if errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	r.number++
	if err != nil {
		return nil, err
	}
	rec := &Record{Number: r.number}
	length, err := r.head(rec, line)
	if err != nil {
		return nil, err
	}
	if err := r.block(rec, length); err != nil {
		return nil, err
	}
	return rec, nil
}

// maxLine is the longest line of a header.
const maxLine = 1 << 16

// line reads a line without its end.
func (r *Reader) line() (string, error) {
	raw, err := r.rawLine(maxLine)
	return strings.TrimRight(string(raw), "\r\n"), err
}

// rawLine reads a line with its end, and keeps about limit bytes of it.
func (r *Reader) rawLine(limit int) ([]byte, error) {
	if i := bytes.IndexByte(r.ahead, '\n'); i >= 0 {
		raw := r.ahead[:i+1]
		r.ahead = r.ahead[i+1:]
		r.offset += int64(len(raw))
		return raw, nil
	}
	whole := append([]byte(nil), r.ahead...)
	r.offset += int64(len(whole))
	r.ahead = nil
	for {
		piece, err := r.in.ReadSlice('\n')
		r.offset += int64(len(piece))
		if len(whole) < limit {
			whole = append(whole, piece...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (len(whole) == 0 || !errors.Is(err, io.EOF)) {
			return nil, err
		}
		return whole, nil
	}
}

// unread puts back bytes that were read.
func (r *Reader) unread(b []byte) {
	r.offset -= int64(len(b))
	r.ahead = append(append([]byte(nil), b...), r.ahead...)
}

// begin returns the line that begins the next record. Lines that begin none are an
// error once, and passed over.
func (r *Reader) begin() (string, error) {
	strange := ""
	for {
		raw, err := r.rawLine(maxLine)
		line := strings.TrimRight(string(raw), "\r\n")
		switch {
		case err != nil && strange != "" && errors.Is(err, io.EOF):
			return "", fmt.Errorf("no record of an archive: it begins with %q", strange)
		case errors.Is(err, io.EOF):
			return "", io.EOF
		case err != nil:
			return "", fmt.Errorf("reading the archive: %w", err)
		case strings.HasPrefix(line, "WARC/") || isARC(line):
			if strange != "" {
				r.unread(raw)
				return "", fmt.Errorf("bytes that are no record, from %q on", strange)
			}
			if r.number == 0 {
				r.arc = !strings.HasPrefix(line, "WARC/")
			}
			return line, nil
		case strange == "" && strings.TrimSpace(line) != "":
			strange = line[:min(len(line), 40)]
		}
	}
}

// isARC reports the line of a record of ARC: address, host, 14 digits, type, length.
func isARC(line string) bool {
	fields := strings.Fields(line)
	n := len(fields)
	if n < 5 || !strings.Contains(fields[0], "://") && !strings.HasPrefix(fields[0], "dns:") {
		return false
	}
	date := fields[n-3]
	if n >= 10 && len(fields[2]) == 14 { // version 2 has five fields more
		date = fields[2]
	}
	return len(date) >= 12 && strings.Trim(date, "0123456789") == ""
}

// head reads the header of a record.
func (r *Reader) head(rec *Record, line string) (length int64, err error) {
	if !strings.HasPrefix(line, "WARC/") {
		return arcHead(rec, line)
	}
	length = -1
	for lines := 0; ; lines++ {
		line, err := r.line()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				return 0, fmt.Errorf("%s: %w", rec.name(), err)
			}
			return 0, fmt.Errorf("%s: the header is cut off", rec.name())
		}
		if line == "" {
			break
		}
		name, value, found := strings.Cut(line, ":")
		if !found || lines > 200 {
			continue
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "warc-type":
			rec.Type = strings.ToLower(value)
		case "warc-target-uri":
			rec.URI = value
		case "warc-date":
			rec.Date = value
		case "warc-payload-digest":
			rec.Digest = value
		case "warc-refers-to-target-uri":
			rec.RefersURI = value
		case "warc-refers-to-date":
			rec.RefersDate = value
		case "warc-truncated":
			rec.Truncated = value
		case "content-type":
			rec.ContentType = value
		case "content-length":
			length, err = strconv.ParseInt(value, 10, 64)
			if err != nil {
				length = -1
			}
		}
	}
	return length, nil
}

// arcHead reads the one line that is the header of a record of ARC.
func arcHead(rec *Record, line string) (length int64, err error) {
	fields := strings.Fields(line)
	n := len(fields)
	end := n - 4
	rec.ContentType, rec.Date = fields[n-2], fields[n-3]
	if n >= 10 && len(fields[2]) == 14 {
		end = 1
		rec.ContentType, rec.Date = fields[3], fields[2]
	}
	rec.Type, rec.URI = "response", strings.Join(fields[:end], " ")
	if strings.HasPrefix(rec.URI, "filedesc:") {
		rec.Type = "warcinfo"
	}
	length, err = strconv.ParseInt(fields[n-1], 10, 64)
	if err != nil {
		length = -1
	}
	return length, nil
}

func (rec *Record) name() string {
	if rec.URI != "" {
		return rec.URI
	}
	if rec.Type != "" {
		return "a record of type " + rec.Type
	}
	return "a record"
}

// block reads the block of a record. Behind it the next record must begin, or the
// file end: else the length is wrong, and the block ends where the next one begins.
func (r *Reader) block(rec *Record, length int64) error {
	rec.Offset = r.offset
	switch {
	case length < 0:
		r.upToNext(rec, nil)
		return fmt.Errorf("%s: the record has no length", rec.name())
	case length > MaxBlock:
		return r.large(rec, length)
	}
	block, err := r.take(length)
	rec.Block = block
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %w", rec.name(), err)
	}
	if err == nil {
		var here bool
		here, err = r.atBoundary()
		switch {
		case here && err != nil:
			return fmt.Errorf("%s: %w", rec.name(), err)
		case here:
			return nil
		}
	}
	if i := bytes.Index(block, boundary); i >= 0 { // too long: the next record lies inside
		rec.Block = block[:i:i]
		r.unread(block[i:])
		return nil
	}
	if err == nil {
		r.upToNext(rec, block)
		return nil
	}
	whole := bytes.TrimSuffix(block, []byte("\r\n\r\n"))
	if len(whole) < len(block) || bytes.HasSuffix(bytes.ToLower(bytes.TrimSpace(block)), []byte("</html>")) { // too long, in the last record
		rec.Block = whole
		return nil
	}
	return fmt.Errorf("%s: the archive is cut off here: %d of %d bytes", rec.name(), len(block), length)
}

// maxHead is how much is kept of a block that is too large.
const maxHead = 4096

// large passes over a block, and keeps its beginning.
func (r *Reader) large(rec *Record, length int64) error {
	head, err := r.take(maxHead)
	if err == nil {
		err = r.skip(length - maxHead)
	}
	rec.Block, rec.TooLarge = head, true
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %w", rec.name(), err)
	}
	return nil
}

// take reads n bytes, fewer at the end of the archive.
func (r *Reader) take(n int64) ([]byte, error) {
	block, err := r.taken(n)
	r.offset += int64(len(block))
	return block, err
}

func (r *Reader) taken(n int64) ([]byte, error) {
	if ahead := int64(len(r.ahead)); ahead >= n {
		block := r.ahead[:n:n]
		r.ahead = r.ahead[n:]
		return block, nil
	}
	if n <= 1<<20 { // the usual case: one allocation
		block := make([]byte, n)
		k := copy(block, r.ahead)
		r.ahead = nil
		m, err := io.ReadFull(r.in, block[k:])
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = io.EOF
		}
		return block[:k+m], err
	}
	var b bytes.Buffer
	b.Write(r.ahead)
	r.ahead = nil
	_, err := io.CopyN(&b, r.in, n-int64(b.Len()))
	return b.Bytes(), err
}

// skip passes over n bytes.
func (r *Reader) skip(n int64) error {
	ahead := min(n, int64(len(r.ahead)))
	r.ahead = r.ahead[ahead:]
	m, err := io.CopyN(io.Discard, r.in, n-ahead)
	r.offset += ahead + m
	return err
}

var boundary = []byte("\r\n\r\nWARC/1.")

// atBoundary reports whether the archive ends here or the next record begins. The
// error is that of a packed record whose bytes prove wrong only at its end.
func (r *Reader) atBoundary() (bool, error) {
	head := r.ahead
	if want := 64; len(head) < want {
		if r.arc {
			want = 4096
		}
		more, err := r.in.Peek(want)
		head = append(head[:len(head):len(head)], more...)
		var damaged *errDamaged
		switch own := errors.As(err, &damaged) && len(bytes.TrimSpace(head)) == 0 && damaged.begun; {
		case own:
			return true, err
		case damaged != nil:
			r.broken = err
		}
	}
	rest := bytes.TrimLeft(head, "\r\n")
	if len(rest) == 0 {
		return true, nil
	}
	if r.arc {
		line, _, _ := bytes.Cut(rest, []byte("\n"))
		return len(rest) < len(head) && isARC(string(line)), nil
	}
	return bytes.HasPrefix(rest, []byte("WARC/")), nil
}

// upToNext adds to the block what stands before the next record.
func (r *Reader) upToNext(rec *Record, block []byte) {
	kept := block[:len(block):len(block)]
	for {
		raw, err := r.rawLine(1 << 20)
		if err != nil {
			break
		}
		if line := string(raw[:min(len(raw), maxLine)]); strings.HasPrefix(line, "WARC/1.") || strings.HasPrefix(line, "WARC/0.") || isARC(line) {
			r.unread(raw)
			break
		}
		if len(kept) < MaxBlock {
			kept = append(kept, raw...)
		}
	}
	rec.Block = bytes.TrimSuffix(bytes.TrimSuffix(kept, []byte("\n")), []byte("\r"))
	rec.Block = bytes.TrimSuffix(bytes.TrimSuffix(rec.Block, []byte("\n")), []byte("\r"))
}
