package export

import (
	"bufio"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"rapporteur/internal/record"
)

// mostRows is how many points a report in text shows.
const mostRows = 30

// ReportText writes a report for people to read on a terminal, cut to width
// characters a line; 0 cuts nothing.
func ReportText(w io.Writer, r *Report, width int) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n%s\n\nparties: %s\n", r.Talks.ID, r.Talks.Name, join(r.Talks.Parties))
	if len(r.Talks.Mediators) > 0 {
		fmt.Fprintf(out, "mediators: %s\n", join(r.Talks.Mediators))
	}
	fmt.Fprintf(out, "articles: %d, %s to %s\n", len(r.Talks.Articles), dash(value(r.Talks.First)), dash(value(r.Talks.Last)))
	if r.Likely > 0 {
		fmt.Fprintf(out, "left out as only likely: %d (--likely shows them)\n", r.Likely)
	}
	section := func(title string, rows []string) {
		fmt.Fprintf(out, "\n%s\n", title)
		for _, row := range rows {
			fmt.Fprintln(out, cut("  "+oneLine(row), width))
		}
		if len(rows) == 0 {
			fmt.Fprintln(out, "  none")
		}
	}
	section("Where the talks stand, by who says so", lines(r.Standing, func(s Standing) string { return dash(value(s.Date)) + "  " + s.State + " (" + s.By + ")" }))
	section("Status over time", lines(r.Talks.Status, stepLine))
	section("Positions", tableLines(r.Table))
	section("Meetings", lines(r.Meetings, meetingLine))
	section("Documents", lines(r.Documents, documentLine))
	section("What is to come", lines(r.Expectations, expectationLine))
	section("Contradictions", lines(r.Contradictions, contradictionLine))
	if r.Moved.Since != "" {
		var all []string
		all = append(all, lines(r.Moved.Status, stepLine)...)
		all = append(all, lines(r.Moved.Positions, positionLine)...)
		all = append(all, lines(r.Moved.Meetings, meetingLine)...)
		all = append(all, lines(r.Moved.Documents, documentLine)...)
		section(fmt.Sprintf("What moved from %s to %s", r.Moved.Since, r.Moved.Until), all)
	}
	return out.Flush()
}

func lines[T any](list []T, line func(T) string) []string {
	out := make([]string, 0, len(list))
	for _, v := range list {
		out = append(out, line(v))
	}
	return out
}

func tableLines(rows []PointRow) []string {
	var out []string
	for i, row := range rows {
		if i == mostRows {
			out = append(out, fmt.Sprintf("and %d points more", len(rows)-mostRows))
			break
		}
		out = append(out, row.Point.Label)
		for _, c := range row.Cells {
			out = append(out, "· "+c.Party+" "+stanceOf(&c.Position)+", "+dash(value(c.Position.Date))+voice(&c.Position))
		}
	}
	return out
}

func stanceOf(p *record.Position) string {
	if p.Denied {
		return "does not: " + p.Stance
	}
	return p.Stance
}

// voice tells whose word a position is.
func voice(p *record.Position) string {
	switch {
	case p.AssertedBy == "article":
		return " (reported)"
	case p.Own:
		return " (own word: " + p.AssertedBy + ")"
	}
	return " (as told by " + p.AssertedBy + ")"
}

func stepLine(s record.Step) string {
	return dash(value(s.Date)) + "  " + s.State + " (" + s.By + ") " + s.Article
}

func positionLine(p record.Position) string {
	return dash(value(p.Date)) + "  " + p.Party + " " + stanceOf(&p) + ": " + p.Mention + voice(&p)
}

func meetingLine(m record.Meeting) string {
	parts := []string{dash(value(m.Date)), m.State, m.Name}
	if m.Place != nil && !strings.Contains(m.Name, *m.Place) {
		parts = append(parts, "in "+*m.Place)
	}
	return strings.Join(parts, "  ") + "  [" + join(m.Participants) + "]" + history(m.History)
}

// history tells how the state of a meeting changed: "planned, postponed, held".
func history(steps []record.Step) string {
	var states []string
	for _, s := range steps {
		if len(states) == 0 || states[len(states)-1] != s.State {
			states = append(states, s.State)
		}
	}
	if len(states) < 2 {
		return ""
	}
	return "  " + strings.Join(states, " → ")
}

func documentLine(d record.Document) string {
	line := dash(value(d.Date)) + "  " + d.Kind + "  " + d.Name
	if d.By != nil {
		line += "  by " + *d.By
	}
	if len(d.To) > 0 {
		line += "  to " + join(d.To)
	}
	if d.State != "" {
		line += "  " + d.State
	}
	return line
}

func expectationLine(e record.Expectation) string {
	by := dash(value(e.By))
	if e.Until != nil {
		by += " to " + *e.Until
	}
	line := by + "  " + e.State + "  " + dash(value(e.Who)) + ": " + e.What + "  (" + e.AssertedBy + ", " + dash(value(e.Date)) + ")"
	if e.Answer != nil {
		line += "  answered: " + e.Answer.What + ", " + dash(value(e.Answer.Date))
	}
	return line
}

func contradictionLine(c record.Contradiction) string {
	side := func(s record.ContradictionSide) string {
		return s.By + ", " + dash(value(s.Date)) + ": “" + s.Text + "”"
	}
	return c.Kind + "  " + c.About + "  " + side(c.A) + "  ≠  " + side(c.B)
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

//go:embed report.gohtml
var reportPage string

// ReportHTML writes a report as one page of HTML that needs nothing beside it.
func ReportHTML(w io.Writer, r *Report) error {
	page, err := template.New("report").Funcs(template.FuncMap{
		"day": func(s *string) string { return dash(value(s)) }, "join": join, "stance": func(p record.Position) string { return stanceOf(&p) }, "voice": func(p record.Position) string { return voice(&p) },
		"steps":  func(m record.Meeting) string { return history(m.History) },
		"orDash": func(s *string) string { return dash(value(s)) },
	}).Parse(reportPage)
	if err != nil {
		return fmt.Errorf("export: page of reports: %w", err)
	}
	if err := page.Execute(w, r); err != nil {
		return fmt.Errorf("export: report of %s: %w", r.Talks.ID, err)
	}
	return nil
}
