package speaker

import (
	"strings"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/text"
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

// days gives each statement the day on which it was made: the one beside its cue,
// else that of the statement it continues, of the same speaker's scene, or of the
// sentence before in the paragraph. An article in the present tense tells the news
// of its own day.
func days(d *document.Doc) {
	digest := isDigest(d)
	last := map[document.ActorID]calendar.When{}
	for i := range d.Statements {
		s := &d.Statements[i]
		s.SaidOn = calendar.When{}
		switch when := dayInSentence(d, s); {
		case when.IsKnown():
			s.SaidOn = when
		case s.Label:
			s.SaidOn = titleDay(d)
		case digest:
			s.SaidOn = calendar.On(d.Article.Published)
		case s.Follows != document.NoStatement && int(s.Follows) < i:
			s.SaidOn = d.Statements[s.Follows].SaidOn
		case sameScene(d, i):
			s.SaidOn = d.Statements[i-1].SaidOn
		default:
			s.SaidOn = dayBefore(d, s)
			if old, ok := last[s.Speaker]; ok && !s.SaidOn.IsKnown() && s.Speaker != document.NoActor {
				s.SaidOn = old
			}
		}
		if s.SaidOn.Precision == calendar.ToDay && s.Speaker != document.NoActor {
			last[s.Speaker] = s.SaidOn
		}
	}
}

// titleDay returns the day that the first paragraph tells: a transcript names it
// once for all that follows. "Transcript of the press conference, Orsa, 14 May 2024"
func titleDay(d *document.Doc) calendar.When {
	for _, t := range d.Times {
		if d.ParagraphAt(t.Span.Start) > 0 {
			break
		}
		if t.When.Precision == calendar.ToDay {
			return t.When
		}
	}
	return calendar.When{}
}

// isDigest reports whether most cues of an article stand in the present tense and
// its day is known: "Veyra announces …", "Tolmark accuses …".
func isDigest(d *document.Doc) bool {
	if d.Article.Published.IsZero() {
		return false
	}
	present, past := 0, 0
	for i := range d.Statements {
		s := &d.Statements[i]
		if p := d.ParagraphAt(s.Span().Start); p >= 0 && d.Paragraphs[p].Kind == document.Title {
			continue
		}
		if tense := cueTense(d, s); tense > 0 {
			present++
		} else if tense < 0 {
			past++
		}
	}
	return present > 0 && present >= 2*past
}

// cueTense is 1 for the present tense, -1 for the past, 0 where the cue tells none.
func cueTense(d *document.Doc, s *document.Statement) int {
	r := d.TokensIn(s.Cue)
	for i := r.First; i < r.End; i++ {
		switch d.Tokens[i].XPOS {
		case "VBZ", "VBP", "NNS":
			return 1
		case "VBD":
			return -1
		}
	}
	return 0
}

// dayBefore returns the day that an earlier sentence of the same paragraph tells,
// when the speaker stands in that sentence too.
func dayBefore(d *document.Doc, s *document.Statement) calendar.When {
	if s.Sentence < 0 || int(s.Sentence) >= len(d.Sentences) || s.Speaker == document.NoActor {
		return calendar.When{}
	}
	paragraph := d.Sentences[s.Sentence].Paragraph
	for k := s.Sentence - 1; k >= 0 && d.Sentences[k].Paragraph == paragraph; k-- {
		if !isIn(d, s.Speaker, d.Sentences[k].Span) {
			continue
		}
		for _, t := range d.Times {
			if d.Sentences[k].Span.Contains(t.Span) && t.When.Precision == calendar.ToDay && !d.Article.Published.Before(t.When.First) && d.StatementAt(t.Span.Start) == document.NoStatement {
				return t.When
			}
		}
	}
	return calendar.When{}
}

func isIn(d *document.Doc, id document.ActorID, s text.Span) bool {
	for _, m := range d.Actors[id].Mentions {
		if s.Contains(d.Mentions[m].Span) {
			return true
		}
	}
	return false
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
		if !sentence.Contains(t.Span) || d.StatementAt(t.Span.Start) != document.NoStatement || t.When.Precision != calendar.ToMonth && t.When.Precision != calendar.ToDay {
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
