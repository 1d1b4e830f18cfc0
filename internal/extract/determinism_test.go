package extract

import (
	"context"
	"reflect"
	"testing"

	"rapporteur/internal/article"
)

// TestSameTwice reads pages twice: same bytes, same article.
func TestSameTwice(t *testing.T) {
	x := extractor(t, Options{})
	for _, page := range goldPages(t)[:20] {
		p := article.Page{Path: page.ID + ".html", Type: article.HTML, Bytes: page.html}
		first, err1 := x.Article(context.Background(), p)
		second, err2 := x.Article(context.Background(), p)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if !reflect.DeepEqual(first, second) {
			t.Errorf("%s is read in two ways", page.ID)
		}
	}
}
