package export

import (
	"fmt"
	"strconv"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
)

// shortID is wide enough for an id that comes from content; given ids may be longer.
const shortID = 24

// ArticleColumns are the columns of articles.
func ArticleColumns() []Column[record.Article] {
	type entry = record.Article
	return []Column[entry]{
		{Name: "id", Width: shortID, Value: func(a entry) string { return a.ID }},
		{Name: "published", Value: func(a entry) string { return value(a.Published) }},
		{Name: "outlet", Width: 24, Value: func(a entry) string { return a.Outlet }},
		{Name: "state", Value: func(a entry) string { return a.State }},
		{Name: "words", Value: func(a entry) string { return strconv.Itoa(a.Words) }},
		{Name: "title", Width: 100, Value: func(a entry) string { return a.Title }},
		{Name: "published_at", CSV: true, Value: func(a entry) string { return value(a.PublishedAt) }},
		{Name: "url", CSV: true, Value: func(a entry) string { return value(a.URL) }},
		{Name: "language", CSV: true, Value: func(a entry) string { return a.Language }},
		{Name: "story", CSV: true, Value: func(a entry) string { return a.Story }},
		{Name: "version", CSV: true, Value: func(a entry) string { return strconv.Itoa(a.Version) }},
		{Name: "reader", CSV: true, Value: func(a entry) string { return a.Reader }},
		{Name: "source", CSV: true, Value: func(a entry) string { return a.Source }},
		{Name: "line", CSV: true, Value: func(a entry) string { return number(a.Line) }},
		{Name: "author", CSV: true, Value: func(a entry) string { return a.Author }},
		{Name: "section", CSV: true, Value: func(a entry) string { return a.Section }},
		{Name: "topics", CSV: true, Value: func(a entry) string { return join(a.Topics) }},
	}
}

// StatementColumns are the columns of statements.
func StatementColumns() []Column[record.Statement] {
	type entry = record.Statement
	return []Column[entry]{
		{Name: "id", Width: shortID, Value: func(s entry) string { return s.ID }},
		{Name: "said_on", Value: func(s entry) string { return value(s.SaidOn) }},
		{Name: "form", Value: func(s entry) string { return s.Form }},
		{Name: "speaker", Width: 26, Value: func(s entry) string { return value(s.Speaker) }},
		{Name: "for", Width: 20, Value: func(s entry) string { return value(s.For) }},
		{Name: "cue", Width: 14, Value: func(s entry) string { return value(s.Cue) }},
		{Name: "content", Width: 160, Value: func(s entry) string { return strings.Join(s.Content, " … ") }},
		{Name: "kind", CSV: true, Value: func(s entry) string { return s.Kind }},
		{Name: "source", CSV: true, Value: func(s entry) string { return value(s.Source) }},
		{Name: "addressee", CSV: true, Value: func(s entry) string { return value(s.Addressee) }},
		{Name: "venue", CSV: true, Value: func(s entry) string { return value(s.Venue) }},
		{Name: "talks", CSV: true, Value: func(s entry) string { return value(s.Talks) }},
		{Name: "article", CSV: true, Value: func(s entry) string { return s.Article }},
		{Name: "article_outlet", CSV: true, Value: func(s entry) string { return s.Outlet }},
		{Name: "published", CSV: true, Value: func(s entry) string { return value(s.Published) }},
		{Name: "told_with", CSV: true, Value: func(s entry) string { return value(s.ToldWith) }},
		{Name: "decision", CSV: true, Value: func(s entry) string { return s.Decision }},
		{Name: "confidence", CSV: true, Value: func(s entry) string { return share(s.Confidence.Value) }},
		{Name: "likely", CSV: true, Value: func(s entry) string { return yes(s.Likely) }},
	}
}

// PositionColumns are the columns of positions.
func PositionColumns() []Column[record.Position] {
	type entry = record.Position
	return []Column[entry]{
		{Name: "id", Width: shortID, Value: func(p entry) string { return p.ID }},
		{Name: "date", Value: func(p entry) string { return value(p.Date) }},
		{Name: "party", Width: 24, Value: func(p entry) string { return p.Party }},
		{Name: "stance", Value: func(p entry) string { return denied(p.Stance, p.Denied) }},
		{Name: "told", Width: 30, Value: told},
		{Name: "point", Width: 50, Value: func(p entry) string { return p.Point.Label }},
		{Name: "mention", Width: 100, Value: func(p entry) string { return p.Mention }},
		{Name: "point_id", CSV: true, Value: func(p entry) string { return p.Point.ID }},
		{Name: "own", CSV: true, Value: func(p entry) string { return yes(p.Own) }},
		{Name: "asserted_by", CSV: true, Value: func(p entry) string { return p.AssertedBy }},
		{Name: "denied", CSV: true, Value: func(p entry) string { return yes(p.Denied) }},
		{Name: "talks", CSV: true, Value: func(p entry) string { return value(p.Talks) }},
		{Name: "article", CSV: true, Value: func(p entry) string { return p.Article }},
		{Name: "article_outlet", CSV: true, Value: func(p entry) string { return p.Outlet }},
		{Name: "statement", CSV: true, Value: func(p entry) string { return value(p.Statement) }},
		{Name: "decision", CSV: true, Value: func(p entry) string { return p.Decision }},
		{Name: "confidence", CSV: true, Value: func(p entry) string { return share(p.Confidence.Value) }},
		{Name: "likely", CSV: true, Value: func(p entry) string { return yes(p.Likely) }},
	}
}

// MeetingColumns are the columns of meetings.
func MeetingColumns() []Column[record.Meeting] {
	type entry = record.Meeting
	return []Column[entry]{
		{Name: "id", Width: shortID, Value: func(m entry) string { return m.ID }},
		{Name: "date", Value: func(m entry) string { return value(m.Date) }},
		{Name: "until", Value: func(m entry) string { return value(m.Until) }},
		{Name: "state", Value: func(m entry) string { return m.State }},
		{Name: "place", Width: 20, Value: func(m entry) string { return value(m.Place) }},
		{Name: "participants", Width: 50, Value: func(m entry) string { return join(m.Participants) }},
		{Name: "name", Width: 80, Value: func(m entry) string { return m.Name }},
		{Name: "talks", CSV: true, Value: func(m entry) string { return value(m.Talks) }},
		{Name: "articles", CSV: true, Value: func(m entry) string { return join(m.Articles) }},
		{Name: "decision", CSV: true, Value: func(m entry) string { return m.Decision }},
		{Name: "likely", CSV: true, Value: func(m entry) string { return yes(m.Likely) }},
	}
}

// ExpectationColumns are the columns of what was said to come.
func ExpectationColumns() []Column[record.Expectation] {
	type entry = record.Expectation
	return []Column[entry]{
		{Name: "id", Width: shortID, Value: func(e entry) string { return e.ID }},
		{Name: "by", Value: func(e entry) string { return value(e.By) }},
		{Name: "until", Value: func(e entry) string { return value(e.Until) }},
		{Name: "state", Value: func(e entry) string { return e.State }},
		{Name: "who", Width: 30, Value: func(e entry) string { return value(e.Who) }},
		{Name: "what", Width: 70, Value: func(e entry) string { return e.What }},
		{Name: "asserted_by", Width: 30, Value: func(e entry) string { return e.AssertedBy }},
		{Name: "said", Value: func(e entry) string { return value(e.Date) }},
		{Name: "talks", CSV: true, Value: func(e entry) string { return value(e.Talks) }},
		{Name: "article", CSV: true, Value: func(e entry) string { return e.Article }},
		{Name: "likely", CSV: true, Value: func(e entry) string { return yes(e.Likely) }},
	}
}

// ContradictionColumns are the columns of contradictions.
func ContradictionColumns() []Column[record.Contradiction] {
	type entry = record.Contradiction
	sided := func(s record.ContradictionSide) string { return s.By + ", " + value(s.Date) + ": " + s.Text }
	return []Column[entry]{
		{Name: "id", Width: shortID, Value: func(c entry) string { return c.ID }},
		{Name: "kind", Value: func(c entry) string { return c.Kind }},
		{Name: "party", Width: 20, Value: func(c entry) string { return value(c.Party) }},
		{Name: "about", Width: 30, Value: func(c entry) string { return c.About }},
		{Name: "one", Width: 60, Value: func(c entry) string { return sided(c.A) }},
		{Name: "other", Width: 60, Value: func(c entry) string { return sided(c.B) }},
		{Name: "one_says", CSV: true, Value: func(c entry) string { return c.A.Says }},
		{Name: "other_says", CSV: true, Value: func(c entry) string { return c.B.Says }},
		{Name: "one_article", CSV: true, Value: func(c entry) string { return c.A.Article }},
		{Name: "other_article", CSV: true, Value: func(c entry) string { return c.B.Article }},
		{Name: "talks", CSV: true, Value: func(c entry) string { return value(c.Talks) }},
		{Name: "likely", CSV: true, Value: func(c entry) string { return yes(c.Likely) }},
	}
}

// DocumentColumns are the columns of documents.
func DocumentColumns() []Column[record.Document] {
	type entry = record.Document
	return []Column[entry]{
		{Name: "id", Width: shortID, Value: func(d entry) string { return d.ID }},
		{Name: "date", Value: func(d entry) string { return value(d.Date) }},
		{Name: "kind", Value: func(d entry) string { return d.Kind }},
		{Name: "state", Value: func(d entry) string { return d.State }},
		{Name: "by", Width: 24, Value: func(d entry) string { return value(d.By) }},
		{Name: "to", Width: 30, Value: func(d entry) string { return join(d.To) }},
		{Name: "name", Width: 80, Value: func(d entry) string { return d.Name }},
		{Name: "talks", CSV: true, Value: func(d entry) string { return value(d.Talks) }},
		{Name: "articles", CSV: true, Value: func(d entry) string { return join(d.Articles) }},
		{Name: "decision", CSV: true, Value: func(d entry) string { return d.Decision }},
		{Name: "likely", CSV: true, Value: func(d entry) string { return yes(d.Likely) }},
	}
}

// ActorColumns are the columns of actors.
func ActorColumns() []Column[record.Actor] {
	type entry = record.Actor
	return []Column[entry]{
		{Name: "id", Width: shortID, Value: func(a entry) string { return a.ID }},
		{Name: "kind", Value: func(a entry) string { return a.Kind }},
		{Name: "name", Width: 40, Value: func(a entry) string { return a.Name }},
		{Name: "roles", Width: 70, Value: func(a entry) string { return roles(a.Roles) }},
		{Name: "articles", Value: func(a entry) string { return strconv.Itoa(len(a.Articles)) }},
		{Name: "aliases", Width: 80, Value: func(a entry) string { return join(a.Aliases) }},
		{Name: "decision", CSV: true, Value: func(a entry) string { return a.Decision }},
	}
}

// TalksColumns are the columns of talks.
func TalksColumns() []Column[record.Talks] {
	type entry = record.Talks
	return []Column[entry]{
		{Name: "id", Width: shortID, Value: func(t entry) string { return t.ID }},
		{Name: "last", Value: func(t entry) string { return value(t.Last) }},
		{Name: "state", Value: lastState},
		{Name: "articles", Value: func(t entry) string { return strconv.Itoa(len(t.Articles)) }},
		{Name: "parties", Width: 60, Value: func(t entry) string { return join(t.Parties) }},
		{Name: "name", Width: 80, Value: func(t entry) string { return t.Name }},
		{Name: "subject", CSV: true, Value: func(t entry) string { return t.Subject }},
		{Name: "mediators", CSV: true, Value: func(t entry) string { return join(t.Mediators) }},
		{Name: "first", CSV: true, Value: func(t entry) string { return value(t.First) }},
		{Name: "defined", CSV: true, Value: func(t entry) string { return yes(t.Defined) }},
	}
}

// RefusalColumns are the columns of refusals.
func RefusalColumns() []Column[article.Refusal] {
	type entry = article.Refusal
	return []Column[entry]{
		{Name: "source", Width: 80, Value: func(r entry) string { return r.Source }},
		{Name: "line", Value: func(r entry) string { return number(r.Line) }},
		{Name: "kind", Value: func(r entry) string { return string(r.Kind) }},
		{Name: "bytes", Value: func(r entry) string { return strconv.FormatInt(r.Bytes, 10) }},
		{Name: "reason", Value: func(r entry) string { return r.Reason }},
		{Name: "at", CSV: true, Value: func(r entry) string { return r.At }},
	}
}

// StoryColumns are the columns of stories.
func StoryColumns() []Column[record.Story] {
	type entry = record.Story
	return []Column[entry]{
		{Name: "id", Width: shortID, Value: func(s entry) string { return s.ID }},
		{Name: "copies", Value: func(s entry) string { return strconv.Itoa(len(s.Articles)) }},
		{Name: "outlets", Width: 60, Value: func(s entry) string { return copies(s, func(c record.Copy) string { return c.Outlet }) }},
		{Name: "articles", Width: 100, Value: func(s entry) string { return copies(s, func(c record.Copy) string { return c.ID }) }},
	}
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func share(f float64) string {
	if f == 0 {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func yes(b bool) string { return strconv.FormatBool(b) }

func join(all []string) string { return strings.Join(all, "; ") }

func denied(stance string, denied bool) string {
	if denied {
		return "not: " + stance
	}
	return stance
}

// told says whose word a position is: the holder's own side, or another's.
func told(p record.Position) string {
	if p.Own {
		return "own word"
	}
	return "as told by " + p.AssertedBy
}

func roles(all []record.Role) string {
	out := make([]string, 0, len(all))
	for _, r := range all {
		if r.Of == nil {
			out = append(out, r.Role)
			continue
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s of %s", r.Role, *r.Of)))
	}
	return join(out)
}

func lastState(t record.Talks) string {
	if len(t.Status) == 0 {
		return "none"
	}
	return t.Status[len(t.Status)-1].State
}

func copies(s record.Story, of func(record.Copy) string) string {
	out := make([]string, 0, len(s.Articles))
	for _, c := range s.Articles {
		out = append(out, of(c))
	}
	return join(out)
}
