package files

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"

	"rapporteur/internal/article"
)

// lines yields each line of JSON Lines as a page of its own. A line over the limit
// is refused alone; a break in the stream refuses the rest of the file.
func (h *Harvester) lines(ctx context.Context, s source, in io.Reader, yield func(article.Page) bool) bool {
	reader := bufio.NewReaderSize(in, 1<<16)
	head, _ := reader.Peek(512)
	order := wide(head)
	refuse := func(line int, size int64, r *article.Refusal) bool {
		r.Source, r.Line, r.Bytes = s.path, line, size
		return yield(article.Page{Path: s.path, Line: line, Type: s.kind, Refusal: r})
	}
	if r := check(head); r != nil && len(head) > 0 && r.Reason != "empty" {
		return refuse(0, s.size, r)
	}
	found := false
	for number := 1; ctx.Err() == nil; number++ {
		line, size, err := nextLine(reader, order)
		if err != nil && !errors.Is(err, io.EOF) {
			return refuse(number, size, unreadable(s.path, err))
		}
		end := err != nil
		switch {
		case size > Limit:
			found = true
			if !refuse(number, size, tooLarge("the line")) {
				return false
			}
		case !blank(line):
			found = true
			if !yield(article.Page{Path: s.path, Line: number, Type: s.kind, Bytes: line}) {
				return false
			}
		}
		if end {
			break
		}
	}
	if !found && ctx.Err() == nil {
		return refuse(0, s.size, article.Refuse(article.Invalid, "empty"))
	}
	return true
}

// nextLine reads up to the next line feed, which it drops together with a carriage
// return before it. Of a line over the limit it keeps nothing but the size. In
// UTF-16 a line feed is two bytes, at an even offset.
func nextLine(reader *bufio.Reader, order int) (line []byte, size int64, err error) {
	for {
		var piece []byte
		piece, err = reader.ReadSlice('\n')
		size += int64(len(piece))
		if size <= Limit+2 {
			line = append(line, piece...)
		} else {
			line = nil
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil || order == 0 {
			break
		}
		if order > 0 && size%2 == 1 { // the line feed's second byte is still to come
			next, nextErr := reader.ReadByte()
			if nextErr != nil {
				return line, size, nextErr
			}
			size++
			line = append(line, next)
			if next == 0 {
				break
			}
			continue
		}
		if order < 0 && size%2 == 0 && len(line) > 1 && line[len(line)-2] == 0 {
			break
		}
	}
	return trimEnd(line, order), size, err
}

// trimEnd drops the line end.
func trimEnd(line []byte, order int) []byte {
	for _, end := range [...]string{"\n", "\r"} {
		switch {
		case order > 0:
			end += "\x00"
		case order < 0:
			end = "\x00" + end
		}
		line = bytes.TrimSuffix(line, []byte(end))
	}
	return line
}

// blank reports whether a line holds white space and byte order marks only.
func blank(line []byte) bool {
	return len(bytes.Trim(line, " \t\r\n\x00\xef\xbb\xbf\xff\xfe")) == 0
}
