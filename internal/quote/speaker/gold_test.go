package speaker_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/coref"
	"rapporteur/internal/nlp/encoder/kernel"
	"rapporteur/internal/nlp/engine"
	"rapporteur/internal/nlp/lemma"
	"rapporteur/internal/nlp/names"
	"rapporteur/internal/nlp/sentence"
	"rapporteur/internal/nlp/times"
	"rapporteur/internal/nlp/tokenize"
	"rapporteur/internal/quote/speaker"
	"rapporteur/internal/text"
	"rapporteur/internal/weights"
)

type goldStatement struct {
	Content                                []string
	Form                                   string
	Source, Speaker, For, Cue, Venue, Said string
}

func (g *goldStatement) UnmarshalJSON(b []byte) error {
	var raw struct {
		Content                          []string
		Form                             string
		Source, Speaker, For, Cue, Venue *string
		SaidOn                           *string `json:"said_on"`
	}
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	str := func(p *string) string {
		if p == nil {
			return ""
		}
		return *p
	}
	*g = goldStatement{Content: raw.Content, Form: raw.Form, Source: str(raw.Source), Speaker: str(raw.Speaker), For: str(raw.For), Cue: str(raw.Cue), Venue: str(raw.Venue), Said: str(raw.SaidOn)}
	return nil
}

type goldRecord struct {
	ID, Published string
	Statements    []goldStatement
}

// pipeline returns the stages before the statements, and those behind them.
func pipeline(t testing.TB) (before, behind []nlp.Stage) {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	must := func(s nlp.Stage, err error) nlp.Stage {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	tok, err := tokenize.New(lex)
	before = []nlp.Stage{must(tok, err)}
	file, err := weights.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	paths := kernel.Paths()
	reader, err := engine.New(file, paths[len(paths)-1])
	if err != nil {
		t.Fatal(err)
	}
	if reader.Divider, err = sentence.New(lex); err != nil {
		t.Fatal(err)
	}
	before = append(before, reader)
	le, err := lemma.New(lex)
	before = append(before, must(le, err))
	fu, err := names.NewFuse(lex)
	before = append(before, must(fu, err))
	ti, err := times.New(lex)
	before = append(before, must(ti, err))
	na, err := names.New(lex)
	before = append(before, must(na, err))
	co, err := coref.New(lex)
	behind = append(behind, must(co, err))
	sp, err := speaker.New(lex)
	behind = append(behind, must(sp, err))
	return before, behind
}

func newDoc(t testing.TB, body, published string) *document.Doc {
	t.Helper()
	a := &article.Article{Text: body, Body: text.Span{Start: 0, End: len(body)}}
	if title, _, ok := strings.Cut(body, "\n"); ok {
		a.Title, a.Body.Start = title, len(title)
	}
	if published != "" {
		day, err := calendar.ParseDay(published)
		if err != nil {
			t.Fatal(err)
		}
		a.Published = day
	}
	return document.New(a)
}

// near returns the occurrence of words nearest to at.
func near(body, words string, at int) text.Span {
	best := text.Span{}
	for from := 0; words != ""; {
		i := strings.Index(body[from:], words)
		if i < 0 {
			break
		}
		s := text.Span{Start: from + i, End: from + i + len(words)}
		if isWhole(body, s) && (best.IsEmpty() || abs(s.Start-at) < abs(best.Start-at)) {
			best = s
		}
		from += i + 1
		for from < len(body) && body[from]&0xC0 == 0x80 {
			from++
		}
	}
	return best
}

func isWhole(body string, s text.Span) bool {
	return (s.Start == 0 || !isLetter(body[s.Start-1])) && (s.End == len(body) || !isLetter(body[s.End]))
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

func abs(n int) int { return max(n, -n) }

// place gives the document the gold statements whose words were found, and the gold
// index of each.
func place(d *document.Doc, gold []goldStatement) []int {
	type placed struct {
		s document.Statement
		g int
	}
	var out []placed
	last := 0
	for g, st := range gold {
		s := document.Statement{Kind: document.Speech, Form: document.Form(st.Form), Within: document.NoStatement, Follows: document.NoStatement}
		for _, piece := range st.Content {
			span := near(d.Text(), piece, last)
			if span.IsEmpty() {
				break
			}
			s.Content = append(s.Content, span)
			last = span.End
		}
		if len(s.Content) != len(st.Content) {
			continue
		}
		at := s.Content[0].Start
		if st.Source != "" && len(s.Content) > 0 {
			after, before := near(d.Text(), st.Source, s.Content[0].End), near(d.Text(), st.Source, s.Content[0].Start)
			s.Source = before
			if abs(after.Start-s.Content[0].End) < abs(before.Start-s.Content[0].Start) {
				s.Source = after
			}
			at = s.Source.Start
		}
		s.Cue = near(d.Text(), st.Cue, at)
		s.Sentence = d.SentenceAt(s.Content[0].Start)
		if !s.Cue.IsEmpty() {
			s.Sentence = d.SentenceAt(s.Cue.Start)
		}
		if st.Venue != "" {
			s.Place = near(d.Text(), st.Venue, at)
			if !s.Place.IsEmpty() && d.SentenceAt(s.Place.Start) != s.Sentence {
				s.Place = text.Span{}
			}
		}
		out = append(out, placed{s, g})
	}
	slices.SortStableFunc(out, func(a, b placed) int { return a.s.Content[0].Start - b.s.Content[0].Start })
	var index []int
	for _, p := range out {
		d.Statements = append(d.Statements, p.s)
		index = append(index, p.g)
	}
	return index
}

var nameTitles = strings.Fields("the mr mrs ms dr president prime minister senator sir spokesman spokeswoman spokesperson foreign secretary general chancellor king queen ambassador of state")

var nameAlias = map[string]string{"us": "united states", "usa": "united states", "united states of america": "united states", "america": "united states",
	"washington": "united states", "white house": "united states", "uk": "united kingdom", "britain": "united kingdom", "moscow": "russia", "kremlin": "russia",
	"russian federation": "russia", "eu": "european union", "un": "united nations", "tehran": "iran", "beijing": "china", "seoul": "south korea", "pyongyang": "north korea"}

var ofState = regexp.MustCompile(`\s+of\s+(the\s+)?[A-Z][\w ]*$`)

func wordsOf(name string) []string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_':
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

func bareName(name string) []string {
	drop := func(words []string) []string {
		return slices.DeleteFunc(words, func(w string) bool { return slices.Contains(nameTitles, w) })
	}
	if head := drop(wordsOf(ofState.ReplaceAllString(name, ""))); len(head) >= 2 {
		return head
	}
	return drop(wordsOf(name))
}

// sameName tells whether two names are of one actor, as the records' scorer does.
func sameName(a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	ta, tb := bareName(a), bareName(b)
	if len(ta) == 0 || len(tb) == 0 {
		return false
	}
	ja, jb := strings.Join(ta, " "), strings.Join(tb, " ")
	if ja == jb || canonical(ja) == canonical(jb) || initials(ta) == strings.Join(tb, "") || initials(tb) == strings.Join(ta, "") {
		return true
	}
	short, long := ta, tb
	if len(ta) > len(tb) {
		short, long = tb, ta
	}
	for _, w := range []string{"south", "north"} {
		if slices.Contains(long, w) != slices.Contains(short, w) {
			return false
		}
	}
	if short[len(short)-1] != long[len(long)-1] {
		return false
	}
	all := !slices.ContainsFunc(short, func(w string) bool { return !slices.Contains(long, w) })
	return len(short) == 1 || short[0] == long[0] || all
}

func canonical(name string) string {
	if c, ok := nameAlias[name]; ok {
		return c
	}
	return name
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w[:1])
	}
	return b.String()
}

type tally struct{ right, all int }

func (t *tally) add(ok bool) {
	t.all++
	if ok {
		t.right++
	}
}

func (t *tally) share() float64 { return 100 * float64(t.right) / float64(max(1, t.all)) }

// goldFolder returns the folder of gold records, or skips.
func goldFolder(t testing.TB, part string) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if folder := filepath.Join(dir, "shared", "gold", part); isFolder(folder) {
			return folder
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("gold records are missing beside the project")
	}
	t.Skip("gold records are missing: put them at ../shared/gold beside the project")
	return ""
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// TestGold measures speaker, party and day with the gold records' own sources.
// GOLD=show lists what is wrong.
func TestGold(t *testing.T) {
	show := os.Getenv("GOLD") != ""
	for _, part := range []struct {
		name           string
		speaker, party float64
	}{{"train", 88, 69}, {"dev", 90, 77}} {
		folder := goldFolder(t, part.name)
		files, err := filepath.Glob(filepath.Join(folder, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		before, behind := pipeline(t)
		var who, party, day, dayGiven, dayNone tally
		for _, file := range files {
			rec, body := readGold(t, file)
			d := newDoc(t, body, rec.Published)
			if err := nlp.Run(context.Background(), d, before...); err != nil {
				t.Fatal(err)
			}
			index := place(d, rec.Statements)
			d.Layers |= document.LayerStatements
			if err := nlp.Run(context.Background(), d, behind...); err != nil {
				t.Fatal(err)
			}
			for i, g := range index {
				gold, s := rec.Statements[g], d.Statements[i]
				name, of := nameOf(d, s.Speaker), nameOf(d, s.For)
				okWho, okFor, okDay := sameName(gold.Speaker, name), sameName(gold.For, of), gold.Said == s.SaidOn.ISO()
				if gold.Source != "" {
					who.add(okWho)
					party.add(okFor)
				}
				day.add(okDay)
				if gold.Said != "" {
					dayGiven.add(okDay)
				} else {
					dayNone.add(okDay)
				}
				if show && (!okWho || !okFor || os.Getenv("GOLD") == "all") && gold.Source != "" {
					t.Logf("%s %s: %q (%s): speaker %q got %q; for %q got %q", part.name, rec.ID, gold.Source, gold.Cue, gold.Speaker, name, gold.For, of)
				}
				if os.Getenv("GOLD") == "days" && !okDay {
					t.Logf("DAY %s %s: %q %s: %q got %q", part.name, rec.ID, gold.Source, gold.Cue, gold.Said, s.SaidOn.ISO())
				}
			}
		}
		t.Logf("%s: speaker %.1f (%d of %d), for %.1f, said_on %.1f (given %.1f of %d, none %.1f of %d)", part.name, who.share(), who.right, who.all, party.share(), day.share(), dayGiven.share(), dayGiven.all, dayNone.share(), dayNone.all)
		if who.share() < part.speaker || party.share() < part.party {
			t.Errorf("%s: speaker %.1f, for %.1f; want at least %.0f and %.0f", part.name, who.share(), party.share(), part.speaker, part.party)
		}
	}
}

func nameOf(d *document.Doc, id document.ActorID) string {
	if id == document.NoActor {
		return ""
	}
	return d.Actors[id].Name
}

func readGold(t testing.TB, file string) (goldRecord, string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var rec goldRecord
	if err := json.Unmarshal(b, &rec); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	return rec, string(body)
}

// TestActors lists the actors of the gold text that ACTORS names.
func TestActors(t *testing.T) {
	file := os.Getenv("ACTORS")
	if file == "" {
		t.Skip("ACTORS names no file")
	}
	rec, body := readGold(t, file)
	d := newDoc(t, body, rec.Published)
	before, behind := pipeline(t)
	if err := nlp.Run(context.Background(), d, before...); err != nil {
		t.Fatal(err)
	}
	place(d, rec.Statements)
	d.Layers |= document.LayerStatements
	if err := nlp.Run(context.Background(), d, behind...); err != nil {
		t.Fatal(err)
	}
	for _, a := range d.Actors {
		var words []string
		for _, m := range a.Mentions {
			words = append(words, d.In(d.Mentions[m].Span))
		}
		t.Logf("%s [%s] %s role=%q of=%q (%s) speaks=%q %s: %q", a.Name, a.Kind, a.Key, a.Role, nameOf(d, a.Of), a.OfMade.Rule, nameOf(d, a.Speaks), a.Gender, words)
	}
}
