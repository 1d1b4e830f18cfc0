package mail

import (
	"strings"
	"testing"

	"rapporteur/internal/article"
	"rapporteur/internal/text"
)

const head = "From: Orsa Courier <brief@orsa.example>\r\nSubject: Ferry talks\r\nDate: Thu, 16 May 2024 07:12:00 +0200\r\n"

func TestPage(t *testing.T) {
	long := strings.Repeat("The envoys met at the quay and spoke about the toll. ", 6)
	for name, c := range map[string]struct{ mail, kind, want string }{
		"flowed":         {"Content-Type: text/plain; format=flowed\r\n\r\nThe envoy \r\nleft at noon.\r\n From Monday\r\nferries run.\r\n-- \r\nOrsa Courier\r\n", "txt", "The envoy left at noon.\nFrom Monday\nferries run.\n"},
		"flowed delsp":   {"Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nThe ferry com \r\npany left.\r\n", "txt", "The ferry company left.\n"},
		"flowed, quoted": {"Content-Type: text/plain; format=flowed\r\n\r\n> He said \r\n> no.\r\n>> She said \r\n> yes.\r\nWe left.\r\n", "txt", "> He said no.\n>> She said \n> yes.\nWe left.\n"},
		"fixed":          {"\r\nThe envoy \r\nleft.\r\n-- \r\nsignature\r\n", "txt", "The envoy \nleft.\n"},
		"quoted-printable of windows-1252": {"Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=93No,=94 said Ren=E9e, and that was=\r\n all; 2=2 is bare.\r\n",
			"txt", "“No,” said Renée, and that was all; 2=2 is bare.\n"},
		"base64":     {"Content-Transfer-Encoding: base64\r\n\r\nVGhlIGVudm95\r\nIGxlZnQu\r\n", "txt", "The envoy left."},
		"both forms": {"Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\npreamble\r\n--b\r\n\r\n" + long + "\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>" + long + "\r\n--b--\r\nepilogue", "txt", long},
		"a plain text that only points at the other": {"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nRead it in a browser.\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>" + long + "\r\n--b--", "fragment", "<p>" + long},
		"an attachment":        {"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe envoy left.\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=x.txt\r\n\r\nNot this.\r\n--b\r\nContent-Type: image/png\r\n\r\nxx\r\n--b", "txt", "The envoy left."},
		"a letter in a letter": {"Content-Type: message/rfc822\r\n\r\nSubject: Inner\r\n\r\nThe envoy left.", "txt", "The envoy left."},
		"two texts":            {"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nOne.\r\n--b\r\n\r\nTwo.\r\n--b--\r\n", "txt", "One.\n\nTwo."},
		"no text":              {"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--", "!", "the letter has no text"},
	} {
		t.Run(name, func(t *testing.T) {
			raw := head + c.mail
			p := Page([]byte(raw), "l.eml", 0, 0)
			if p.Refusal != nil {
				if c.kind != "!" || p.Refusal.Reason != c.want {
					t.Errorf("refused: %s", p.Refusal.Reason)
				}
				return
			}
			if string(p.Bytes) != c.want || string(p.Type) != c.kind {
				t.Errorf("%s %q, want %s %q", p.Type, p.Bytes, c.kind, c.want)
			}
			if p.Told.Title != "Ferry talks" || p.Told.Outlet != "Orsa Courier" || p.Told.Published != "Thu, 16 May 2024 07:12:00 +0200" {
				t.Errorf("told %+v", p.Told)
			}
			checkBack(t, raw, p)
		})
	}
}

func checkBack(t *testing.T, raw string, p article.Page) {
	t.Helper()
	for i := range p.Bytes {
		if back := p.Back.Back(text.Span{Start: i, End: i + 1}); back.Start < 0 || back.End < back.Start || back.End > len(raw) {
			t.Fatalf("byte %d leads to %v of %d", i, back, len(raw))
		}
	}
}

func TestBackLeadsToTheWords(t *testing.T) {
	raw := head + "Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHe met Ren=E9e Dufaure.\r\n"
	p := Page([]byte(raw), "l.eml", 0, 0)
	at := strings.Index(string(p.Bytes), "Renée")
	if got := p.Back.Back(text.Span{Start: at, End: at + len("Renée")}).In(raw); got != "Ren=E9e" {
		t.Errorf("leads to %q", got)
	}
}

func TestHead(t *testing.T) {
	p := Page([]byte("Subject: =?utf-8?q?Caf=C3=A9_talks:?=\r\n =?iso-8859-1?B?IFZl6XJh?=\r\nFrom: \"Dufaure, =?utf-8?q?Ren=C3=A9e?=\" <r@orsa.example>\r\nArchived-At: <https://orsa.example/l/1>\r\n\r\nText."), "l.eml", 3, 0)
	if p.Told.Title != "Café talks: Veéra" || p.Told.Outlet != "Dufaure, Renée" || p.Told.URL != "https://orsa.example/l/1" || p.Line != 3 {
		t.Errorf("%+v", p.Told)
	}
	if r := Page([]byte("once upon a time"), "l.eml", 0, 0).Refusal; r == nil || r.Reason != "no letter: it has no head" {
		t.Errorf("%+v", r)
	}
}

func TestMessages(t *testing.T) {
	raw := "From a Thu\nSubject: A\n\nFrom here on.\n\nFrom b Thu\nSubject: B\n\nText.\n"
	list := Messages([]byte(raw))
	if len(list) != 2 || !strings.HasPrefix(list[1].In(raw), "From b") {
		t.Fatalf("%v", list)
	}
	p := Page([]byte(list[1].In(raw)), "m.mbox", 2, list[1].Start)
	if p.Told.Title != "B" || p.Back.Back(text.Span{Start: 0, End: 4}).In(raw) != "Text" {
		t.Errorf("%+v %q", p.Told, p.Bytes)
	}
}

func FuzzPage(f *testing.F) {
	for _, s := range []string{
		head + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhl=\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x--b--",
		"From x\nA: b\n\n=C3=\n=", "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n--", "Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\n", "Subject: =?utf-8?b?////?=\nContent-Type: text/plain; format=flowed; delsp=yes\n\n a \n b \n-- \nc",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		p := Page(raw, "l.eml", 0, 0)
		if p.Refusal == nil {
			checkBack(t, string(raw), p)
		}
		for _, s := range Messages(raw) {
			if s.Start < 0 || s.End > len(raw) || s.IsEmpty() {
				t.Fatalf("message at %v of %d", s, len(raw))
			}
		}
	})
}
