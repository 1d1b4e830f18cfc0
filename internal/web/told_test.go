package web

import (
	"slices"
	"testing"

	"rapporteur/internal/record"
)

// A wire report that two outlets carry says a thing once; the report of a third
// says it once more.
func TestCopiesAreToldOnce(t *testing.T) {
	positions := []record.Position{
		{ID: "p1", Stance: "demands", Own: true, Article: "wire", Outlet: "BELNA", Story: "y1"},
		{ID: "p2", Stance: "demands", Own: true, Article: "copy", Outlet: "Halvik Courier", Story: "y1"},
		{ID: "p3", Stance: "rejects", Own: true, Article: "copy", Outlet: "Halvik Courier", Story: "y1"},
		{ID: "p4", Stance: "demands", Own: true, Article: "own", Outlet: "Lakeside Press", Story: "y2"},
		{ID: "p5", Stance: "demands", Own: true, Article: "own", Outlet: "Lakeside Press", Story: "y2"},
	}
	var demands []*record.Position
	for i := range positions {
		if positions[i].Stance == "demands" {
			demands = append(demands, &positions[i])
		}
	}
	times, witnesses := told(demands)
	if times != 3 || !slices.Equal(witnesses, []string{"BELNA", "Halvik Courier", "Lakeside Press"}) {
		t.Errorf("told %d times by %v", times, witnesses)
	}
	first, others := together(positions)
	if len(first) != 4 || len(others[0]) != 1 || others[0][0].ID != "p2" || first[1].ID != "p3" || len(others[3]) != 0 {
		t.Errorf("%+v, %+v", first, others)
	}
}
