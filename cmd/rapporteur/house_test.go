package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rapporteur/internal/web"
)

// TestHouse carries the sample from its pages to the desk and walks every link:
// each page answers, and the table of a negotiation leads to the words that prove it.
func TestHouse(t *testing.T) {
	c, _, stderr := quiet(t)
	s, err := database{DB: filepath.Join(t.TempDir(), "house.db")}.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := c.readSample(s, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(stderr.String(), "refused") {
		t.Errorf("the sample is not read whole: %s", stderr)
	}
	desk, err := web.New(s, web.Options{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	seen := walkDesk(t, desk, 400)
	marked := slices.ContainsFunc(seen, func(p deskPage) bool { return strings.Contains(p.path, "/cell") && p.marks > 0 })
	if !marked {
		t.Error("no cell of a position table leads to marked words")
	}
	counts, err := s.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if counts.Articles < 14 || counts.Statements == 0 || counts.Positions == 0 || counts.Meetings == 0 || counts.Talks == 0 {
		t.Errorf("the record of the sample is thin: %+v", counts)
	}
}

type deskPage struct {
	path  string
	marks int
}

// walkDesk asks for the first page and for all that it leads to.
func walkDesk(t *testing.T, desk http.Handler, most int) []deskPage {
	t.Helper()
	var walked []deskPage
	open, known := []string{"/"}, map[string]bool{"/": true}
	for len(open) > 0 && len(walked) < most {
		path := open[0]
		open = open[1:]
		request := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080"+path, nil)
		answer := httptest.NewRecorder()
		desk.ServeHTTP(answer, request)
		if answer.Code != http.StatusOK {
			t.Errorf("%s: %d", path, answer.Code)
			continue
		}
		page := deskPage{path: path}
		if strings.Contains(answer.Header().Get("Content-Type"), "html") {
			root, err := html.Parse(answer.Body)
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			for node := range root.Descendants() {
				if node.Type == html.ElementNode && node.DataAtom == atom.Mark {
					page.marks++
				}
				if link := linkOf(node); strings.HasPrefix(link, "/") && !known[link] {
					known[link] = true
					open = append(open, link)
				}
			}
		}
		walked = append(walked, page)
	}
	return walked
}

func linkOf(node *html.Node) string {
	if node.Type != html.ElementNode || node.DataAtom != atom.A {
		return ""
	}
	for _, a := range node.Attr {
		if a.Key == "href" {
			link, _, _ := strings.Cut(a.Val, "#")
			return link
		}
	}
	return ""
}
