package tokenize

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

func stage(t testing.TB) *Stage {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(lex)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSpans(t *testing.T) {
	stage := stage(t)
	for _, c := range []struct{ name, body, want string }{
		{"clitics", "Veyra’s envoy didn't say he’ll come; they can't.", "Veyra ’s envoy did n't say he ’ll come ; they ca n't ."},
		{"two words in one", "They cannot agree", "They can not agree"},
		{"abbreviations", "Mr. J. Doe of the U.S. left.", "Mr. J. Doe of the U.S. left ."},
		{"initials at the end", "He left the U.S.", "He left the U.S."},
		{"possessive of initials", "the U.S.'s offer", "the U.S. 's offer"},
		{"possessive of a name in marks", "“Heron”'s men", "“ Heron ” 's men"},
		{"plural possessive", "the parties’ text", "the parties ’ text"},
		{"numbers", "10,000 tons at 3.5% by 10:30 for $5bn", "10,000 tons at 3.5 % by 10:30 for $ 5bn"},
		{"hyphens", "a 15-year e-mail", "a 15 - year e-mail"},
		{"double marks", "''Yes,'' he said. ``No''", "'' Yes , '' he said . `` No ''"},
		{"runs", "Well... no -- really?!", "Well ... no -- really ?!"},
		{"addresses", "(see https://orsa.example/a?b=c). Write to x@orsa.example.", "( see https://orsa.example/a?b=c ) . Write to x@orsa.example ."},
		{"missing blank", "The round ended.Talks go on. Note:The hall", "The round ended . Talks go on . Note : The hall"},
		{"names with apostrophes", "O’Brien and D'Souza", "O’Brien and D'Souza"},
		{"outside ASCII", "Łukasz Đurić 🕊 left", "Łukasz Đurić 🕊 left"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, s := range stage.Spans(c.body) {
				got = append(got, s.In(c.body))
			}
			if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParagraphs(t *testing.T) {
	body := "A title\n\nFirst line.\nSecond line.\n\nWhat comes next\n\nThird line.\n"
	d := document.New(&article.Article{Text: body, Body: text.Span{Start: 9, End: len(body)}})
	if err := stage(t).Annotate(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range d.Paragraphs {
		got = append(got, [...]string{"body", "title", "heading"}[p.Kind]+": "+d.In(p.Span))
	}
	want := []string{"title: A title", "body: First line.", "body: Second line.", "heading: What comes next", "body: Third line."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestHostileInputTakesBoundedTime(t *testing.T) {
	stage := stage(t)
	for name, body := range map[string]string{
		"one word": strings.Repeat("a", 1<<20), "marks": strings.Repeat("\"'“", 1<<18), "dots": strings.Repeat(".", 1<<20),
		"glued": strings.Repeat("a:b", 1<<18), "apostrophes": strings.Repeat("a'", 1<<19), "hyphens": strings.Repeat("-", 1<<20),
		"initials": strings.Repeat("A.", 1<<19), "questions": strings.Repeat("?!", 1<<19),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			stage.Spans(body)
			if took := time.Since(start); took > 2*time.Minute {
				t.Errorf("took %v", took)
			}
		})
	}
}

// Tokens may be wrong; they may never lose or invent a character.
func FuzzSpans(f *testing.F) {
	stage := stage(f)
	f.Add("“We will not sign,” said Amara Okafor.")
	f.Add("''Yes'' -- x@y.example: a.B.Cd can't’s\n\t‘no’ https://a.b/")
	f.Add("\xff'\u200ds ...''s")
	f.Fuzz(func(t *testing.T, body string) {
		end := 0
		for i, s := range stage.Spans(body) {
			if s.Start < end || s.End <= s.Start || s.End > len(body) {
				t.Fatalf("token %d is %v after byte %d", i, s, end)
			}
			if lost := body[end:s.Start]; strings.TrimSpace(lost) != "" {
				t.Errorf("before token %d: lost %q", i, lost)
			}
			if strings.TrimSpace(s.In(body)) != s.In(body) {
				t.Errorf("token %d holds white space: %q", i, s.In(body))
			}
			end = s.End
		}
		if lost := body[end:]; strings.TrimSpace(lost) != "" {
			t.Errorf("after the last token: lost %q", lost)
		}
	})
}
