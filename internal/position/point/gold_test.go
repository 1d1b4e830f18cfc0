package point_test

import (
	"os"
	"sort"
	"strings"
	"testing"

	"rapporteur/internal/document"
	"rapporteur/internal/position/point"
	"rapporteur/internal/text"
	"rapporteur/tools/gold"
)

// TestGold prints how well matters join the positions of one record that people gave
// one point: B-cubed (Bagga and Baldwin 1998) over the mentions of each record.
func TestGold(t *testing.T) {
	dir := gold.Folder("train")
	if dir == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no ../shared/gold: put the gold records beside the project")
		}
		t.Skip("no ../shared/gold: put the gold records beside the project")
	}
	stages, f := house(t)
	records, err := gold.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	var p, r float64
	n := 0
	for i := range records {
		d, err := stages.Document(&records[i], false)
		if err != nil {
			t.Fatal(err)
		}
		var points, found []string
		for _, g := range records[i].Positions {
			at := place(records[i].Text, g.Evidence, g.Mention)
			if at.IsEmpty() {
				continue
			}
			points, found = append(points, g.Point), append(found, key(f, d, at))
		}
		n += len(points)
		p, r = p+shared(found, points), r+shared(points, found)
	}
	p, r = p/float64(n), r/float64(n)
	t.Logf("points of %d positions: B-cubed P %.1f R %.1f F1 %.1f", n, 100*p, 100*r, 200*p*r/(p+r))
}

func key(f *point.Finder, d *document.Doc, at text.Span) string {
	m := f.Matter(d, at)
	var names []string
	for _, a := range m.Named {
		names = append(names, d.Actors[a].Name)
	}
	sort.Strings(names)
	return strings.Join(m.Stems, " ") + " / " + strings.Join(names, ", ")
}

// shared adds up, for each entry, the share of those in its group of a that are also
// in its group of b.
func shared(a, b []string) float64 {
	total := 0.0
	for i := range a {
		group, both := 0, 0
		for j := range a {
			if a[i] == a[j] {
				group++
				if b[i] == b[j] {
					both++
				}
			}
		}
		total += float64(both) / float64(group)
	}
	return total
}

func place(in, evidence, mention string) text.Span {
	from := max(0, strings.Index(in, evidence))
	at := strings.Index(in[from:], mention)
	if at < 0 {
		return text.Span{}
	}
	return text.Span{Start: from + at, End: from + at + len(mention)}
}
