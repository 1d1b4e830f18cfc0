package decode

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rapporteur/internal/text"
)

func TestBytes(t *testing.T) {
	utf16 := func(s string, big, mark bool) string {
		var b strings.Builder
		if mark {
			s = "\ufeff" + s
		}
		for _, r := range s {
			if big {
				b.WriteByte(byte(r >> 8))
			}
			b.WriteByte(byte(r))
			if !big {
				b.WriteByte(byte(r >> 8))
			}
		}
		return b.String()
	}
	cases := []struct{ name, content, declared, want, charset string }{
		{"plain", "The envoy left.\n", "", "The envoy left.\n", "utf-8"},
		{"mark", "\xef\xbb\xbfThe envoy.", "", "The envoy.", "utf-8"},
		{"line ends", "a\r\nb\rc\n", "", "a\nb\nc\n", "utf-8"},
		{"soft hyphen, zero-width space, mark inside", "nego\u00adti\u200bation\ufeff", "", "negotiation", "utf-8"},
		{"Persian joiner stays", "می\u200cخواهیم", "", "می\u200cخواهیم", "utf-8"},
		{"controls", "a\x1cb\u0091c\td", "", "abc d", "utf-8"},
		{"no-break space", "5\u00a0May", "", "5 May", "utf-8"},
		{"composed", "Rene\u0301e", "", "Renée", "utf-8"},
		{"UTF-16 little endian", utf16("Die Brücke “bleibt” zu.", false, true), "", "Die Brücke “bleibt” zu.", "utf-16le"},
		{"UTF-16 big endian", utf16("Die Brücke bleibt zu.", true, true), "", "Die Brücke bleibt zu.", "utf-16be"},
		{"UTF-16 without a mark", utf16("The bridge stays shut.", false, false), "", "The bridge stays shut.", "utf-16le"},
		{"latin1 means windows-1252", "\x93We\x92re ready\x94 \x96 9 \x80", "iso-8859-1", "“We’re ready” – 9 €", "windows-1252"},
		{"undeclared western", "Ren\xe9e Dufaure said \x93no\x94.", "", "Renée Dufaure said “no”.", "windows-1252"},
		{"undeclared Cyrillic", "\xcf\xe5\xf0\xe5\xe3\xee\xe2\xee\xf0\xfb \xee\xf2\xeb\xee\xe6\xe5\xed\xfb", "", "Переговоры отложены", "windows-1251"},
		{"undeclared Arabic", "\xc7\xe1\xe3\xcd\xc7\xcf\xcb\xc7\xca \xc7\xe1\xcc\xcf\xed\xcf\xc9", "", "المحادثات الجديدة", "windows-1256"},
		{"undeclared Turkish", "G\xf6r\xfc\xfemeler ertelendi, d\xfd\xfei\xfeleri a\xe7\xfdklad\xfd", "", "Görüşmeler ertelendi, dışişleri açıkladı", "windows-1254"},
		{"UTF-8 declared as latin1", "Renée said “no”", "iso-8859-1", "Renée said “no”", "utf-8"},
		{"UTF-8 declared, bytes of windows-1252", "caf\xe9 \x93no\x94", "utf-8", "café “no”", "windows-1252"},
		{"one broken letter in UTF-8", "Renée, Zoë, Amélie, Chloé, Anaïs and \xff", "", "Renée, Zoë, Amélie, Chloé, Anaïs and \ufffd", "utf-8"},
		{"Shift_JIS declared", "\x93\xfa\x96{ talks", "shift_jis", "日本 talks", "shift_jis"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := Bytes([]byte(c.content), c.declared)
			if err != nil {
				t.Fatal(err)
			}
			if got.Text != c.want || got.Charset != c.charset {
				t.Errorf("%q in %s, want %q in %s", got.Text, got.Charset, c.want, c.charset)
			}
			checkMap(t, got.Text, got.Map, len(c.content))
		})
	}
}

func TestMapLeadsBack(t *testing.T) {
	content := "\x93Caf\xe9\x94,\r\nsaid Ren\xe9e"
	got, err := Bytes([]byte(content), "windows-1252")
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]string{"Renée": "Ren\xe9e", "“Café”": "\x93Caf\xe9\x94", ",\nsaid": ",\r\nsaid"} {
		at := strings.Index(got.Text, words)
		back := got.Map.Back(text.Span{Start: at, End: at + len(words)})
		if content[back.Start:back.End] != want {
			t.Errorf("%q leads to %q", words, content[back.Start:back.End])
		}
	}
}

// checkMap fails unless every span of the text leads to a span of the file, in order.
func checkMap(t *testing.T, s string, m text.Map, size int) {
	t.Helper()
	last := 0
	for i := range s {
		_, n := utf8.DecodeRuneInString(s[i:])
		back := m.Back(text.Span{Start: i, End: i + n})
		if back.Start < last || back.End < back.Start || back.End > size {
			t.Fatalf("byte %d of %q leads to %v after %d in a file of %d bytes", i, s, back, last, size)
		}
		last = back.Start
	}
}

func FuzzBytes(f *testing.F) {
	for _, s := range []string{"plain", "\xff\xfea\x00b", "\xfe\xff\x00a", "caf\xe9", "e\u0301\u0323\r\n\r", "\x93\xfa\x96{", "각ᄀ\u1161\u11a8", "\u0344\u0f73\ufeff"} {
		for _, label := range []string{"", "iso-8859-1", "shift_jis", "gb18030", "iso-2022-jp"} {
			f.Add([]byte(s), label)
		}
	}
	f.Fuzz(func(t *testing.T, content []byte, declared string) {
		got, err := Bytes(content, declared)
		if err != nil {
			return
		}
		if !utf8.ValidString(got.Text) || !norm.NFC.IsNormalString(got.Text) || strings.ContainsAny(got.Text, "\r\u00ad\u200b\ufeff\x00") {
			t.Fatalf("not clean: %q", got.Text)
		}
		checkMap(t, got.Text, got.Map, len(content))
		if again, m := Clean(got.Text); again != got.Text || !m.IsIdentity() {
			t.Fatalf("cleaned twice: %q, %q", got.Text, again)
		}
	})
}
