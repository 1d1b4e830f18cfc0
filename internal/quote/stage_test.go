package quote

import (
	"context"
	"strings"
	"testing"
	"time"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// Statements point into the text, their pieces stand in order and apart, source and
// cue stand outside them, and references lead to other statements.
func FuzzStatements(f *testing.F) {
	h := newHouse(f)
	f.Add("“We will not sign,” said Amara Okafor, the envoy, “and we never will.” “No.”\n\n“Never.")
	f.Add("KOLB: No.\n\nSORIN: Yes, he said that it was so, according to Dale.\n\nBoth Tolmark and Veyra denied it.")
	f.Add("Kolb told them [that] ''no'', saying: “<…> yes (or no)”, adding that, says who, said.")
	f.Fuzz(func(t *testing.T, body string) {
		if !strings.Contains(body, " ") || len(body) > 2000 {
			return
		}
		d := h.read(t, strings.ToValidUTF8(body, "?"), "")
		for i, s := range d.Statements {
			check(t, d, i, s)
		}
	})
}

func check(t *testing.T, d *document.Doc, i int, s document.Statement) {
	t.Helper()
	end := 0
	for _, c := range s.Content {
		if c.IsEmpty() || c.Start < end || c.End > len(d.Text()) {
			t.Fatalf("statement %d: content %v after byte %d", i, c, end)
		}
		end = c.End
		if strings.TrimSpace(d.In(c)) != d.In(c) {
			t.Errorf("statement %d: blanks round %q", i, d.In(c))
		}
		for _, o := range []text.Span{s.Source, s.Cue} {
			if c.Overlaps(o) {
				t.Errorf("statement %d: %q overlaps its content %q", i, d.In(o), d.In(c))
			}
		}
	}
	if len(s.Content) == 0 || s.Made.Rule == "" || s.Sure.Value == 0 || int(s.Sentence) >= len(d.Sentences) {
		t.Errorf("statement %d: %+v", i, s)
	}
	for _, ref := range []document.StatementID{s.Follows, s.Within} {
		if ref < document.NoStatement || int(ref) >= len(d.Statements) || int(ref) == i {
			t.Errorf("statement %d refers to %d", i, ref)
		}
	}
}

// nobody stands for the stages of times and names, whose own tests bound their time.
type nobody struct{}

func (nobody) Name() string                                  { return "nobody" }
func (nobody) Version() string                               { return "1" }
func (nobody) Needs() document.Layers                        { return 0 }
func (nobody) Adds() document.Layers                         { return document.LayerTimes | document.LayerNames }
func (nobody) Annotate(context.Context, *document.Doc) error { return nil }

func TestHostileTextTakesBoundedTime(t *testing.T) {
	h := newHouse(t)
	h.stages = append(h.stages[:len(h.stages)-3:len(h.stages)-3], nobody{}, h.stages[len(h.stages)-1])
	for name, body := range map[string]string{
		"cues":     strings.Repeat("he said that ", 3000),
		"names":    strings.Repeat("Mr Dale ", 3000) + "said so.",
		"marks":    strings.Repeat("“he said ” ", 3000),
		"commas":   strings.Repeat("Dale, ", 6000) + "said.",
		"labels":   strings.Repeat("KOLB: No, he said.\n", 2000),
		"bare":     strings.Repeat("“We did not see that.”\n\n", 2000),
		"sayings":  strings.Repeat("Dale said no and added, saying it, ", 1500),
		"one line": strings.Repeat("x", 1<<20),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			h.read(t, body, "")
			if took := time.Since(start); took > 2*time.Minute {
				t.Errorf("took %v", took)
			}
		})
	}
}

func BenchmarkStatements(b *testing.B) {
	h := newHouse(b)
	body := strings.Repeat("“We will not sign,” said Amara Okafor, the minister’s envoy, on Tuesday. Veyra accused Tolmark of closing the river, adding that the toll was unfair.\n\n", 20)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		h.read(b, body, "")
	}
}
