package ingest

import (
	"io/fs"
	"path"
	"testing"

	"rapporteur/internal/article"
	"rapporteur/sample"
)

// BenchmarkAnnotate reads the sample's articles with all stages.
func BenchmarkAnnotate(b *testing.B) {
	in := build(b)
	var articles []*article.Article
	size := 0
	names, err := fs.Glob(sample.Files, "*.html")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		content, err := fs.ReadFile(sample.Files, name)
		if err != nil {
			b.Fatal(err)
		}
		a, err := in.Article(b.Context(), article.Page{Path: path.Base(name), Type: article.HTML, Bytes: content})
		if err != nil {
			b.Fatal(err)
		}
		articles = append(articles, a)
		size += len(a.Text)
	}
	b.SetBytes(int64(size / len(articles)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := in.Annotate(b.Context(), articles[i%len(articles)]); err != nil {
			b.Fatal(err)
		}
	}
}
