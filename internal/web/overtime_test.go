package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// Between two days a party's own word moves it; a claim about it, or a stance
// that it held before, does not.
func TestChanged(t *testing.T) {
	ref := func(p record.Position) *record.Position { return &p }
	for _, c := range []struct {
		name      string
		positions []*record.Position
		want      string
	}{
		{"moved", []*record.Position{ref(position("Norria", "rejects", "toll", "Brae", "2031-03-01", true)), ref(position("Norria", "open", "toll", "Brae", "2031-03-08", true))}, "rejects>open"},
		{"new", []*record.Position{ref(position("Norria", "open", "toll", "Brae", "2031-03-08", true))}, ">open"},
		{"the same", []*record.Position{ref(position("Norria", "open", "toll", "Brae", "2031-03-01", true)), ref(position("Norria", "open", "toll", "Brae", "2031-03-08", true))}, "none"},
		{"one of two on a day", []*record.Position{
			ref(position("Norria", "open", "toll", "Brae", "2031-03-02", true)), ref(position("Norria", "conditional", "toll", "Brae", "2031-03-02", true)),
			ref(position("Norria", "conditional", "toll", "Brae", "2031-03-08", true)),
		}, "none"},
		{"a claim", []*record.Position{ref(position("Norria", "rejects", "toll", "Brae", "2031-03-01", true)), ref(position("Norria", "accepts", "toll", "Ilm", "2031-03-08", false))}, "none"},
		{"nothing since", []*record.Position{ref(position("Norria", "rejects", "toll", "Brae", "2031-03-01", true))}, "none"},
	} {
		got := "none"
		if x := changed(c.positions, "2031-03-05"); x != nil {
			got = ">" + x.Is.Stance
			if x.Was != nil {
				got = x.Was.Stance + got
			}
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestThenAndNow(t *testing.T) {
	h := newDesk(t, newFake(t))
	early := open(t, h, "/talks/t1?now=2031-03-05", http.StatusOK)
	if _, there := cells(early)["joint canal board"]; !there {
		t.Error("the table of 5 March lacks what was said on 4 March")
	}
	if got := wordsOf(cells(early)["joint canal board"][1]); !strings.Contains(got, "rejects") || strings.Contains(got, "supports") {
		t.Errorf("the table of 5 March says %s", got)
	}
	doc := open(t, h, "/talks/t1?then=2031-03-05", http.StatusOK)
	moved := all(doc, "div", "moved")
	if len(moved) != 1 {
		t.Fatal("nothing says what moved")
	}
	got := wordsOf(moved[0])
	for _, want := range []string{"What changed from 5 March 2031 to 9 March 2031", "Sorland on joint canal board rejects became supports", "Norria on canal toll rejects 6 Mar 2031 new"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing: %s", want, got)
		}
	}
	if got := wordsOf(all(cells(doc)["joint canal board"][1], "span", "change-mark")[0]); got != "moved was: rejects, 4 Mar 2031" {
		t.Errorf("the cell is marked with %q", got)
	}
	backwards := open(t, h, "/talks/t1?then=2031-03-09&now=2031-03-05", http.StatusOK)
	if got := attr(all(backwards, "input", "")[1], "value"); got != "2031-03-05" {
		t.Errorf("the earlier day is not then: %q", got)
	}
	if w := get(t, h, "/talks/t1?then=tomorrow"); w.Code != http.StatusBadRequest {
		t.Errorf("a day that is none gives status %d", w.Code)
	}
	if got := wordsOf(open(t, h, "/talks/t1?now=2030-01-01", http.StatusOK)); !strings.Contains(got, "Nothing was known yet on 1 January 2030.") {
		t.Error("an early day shows an empty table without a word")
	}
}

func TestWindowOfManyDays(t *testing.T) {
	var all []record.Position
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 1000 {
		all = append(all, position("Norria", "open", "toll", "Brae", day.AddDate(0, 0, i).Format(time.DateOnly), true))
	}
	v, err := newWindow(url.Values{}, all)
	if err != nil || len(v.Days) > daysOfSlider || v.Days[len(v.Days)-1] != v.Last || v.Last != "2022-09-26" {
		t.Errorf("%d stops up to %s, last %s, %v", len(v.Days), v.Days[len(v.Days)-1], v.Last, err)
	}
	if got := v.before(7); got != "2022-09-19" {
		t.Errorf("seven days before is %s", got)
	}
}

func TestSeries(t *testing.T) {
	w := english(t)
	weighed := func(n int, up, down float64) store.Weighed {
		return store.Weighed{Moves: n, Cooperation: up, Conflict: down}
	}
	s := newSeries(w, []store.Tally{
		{Date: "2031-03-04", Sure: weighed(2, 4, -2)}, {Date: "2031-03-05", Likely: weighed(1, 4, 0)}, {Date: "2031-03-19", Sure: weighed(1, 0, -4)}, {Date: "soon"},
	})
	if s.Unit != "week" || len(s.Bars) != 3 || !s.Likely {
		t.Fatalf("%+v", s)
	}
	first := s.Bars[0]
	if first.Label != "Week of 3 Mar 2031" || first.Sure.Moves != 2 || first.Likely.Cooperation != 4 {
		t.Errorf("first week: %+v", first)
	}
	if got := fmt.Sprint(first.UpTop, first.Up, first.DownAt[0], first.Down[0]); got != "[25.00% 0.00%] [25.00% 25.00%]50.00%12.50%" {
		t.Errorf("bars: %s", got)
	}
	if s.Bars[1].Sure.Moves+s.Bars[1].Likely.Moves != 0 {
		t.Error("a week without moves is not empty")
	}
	long := newSeries(w, []store.Tally{{Date: "2031-03-04", Sure: weighed(1, 1, 0)}, {Date: "2034-03-04", Sure: weighed(1, 1, 0)}})
	if long.Unit != "month" || len(long.Bars) != 37 || long.Bars[0].Label != "March 2031" {
		t.Errorf("three years: %s, %d bars", long.Unit, len(long.Bars))
	}
	if ticks := long.ticks(w); len(ticks) != ticksOfSeries || ticks[0].Anchor != "start" || ticks[3].Anchor != "end" {
		t.Errorf("labels: %+v", ticks)
	}
	if ages := newSeries(w, []store.Tally{{Date: "1995-03-04", Sure: weighed(1, 1, 0)}, {Date: "2034-03-04"}}); ages.Unit != "year" || len(ages.Bars) != 40 {
		t.Errorf("forty years: %s, %d bars", ages.Unit, len(ages.Bars))
	}
}

func TestSeriesHasATable(t *testing.T) {
	f := newFake(t)
	f.tallies = []store.Tally{{Date: "2031-03-04", Sure: store.Weighed{Moves: 2, Cooperation: 4, Conflict: -5}}, {Date: "2031-03-12", Sure: store.Weighed{Moves: 1, Conflict: -4}}}
	h := newDesk(t, f)
	section := byID(open(t, h, "/talks/t1", http.StatusOK), "series")
	if got := wordsOf(all(section, "tbody", "")[0]); got != "Week of 3 Mar 2031 +4.0 -5.0 2 0 0 0 Week of 10 Mar 2031 0 -4.0 1 0 0 0" {
		t.Errorf("the table says %s", got)
	}
	if len(all(section, "svg", "series")) == 0 || len(all(open(t, h, "/", http.StatusOK), "svg", "series")) != 1 {
		t.Error("there is no chart on the page or on the card")
	}
}

func TestStrip(t *testing.T) {
	meeting := func(day, until string) record.Meeting {
		m := record.Meeting{ID: "m" + day, Name: "round", State: "held"}
		if day != "" {
			m.Date = &day
		}
		if until != "" {
			m.Until = &until
		}
		return m
	}
	w := english(t)
	s := newStrip(w, []record.Meeting{meeting("2031-03-01", ""), meeting("2031-03-02", ""), meeting("2031-04-01", "2031-04-10"), meeting("2031-04", ""), meeting("", "")})
	if len(s.Stops) != 3 || s.Lanes != 2 {
		t.Fatalf("%+v", s)
	}
	if a, b, c := s.Stops[0], s.Stops[1], s.Stops[2]; a.X != "3.00%" || a.Lane != 0 || b.Lane != 1 || c.Lane != 0 || c.W == "0.00%" {
		t.Errorf("stops: %+v", s.Stops)
	}
	if s.Ticks[0].Label != "1 Mar 2031" || s.Ticks[1].Label != "10 Apr 2031" {
		t.Errorf("ticks: %+v", s.Ticks)
	}
	if one := newStrip(w, []record.Meeting{meeting("2031-03-01", ""), meeting("2031-03-01", "")}); len(one.Stops) != 0 {
		t.Error("a line of one day is drawn")
	}
}
