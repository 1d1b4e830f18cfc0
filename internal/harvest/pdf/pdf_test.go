package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/text"
)

// document writes a PDF of these page contents; more are objects from number 4 on, of
// which 4 is the font.
func document(contents []string, more ...string) []byte {
	font := "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
	if len(more) > 0 {
		font, more = more[0], more[1:]
	}
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", "<< >>", font}
	objects = append(objects, more...)
	var kids []string
	for _, c := range contents {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n+1))
		objects = append(objects, fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(c), c),
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources << /Font << /F1 4 0 R >> >> >>", n))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, at)
	return b.Bytes()
}

func TestText(t *testing.T) {
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"lines of a paragraph": {document([]string{"BT /F1 12 Tf 14 TL 50 700 Td (The envoys of both sides met at the old customs house) Tj T* (on the quay, and spoke of nego-) Tj T* (tiations until noon.) Tj 0 -40 Td (\\223No,\\224 said the mediator.) Tj ET"}),
			"The envoys of both sides met at the old customs house on the quay, and spoke of negotiations until noon.\n\n“No,” said the mediator.\n"},
		"gaps that stand for spaces": {document([]string{"BT /F1 10 Tf 50 700 Td [(The) -300 (en) 20 (voy) -300 (left.)] TJ ET"}), "The envoy left.\n"},
		"two pages with head and number": {document([]string{"BT /F1 10 Tf 50 700 Td (Orsa Report 1) Tj 0 -40 Td (One.) Tj 0 -400 Td (1) Tj ET", "BT /F1 10 Tf 50 700 Td (Orsa Report 2) Tj 0 -40 Td (Two.) Tj 0 -400 Td (2) Tj ET", "BT /F1 10 Tf 50 700 Td (Orsa Report 3) Tj 0 -40 Td (Three.) Tj 0 -400 Td (3) Tj ET"}),
			"One.\n\nTwo.\n\nThree.\n"},
		"a title that is the head of each page": {document([]string{"BT /F1 18 Tf 50 700 Td (Orsa Report) Tj /F1 10 Tf 0 -40 Td (One.) Tj ET", "BT /F1 8 Tf 50 700 Td (Orsa Report) Tj /F1 10 Tf 0 -40 Td (Two.) Tj ET", "BT /F1 8 Tf 50 700 Td (Orsa Report) Tj /F1 10 Tf 0 -40 Td (Three.) Tj ET"}),
			"Orsa Report\n\nOne.\n\nTwo.\n\nThree.\n"},
		"letters by a map of codes": {document([]string{"BT /F1 10 Tf 50 700 Td <000100020003> Tj ET"},
			"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<< /DW 600 >>] >>", "<< /Length 70 >>\nstream\n2 beginbfchar <0001> <0416> <0002> <0414> endbfchar 1 beginbfrange <0003> <0004> <0430> endbfrange\nendstream"),
			"ЖДа\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Text(context.Background(), c.raw)
			if err != nil || got != c.want {
				t.Errorf("got %q, %v\nwant %q", got, err, c.want)
			}
		})
	}
}

// packed is a content stream that unpacks to n zeros.
func packed(n int) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	chunk := make([]byte, 1<<20)
	for range n >> 20 {
		if _, err := w.Write(chunk); err != nil {
			panic(err)
		}
	}
	w.Close()
	return b.String()
}

func TestRefusals(t *testing.T) {
	loop := bytes.Replace(document([]string{"q"}), []byte("/Kids [6 0 R]"), []byte("/Kids [2 0 R]"), 1)
	deep := document([]string{strings.Repeat("[", 200_000)})
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"a scan":         {document([]string{"q 100 0 0 100 0 0 cm /Im1 Do Q"}), "the PDF has no text"},
		"no PDF":         {[]byte("%PDF-1.4\nonce upon a time"), "broken PDF"},
		"cut off":        {document([]string{"BT ET"})[:200], "broken PDF"},
		"pages of pages": {loop, "the PDF has no text"},
		"lists in lists": {deep, "the PDF has no text"},
		"far too much":   {bytes.Replace(document([]string{packed(maxUnpacked + 2<<20)}), []byte("<< /Length"), []byte("<< /Filter /FlateDecode /Length"), 1), "the PDF unpacks to more than 256 MB"},
		"no objects":     {[]byte("%PDF-1.4\nxref\n0 1\ntrailer\n<< /Root 1 0 R >>\n"), "broken PDF"},
		"encrypted":      {bytes.Replace(document([]string{"q"}), []byte("/Root 1 0 R"), []byte("/Root 1 0 R /Encrypt 3 0 R"), 1), "the PDF is encrypted"},
	} {
		synctest.Test(t, func(t *testing.T) { // where time stands still: the limit is not what is tested
			p := Page(t.Context(), article.Page{Path: "a.pdf", Type: article.PDF, Bytes: c.raw})
			if p.Refusal == nil || !strings.Contains(p.Refusal.Reason, c.want) {
				t.Errorf("%s: %+v, want %q", name, p.Refusal, c.want)
			}
		})
	}
}

func TestTimeLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Nanosecond)
		defer cancel()
		time.Sleep(time.Second)
		if _, err := Text(ctx, document([]string{"BT ET"})); err == nil || !strings.Contains(err.Error(), "takes longer") {
			t.Errorf("%v", err)
		}
	})
}

func TestBackLeadsToTheFile(t *testing.T) {
	raw := document([]string{"BT /F1 10 Tf 50 700 Td (One.) Tj ET"})
	p := Page(context.Background(), article.Page{Path: "a.pdf", Type: article.PDF, Bytes: raw})
	if p.Refusal != nil || p.Type != article.Plain {
		t.Fatalf("%+v", p)
	}
	if back := p.Back.Back(text.Span{Start: 1, End: 2}); back != (text.Span{Start: 0, End: len(raw)}) {
		t.Errorf("leads to %v of %d", back, len(raw))
	}
}

// TestManuals reads files that other programs made: TeX, a word processor.
func TestManuals(t *testing.T) {
	for name, want := range map[string]string{
		"plover/PLOVER_MANUAL.pdf": "Political Language Ontology for Verifiable Event Records",
		"polnear/guidelines.pdf":   "The attribution doesn’t have to be in quotation marks to count. Paraphrases, which describe what was said, count too, and so do mixtures of quotation and paraphrases:",
	} {
		raw, err := os.ReadFile(shared(t, filepath.Join("data", name)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := Text(context.Background(), raw)
		if err != nil || !strings.Contains(got, want) {
			t.Errorf("%s: %v, lacks %q: %.300s", name, err, want, got)
		}
	}
}

// shared returns a file beside the project, or skips the test.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir, _ := os.Getwd()
	for ; dir != "/"; dir = filepath.Dir(dir) {
		path := filepath.Join(dir, "shared", name)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("../shared/%s is missing", name)
	}
	t.Skipf("../shared/%s is missing: this test reads it", name)
	return ""
}

func FuzzText(f *testing.F) {
	f.Add(document([]string{"BT /F1 10 Tf 50 700 Td [(The) -300 (envoy)] TJ ET"}))
	f.Add(document([]string{"BT /F1 10 Tf <0001> Tj ET"}, "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<< /W [1 [500] 2 4 300] >>] >>", "<< /Length 50 >>\nstream\n1 beginbfrange <0003> <0004> [<0430>] endbfrange\nendstream"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if _, err := Text(ctx, raw); err == errSlow {
			t.Errorf("slow")
		}
	})
}
