package pdf

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// A font says what the codes of strings stand for and how wide they are.
type font struct {
	wide   bool // codes of two bytes
	names  map[int]string
	widths map[int]float64 // in thousandths of the size
	width  float64         // of codes without their own
}

// fontOf reads a font once: one that the resources only refer to for the whole file,
// another one for the content stream that names it.
func (p *painter) fontOf(resources dict, named string) *font {
	v := p.file.dict(resources["Font"])[named]
	r, shared := v.(ref)
	if shared {
		if f, there := p.fonts[int(r)]; there {
			return f
		}
	} else if f, there := p.own[named]; there {
		return f
	}
	f := p.file.font(v)
	if shared {
		p.fonts[int(r)] = f
	} else {
		p.own[named] = f
	}
	return f
}

func (f *file) font(v any) *font {
	t := &font{names: map[int]string{}, widths: map[int]float64{}, wide: f.name(f.get(v, "Subtype")) == "Type0"}
	if t.wide {
		if inner := f.list(f.get(v, "DescendantFonts")); len(inner) > 0 {
			f.cidWidths(t, inner[0])
		}
	} else {
		f.simple(t, v)
	}
	if m, err := f.content(f.dict(v)["ToUnicode"]); err == nil {
		t.toUnicode(m)
	}
	return t
}

// simple reads widths and encoding of a font of single bytes (9.6).
func (f *file) simple(t *font, v any) {
	first, scale := int(f.number(f.get(v, "FirstChar"))), 1.0
	if a := f.list(f.get(v, "FontMatrix")); len(a) > 0 && f.number(a[0]) != 0 { // Type3: in the font's own space
		scale = f.number(a[0]) * 1000
	}
	list := f.list(f.get(v, "Widths"))
	for i, w := range list[:min(len(list), 256)] {
		t.widths[first+i] = f.number(w) * scale
	}
	descriptor := f.get(v, "FontDescriptor")
	t.width = f.number(f.get(descriptor, "MissingWidth"))
	if len(list) == 0 {
		t.width = 500 // one of the standard fonts
	}
	encoding := f.get(v, "Encoding")
	base := f.name(encoding)
	if base == "" {
		base = f.name(f.get(encoding, "BaseEncoding"))
	}
	page := charmap.Windows1252
	if base == "MacRomanEncoding" {
		page = charmap.Macintosh
	}
	for c := 32; c < 256; c++ {
		t.names[c] = string(page.DecodeByte(byte(c)))
	}
	if encoding == nil {
		f.builtIn(t, descriptor)
	}
	code := 0
	for _, d := range f.list(f.get(encoding, "Differences")) {
		switch d := f.value(d).(type) {
		case float64:
			code = int(d)
		case name:
			if s := glyphName(string(d)); s != "" {
				t.names[code] = s
			}
			code++
		}
	}
}

var encodingEntry = regexp.MustCompile(`dup\s+(\d+)\s*/([A-Za-z0-9.]+)\s+put`)

// builtIn reads the encoding that a Type 1 font brings itself.
func (f *file) builtIn(t *font, descriptor any) {
	program, err := f.content(f.dict(descriptor)["FontFile"])
	if err != nil {
		return
	}
	for _, m := range encodingEntry.FindAllSubmatch(program[:min(len(program), 1<<16)], 512) {
		if code, err := strconv.Atoi(string(m[1])); err == nil && glyphName(string(m[2])) != "" {
			t.names[code] = glyphName(string(m[2]))
		}
	}
}

// cidWidths reads the widths of a font of two-byte codes (9.7.4.3).
func (f *file) cidWidths(t *font, v any) {
	t.width = 1000
	if w := f.get(v, "DW"); w != nil {
		t.width = f.number(w)
	}
	list := f.list(f.get(v, "W"))
	for i := 0; i+1 < len(list) && len(t.widths) < 1<<17; {
		first := int(f.number(list[i]))
		if each := f.list(list[i+1]); each != nil {
			for k, w := range each {
				t.widths[first+k] = f.number(w)
			}
			i += 2
			continue
		}
		if i+2 >= len(list) {
			break
		}
		last := min(int(f.number(list[i+1])), first+1<<16)
		for code := first; code <= last; code++ {
			t.widths[code] = f.number(list[i+2])
		}
		i += 3
	}
}

// toUnicode reads the map of codes to characters (9.10.3).
func (t *font) toUnicode(m []byte) {
	l := &lexer{b: m}
	var values []any
	for len(values) < maxValues {
		v, ok := l.next()
		if !ok {
			return
		}
		word, isOp := v.(op)
		if !isOp {
			values = append(values, v)
			continue
		}
		switch word {
		case "endbfchar":
			for i := 0; i+1 < len(values); i += 2 {
				t.names[codeOf(values[i])] = utf16Text(values[i+1])
			}
		case "endbfrange":
			for i := 0; i+2 < len(values); i += 3 {
				t.bfRange(codeOf(values[i]), codeOf(values[i+1]), values[i+2])
			}
		}
		values = values[:0]
	}
}

// bfRange names the codes from first to last.
func (t *font) bfRange(first, last int, to any) {
	last = min(last, first+1<<16)
	if list, ok := to.([]any); ok {
		for i := 0; i < len(list) && first+i <= last; i++ {
			t.names[first+i] = utf16Text(list[i])
		}
		return
	}
	units := []rune(utf16Text(to))
	if len(units) == 0 {
		return
	}
	for c := first; c <= last; c++ {
		t.names[c] = string(units)
		units[len(units)-1]++
	}
}

func codeOf(v any) int {
	s, _ := v.(str)
	n := 0
	for i := 0; i < len(s) && i < 4; i++ {
		n = n<<8 | int(s[i])
	}
	return n
}

func utf16Text(v any) string {
	s, _ := v.(str)
	if len(s) == 1 {
		return string(rune(s[0]))
	}
	var units []uint16
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

// each calls take for each code of a string with its character and its width.
func (t *font) each(s str, take func(code int, words string, width float64)) {
	step := 1
	if t.wide {
		step = 2
	}
	for i := 0; i+step <= len(s); i += step {
		c := codeOf(s[i : i+step])
		w, known := t.widths[c]
		if !known {
			w = t.width
		}
		words := t.names[c]
		if l, ok := ligatures[words]; ok {
			words = l
		}
		take(c, words, w)
	}
}

// ligatures are the characters that stand for several letters, or for other ones.
var ligatures = map[string]string{"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st", "\u00a0": " ", "\u00ad": "-", "\x00": ""}

// glyphName returns the characters that a name of the Adobe Glyph List stands for:
// those of Latin script, most of which HTML calls by the same name.
func glyphName(n string) string {
	n, _, _ = strings.Cut(n, ".")
	if s, ok := glyphs[n]; ok {
		return s
	}
	if len(n) == 1 {
		return n
	}
	for _, prefix := range []string{"uni", "u"} {
		if hex, ok := strings.CutPrefix(n, prefix); ok && len(hex) >= 4 {
			if r, err := strconv.ParseUint(hex[:min(len(hex), 6)], 16, 32); err == nil {
				return string(rune(r))
			}
		}
	}
	if s := html.UnescapeString("&" + n + ";"); s != "&"+n+";" {
		return s
	}
	return ""
}

// glyphs are names that HTML does not have.
var glyphs = map[string]string{
	"space": " ", "exclam": "!", "quotedbl": `"`, "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&", "quotesingle": "'", "parenleft": "(", "parenright": ")",
	"asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "period": ".", "slash": "/", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
	"seven": "7", "eight": "8", "nine": "9", "colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">", "question": "?", "at": "@", "bracketleft": "[", "backslash": `\`,
	"bracketright": "]", "asciicircum": "^", "underscore": "_", "grave": "`", "braceleft": "{", "bar": "|", "braceright": "}", "asciitilde": "~", "quoteleft": "‘", "quoteright": "’",
	"quotedblleft": "“", "quotedblright": "”", "quotesinglbase": "‚", "quotedblbase": "„", "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›",
	"endash": "–", "emdash": "—", "ellipsis": "…", "bullet": "•", "periodcentered": "·", "dagger": "†", "daggerdbl": "‡", "perthousand": "‰", "fraction": "⁄", "minus": "−", "multiply": "×",
	"Euro": "€", "sterling": "£", "section": "§", "paragraph": "¶", "degree": "°", "registered": "®", "copyright": "©", "trademark": "™", "germandbls": "ß", "ae": "æ", "AE": "Æ",
	"oe": "œ", "OE": "Œ", "ccedilla": "ç", "Ccedilla": "Ç", "scedilla": "ş", "Scedilla": "Ş", "dotlessi": "ı", "Idotaccent": "İ", "lslash": "ł", "Lslash": "Ł", "eogonek": "ę", "Eogonek": "Ę",
	"aogonek": "ą", "Aogonek": "Ą", "zdotaccent": "ż", "Zdotaccent": "Ż", "dcroat": "đ", "Dcroat": "Đ", "ohungarumlaut": "ő", "Ohungarumlaut": "Ő", "uhungarumlaut": "ű", "eacute": "é",
	"odieresis": "ö", "Odieresis": "Ö", "udieresis": "ü", "Udieresis": "Ü", "adieresis": "ä", "Adieresis": "Ä", "edieresis": "ë", "idieresis": "ï", "acircumflex": "â", "ecircumflex": "ê",
	"icircumflex": "î", "ocircumflex": "ô", "ucircumflex": "û", "ff": "ff", "fi": "fi", "fl": "fl", "ffi": "ffi", "ffl": "ffl", "nbspace": " ", "sfthyphen": "-", "exclamdown": "¡", "questiondown": "¿",
}
