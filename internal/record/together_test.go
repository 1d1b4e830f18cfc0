package record_test

import (
	"slices"
	"testing"

	"rapporteur/internal/record"
)

func TestTogetherSure(t *testing.T) {
	told := func(article, stance string, sure float64, likely bool) record.Position {
		return record.Position{
			PartyID: "state:TOL", Point: record.Point{ID: "pt1"}, Stance: stance, Own: true, Article: article,
			Confidence: record.Confidence{Value: sure, Likely: likely},
		}
	}
	copied := told("c", "accepts", 0.7, true)
	copied.Story = "one text"
	other := told("d", "supports", 0.7, true)
	other.Story = "one text"
	for name, c := range map[string]struct {
		positions []record.Position
		sure      []bool
	}{
		"one likely":            {[]record.Position{told("a", "accepts", 0.7, true)}, []bool{false}},
		"one sure":              {[]record.Position{told("a", "accepts", 0.9, false)}, []bool{true}},
		"two articles":          {[]record.Position{told("a", "accepts", 0.6, true), told("b", "supports", 0.55, true)}, []bool{true, true}},
		"two that are too weak": {[]record.Position{told("a", "accepts", 0.4, true), told("b", "supports", 0.5, true)}, []bool{false, false}},
		"one article twice":     {[]record.Position{told("a", "accepts", 0.6, true), told("a", "supports", 0.6, true)}, []bool{false, false}},
		"many weak ones": {[]record.Position{
			told("a", "accepts", 0.35, true), told("b", "accepts", 0.35, true), told("c", "accepts", 0.35, true), told("d", "accepts", 0.35, true),
		}, []bool{false, false, false, false}},
		"copies of one text":  {[]record.Position{copied, other}, []bool{false, false}},
		"against one another": {[]record.Position{told("a", "accepts", 0.6, true), told("b", "rejects", 0.6, true)}, []bool{false, false}},
	} {
		if got := record.TogetherSure(c.positions); !slices.Equal(got, c.sure) {
			t.Errorf("%s: %v, want %v", name, got, c.sure)
		}
	}
}
