package speaker_test

import (
	"context"
	"os"
	"testing"
	"time"

	"rapporteur/internal/document"
	"rapporteur/internal/nlp"
)

// TestBig tells how long each stage takes on the file that BIG names.
func TestBig(t *testing.T) {
	file := os.Getenv("BIG")
	if file == "" {
		t.Skip("BIG names no file")
	}
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d := newDoc(t, string(body), "2024-05-16")
	before, behind := pipeline(t)
	for _, s := range append(before, behind...) {
		start := time.Now()
		if s.Name() == "coref" {
			d.Layers |= document.LayerStatements
		}
		if err := nlp.Run(context.Background(), d, s); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s %v: %d mentions, %d actors", s.Name(), time.Since(start).Round(time.Millisecond), len(d.Mentions), len(d.Actors))
	}
}
