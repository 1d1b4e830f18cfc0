package compile

import (
	"testing"

	"rapporteur/internal/document"
)

// TestParties: who is only named where talks are told of is no party of them; who is
// named by the words for them, meets, addresses or takes a stand is one.
func TestParties(t *testing.T) {
	d := doc()
	for _, name := range []string{"Harbour Herald", "Orsa", "Strait Union"} {
		d.Actors = append(d.Actors, document.Actor{Name: name, Key: "k:" + name, Kind: document.Organisation, Of: document.NoActor, Speaks: document.NoActor})
	}
	herald, orsa, union := document.ActorID(3), document.ActorID(4), document.ActorID(5)
	d.Talks[0].Parties = []document.ActorID{0, herald, 1, orsa, union}
	d.Talks[0].Named = []document.ActorID{orsa}
	d.Moves = append(d.Moves, document.Move{Kind: document.Demand, Actor: 0, Recipient: union, Mode: document.Asserted, Predicate: at("rejects"), Point: at("the toll"), Made: d.Moves[0].Made})
	r, err := Reading(d, "rules 1")
	if err != nil {
		t.Fatal(err)
	}
	if want := "Veyra – Tolmark – Orsa – Strait Union: fisheries"; r.Talks[0].Name != want || len(r.Talks[0].Parties) != 4 {
		t.Errorf("talks %q of %v, want %q", r.Talks[0].Name, r.Talks[0].Parties, want)
	}
	d.Talks[0].Parties, d.Talks[0].Named, d.Meetings, d.Positions, d.Moves = []document.ActorID{herald, 1, orsa}, nil, nil, nil, nil
	if r, err = Reading(d, "rules 1"); err != nil || len(r.Talks[0].Parties) != 2 {
		t.Errorf("talks of which nobody is told to be a party: %+v, %v", r.Talks, err)
	}
}
