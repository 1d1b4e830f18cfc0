package web

import (
	"fmt"
	"testing"

	"rapporteur/internal/record"
)

func position(party, stance, point, by, date string, own bool) record.Position {
	return record.Position{
		ID: party + stance + by + date, Party: party, PartyID: party, Stance: stance, Point: record.Point{ID: point, Label: point},
		AssertedBy: by, Own: own, Date: &date,
	}
}

func TestTableOrder(t *testing.T) {
	talks := &record.Talks{ID: "t1", Parties: []string{"Norria", "Sorland"}, Mediators: []string{"Ismond"}}
	table := newTable(talks, []record.Position{
		position("Sorland", "rejects", "board", "Ilm", "2031-03-01", true),
		position("Norria", "demands", "toll", "Brae", "2031-03-02", true),
		position("Norria", "demands", "toll", "Brae", "2031-03-05", true),
		position("Norria", "accepts", "toll", "Ilm", "2031-03-04", false),
		position("League", "supports", "toll", byArticle, "2031-03-04", true),
	}, window{}, false, false)
	var parties []string
	for _, c := range table.Parties {
		parties = append(parties, c.Name)
	}
	if got := fmt.Sprint(parties); got != "[Norria Sorland League]" {
		t.Errorf("parties are %s", got)
	}
	if len(table.Rows) != 2 || table.Rows[0].Point.ID != "toll" {
		t.Fatalf("the point most spoken of is not first: %+v", table.Rows)
	}
	want := []stand{
		{Stance: "demands", Voice: ownWord, Last: "2031-03-05", Proofs: 2},
		{Stance: "accepts", Voice: claimed, By: "Ilm", Last: "2031-03-04", Proofs: 1},
	}
	if got := table.Rows[0].Cells[0].Stands; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("Norria on toll: got %+v, want %+v", got, want)
	}
	if got := table.Rows[0].Cells[2].Stands[0].Voice; got != reported {
		t.Errorf("the article's own voice is shown as %s", got.class())
	}
}

func TestTableHidesTheRest(t *testing.T) {
	var all []record.Position
	for i := range pointsShown + 5 {
		all = append(all, position(fmt.Sprintf("Party %02d", i), "demands", fmt.Sprintf("point %02d", i), "X", "2031-03-01", true))
	}
	talks := &record.Talks{ID: "t1"}
	short := newTable(talks, all, window{}, false, false)
	if len(short.Rows) != pointsShown || short.HiddenRows != 5 || len(short.Parties) != partiesShown {
		t.Errorf("%d rows, %d hidden, %d parties", len(short.Rows), short.HiddenRows, len(short.Parties))
	}
	whole := newTable(talks, all, window{}, true, true)
	if len(whole.Rows) != len(all) || len(whole.Parties) != len(all) || whole.HiddenRows+whole.HiddenSides > 0 {
		t.Errorf("%d rows and %d parties of %d", len(whole.Rows), len(whole.Parties), len(all))
	}
}
