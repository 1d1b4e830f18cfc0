package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"rapporteur/internal/record"
)

// A positionTable is where the parties of one negotiation stand: points × parties.
type positionTable struct {
	Parties     []column
	Rows        []row
	HiddenRows  int
	HiddenSides int
	Positions   int
	Cut         bool      // there are more positions than were read
	Changes     []*change // between then and now, when two days are compared
}

// A column is a party.
type column struct {
	Name     string
	ID       string // of the actor; "" where no position tells it
	Mediator bool
	n        int
}

// A row is a point.
type row struct {
	Point record.Point
	Cells []cell
	n     int
	sure  int
	moved int
	last  string
}

// A cell is where one party stands on one point, newest first.
type cell struct {
	Party  string
	Stands []stand
	Proofs int
	URL    string
	Change *change
}

// A stand is a stance as one voice tells it, with the number of proofs.
type stand struct {
	Stance  string
	Denied  bool
	Voice   voice
	By      string
	Last    string
	Words   string // of the newest, where they do not begin with those that name the point
	Proofs  int    // copies of one text count once
	Outlets []string
	Likely  bool
}

type standKey struct {
	stance string
	denied bool
	voice  voice
	by     string
}

func keyOf(p *record.Position) standKey {
	k := standKey{p.Stance, p.Denied, voiceOf(p), ""}
	if k.voice == claimed {
		k.by = p.AssertedBy
	}
	return k
}

// newTable builds the table of a negotiation. Points most spoken of come first.
// Parties that hold a position come first: those of the negotiation in its own
// order, then whoever else, most positions first; then parties of the negotiation
// without one, of whom only some show at first.
func newTable(t *record.Talks, positions []record.Position, days window, allPoints, allParties bool) positionTable {
	table := positionTable{Positions: len(positions)}
	table.Parties = columns(t, positions)
	if !allParties {
		shown := min(len(table.Parties), shownAtFirst(table.Parties))
		table.HiddenSides = len(table.Parties) - shown
		table.Parties = table.Parties[:shown]
	}
	byPoint := map[string][]*record.Position{}
	for i := range positions {
		p := &positions[i]
		byPoint[p.Point.ID] = append(byPoint[p.Point.ID], p)
	}
	for _, of := range byPoint {
		r := row{Point: of[0].Point, n: len(of)}
		for _, p := range of {
			r.last = max(r.last, deref(p.Date))
			if !p.Likely {
				r.sure++
			}
		}
		if days.Then != "" {
			changes := changesOn(of, t.ID, days)
			r.moved = len(changes)
			table.Changes = append(table.Changes, changes...)
		}
		table.Rows = append(table.Rows, r)
	}
	slices.SortFunc(table.Changes, movedFirst)
	slices.SortFunc(table.Rows, mostDiscussed)
	if !allPoints && len(table.Rows) > pointsShown {
		table.HiddenRows = len(table.Rows) - pointsShown
		table.Rows = table.Rows[:pointsShown]
	}
	for i := range table.Rows {
		table.Rows[i].fill(t.ID, table.Parties, byPoint[table.Rows[i].Point.ID], days)
	}
	return table
}

// changesOn compares then with now for each party that has a position on a point.
func changesOn(of []*record.Position, talks string, days window) []*change {
	var out []*change
	for party, positions := range byHolder(of) {
		if c := changed(positions, days.Then); c != nil {
			c.URL = cellURL(talks, c.Point.ID, party, days)
			out = append(out, c)
		}
	}
	return out
}

func byHolder(positions []*record.Position) map[string][]*record.Position {
	out := map[string][]*record.Position{}
	for _, p := range positions {
		out[p.Party] = append(out[p.Party], p)
	}
	return out
}

// cellURL leads to the proofs of a cell, up to the day that the table shows.
func cellURL(talks, point, party string, days window) string {
	q := url.Values{"point": {point}, "party": {party}}
	if days.Now != "" {
		q.Set("until", days.Now)
	}
	return address(route("talks", talks, "cell"), q)
}

// mostDiscussed puts points with most positions first, then those with most
// certain ones, then the newest; before them, points on which something moved.
func mostDiscussed(a, b row) int {
	return cmp.Or(cmp.Compare(min(b.moved, 1), min(a.moved, 1)), cmp.Compare(b.n, a.n), cmp.Compare(b.sure, a.sure), cmp.Compare(b.last, a.last),
		cmp.Compare(a.Point.Label, b.Point.Label), cmp.Compare(a.Point.ID, b.Point.ID))
}

func columns(t *record.Talks, positions []record.Position) []column {
	var all []column
	at := map[string]int{}
	add := func(name string, mediator bool) int {
		i, known := at[name]
		if !known {
			i = len(all)
			at[name] = i
			all = append(all, column{Name: name, Mediator: mediator})
		}
		return i
	}
	for _, name := range t.Parties {
		add(name, false)
	}
	for _, name := range t.Mediators {
		add(name, true)
	}
	named := len(all)
	for i := range positions {
		column := &all[add(positions[i].Party, false)]
		column.ID = positions[i].PartyID
		column.n++
	}
	slices.SortStableFunc(all[named:], func(a, b column) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.Name, b.Name))
	})
	all = slices.DeleteFunc(all, func(c column) bool { return c.Mediator && c.n == 0 })
	slices.SortStableFunc(all, func(a, b column) int { return cmp.Compare(min(b.n, 1), min(a.n, 1)) })
	return all
}

// shownAtFirst counts the columns that stand in the table before the reader asks
// for all: parties with a position, and without one only to fill a small table.
func shownAtFirst(parties []column) int {
	holding := 0
	for _, c := range parties {
		if c.n > 0 {
			holding++
		}
	}
	return min(max(holding, partiesFilled), partiesShown)
}

func (r *row) fill(talks string, parties []column, positions []*record.Position, days window) {
	byParty := byHolder(positions)
	for _, party := range parties {
		of := byParty[party.Name]
		proofs, _ := told(of)
		c := cell{Party: party.Name, Stands: stands(of), Proofs: proofs, URL: cellURL(talks, r.Point.ID, party.Name, days)}
		if days.Then != "" {
			c.Change = changed(of, days.Then)
		}
		r.Cells = append(r.Cells, c)
	}
}

// stands joins positions that say the same in the same voice, newest first.
func stands(positions []*record.Position) []stand {
	at := map[standKey]int{}
	var all []stand
	var behind [][]*record.Position
	for _, p := range positions {
		k := keyOf(p)
		j, known := at[k]
		if !known {
			j = len(all)
			at[k] = j
			all = append(all, stand{Stance: k.stance, Denied: k.denied, Voice: k.voice, By: k.by, Likely: true})
			behind = append(behind, nil)
		}
		behind[j] = append(behind[j], p)
		if day := deref(p.Date); day >= all[j].Last || len(behind[j]) == 1 {
			all[j].Last, all[j].Words = max(all[j].Last, day), ""
			if !strings.HasPrefix(bare(p.Mention), bare(p.Point.Label)) {
				all[j].Words = firstWords(p.Mention, wordsShown)
			}
		}
		all[j].Likely = all[j].Likely && p.Likely
	}
	for j, of := range behind {
		all[j].Proofs, all[j].Outlets = told(of)
	}
	slices.SortFunc(all, func(a, b stand) int {
		return cmp.Or(cmp.Compare(b.Last, a.Last), cmp.Compare(a.Voice, b.Voice), cmp.Compare(a.Stance, b.Stance), cmp.Compare(a.By, b.By))
	})
	return all
}

// bare returns words in lower case, without the article in front.
func bare(s string) string {
	s = strings.ToLower(s)
	for _, article := range []string{"the ", "a ", "an "} {
		s = strings.TrimPrefix(s, article)
	}
	return s
}

// certain leaves out what is only likely and is not sure together with what other
// articles tell. What is left is shown as sure.
func certain(positions []record.Position) []record.Position {
	var out []record.Position
	for i, sure := range record.TogetherSure(positions) {
		if sure {
			p := positions[i]
			p.Likely = false
			out = append(out, p)
		}
	}
	return out
}

// address returns where the proofs of the cell are.
func (c cell) address(likely bool) string { return likelyURL(c.URL, likely) }

// likelyURL asks for likely entries too.
func likelyURL(url string, likely bool) string {
	if likely {
		return url + "&likely=1"
	}
	return url
}
