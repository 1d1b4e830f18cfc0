package extract

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// extractor returns an extractor over the project's own tables.
func extractor(t testing.TB, options Options) *Extractor {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	x, err := New(lex, options)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestWhole(t *testing.T) {
	content := "\xef\xbb\xbfShare\r\n\r\n  “No,” she said.\r\nWorld\r\n"
	a, err := extractor(t, Options{}).Whole(context.Background(), article.Page{Path: "a.txt", Type: article.Plain, Bytes: []byte(content)})
	if err != nil {
		t.Fatal(err)
	}
	if want := "Share\n\n  “No,” she said.\nWorld\n"; a.Text != want || a.Title != "" || a.Body != (text.Span{End: len(want)}) {
		t.Errorf("%q, title %q, body %v", a.Text, a.Title, a.Body)
	}
	at := strings.Index(a.Text, "“No,”")
	if back := a.Map.Back(text.Span{Start: at, End: at + len("“No,”")}); back.In(content) != "“No,”" {
		t.Errorf("the quotation leads to %q", back.In(content))
	}
	if all := a.Map.Back(a.Body); all.Start != 3 || all.End != len(content) {
		t.Errorf("the body leads to %v of %d bytes", all, len(content))
	}
}

func TestOptionsOutrankSidecar(t *testing.T) {
	x := extractor(t, Options{Outlet: "Harbour Post", Published: "2024-06-01", Language: "en"})
	a, err := x.Article(context.Background(), article.Page{
		Path: "13.05.2024 - A - B - NEWS.txt", Type: article.Plain, Bytes: []byte("The envoy left. She said no."),
		Sidecar: []byte(`{"outlet": "Orsa Courier", "published": "2024-05-14", "url": "https://a.example/1"}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	if a.Outlet != "Harbour Post" || a.Published.String() != "2024-06-01" || a.URL != "https://a.example/1" || a.Language != "en" {
		t.Errorf("outlet %q, published %s, url %q", a.Outlet, a.Published, a.URL)
	}
}

func TestWrongOptions(t *testing.T) {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, options := range []Options{{Pattern: "x"}, {Pattern: "DD DD"}, {Published: "soon"}} {
		if _, err := New(lex, options); err == nil {
			t.Errorf("%+v is taken", options)
		}
	}
	_, err = extractor(t, Options{}).Article(context.Background(), article.Page{Path: "a.txt", Type: article.Plain, Bytes: []byte("x"), Sidecar: []byte("{")})
	var refusal *article.Refusal
	if !errors.As(err, &refusal) || refusal.Source != "a.txt" {
		t.Errorf("a broken sidecar gives %v", err)
	}
}

func TestPattern(t *testing.T) {
	cases := []struct{ form, name, day, outlet, author string }{
		{"", "13.01.2022 - Amara Okafor - Orsa Courier - NEWS.txt", "2022-01-13", "Orsa Courier", "Amara Okafor"},
		{"", "in/13.01.2022 -  - Orsa Courier - NEWS.html.gz", "2022-01-13", "Orsa Courier", ""},
		{"", "31.02.2022 - A - B - NEWS.txt", "", "B", "A"},
		{"", "notes of the talks.txt", "", "", ""},
		{"YYYY-MM-DD_Source_Title", "2022-01-13_Orsa Courier_Bridge stays shut.txt", "2022-01-13", "Orsa Courier", ""},
	}
	for _, c := range cases {
		p, err := compilePattern(c.form)
		if err != nil {
			t.Fatal(err)
		}
		var a article.Article
		p.apply(&a, c.name)
		if a.Published.String() != c.day || a.Outlet != c.outlet || a.Author != c.author {
			t.Errorf("%s: %s, %q, %q", c.name, a.Published, a.Outlet, a.Author)
		}
	}
}

func TestDateline(t *testing.T) {
	x := extractor(t, Options{})
	published := calendar.Day{Year: 2022, Month: 1, Num: 2}
	cases := []struct{ in, span, place, agency, day string }{
		{"TEHRAN (FNA)- The envoy left.", "TEHRAN (FNA)- ", "Tehran", "FNA", ""},
		{"WASHINGTON, Dec. 31 (Reuters) — The envoy left.", "WASHINGTON, Dec. 31 (Reuters) — ", "Washington", "Reuters", "2021-12-31"},
		{"ORSA, Veyra (AP) -- The envoy left.", "ORSA, Veyra (AP) -- ", "Orsa, Veyra", "AP", ""},
		{"(AP) - The envoy left.", "(AP) - ", "", "AP", ""},
		{"GENEVA — The envoy left.", "GENEVA — ", "Geneva", "", ""},
		{"VASHKEL, 2 January /DTA/ – The envoy left.", "VASHKEL, 2 January /DTA/ – ", "Vashkel", "DTA", "2022-01-02"},
		{"Orsa, 2 January 2022 — The envoy left.", "Orsa, 2 January 2022 — ", "Orsa", "", "2022-01-02"},
		{"MODERATOR: Two questions, please.", "", "", "", ""},
		{"A T-72 tank stood at the gate.", "", "", "", ""},
		{"NATO-Russia talks began.", "", "", "", ""},
		{"The envoy — she left — said no.", "", "", "", ""},
		{"UN (United Nations) - The envoy left.", "", "", "", ""},
		{"“No,” she said.", "", "", "", ""},
	}
	for _, c := range cases {
		d, _ := x.dateline(c.in, published)
		if d.Span.In(c.in) != c.span || d.Place != c.place || d.Agency != c.agency || d.Day.String() != c.day {
			t.Errorf("%q: %q, %q, %q, %s", c.in, d.Span.In(c.in), d.Place, d.Agency, d.Day)
		}
	}
}

// TestCurrentEvents reads the dated news items beside the project: none is lost.
func TestCurrentEvents(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(shared(t, "data/currentevents"), "items.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	x := extractor(t, Options{})
	n := 0
	for line := range bytes.Lines(content) {
		n++
		a, err := x.Article(context.Background(), article.Page{Path: "items.jsonl", Line: n, Type: article.JSONLine, Bytes: line})
		if err != nil {
			t.Errorf("line %d: %v", n, err)
			continue
		}
		if a.Published.IsZero() || a.Title != "" || !a.Dateline.Span.IsEmpty() || a.Language != "" && a.Language != "en" {
			t.Errorf("line %d: published %s, title %q, dateline %v, language %q", n, a.Published, a.Title, a.Dateline, a.Language)
		}
	}
	t.Logf("%d items", n)
}

// TestWhatIsCarriedLeadsBackToTheCarrier follows words of a letter and of a feed's item
// through all that was undone to the bytes of the file.
func TestWhatIsCarriedLeadsBackToTheCarrier(t *testing.T) {
	const file = "Subject: Ferry\r\n\r\nHe met Ren=C3=A9e =\r\nDufaure on Monday.\r\n"
	var b text.Builder // what the harvester of letters does
	at := strings.Index(file, "He met")
	b.Copy("He met Ren", at)
	b.Replace("é", at+10, 6)
	b.Copy("e ", at+16)
	b.Copy("Dufaure on Monday.\r\n", at+21)
	page := article.Page{Path: "l.eml", Type: article.Plain, Bytes: []byte(b.String()), Charset: "utf-8", Told: &article.Told{Title: "Ferry", Carrier: "letter"}, Back: b.Map()}
	x := extractor(t, Options{})
	for name, read := range map[string]func(context.Context, article.Page) (*article.Article, error){"Article": x.Article, "Whole": x.Whole} {
		a, err := read(context.Background(), page)
		if err != nil {
			t.Fatal(err)
		}
		const words = "Renée Dufaure"
		start := strings.Index(a.Text, words)
		if got := a.Map.Back(text.Span{Start: start, End: start + len(words)}).In(file); got != "Ren=C3=A9e =\r\nDufaure" {
			t.Errorf("%s: the words lead to %q", name, got)
		}
	}
}
