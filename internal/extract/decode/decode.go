// Package decode turns the bytes of a page into text, with the way back.
//
// In: bytes in UTF-8, UTF-16 or a legacy code page, and the label that the page
// declares, if any. Out: text and the map from each of its bytes to the bytes it
// came from. What always holds: the text is valid NFC UTF-8 without carriage
// returns, byte order marks, soft hyphens, zero-width spaces and control
// characters; zero-width joiners and non-joiners stay, since words of Persian and
// Hindi need them; a no-break space becomes a space and a tab too; nothing else is
// dropped or changed.
package decode

import (
	"unicode/utf8"

	"rapporteur/internal/article"
	"rapporteur/internal/text"
)

// Decoded is a text with the map back to the bytes it was decoded from.
type Decoded struct {
	Text    string
	Map     text.Map
	Charset string // canonical name of the encoding that was used
}

// Bytes decodes content. declared is the label that the page itself gives, ""
// when there is none; labels are read as browsers read them ("iso-8859-1" means
// windows-1252). Bytes that are text in no encoding give an *article.Refusal.
func Bytes(content []byte, declared string) (Decoded, error) {
	name := Charset(content, declared)
	raw, back, bad := toUTF8(content, name)
	if len(raw) > 0 && bad*20 > utf8.RuneCountInString(raw) {
		return Decoded{}, article.Refuse(article.Invalid, "wrong encoding: its bytes are no text in "+name)
	}
	clean, step := Clean(raw)
	return Decoded{Text: clean, Map: step.Then(back, len(clean)), Charset: name}, nil
}

// toUTF8 returns the text before cleaning, and how many characters were broken.
func toUTF8(content []byte, name string) (string, text.Map, int) {
	switch name {
	case "utf-8":
		return fromUTF8(content)
	case "utf-16le", "utf-16be":
		return fromUTF16(content, name == "utf-16be")
	}
	return fromCodePage(content, name)
}

// fromUTF8 keeps valid bytes and replaces each broken one by U+FFFD. A byte order
// mark stays for Clean to drop.
func fromUTF8(content []byte) (string, text.Map, int) {
	if utf8.Valid(content) {
		return string(content), text.Map{}, 0
	}
	var b text.Builder
	bad, start := 0, 0
	s := string(content)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			b.Copy(s[start:i], start)
			b.Replace("\uFFFD", i, 1)
			bad++
			start = i + 1
		}
		i += n
	}
	b.Copy(s[start:], start)
	return b.String(), b.Map(), bad
}

// fromUTF16 reads units of two bytes; lone surrogates and an odd last byte are
// broken characters.
func fromUTF16(content []byte, bigEndian bool) (string, text.Map, int) {
	var b text.Builder
	bad := 0
	unit := func(i int) rune {
		if bigEndian {
			return rune(content[i])<<8 | rune(content[i+1])
		}
		return rune(content[i+1])<<8 | rune(content[i])
	}
	for i := 0; i < len(content); {
		if i+1 >= len(content) {
			b.Run("\uFFFD", i, 1)
			bad++
			break
		}
		r, n := unit(i), 2
		switch {
		case 0xd800 <= r && r < 0xdc00 && i+3 < len(content) && unit(i+2)&0xfc00 == 0xdc00:
			r, n = (r-0xd800)<<10+(unit(i+2)-0xdc00)+0x10000, 4
		case 0xd800 <= r && r < 0xe000:
			r = utf8.RuneError
			bad++
		}
		b.Run(string(r), i, n)
		i += n
	}
	return b.String(), b.Map(), bad
}

// fromCodePage decodes single bytes by table, and other legacy encodings (Chinese,
// Japanese, Korean) character by character.
func fromCodePage(content []byte, name string) (string, text.Map, int) {
	table, single := tableOf(name)
	if !single {
		return fromMultiByte(content, name)
	}
	var b text.Builder
	bad := 0
	for i := 0; i < len(content); {
		j := i
		for j < len(content) && content[j] < utf8.RuneSelf {
			j++
		}
		b.Copy(string(content[i:j]), i)
		if j < len(content) {
			r := table[content[j]-utf8.RuneSelf]
			if r == utf8.RuneError {
				bad++
			}
			b.Run(string(r), j, 1)
			j++
		}
		i = j
	}
	return b.String(), b.Map(), bad
}
