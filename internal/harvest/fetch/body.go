package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"rapporteur/internal/article"
)

// gzipMagic begins every gzip file (RFC 1952, section 2.3.1).
const gzipMagic = "\x1f\x8b"

// body reads an answer and unpacks it. Neither the packed nor the unpacked bytes
// go over the limit. Of a robots.txt its first bytes are enough.
func (f *Fetcher) body(res *http.Response, robots bool) ([]byte, error) {
	if robots {
		return head(res, maxRobots)
	}
	if res.ContentLength > f.options.MaxBytes {
		return nil, f.tooLarge("it")
	}
	packed, err := readAll(res.Body, f.options.MaxBytes)
	switch {
	case errors.Is(err, errLarge):
		return nil, f.tooLarge("it")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return nil, article.Refuse(article.Unreachable, "the answer was cut short")
	case err != nil:
		return nil, err
	}
	content, err := f.unpack(packed, res.Header.Values("Content-Encoding"))
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(content)) == 0 && res.StatusCode == http.StatusOK {
		return nil, article.Refuse(article.Invalid, "empty")
	}
	return content, nil
}

// head reads the first bytes of an answer, unpacked.
func head(res *http.Response, cut int64) ([]byte, error) {
	var in io.Reader = res.Body
	if strings.EqualFold(res.Header.Get("Content-Encoding"), "gzip") {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return nil, broken(nil, "it does not begin like one")
		}
		in = unpacked
	}
	return io.ReadAll(io.LimitReader(in, cut))
}

var errLarge = errors.New("too large")

func readAll(in io.Reader, most int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(in, most+1))
	if err == nil && int64(len(content)) > most {
		err = errLarge
	}
	return content, err
}

// unpack undoes the encoding of an answer, and that of a file which is gzip itself.
func (f *Fetcher) unpack(packed []byte, encodings []string) ([]byte, error) {
	encoding := strings.ToLower(strings.TrimSpace(strings.Join(encodings, ",")))
	content := packed
	switch encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		var err error
		if content, err = f.gunzip(packed); err != nil {
			return nil, err
		}
	default:
		return nil, article.Refuse(article.Unsupported, fmt.Sprintf("packed as %.40q, which was not asked for", encoding))
	}
	if bytes.HasPrefix(content, []byte(gzipMagic)) {
		return f.gunzip(content)
	}
	return content, nil
}

func (f *Fetcher) gunzip(packed []byte) ([]byte, error) {
	if len(packed) == 0 {
		return nil, nil
	}
	in, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, broken(packed, "it does not begin like one")
	}
	content, err := readAll(in, f.options.MaxBytes)
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, errLarge):
		return nil, f.tooLarge("unpacked, it")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, broken(packed, "it ends too early")
	case errors.As(err, &corrupt), errors.Is(err, gzip.ErrChecksum), err != nil:
		return nil, broken(packed, "its bytes are wrong")
	}
	return content, nil
}

func broken(packed []byte, how string) error {
	refusal := article.Refuse(article.Invalid, "broken gzip: "+how)
	refusal.Bytes = int64(len(packed))
	if len(packed) <= article.SmallRefusal {
		refusal.Content = packed
	}
	return refusal
}

func (f *Fetcher) tooLarge(what string) error {
	size := fmt.Sprintf("%d MB", f.options.MaxBytes>>20)
	if f.options.MaxBytes < 1<<20 {
		size = fmt.Sprintf("%d KB", f.options.MaxBytes>>10)
	}
	return article.Refuse(article.TooLarge, what+" is larger than "+size)
}
