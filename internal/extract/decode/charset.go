package decode

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"

	"rapporteur/internal/text"
)

// Charset returns the canonical name of the encoding of content: that of a byte
// order mark, else UTF-8 where the bytes are UTF-8 and hold at least one letter
// that proves it, else what the page declares, else what the bytes look like.
func Charset(content []byte, declared string) string {
	switch {
	case bytes.HasPrefix(content, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(content, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(content, []byte("\xfe\xff")):
		return "utf-16be"
	}
	if wide := wideName(content); wide != "" {
		return wide
	}
	valid := utf8.Valid(content)
	high := highBytes(content)
	if valid && high.total > 0 || high.total == 0 && !isStateful(content) {
		return "utf-8"
	}
	// A label that says UTF-16 of bytes without NULs is wrong: it was read as bytes.
	if e, name := charset.Lookup(declared); e != nil && name != "utf-16le" && name != "utf-16be" && name != "replacement" {
		if name != "utf-8" || mostlyUTF8(content) {
			return name
		}
	}
	if mostlyUTF8(content) {
		return "utf-8"
	}
	return guess(high)
}

// isStateful reports whether bytes without high bit are yet no ASCII: ISO-2022-JP
// switches alphabets by escape sequences.
func isStateful(content []byte) bool { return bytes.Contains(content, []byte("\x1b$")) }

// wideName tells UTF-16 without a mark by NUL as every second byte.
func wideName(content []byte) string {
	head := content[:min(len(content), 1024)&^1]
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
		return ""
	case odd*10 >= units*7 && even*20 <= units:
		return "utf-16le"
	case even*10 >= units*7 && odd*20 <= units:
		return "utf-16be"
	}
	return ""
}

// mostlyUTF8 reports whether broken bytes are rare among whole characters of
// several bytes: a page cut in the middle of a letter, or one pasted word.
func mostlyUTF8(content []byte) bool {
	var whole, broken int
	for i := 0; i < len(content); {
		if content[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(content[i:])
		if r == utf8.RuneError && n == 1 {
			broken++
		} else {
			whole++
		}
		i += n
	}
	return whole > 0 && broken*5 <= whole
}

// singles are the code pages of one byte, by canonical name.
var singles = map[string]*charmap.Charmap{
	"ibm866": charmap.CodePage866, "iso-8859-2": charmap.ISO8859_2, "iso-8859-3": charmap.ISO8859_3, "iso-8859-4": charmap.ISO8859_4,
	"iso-8859-5": charmap.ISO8859_5, "iso-8859-6": charmap.ISO8859_6, "iso-8859-7": charmap.ISO8859_7, "iso-8859-8": charmap.ISO8859_8,
	"iso-8859-8-i": charmap.ISO8859_8, "iso-8859-10": charmap.ISO8859_10, "iso-8859-13": charmap.ISO8859_13, "iso-8859-14": charmap.ISO8859_14,
	"iso-8859-15": charmap.ISO8859_15, "iso-8859-16": charmap.ISO8859_16, "koi8-r": charmap.KOI8R, "koi8-u": charmap.KOI8U,
	"macintosh": charmap.Macintosh, "x-mac-cyrillic": charmap.MacintoshCyrillic, "windows-874": charmap.Windows874,
	"windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251, "windows-1252": charmap.Windows1252,
	"windows-1253": charmap.Windows1253, "windows-1254": charmap.Windows1254, "windows-1255": charmap.Windows1255,
	"windows-1256": charmap.Windows1256, "windows-1257": charmap.Windows1257, "windows-1258": charmap.Windows1258,
}

// tableOf returns the characters of the bytes 0x80 to 0xff.
func tableOf(name string) (table [128]rune, single bool) {
	page, single := singles[name]
	if !single {
		return table, false
	}
	for i := range table {
		table[i] = page.DecodeByte(byte(i + 128))
	}
	return table, true
}

// maxCharacter is the longest character of a multi-byte encoding, with an escape
// sequence of ISO-2022-JP before it.
const maxCharacter = 8

// fromMultiByte decodes as far as each character needs, so that the map knows its
// bytes. The decoder is asked for one character at a time by giving it little room.
func fromMultiByte(content []byte, name string) (string, text.Map, int) {
	e, _ := charset.Lookup(name)
	if e == nil {
		e = encoding.Replacement
	}
	decoder := e.NewDecoder().Transformer
	var b text.Builder
	bad := 0
	room := make([]byte, utf8.UTFMax)
	for i := 0; i < len(content); {
		written, read, err := stepDecoder(decoder, room, content[i:])
		if written == 0 && read == 0 {
			b.Run("\uFFFD", i, 1)
			bad++
			i++
			continue
		}
		piece := string(room[:written])
		if piece == "\uFFFD" {
			bad++
		}
		b.Run(piece, i, read)
		i += read
		if err != nil && err != transform.ErrShortDst && read == 0 {
			break
		}
	}
	return b.String(), b.Map(), bad
}

// stepDecoder decodes one character: it shows the decoder ever more bytes until
// something is written.
func stepDecoder(decoder transform.Transformer, room, content []byte) (written, read int, err error) {
	total := 0
	for n := 1; n <= min(maxCharacter, len(content)); n++ {
		end := n == len(content)
		written, read, err = decoder.Transform(room, content[total:n], end)
		total += read
		if written > 0 {
			return written, total, err
		}
	}
	return 0, total, err
}
