package quote

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
	"rapporteur/internal/nlp"
	"rapporteur/internal/nlp/tokenize"
)

func paired(t testing.TB, body string) *document.Doc {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := tokenize.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	d := document.New(&article.Article{Text: body})
	if err := nlp.Run(context.Background(), d, tokens, &Marks{}); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestMarks(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"curly", "“We will not sign,” said Okafor. “No.”", "We will not sign,|No."},
		{"straight", `"We will not sign," said Okafor. "No."`, "We will not sign,|No."},
		{"doubled", "''We will not sign,'' said Okafor. ``No.''", "We will not sign,|No."},
		{"guillemets", "«We will not sign», said Okafor. »No«, he said.", "We will not sign|No"},
		{"low marks", "„We will not sign“, said Okafor. „No.”", "We will not sign|No."},
		{"British", "‘We don’t sign,’ said Okafor. ‘It isn’t the parties’ wish.’", "We don’t sign,|It isn’t the parties’ wish."},
		{"straight single", "Okafor calls the text 'a threat' to the '90s deal and the parties' wishes", "a threat"},
		{"apostrophes", "Veyra's envoys' boats didn't leave. ’Tis Tolmark’s parties’ fault.", ""},
		{"nested", "“He said ‘no’ and then ‘never’,” she said.", "He said ‘no’ and then ‘never’,>no>never"},
		{"nested of one kind", "“He said “no” twice,” she said.", "He said “no” twice,>no"},
		{"lost closing mark", "“We will not sign, said Okafor. “We never will,” he added.", "We will not sign, said Okafor.|We never will,"},
		{"lost closing mark, straight", `"We will not sign, said Okafor. "We never will," he added.`, "We will not sign, said Okafor.|We never will,"},
		{"lost opening mark", "We will not sign,” said Okafor. “We never will,” he added.", "We never will,"},
		{"over paragraphs", "“We came.\n\n“We saw.\n\n“We left.”\n\nHe left. “No,” he said.", "We came.|+We saw.|+We left.|No,"},
		{"over paragraphs without mark", "“We came.\n\nWe left,” he said. “No.”", "We came.|+We left,|No."},
		{"never closes", "“We came.\n\nThe envoy left. “No,” he said.", "We came.|No,"},
		{"inches", `A 6" pipe and "a word".`, "a word"},
		{"editor's marks", "“[w]e sign” and \"<…> they sign\"", "[w]e sign|<…> they sign"},
		{"empty", `"" and “”`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := paired(t, c.body)
			var got strings.Builder
			for i, q := range d.Quotations {
				switch {
				case q.Outer != document.NoQuotation:
					got.WriteByte('>')
				case i > 0:
					got.WriteByte('|')
				}
				if q.Goes {
					got.WriteByte('+')
				}
				got.WriteString(d.In(q.Content))
			}
			if diff := cmp.Diff(c.want, got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTenThousandMarksTakeBoundedTime(t *testing.T) {
	for _, body := range []string{strings.Repeat("\"", 10000), strings.Repeat("“a ", 10000), strings.Repeat("'a “", 300000), strings.Repeat("«a' ", 100000)} {
		start := time.Now()
		paired(t, body)
		if took := time.Since(start); took > 2*time.Minute {
			t.Errorf("%.20q: took %v", body, took)
		}
	}
}

// A quotation lies in one paragraph, inner ones lie in outer ones.
func FuzzMarks(f *testing.F) {
	f.Add("“We came.\n\n“We ‘saw’.” 'No' «yes» \"it's\" „x“ ''y''")
	f.Fuzz(func(t *testing.T, body string) {
		d := paired(t, body)
		for i, q := range d.Quotations {
			if q.Content.IsEmpty() || q.Content.End > len(body) || q.Open.End > q.Content.Start || q.Close.Len() > 0 && q.Close.Start != q.Content.End {
				t.Fatalf("quotation %d: %+v", i, q)
			}
			if strings.Contains(d.In(q.Content), "\n") {
				t.Errorf("quotation %d leaves its paragraph: %q", i, d.In(q.Content))
			}
			if q.Outer != document.NoQuotation && (int(q.Outer) >= i || !d.Quotations[q.Outer].Content.Contains(q.Content)) {
				t.Errorf("quotation %d %v does not lie in %v", i, q.Content, d.Quotations[q.Outer].Content)
			}
		}
	})
}
