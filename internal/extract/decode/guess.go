package decode

// highs counts the bytes over 127 of a text that is no UTF-8, by what they tell of
// its code page.
type highs struct {
	total   int
	letters [256]int // how often each byte stands beside a letter (ASCII or high)
	mixed   int      // letters over 127 that stand beside an ASCII letter
	c0df    int      // 0xC0-0xDF: capitals in windows-1251, the most frequent letters in windows-1256
	e0ff    int      // 0xE0-0xFF
}

func highBytes(content []byte) highs {
	var h highs
	for i, c := range content {
		if c < 0x80 {
			continue
		}
		h.total++
		before, after := byte(' '), byte(' ')
		if i > 0 {
			before = content[i-1]
		}
		if i+1 < len(content) {
			after = content[i+1]
		}
		if c >= 0xc0 && (isASCIILetter(before) || isASCIILetter(after)) {
			h.mixed++
		}
		if isWordByte(before) || isWordByte(after) {
			h.letters[c]++
		}
		switch {
		case c >= 0xe0:
			h.e0ff++
		case c >= 0xc0:
			h.c0df++
		}
	}
	return h
}

func isWordByte(c byte) bool { return isASCIILetter(c) || c >= 0xc0 }

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// guess chooses between the code pages that pages of the outlets we read are
// written in: windows-1251 (Cyrillic), -1256 (Arabic, Persian), -1254 (Turkish),
// -1252 (western). In an alphabet of its own no letter stands beside an ASCII one; small
// Cyrillic letters are E0-FF and capitals rare, while alef, reh and teh of Arabic lie
// in C7-CF. Turkish differs from western in six bytes alone: ğ, ı, ş and capitals,
// where western has eth, y with acute and thorn, which only Icelandic uses often.
func guess(h highs) string {
	letters := h.c0df + h.e0ff
	if letters >= 4 && h.mixed*5 <= letters {
		if h.c0df*10 >= letters*3 {
			return "windows-1256"
		}
		return "windows-1251"
	}
	turkish := h.letters[0xf0] + h.letters[0xfd] + h.letters[0xfe] + h.letters[0xdd] + h.letters[0xde] + h.letters[0xd0]
	icelandic := h.letters[0xe6] + h.letters[0xe1] // æ and á, which Turkish lacks
	if turkish > icelandic {
		return "windows-1254"
	}
	return "windows-1252"
}
