package export

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// A Report is the whole record of one negotiation.
type Report struct {
	Schema         string                 `json:"schema"`
	Talks          record.Talks           `json:"talks"`
	Standing       []Standing             `json:"standing"` // where the talks stand now, by who says so
	Table          []PointRow             `json:"table"`
	Meetings       []record.Meeting       `json:"meetings"`
	Documents      []record.Document      `json:"documents"`
	Expectations   []record.Expectation   `json:"expectations"`
	Contradictions []record.Contradiction `json:"contradictions"`
	Moved          Moved                  `json:"moved"`
	Likely         int                    `json:"likely_left_out"` // entries left out as they are only likely
}

// ReportSchema names the form of [Report] and its version.
const ReportSchema = "rapporteur/report/1"

// A Standing is the last that one side says of where the talks stand.
type Standing struct {
	By    string      `json:"by"`
	State string      `json:"state"`
	Date  *string     `json:"date"`
	Step  record.Step `json:"step"`
}

// A PointRow is one point with where each party stands on it.
type PointRow struct {
	Point record.Point `json:"point"`
	Cells []PointCell  `json:"cells"`
	Told  int          `json:"positions"` // how many positions stand behind it
}

// A PointCell is a party's newest position on a point, its own word where there is
// one; Told is how many positions of the party stand behind it.
type PointCell struct {
	Party    string          `json:"party"`
	Position record.Position `json:"position"`
	Told     int             `json:"positions"`
}

// Moved is what is new in the last days of the negotiation.
type Moved struct {
	Days      int               `json:"days"`
	Since     string            `json:"since"`
	Until     string            `json:"until"`
	Status    []record.Step     `json:"status"`
	Meetings  []record.Meeting  `json:"meetings"`
	Documents []record.Document `json:"documents"`
	Positions []record.Position `json:"positions"`
}

// A ReportChoice says what goes into a report.
type ReportChoice struct {
	Days   int  // how many last days are told of in Moved
	Likely bool // with entries that are only likely
}

// NewReport gathers the record of the negotiation with that ID. It wraps
// record.ErrNotFound when there is none.
func NewReport(ctx context.Context, s store.Reader, id string, choice ReportChoice) (Report, error) {
	r := Report{Schema: ReportSchema}
	talks, err := first(s.Talks(ctx, store.Filter{ID: id}))
	if err != nil {
		return r, fmt.Errorf("report: talks %s: %w", id, err)
	}
	r.Talks = talks
	g := gatherer{likely: choice.Likely}
	f := store.Filter{Talks: id}
	positions := gatherPositions(&g, s.Positions(ctx, f))
	r.Meetings = gather(&g, s.Meetings(ctx, f), func(m record.Meeting) bool { return m.Likely })
	r.Documents = gather(&g, s.Documents(ctx, f), func(d record.Document) bool { return d.Likely })
	r.Expectations = gather(&g, s.Expectations(ctx, f), func(e record.Expectation) bool { return e.Likely })
	r.Contradictions = gather(&g, s.Contradictions(ctx, f), func(c record.Contradiction) bool { return c.Likely })
	if g.err != nil {
		return r, fmt.Errorf("report: talks %s: %w", id, g.err)
	}
	r.Likely = g.left
	r.Standing = standing(talks.Status)
	r.Table = table(positions)
	r.Moved = moved(&r, positions, choice.Days)
	return r, nil
}

func first[T any](list iter.Seq2[T, error]) (T, error) {
	for v, err := range list {
		return v, err
	}
	var zero T
	return zero, record.ErrNotFound
}

// A gatherer reads lists until one fails, and counts what it leaves out.
type gatherer struct {
	likely bool
	left   int
	err    error
}

func gather[T any](g *gatherer, list iter.Seq2[T, error], isLikely func(T) bool) []T {
	out := []T{}
	if g.err != nil {
		return out
	}
	for v, err := range list {
		if err != nil {
			g.err = err
			return out
		}
		if isLikely(v) && !g.likely {
			g.left++
			continue
		}
		out = append(out, v)
	}
	return out
}

// gatherPositions leaves out positions that are only likely and are not sure together.
func gatherPositions(g *gatherer, list iter.Seq2[record.Position, error]) []record.Position {
	all := gather(g, list, func(record.Position) bool { return false })
	if g.likely {
		return all
	}
	out := []record.Position{}
	for i, sure := range record.TogetherSure(all) {
		if sure {
			out = append(out, all[i])
		}
	}
	g.left += len(all) - len(out)
	return out
}

// standing returns the last step of each who tells of one, the newest first.
func standing(steps []record.Step) []Standing {
	out := []Standing{}
	for _, s := range slices.Backward(steps) {
		if !slices.ContainsFunc(out, func(o Standing) bool { return o.By == s.By }) {
			out = append(out, Standing{By: s.By, State: s.State, Date: s.Date, Step: s})
		}
	}
	slices.SortStableFunc(out, func(a, b Standing) int { return cmp.Compare(value(b.Date), value(a.Date)) })
	return out
}

// table puts positions, which come oldest first, into rows of points: those with most
// positions first.
func table(positions []record.Position) []PointRow {
	rows := []PointRow{}
	for _, p := range positions {
		at := slices.IndexFunc(rows, func(r PointRow) bool { return r.Point.ID == p.Point.ID })
		if at < 0 {
			at = len(rows)
			rows = append(rows, PointRow{Point: p.Point})
		}
		row := &rows[at]
		row.Told++
		k := slices.IndexFunc(row.Cells, func(c PointCell) bool { return c.Party == p.Party })
		if k < 0 {
			row.Cells = append(row.Cells, PointCell{Party: p.Party, Position: p, Told: 1})
			continue
		}
		cell := &row.Cells[k]
		cell.Told++
		if p.Own || !cell.Position.Own {
			cell.Position = p
		}
	}
	for i := range rows {
		slices.SortStableFunc(rows[i].Cells, func(a, b PointCell) int { return cmp.Or(b.Told-a.Told, cmp.Compare(a.Party, b.Party)) })
	}
	slices.SortStableFunc(rows, func(a, b PointRow) int {
		return cmp.Or(b.Told-a.Told, cmp.Compare(a.Point.Label, b.Point.Label), cmp.Compare(a.Point.ID, b.Point.ID))
	})
	return rows
}

// moved tells what articles of the last days told first: states, meetings and
// documents with a telling in them, positions that are not the same as one before.
func moved(r *Report, positions []record.Position, days int) Moved {
	out := Moved{Days: days, Until: value(r.Talks.Last), Status: []record.Step{}, Meetings: []record.Meeting{}, Documents: []record.Document{}, Positions: []record.Position{}}
	last, err := time.Parse(time.DateOnly, out.Until)
	if err != nil || days <= 0 {
		return out
	}
	out.Since = last.AddDate(0, 0, -days+1).Format(time.DateOnly)
	isNew := func(day *string) bool { return value(day) >= out.Since }
	recent := map[string]bool{}
	for _, s := range r.Talks.Status {
		if isNew(s.Date) {
			out.Status = append(out.Status, s)
		}
	}
	for _, p := range positions {
		recent[p.Article] = recent[p.Article] || isNew(p.Date)
	}
	for _, m := range r.Meetings {
		if n := len(m.History); n > 0 && isNew(m.History[n-1].Date) {
			out.Meetings = append(out.Meetings, m)
		}
	}
	for _, d := range r.Documents {
		if isNew(d.Date) || slices.ContainsFunc(d.Articles, func(a string) bool { return recent[a] }) {
			out.Documents = append(out.Documents, d)
		}
	}
	known := map[string]bool{}
	for _, p := range positions {
		key := p.Party + "\x00" + p.Point.ID + "\x00" + p.Stance + "\x00" + p.AssertedBy
		if isNew(p.Date) && !known[key] {
			out.Positions = append(out.Positions, p)
		}
		known[key] = true
	}
	return out
}
