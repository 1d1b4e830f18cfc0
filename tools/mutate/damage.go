package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
)

// spice are pieces that readers of pages stumble over.
var spice = []string{
	"<div>", "</div>", "<table><tr><td>", "<svg>", "<math>", "<template>", "<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script>", "<style>", "<plaintext>", "<textarea>",
	"&#0;", "&#xd800;", "&amp;amp;amp;", "\x00", "\xff\xfe", "\xed\xa0\x80", "\u202e", "\u00ad", "e\u0301\u0301\u0301", "\r\r\n", "{\"@type\":\"NewsArticle\",\"datePublished\":\"9999-99-99\"}",
	"<meta charset=utf-16>", "<meta charset=shift_jis>", "<base href=javascript:x>", "<a href='", "<p class=\"", "<item>", "</channel>", "<entry>", "WARC/1.0\r\n", "Content-Length: 99999999999\r\n",
	"1 0 obj << /Kids [1 0 R] >> endobj", "stream\r\n", "endstream", "((((", "[[[[", "=?utf-8?B?", "--b\r\n", "Content-Transfer-Encoding: base64\r\n",
}

// maxGrown is how large an input may grow.
const maxGrown = 2 << 20

// damage changes some places of a file.
func damage(chance *rand.Rand, content []byte) []byte {
	b := bytes.Clone(content)
	for range 1 + chance.IntN(12) {
		if len(b) == 0 {
			break
		}
		at := chance.IntN(len(b))
		end := min(len(b), at+1+chance.IntN(1+min(len(b), 4096)))
		switch chance.IntN(9) {
		case 0:
			b[at] ^= 1 << chance.IntN(8)
		case 1:
			b = append(b[:at], b[end:]...)
		case 2:
			b = insert(b, at, bytes.Clone(b[at:end]))
		case 3:
			b = insert(b, at, []byte(spice[chance.IntN(len(spice))]))
		case 4:
			b = insert(b, at, bytes.Repeat([]byte(spice[chance.IntN(len(spice))]), 1+chance.IntN(3000)))
		case 5:
			b = b[:at]
		case 6:
			from := chance.IntN(len(b))
			b = insert(b, at, bytes.Clone(b[from:min(len(b), from+500)]))
		case 7:
			for i := at; i < min(end, at+64); i++ {
				b[i] = byte(chance.IntN(256))
			}
		case 8:
			b = bytes.ReplaceAll(b, []byte(">"), []byte(fmt.Sprintf(" x%d>", chance.IntN(10))))
		}
		if len(b) > maxGrown {
			b = b[:maxGrown]
		}
	}
	return b
}

func insert(b []byte, at int, piece []byte) []byte {
	return append(b[:at:at], append(piece, b[at:]...)...)
}

func unpack(b []byte) ([]byte, error) {
	in, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(in)
}
