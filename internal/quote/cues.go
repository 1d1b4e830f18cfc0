package quote

import (
	"sort"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// A cue is one row of the table "cues": a verb or a phrase that carries reporting.
type cue struct {
	word   string
	rest   []string // words after the first one
	frames map[string]bool
	preps  []string // prepositions that the content may follow, longest first
	quoted bool     // after the preposition there must be a quotation
	kind   document.StatementKind
}

// has reports whether the content may be of that frame.
func (c *cue) has(frame string) bool { return c.frames[frame] }

// isClausal reports whether the cue takes a clause or a quotation, so that its
// content may also stand before it.
func (c *cue) isClausal() bool { return c.has("that") || c.has("bare") || c.has("quote") }

// cues are all cues by the form of their first word, longest first.
type cues map[string][]*cue

var frameNames = map[string]bool{
	"that": true, "bare": true, "quote": true, "np": true, "np-quote": true, "to": true, "wh": true, "to-np": true, "np-to": true,
	"to-pp": true, "np-ask": true, "on-to": true, "to-to": true,
}

func loadCues(lex *lexicon.Lexicon) (cues, error) {
	table, err := lex.Table("cues")
	if err != nil {
		return nil, err
	}
	out := cues{}
	for _, row := range table.Rows {
		c, err := newCue(row)
		if err != nil {
			return nil, err
		}
		first := strings.Fields(c.word)[0]
		for _, form := range forms(first, row.List("forms")) {
			out[form] = append(out[form], c)
		}
	}
	for _, list := range out {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].rest) > len(list[j].rest) })
	}
	return out, nil
}

func newCue(row lexicon.Row) (*cue, error) {
	words := strings.Fields(row.Get("word"))
	if len(words) == 0 {
		return nil, row.Errorf("no word")
	}
	c := &cue{word: row.Get("word"), rest: words[1:], frames: map[string]bool{}, kind: document.StatementKind(row.Get("kind"))}
	if c.kind != document.Speech && c.kind != document.Attitude {
		return nil, row.Errorf("kind %q is neither speech nor attitude", row.Get("kind"))
	}
	for _, f := range row.List("frames") {
		if prep, ok := strings.CutSuffix(f, ":"); ok {
			prep, quoted := strings.CutSuffix(prep, "?")
			c.preps = append(c.preps, prep)
			c.quoted = c.quoted || quoted
			continue
		}
		if !frameNames[f] {
			return nil, row.Errorf("unknown frame %q", f)
		}
		c.frames[f] = true
	}
	sort.SliceStable(c.preps, func(i, j int) bool { return len(c.preps[i]) > len(c.preps[j]) })
	return c, nil
}

// forms returns the inflected forms of a verb: itself, present, past, participles.
func forms(verb string, irregular []string) []string {
	out := append([]string{verb}, irregular...)
	if len(irregular) > 0 {
		return unique(out)
	}
	switch last := verb[len(verb)-1]; {
	case verb == "be":
		return []string{"be", "is", "are", "was", "were", "been", "being"}
	case last == 'e':
		return append(out, verb+"s", verb+"d", verb[:len(verb)-1]+"ing")
	case strings.HasSuffix(verb, "sh") || strings.HasSuffix(verb, "ch") || strings.HasSuffix(verb, "ss") || last == 'x':
		return append(out, verb+"es", verb+"ed", verb+"ing")
	}
	return append(out, verb+"s", verb+"ed", verb+"ing")
}

func unique(words []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}
