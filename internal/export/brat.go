package export

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// bratSettings is the annotation.conf of what [Brat] writes.
const bratSettings = `[entities]
Content
Source
Cue
Position

[relations]
SaidBy	Arg1:Content, Arg2:Source
ToldBy	Arg1:Content, Arg2:Cue
<OVERLAP>	Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
Kind	Arg:Content, Value:speech|attitude
Form	Arg:Content, Value:direct|indirect|mixed
Stance	Arg:Position, Value:demands|proposes|supports|accepts|open|conditional|opposes|rejects|threatens|promises
Likely	Arg:Content|Position
`

// Brat writes each article of a store into a folder as brat's standoff: NAME.txt
// with its text, NAME.ann with statements and positions, and one annotation.conf. It
// returns how many articles it wrote.
func Brat(ctx context.Context, s store.Reader, folder string) (int, error) {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return 0, fmt.Errorf("export: %w", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "annotation.conf"), []byte(bratSettings), 0o666); err != nil {
		return 0, fmt.Errorf("export: %w", err)
	}
	n := 0
	for a, err := range s.Articles(ctx, store.Filter{}) {
		if err != nil {
			return n, err
		}
		if err := bratArticle(ctx, s, folder, a.ID); err != nil {
			return n, fmt.Errorf("export: article %s: %w", a.ID, err)
		}
		n++
	}
	return n, nil
}

func bratArticle(ctx context.Context, s store.Reader, folder, id string) error {
	a, err := s.Article(ctx, id)
	if err != nil {
		return err
	}
	r, err := s.Reading(ctx, id)
	if err != nil {
		return err
	}
	sheet := newStandoff(a.Text)
	for _, st := range r.Statements {
		if st.Decision != "rejected" {
			sheet.statement(st)
		}
	}
	for _, p := range r.Positions {
		if p.Decision != "rejected" {
			sheet.position(p)
		}
	}
	out := sheet.String()
	if err := checkStandoff(a.Text, out); err != nil {
		return err
	}
	name := filepath.Join(folder, fileName(id))
	if err := os.WriteFile(name+".txt", []byte(a.Text), 0o666); err != nil {
		return err
	}
	return os.WriteFile(name+".ann", []byte(out), 0o666)
}

var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$`)

// fileName makes a file's name of an article's ID: the ID, or, where that is no
// plain name, what is plain of it with a digest.
func fileName(id string) string {
	if plainName.MatchString(id) {
		return id
	}
	digest := sha256.Sum256([]byte(id))
	plain := strings.Map(func(r rune) rune {
		if r < 0x80 && plainName.MatchString(string(r)) {
			return r
		}
		return '_'
	}, id)
	return "a-" + plain[:min(len(plain), 60)] + "-" + hex.EncodeToString(digest[:4])
}

// A standoff collects the lines of one .ann file.
type standoff struct {
	text  string
	at    []int // character at each byte
	lines []string
	marks map[string]string // place and type → id of a text-bound line
	count map[byte]int      // ids given, by letter
}

func newStandoff(body string) *standoff {
	return &standoff{text: body, at: characters(body), marks: map[string]string{}, count: map[byte]int{}}
}

// characters gives the number of code points before each byte of s, and before its end.
func characters(s string) []int {
	at, n := make([]int, len(s)+1), 0
	for i := range s {
		at[i] = n
		n++
	}
	at[len(s)] = n
	return at
}

func (f *standoff) id(letter byte) string {
	f.count[letter]++
	return fmt.Sprintf("%c%d", letter, f.count[letter])
}

// mark writes a text-bound line once and returns its id, "" for no words. A stretch
// is cut at line ends, since no line of a .ann file may hold one.
func (f *standoff) mark(kind string, spans ...text.Span) string {
	var places, words []string
	for _, span := range spans {
		for _, piece := range cutLines(f.text, span) {
			places = append(places, fmt.Sprintf("%d %d", f.at[piece.Start], f.at[piece.End]))
			words = append(words, piece.In(f.text))
		}
	}
	if len(places) == 0 {
		return ""
	}
	key := kind + " " + strings.Join(places, ";")
	if id, ok := f.marks[key]; ok {
		return id
	}
	id := f.id('T')
	f.marks[key] = id
	f.lines = append(f.lines, id+"\t"+key+"\t"+strings.Join(words, " "))
	return id
}

// cutLines divides a span at characters that programs take for the end of a line or
// of a field, and drops blanks round the cuts.
func cutLines(body string, span text.Span) []text.Span {
	var out []text.Span
	keep := func(start, end int) {
		piece := body[start:end]
		start += len(piece) - len(strings.TrimLeft(piece, blanks))
		if piece = strings.Trim(piece, blanks); piece != "" {
			out = append(out, text.Span{Start: start, End: start + len(piece)})
		}
	}
	start := span.Start
	for i, r := range span.In(body) {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			keep(start, span.Start+i)
			start = span.Start + i + utf8.RuneLen(r)
		}
	}
	keep(start, span.End)
	return out
}

const blanks = " \u00a0"

func (f *standoff) statement(s record.Statement) {
	pieces := slices.Clone(s.Pieces)
	slices.SortFunc(pieces, func(a, b text.Span) int { return cmp.Compare(a.Start, b.Start) })
	for i, p := range pieces {
		pieces[i] = withOuterMarks(f.text, p)
	}
	content := f.mark("Content", pieces...)
	if content == "" {
		return
	}
	for _, part := range []struct {
		kind, relation string
		span           *text.Span
	}{{"Source", "SaidBy", s.SourceSpan}, {"Cue", "ToldBy", s.CueSpan}} {
		if part.span == nil {
			continue
		}
		if other := f.mark(part.kind, *part.span); other != "" {
			f.lines = append(f.lines, fmt.Sprintf("%s\t%s Arg1:%s Arg2:%s", f.id('R'), part.relation, content, other))
		}
	}
	f.attribute("Kind", content, s.Kind)
	f.attribute("Form", content, s.Form)
	f.likely(content, s.Confidence)
	f.note(content, s.ID, s.Speaker, s.For, s.SaidOn)
}

// withOuterMarks widens a piece by the quotation marks directly round it, which
// belong to a content (PolNeAR guidelines): “No,” said Marić. → “No,”
func withOuterMarks(body string, s text.Span) text.Span {
	for _, pair := range [][2]string{{"“”„«‟\"", "”“»\""}, {"‘‚'", "’‘'"}} {
		before, open := utf8.DecodeLastRuneInString(body[:s.Start])
		after, shut := utf8.DecodeRuneInString(body[s.End:])
		if strings.ContainsRune(pair[0], before) && strings.ContainsRune(pair[1], after) {
			return text.Span{Start: s.Start - open, End: s.End + shut}
		}
	}
	return s
}

func (f *standoff) position(p record.Position) {
	if len(p.Evidence) == 0 {
		return
	}
	sentence := p.Evidence[0].Span
	i := strings.Index(sentence.In(f.text), p.Mention)
	if i < 0 || p.Mention == "" {
		return
	}
	id := f.mark("Position", text.Span{Start: sentence.Start + i, End: sentence.Start + i + len(p.Mention)})
	f.attribute("Stance", id, p.Stance)
	f.likely(id, p.Confidence)
	f.note(id, p.ID, &p.Party)
}

func (f *standoff) attribute(name, of, value string) {
	if value != "" && of != "" {
		f.lines = append(f.lines, f.id('A')+"\t"+name+" "+of+" "+value)
	}
}

func (f *standoff) likely(of string, c record.Confidence) {
	if c.Likely && of != "" {
		f.lines = append(f.lines, f.id('A')+"\tLikely "+of)
	}
}

// note writes what has no words of its own: the entry's ID in the record, names, day.
func (f *standoff) note(of, id string, values ...*string) {
	parts := []string{id}
	for _, v := range values {
		if v != nil && *v != "" {
			parts = append(parts, strings.Join(strings.Fields(*v), " "))
		}
	}
	f.lines = append(f.lines, f.id('#')+"\tAnnotatorNotes "+of+"\t"+strings.Join(parts, " · "))
}

// String returns the file.
func (f *standoff) String() string {
	if len(f.lines) == 0 {
		return ""
	}
	return strings.Join(f.lines, "\n") + "\n"
}
