package speaker

import (
	"strings"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
)

// venues gives each statement the words of its place; a place that one statement
// names goes on for the next ones of the same speaker until another is named.
func venues(d *document.Doc) {
	type scene struct {
		venue     string
		paragraph document.ParagraphID
	}
	last := map[document.ActorID]scene{}
	for i := range d.Statements {
		s := &d.Statements[i]
		here := d.ParagraphAt(s.Span().Start)
		if !s.Place.IsEmpty() {
			s.Venue = trimVenue(d.In(s.Place))
		}
		switch old, ok := last[s.Speaker]; {
		case s.Speaker == document.NoActor:
		case s.Venue != "":
			last[s.Speaker] = scene{s.Venue, here}
		case ok && here-old.paragraph <= 2 && s.Form == document.Direct:
			s.Venue = old.venue
			last[s.Speaker] = scene{old.venue, here}
		}
	}
}

// trimVenue takes preposition and article off: "in an interview with RTVI" is
// "interview with RTVI".
func trimVenue(words string) string {
	fields := strings.Fields(words)
	for len(fields) > 1 {
		switch strings.ToLower(fields[0]) {
		case "in", "on", "at", "during", "by", "via", "through", "from", "a", "an", "the", "his", "her", "its", "their":
			fields = fields[1:]
			continue
		}
		break
	}
	return strings.Trim(strings.Join(fields, " "), ",.;: ")
}

// days gives each statement the day on which it was made.
func days(d *document.Doc) {
	for i := range d.Statements {
		s := &d.Statements[i]
		if when := dayInSentence(d, s); when.IsKnown() {
			s.SaidOn = when
			continue
		}
		if s.Follows != document.NoStatement && int(s.Follows) < i {
			s.SaidOn = d.Statements[s.Follows].SaidOn
			continue
		}
		if sameScene(d, i) {
			s.SaidOn = d.Statements[i-1].SaidOn
			continue
		}
		s.SaidOn = calendar.When{}
		if isPresent(d, s) {
			s.SaidOn = calendar.On(d.Article.Published)
			if d.Article.Published.IsZero() {
				s.SaidOn = calendar.When{}
			}
		}
	}
}

// dayInSentence returns the day that stands beside the cue, outside the content:
// "said on Sunday that the census could wait".
func dayInSentence(d *document.Doc, s *document.Statement) calendar.When {
	if s.Sentence < 0 || int(s.Sentence) >= len(d.Sentences) {
		return calendar.When{}
	}
	sentence := d.Sentences[s.Sentence].Span
	var best calendar.When
	distance := 120
	for _, t := range d.Times {
		if !sentence.Contains(t.Span) || d.StatementAt(t.Span.Start) != document.NoStatement || t.When.Precision < calendar.ToMonth {
			continue
		}
		if !d.Article.Published.IsZero() && d.Article.Published.Before(t.When.First) {
			continue
		}
		gap := max(t.Span.Start-s.Cue.End, s.Cue.Start-t.Span.End, 0)
		if s.Cue.IsEmpty() {
			gap = max(t.Span.Start-s.Source.End, s.Source.Start-t.Span.End, 0)
		}
		if gap < distance {
			best, distance = t.When, gap
		}
	}
	return best
}

// sameScene reports whether a statement goes on where the one before stopped: the
// same speaker in the same or the next paragraph.
func sameScene(d *document.Doc, i int) bool {
	if i == 0 {
		return false
	}
	s, before := &d.Statements[i], &d.Statements[i-1]
	near := d.ParagraphAt(s.Span().Start) - d.ParagraphAt(before.Span().Start)
	return s.Speaker != document.NoActor && s.Speaker == before.Speaker && near >= 0 && near <= 1 && before.SaidOn.Precision == calendar.ToDay
}

// isPresent reports whether the cue stands in the present tense of a digest or
// headline: "Veyra announces …" is told on the day itself.
func isPresent(d *document.Doc, s *document.Statement) bool {
	r := d.TokensIn(s.Cue)
	for i := r.First; i < r.End; i++ {
		if x := d.Tokens[i].XPOS; x == "VBZ" || x == "VBP" {
			return true
		}
	}
	return false
}
