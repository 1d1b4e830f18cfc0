package web

import (
	"strings"
	"testing"

	"rapporteur/internal/text"
)

// shown writes nodes as text with [class: …] around marked stretches.
func shown(all []node) string {
	var b strings.Builder
	for _, n := range all {
		if n.Class == "" {
			b.WriteString(n.Text)
			continue
		}
		b.WriteString("[" + n.Class)
		if n.ID != "" {
			b.WriteString("#" + n.ID)
		}
		b.WriteString(":" + shown(n.Nodes) + "]")
	}
	return b.String()
}

func TestNodesNest(t *testing.T) {
	const body = "abcdefghij"
	at := func(class string, start, end int) annotation {
		return annotation{Span: text.Span{Start: start, End: end}, Class: class, ID: class}
	}
	for name, c := range map[string]struct {
		in   []annotation
		want string
	}{
		"none":            {nil, "abcdefghij"},
		"one":             {[]annotation{at("s", 2, 4)}, "ab[s#s:cd]efghij"},
		"inside":          {[]annotation{at("p", 3, 4), at("s", 2, 6)}, "ab[s#s:c[p#p:d]ef]ghij"},
		"crossing":        {[]annotation{at("s", 2, 6), at("p", 4, 8)}, "ab[s#s:cd[p#p:ef]][p:gh]ij"},
		"side by side":    {[]annotation{at("s", 0, 5), at("p", 5, 10)}, "[s#s:abcde][p#p:fghij]"},
		"over the end":    {[]annotation{at("s", 8, 20)}, "abcdefgh[s#s:ij]"},
		"crossing two":    {[]annotation{at("s", 1, 4), at("p", 3, 7), at("m", 2, 9)}, "a[s#s:b[m#m:c[p#p:d]]][m:[p:efg]hi]j"},
		"outside it all":  {[]annotation{at("s", 20, 30)}, "abcdefghij"},
		"two of one span": {[]annotation{at("s", 1, 3), at("p", 1, 3)}, "a[s#s:[p#p:bc]]defghij"},
	} {
		if got := shown(nodes(body, text.Span{End: len(body)}, c.in)); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestMatches(t *testing.T) {
	for _, c := range []struct{ body, search, want string }{
		{"Support for the port", "port", "Support for the [hit:port]"},
		{"We will not sign", `"not sign" we`, "[hit:We] will [hit:not sign]"},
		{"We will not sign", "-sign", "We will not sign"},
		{"Signed, they said", "sign*", "[hit:Sign]ed, they said"},
	} {
		if got := shown(nodes(c.body, text.Span{End: len(c.body)}, matches(c.body, c.search))); got != c.want {
			t.Errorf("%q in %q: got %s, want %s", c.search, c.body, got, c.want)
		}
	}
}

func flat(all []node) string {
	var b strings.Builder
	for _, n := range all {
		b.WriteString(n.Text + flat(n.Nodes))
	}
	return b.String()
}

// Marks may stand anywhere; they may never lose, repeat or invent a character.
func FuzzNodes(f *testing.F) {
	f.Add("abcdef", "\x01\x03\x02\x05")
	f.Fuzz(func(t *testing.T, body, cuts string) {
		var all []annotation
		for i := 0; i+1 < len(cuts); i += 2 {
			s := text.Span{Start: int(cuts[i]), End: int(cuts[i+1])}
			if fits(body, s) {
				all = append(all, annotation{Span: s, Class: "s", rank: i % 3})
			}
		}
		whole := text.Span{End: len(body)}
		if got := flat(nodes(body, whole, all)); got != body {
			t.Errorf("got %q, want %q", got, body)
		}
		matches(body, cuts)
	})
}
