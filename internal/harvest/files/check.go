package files

import (
	"bytes"
	"compress/flate"
	"errors"

	"rapporteur/internal/article"
)

// magic begins files that are no text, by the name people call them.
var magic = []struct{ begin, name string }{
	{"\x89PNG", "a PNG picture"}, {"%PDF-", "a PDF"}, {"PK\x03\x04", "a ZIP archive"}, {"GIF8", "a GIF picture"},
	{"\xff\xd8\xff", "a JPEG picture"}, {"\x7fELF", "a program"}, {"BZh", "a bzip2 archive"}, {"\xfd7zXZ\x00", "an xz archive"},
	{"\x28\xb5\x2f\xfd", "a zstd archive"}, {"SQLite format 3\x00", "a database"}, {"\xd0\xcf\x11\xe0", "an old Office file"}, {"{\\rtf", "an RTF file"},
}

// check refuses bytes that cannot be an article: none, or binary ones.
func check(content []byte) *article.Refusal {
	if len(bytes.TrimSpace(content)) == 0 {
		return article.Refuse(article.Invalid, "empty")
	}
	for _, m := range magic {
		if bytes.HasPrefix(content, []byte(m.begin)) {
			return article.Refuse(article.Invalid, "binary: "+m.name+", not text")
		}
	}
	if bytes.IndexByte(content, 0) >= 0 && wide(content) == 0 {
		return article.Refuse(article.Invalid, "binary: it has NUL bytes")
	}
	return nil
}

// wide returns 2 when the bytes look like UTF-16 (a mark, or NUL as every second
// byte), with the sign of its byte order: 2 little endian, -2 big endian, 0 neither.
func wide(content []byte) int {
	switch {
	case bytes.HasPrefix(content, []byte{0xff, 0xfe}):
		return 2
	case bytes.HasPrefix(content, []byte{0xfe, 0xff}):
		return -2
	}
	head := content[:min(len(content), 512)&^1]
	var even, odd int
	for i := 0; i+1 < len(head); i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	switch units := len(head) / 2; {
	case units < 2:
		return 0
	case odd*10 >= units*7 && even*20 <= units:
		return 2
	case even*10 >= units*7 && odd*20 <= units:
		return -2
	}
	return 0
}

func isFlateError(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt)
}
