package position_test

import (
	"context"
	"io/fs"
	"testing"

	"rapporteur/internal/document"
	"rapporteur/sample"
	"rapporteur/tools/gold"
)

// BenchmarkAnnotate reads the articles of the sample; the stages before are not
// counted.
func BenchmarkAnnotate(b *testing.B) {
	stages, s := fuzzStages(b)
	files, err := fs.Glob(sample.Files, "*.txt")
	if err != nil {
		b.Fatal(err)
	}
	var docs []*document.Doc
	bytes := 0
	for _, name := range files {
		content, err := fs.ReadFile(sample.Files, name)
		if err != nil {
			b.Fatal(err)
		}
		d, err := stages.Document(&gold.Record{ID: name, Published: "2024-05-16", Text: string(content)}, false)
		if err != nil {
			b.Fatal(err)
		}
		docs = append(docs, d)
		bytes += len(content)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			d.Moves, d.Positions, d.Abstentions = nil, nil, nil
			if err := s.Annotate(context.Background(), d); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkBefore reads the same articles with the stages before, for comparison.
func BenchmarkBefore(b *testing.B) {
	stages, _ := fuzzStages(b)
	files, err := fs.Glob(sample.Files, "*.txt")
	if err != nil {
		b.Fatal(err)
	}
	bytes := 0
	for b.Loop() {
		bytes = 0
		for _, name := range files {
			content, err := fs.ReadFile(sample.Files, name)
			if err != nil {
				b.Fatal(err)
			}
			bytes += len(content)
			if _, err := stages.Document(&gold.Record{ID: name, Published: "2024-05-16", Text: string(content)}, false); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.SetBytes(int64(bytes))
}
