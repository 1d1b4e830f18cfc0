package text

import (
	"strings"
	"testing"
)

// back returns the words of file that the words of stored lead to.
func back(t *testing.T, m Map, stored, file, words string) string {
	t.Helper()
	at := strings.Index(stored, words)
	if at < 0 {
		t.Fatalf("%q is not in %q", words, stored)
	}
	return m.Back(Span{at, at + len(words)}).In(file)
}

func TestBuilder(t *testing.T) {
	file := "A &amp; B\r\nand\x93C\x94."
	var b Builder
	b.Copy("A ", 0)
	b.Replace("&", 2, 5)
	b.Copy(" B", 7)
	b.Replace("\n", 9, 2)
	b.Copy("and", 11)
	b.Run("“", 14, 1)
	b.Copy("C", 15)
	b.Run("”", 16, 1)
	b.Copy(".", 17)
	for words, want := range map[string]string{"A & B": "A &amp; B", "&": "&amp;", "B\nand": "B\r\nand", "“C”": "\x93C\x94", "C": "C", "d“": "d\x93"} {
		if got := back(t, b.Map(), b.String(), file, words); got != want {
			t.Errorf("%q leads to %q, want %q", words, got, want)
		}
	}
}

func TestRunsAreOneSegment(t *testing.T) {
	var b Builder
	for i, r := range "переговоры" {
		b.Run(string(r), i/2, 1)
	}
	if n := len(b.Map().Segments); n != 1 {
		t.Errorf("%d segments, want 1", n)
	}
	if s := b.Map().Back(Span{2, 6}); s != (Span{1, 3}) {
		t.Errorf("the second and third letter lead to %v", s)
	}
}

func TestIdentity(t *testing.T) {
	var b Builder
	b.Copy("as it ", 0)
	b.Copy("stands", 6)
	if !b.Map().IsIdentity() {
		t.Errorf("%+v is not the identity", b.Map())
	}
	if s := b.Map().Back(Span{2, 5}); s != (Span{2, 5}) {
		t.Errorf("the identity leads to %v", s)
	}
}

func TestThen(t *testing.T) {
	file := "\xef\xbb\xbfx caf\xe9 &eacute; y"
	var first Builder // file to middle
	first.Copy("x caf", 3)
	first.Run("é", 8, 1)
	first.Copy(" &eacute; y", 9)
	middle := first.String()
	var second Builder // middle to stored
	second.Copy(middle[2:8], 2)
	second.Replace("é", 8, 8)
	second.Replace("\n", 16, 0)
	second.Copy(" y", 16)
	stored := second.String()
	m := second.Map().Then(first.Map(), len(stored))
	for words, want := range map[string]string{"café": "caf\xe9", "f": "f", "é é": "\xe9 &eacute;", " y": " y"} {
		if got := back(t, m, stored, file, words); got != want {
			t.Errorf("%q leads to %q, want %q", words, got, want)
		}
	}
	if same := (Map{}).Then(first.Map(), len(middle)); same.Back(Span{2, 8}) != first.Map().Back(Span{2, 8}) {
		t.Errorf("after the identity %+v", same)
	}
	if !(Map{}).Then(Map{}, 5).IsIdentity() {
		t.Error("two identities are not one")
	}
}
