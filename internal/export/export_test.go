package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"testing"

	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

const body = "Toll talks\n\n“No,” said Ana Marić of Tolmark."

// span returns where the words stand in the body.
func span(t *testing.T, words string) text.Span {
	t.Helper()
	i := strings.Index(body, words)
	if i < 0 {
		t.Fatalf("no %q in the body", words)
	}
	return text.Span{Start: i, End: i + len(words)}
}

// example is a small document made by hand: one direct statement, by a person,
// for a state.
func example(t *testing.T) *document.Doc {
	a := &article.Article{ID: "x", Title: "Toll talks", Text: body, Published: calendar.Day{Year: 2024, Month: 5, Num: 16}, Language: "en"}
	d := document.New(a)
	d.Layers = document.LayerSentences | document.LayerTokens | document.LayerTags | document.LayerLemmas | document.LayerActors | document.LayerStatements | document.LayerSpeakers | document.LayerPositions
	no, said, ana := span(t, "No,"), span(t, "said"), span(t, "Ana Marić")
	d.Sentences = []document.Sentence{{Span: span(t, "Toll talks")}, {Span: span(t, "“No,” said Ana Marić of Tolmark."), Tokens: document.Range{First: 0, End: 4}, Paragraph: 1}}
	d.Tokens = []document.Token{
		{Span: span(t, "“"), UPOS: document.PUNCT, Lemma: "“"}, {Span: span(t, "No"), UPOS: document.INTJ, Lemma: "no"},
		{Span: span(t, ","), UPOS: document.PUNCT, Lemma: ","}, {Span: span(t, "”"), UPOS: document.PUNCT, Lemma: "”"},
	}
	d.Quotations = []document.Quotation{{Open: span(t, "“"), Content: no, Close: span(t, "”"), Outer: document.NoQuotation}}
	d.Mentions = []document.Mention{{Span: ana, Head: ana, Actor: 0}, {Span: span(t, "Tolmark"), Head: span(t, "Tolmark"), Actor: 1}}
	d.Actors = []document.Actor{
		{Name: "Ana Marić", Kind: document.Person, Of: 1, Speaks: 1, Mentions: []document.MentionID{0}},
		{Name: "Tolmark", Kind: document.State, Of: document.NoActor, Speaks: document.NoActor, Mentions: []document.MentionID{1}},
	}
	d.Statements = []document.Statement{
		{
			Kind: document.Speech, Form: document.Direct, Content: []text.Span{no}, Source: ana, Cue: said, Speaker: 0, For: 1,
			Addressee: document.NoActor, SaidOn: calendar.On(a.Published),
		},
		{Kind: document.Attitude, Form: document.Indirect, Content: []text.Span{span(t, "Toll talks")}, Speaker: document.NoActor, For: document.NoActor, Addressee: document.NoActor},
	}
	d.Positions = []document.Position{{
		Party: 1, Point: "toll", Mention: no, Stance: document.Rejects, Own: true, AssertedBy: 0, Evidence: d.Sentences[1].Span,
		Statement: 0, Sure: document.Confidence{Value: 0.33333, Likely: true},
	}}
	return d
}

func asMap(t *testing.T, v any) map[string]any {
	t.Helper()
	b, err := encode(v)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAnnotationTellsNotFoundFromNotLooked(t *testing.T) {
	out := asMap(t, Annotation(example(t)))
	if _, there := out["meetings"]; there {
		t.Error("meetings are there, though nobody looked")
	}
	statements := out["statements"].([]any)
	first, second := statements[0].(map[string]any), statements[1].(map[string]any)
	if first["speaker"] != "a1" || first["for"] != "a2" || first["said_on"] != "2024-05-16" {
		t.Errorf("first statement: %v", first)
	}
	for _, key := range []string{"source", "cue", "speaker", "for", "addressee", "venue", "said_on"} {
		if value, there := second[key]; !there || value != nil {
			t.Errorf("second statement: %s is %v, want null", key, value)
		}
	}
	d := example(t)
	d.Layers &^= document.LayerSpeakers
	second = asMap(t, Annotation(d))["statements"].([]any)[1].(map[string]any)
	if _, there := second["speaker"]; there {
		t.Error("speaker is there, though nobody looked")
	}
}

func TestAnnotationOfAnUnreadArticleHasNoLists(t *testing.T) {
	out := asMap(t, Annotation(document.New(&article.Article{Text: "Die Fähre.", Language: "de"})))
	if len(out) != 3 { // schema, article, abstained
		t.Errorf("keys %v", out)
	}
}

func TestOnlySureLeavesOutLikelyEntries(t *testing.T) {
	if all := asMap(t, Annotation(example(t)))["positions"].([]any); len(all) != 1 {
		t.Fatalf("%d positions", len(all))
	}
	if sure := asMap(t, Annotation(example(t)).OnlySure())["positions"].([]any); len(sure) != 0 {
		t.Errorf("%d sure positions, want none", len(sure))
	}
	if g := AsGold(example(t), "x", nil).OnlySure(); len(g.Positions) != 0 || len(g.Statements) != 1 {
		t.Errorf("gold holds %d positions and %d statements", len(g.Positions), len(g.Statements))
	}
}

func TestGoldIsVerbatimAndSpeechAlone(t *testing.T) {
	d := example(t)
	file := strings.Replace(body, "Ana Marić", "Ana\u00a0Marić", 1)
	var b text.Builder
	at := strings.Index(file, "\u00a0")
	b.Copy(file[:at], 0)
	b.Replace(" ", at, 2)
	b.Copy(file[at+2:], at+2)
	d.Article.Map = b.Map()
	g := AsGold(d, "toll", []byte(file))
	if len(g.Statements) != 1 {
		t.Fatalf("%d statements, want speech alone", len(g.Statements))
	}
	s := g.Statements[0]
	if s.Content[0] != "No," || *s.Source != "Ana\u00a0Marić" || *s.Speaker != "Ana Marić" || *s.For != "Tolmark" {
		t.Errorf("statement %+v", s)
	}
	if p := g.Positions[0]; *p.Holder != "Tolmark" || p.AssertedBy != "Ana Marić" || p.Stance != "rejects" {
		t.Errorf("position %+v", p)
	}
	if g.Status.State != "none" {
		t.Errorf("status %q, want none", g.Status.State)
	}
}

func TestAttributionsHoldMarksAndPointIntoTheFile(t *testing.T) {
	d := example(t)
	var b text.Builder
	b.Copy(body, 3) // behind a byte order mark
	d.Article.Map = b.Map()
	out := AsAttributions(d, "toll.txt")
	if len(out.Attributions) != 2 {
		t.Fatalf("%d attributions, want the attitude too", len(out.Attributions))
	}
	file := "\ufeff" + body
	first := out.Attributions[0]
	if got := first.Content[0].In(file); got != "“No,”" {
		t.Errorf("content %q", got)
	}
	if got := first.Source[0].In(file); got != "Ana Marić" {
		t.Errorf("source %q", got)
	}
	if second := out.Attributions[1]; second.Source == nil || len(second.Source) != 0 {
		t.Errorf("source %v, want an empty list", second.Source)
	}
}

func TestCoNLLU(t *testing.T) {
	var out bytes.Buffer
	if err := CoNLLU(&out, example(t), "toll"); err != nil {
		t.Fatal(err)
	}
	want := "1\t“\t“\tPUNCT\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tNo\tno\tINTJ\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
	if !strings.Contains(out.String(), want) {
		t.Errorf("got\n%s\nwant it to hold\n%s", out.String(), want)
	}
}

func refused(n int, end error) iter.Seq2[article.Refusal, error] {
	return func(yield func(article.Refusal, error) bool) {
		for i := range n {
			if !yield(article.Refusal{Source: "in.jsonl", Line: i + 1, Reason: "broken, \"JSON\"", Kind: article.Invalid}, nil) {
				return
			}
		}
		if end != nil {
			yield(article.Refusal{}, end)
		}
	}
}

func TestWriteLists(t *testing.T) {
	for format, want := range map[Format]string{
		JSONL: "{\"source\":\"in.jsonl\",\"line\":1,\"reason\":\"broken, \\\"JSON\\\"\",\"kind\":\"invalid\",\"bytes\":0,\"at\":\"\"}\n",
		JSON:  "[\n{\"source\":\"in.jsonl\",\"line\":1,\"reason\":\"broken, \\\"JSON\\\"\",\"kind\":\"invalid\",\"bytes\":0,\"at\":\"\"}\n]\n",
		CSV:   "source,line,kind,bytes,reason,at\nin.jsonl,1,invalid,0,\"broken, \"\"JSON\"\"\",\n",
		Table: "SOURCE    LINE  KIND     BYTES  REASON\nin.jsonl  1     invalid  0      broken, \"JSON\"\n",
	} {
		var out bytes.Buffer
		if n, err := Write(&out, format, RefusalColumns(), refused(1, nil), 0); n != 1 || err != nil {
			t.Errorf("%s: %d, %v", format, n, err)
		}
		if out.String() != want {
			t.Errorf("%s: got\n%s\nwant\n%s", format, out.String(), want)
		}
	}
}

func TestWriteTellsTheErrorOfTheList(t *testing.T) {
	gone := errors.New("gone")
	for _, format := range []Format{JSONL, JSON, CSV, Table} {
		if _, err := Write(&bytes.Buffer{}, format, RefusalColumns(), refused(2, gone), 0); !errors.Is(err, gone) {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestEmptyLists(t *testing.T) {
	for format, want := range map[Format]string{JSONL: "", JSON: "[]\n", CSV: "source,line,kind,bytes,reason,at\n", Table: ""} {
		var out bytes.Buffer
		if _, err := Write(&out, format, RefusalColumns(), refused(0, nil), 0); err != nil || out.String() != want {
			t.Errorf("%s: %q, %v", format, out.String(), err)
		}
	}
}

func TestLongTablesStream(t *testing.T) {
	var out bytes.Buffer
	n, err := Write(&out, Table, RefusalColumns(), refused(3*sample, nil), 20)
	if n != 3*sample || err != nil {
		t.Fatal(n, err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 3*sample+1 {
		t.Errorf("%d lines", len(lines))
	}
	for _, line := range lines {
		if len([]rune(line)) > 20 {
			t.Fatalf("line of %d characters: %q", len([]rune(line)), line)
		}
	}
}

func TestToldBy(t *testing.T) {
	if got := told(record.Position{AssertedBy: "Ana Marić"}); got != "as told by Ana Marić" {
		t.Errorf("%q", got)
	}
	if got := told(record.Position{Own: true, AssertedBy: "article"}); got != "own word" {
		t.Errorf("%q", got)
	}
}
