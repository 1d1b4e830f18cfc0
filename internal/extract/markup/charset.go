package markup

import (
	"bytes"
	"regexp"
)

// headBytes is how far into a page its declaration is looked for; browsers stop at
// 1024, pages of newspapers do not.
const headBytes = 8192

var (
	declaredXML  = regexp.MustCompile(`(?i)^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)`)
	declaredMeta = regexp.MustCompile(`(?i)<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)`)
)

// Charset returns the label of the encoding that a page declares, "" for none.
func Charset(content []byte) string {
	head := content[:min(len(content), headBytes)]
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	for _, form := range []*regexp.Regexp{declaredXML, declaredMeta} {
		if m := form.FindSubmatch(head); m != nil {
			return string(m[1])
		}
	}
	return ""
}
