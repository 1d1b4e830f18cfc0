package export

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

// spanIn returns where the words stand in a text.
func spanIn(t testing.TB, body, words string) text.Span {
	t.Helper()
	i := strings.Index(body, words)
	if i < 0 {
		t.Fatalf("no %q in %q", words, body)
	}
	return text.Span{Start: i, End: i + len(words)}
}

func TestBratCountsCharacters(t *testing.T) {
	body := "Talks 🕊 in Žilca\n\n“No,” said Zoë Őry. “We\nwait.”"
	source, cue, speaker := spanIn(t, body, "Zoë Őry"), spanIn(t, body, "said"), "Zoë Őry"
	f := newStandoff(body)
	f.statement(record.Statement{
		ID: "s1", Kind: "speech", Form: "direct", Speaker: &speaker, SourceSpan: &source, CueSpan: &cue,
		Pieces: []text.Span{spanIn(t, body, "We\nwait."), spanIn(t, body, "No,")},
	})
	f.position(record.Position{
		ID: "p1", Party: "Žilca", Stance: "conditional", Mention: "wait", Confidence: record.Confidence{Likely: true},
		Evidence: []record.Evidence{{Span: spanIn(t, body, "“We\nwait.”")}},
	})
	want := strings.Join([]string{
		"T1\tContent 18 23;38 41;42 48\t“No,” “We wait.”", "T2\tSource 29 36\tZoë Őry", "R1\tSaidBy Arg1:T1 Arg2:T2",
		"T3\tCue 24 28\tsaid", "R2\tToldBy Arg1:T1 Arg2:T3", "A1\tKind T1 speech", "A2\tForm T1 direct", "#1\tAnnotatorNotes T1\ts1 · Zoë Őry",
		"T4\tPosition 42 46\twait", "A3\tStance T4 conditional", "A4\tLikely T4", "#2\tAnnotatorNotes T4\tp1 · Žilca", "",
	}, "\n")
	if diff := cmp.Diff(want, f.String()); diff != "" {
		t.Error(diff)
	}
	if err := checkStandoff(body, f.String()); err != nil {
		t.Error(err)
	}
}

func TestBratFindsItsOwnFaults(t *testing.T) {
	for name, ann := range map[string]string{
		"shifted": "T1\tCue 1 3\tNo\n", "beyond": "T1\tCue 0 9\tNo\n", "empty": "T1\tCue 1 1\t\n", "no number": "T1\tCue 0 x\tNo\n", "a field too many": "T1\tCue 0 2\tN\to\n",
	} {
		if checkStandoff("No.", ann) == nil {
			t.Errorf("%s: no fault found", name)
		}
	}
}

func TestBratNamesFiles(t *testing.T) {
	for id, want := range map[string]string{
		"5c5a90bd562af199": "5c5a90bd562af199", "a/../b": "a-a____b-900ea8b7", ".hidden": "a-_hidden-16924190",
	} {
		if got := fileName(id); got != want {
			t.Errorf("%s: %s, not %s", id, got, want)
		}
	}
	if fileName("a/b") == fileName("a:b") {
		t.Error("two articles of one name")
	}
}

// Whatever the text, the file says what the text says.
func FuzzBrat(f *testing.F) {
	f.Add("🕊 a\tb\r\nc\u2028d “e”", 5, 16)
	f.Add("\x00\u00a0 x", 0, 4)
	f.Fuzz(func(t *testing.T, body string, start, end int) {
		if !utf8.ValidString(body) || start < 0 || end > len(body) || start >= end || !utf8.RuneStart(body[start]) || end < len(body) && !utf8.RuneStart(body[end]) {
			t.Skip()
		}
		span := text.Span{Start: start, End: end}
		sheet := newStandoff(body)
		sheet.statement(record.Statement{ID: "s1", Kind: "speech", Form: "mixed", Pieces: []text.Span{span}, SourceSpan: &span})
		if err := checkStandoff(body, sheet.String()); err != nil {
			t.Error(err)
		}
		for _, line := range strings.Split(strings.TrimSuffix(sheet.String(), "\n"), "\n") {
			if line != "" && !strings.ContainsAny(line[:1], "TRA#") {
				t.Errorf("a line that is none of brat's: %q", line)
			}
		}
	})
}
