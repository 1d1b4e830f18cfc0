package export

import (
	"unicode/utf8"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// Gold is one article's record as people write it by hand: values are words of
// the text, not offsets, and statements are speech alone.
type Gold struct {
	ID         string          `json:"id"`
	Title      *string         `json:"title"`
	Outlet     *string         `json:"outlet"`
	Published  *string         `json:"published"`
	Place      *string         `json:"dateline_place"`
	Licence    *string         `json:"licence"`
	URL        *string         `json:"url"`
	Statements []GoldStatement `json:"statements"`
	Meetings   []GoldMeeting   `json:"meetings"`
	Documents  []GoldDocument  `json:"documents"`
	Positions  []GoldPosition  `json:"positions"`
	Status     GoldStatus      `json:"status"`
}

// GoldStatement is one reported utterance.
type GoldStatement struct {
	Content []string `json:"content"`
	Form    string   `json:"form"`
	Source  *string  `json:"source"`
	Speaker *string  `json:"speaker"`
	For     *string  `json:"for"`
	Cue     *string  `json:"cue"`
	SaidOn  *string  `json:"said_on"`
	Venue   *string  `json:"venue"`
	Sure
}

// GoldMeeting is one session, round, visit or call.
type GoldMeeting struct {
	Name         string   `json:"name"`
	Date         *string  `json:"date"`
	Until        *string  `json:"until,omitempty"`
	Place        *string  `json:"place"`
	Participants []string `json:"participants"`
	State        string   `json:"state"`
	Sure
}

// GoldDocument is a document in play.
type GoldDocument struct {
	Name    string  `json:"name"`
	Mention *string `json:"mention"`
	By      *string `json:"by"`
	Sure
}

// GoldPosition is where a party stands on a point.
type GoldPosition struct {
	Holder     *string `json:"holder"`
	Point      string  `json:"point"`
	Mention    string  `json:"mention"`
	Stance     string  `json:"stance"`
	AssertedBy string  `json:"asserted_by"`
	Own        bool    `json:"own"`
	Denied     bool    `json:"denied"`
	Evidence   string  `json:"evidence"`
	Sure
}

// GoldStatus is where the talks stand by this article alone.
type GoldStatus struct {
	State    string  `json:"state"`
	Evidence *string `json:"evidence"`
}

// A verbatim document gives words as its file has them: a reader of texts may have
// folded a no-break space or a line end, and gold values are cut from the file.
type verbatim struct {
	*document.Doc
	file []byte // UTF-8; nil: words are those of the stored text
}

// AsGold returns the document in the form of [Gold] under the name given. Words
// are cut from the file that the text came from, where that is UTF-8 text itself;
// file is nil for pages, whose words stand between marks.
func AsGold(doc *document.Doc, name string, file []byte) Gold {
	d := verbatim{Doc: doc}
	if utf8.Valid(file) {
		d.file = file
	}
	a := d.Article
	out := Gold{
		ID: name, Title: orNull(a.Title), Outlet: orNull(a.Outlet), Published: dayOrNull(a.Published), Place: orNull(a.Dateline.Place), URL: orNull(a.URL),
		Statements: []GoldStatement{}, Meetings: []GoldMeeting{}, Documents: []GoldDocument{}, Positions: []GoldPosition{}, Status: GoldStatus{State: "none"},
	}
	for _, s := range d.Statements {
		if s.Kind == document.Speech {
			out.Statements = append(out.Statements, d.statement(s))
		}
	}
	for _, m := range d.Meetings {
		out.Meetings = append(out.Meetings, GoldMeeting{
			Name: m.Name, Date: orNull(m.When.ISO()), Until: dayOrNull(m.Until), Place: orNull(m.Place), Participants: actorNames(doc, m.Participants),
			State: string(m.State), Sure: sure(m.Sure),
		})
	}
	for _, t := range d.Instruments {
		document := GoldDocument{Name: t.Name, By: actorName(doc, t.By), Sure: sure(t.Sure)}
		if len(t.Mentions) > 0 {
			document.Mention = orNull(d.words(t.Mentions[0]))
		}
		out.Documents = append(out.Documents, document)
	}
	for _, p := range d.Positions {
		out.Positions = append(out.Positions, d.position(p))
	}
	if len(d.Status) > 0 {
		out.Status = GoldStatus{State: string(d.Status[0].State), Evidence: orNull(d.words(d.Status[0].Evidence))}
	}
	return out
}

func (d verbatim) statement(s document.Statement) GoldStatement {
	out := GoldStatement{
		Content: []string{}, Form: string(s.Form), Source: orNull(d.words(s.Source)), Cue: orNull(d.words(s.Cue)),
		SaidOn: orNull(s.SaidOn.ISO()), Venue: orNull(s.Venue), Sure: sure(s.Sure),
	}
	if d.Layers.Has(document.LayerSpeakers) {
		out.Speaker, out.For = actorName(d.Doc, s.Speaker), actorName(d.Doc, s.For)
	}
	for _, piece := range s.Content {
		out.Content = append(out.Content, d.words(piece))
	}
	return out
}

func (d verbatim) position(p document.Position) GoldPosition {
	out := GoldPosition{
		Holder: actorName(d.Doc, p.Party), Point: p.Point, Mention: d.words(p.Mention), Stance: string(p.Stance), AssertedBy: "article",
		Own: p.Own, Denied: p.Denied, Evidence: d.words(p.Evidence), Sure: sure(p.Sure),
	}
	if name := actorName(d.Doc, p.AssertedBy); name != nil {
		out.AssertedBy = *name
	}
	return out
}

// words returns what stands at s, in the file where there is one; "" for an empty span.
func (d verbatim) words(s text.Span) string {
	if s.IsEmpty() {
		return ""
	}
	back := d.Article.Map.Back(s)
	if d.file == nil || back.Start < 0 || back.End > len(d.file) || back.IsEmpty() {
		return d.In(s)
	}
	if cut := d.file[back.Start:back.End]; utf8.Valid(cut) {
		return string(cut)
	}
	return d.In(s)
}

// actorName returns the name of an actor, nil for [document.NoActor] and in a
// document whose actors nobody looked for.
func actorName(d *document.Doc, a document.ActorID) *string {
	if a < 0 || int(a) >= len(d.Actors) {
		return nil
	}
	return orNull(d.Actors[a].Name)
}

func actorNames(d *document.Doc, all []document.ActorID) []string {
	out := make([]string, 0, len(all))
	for _, a := range all {
		if name := actorName(d, a); name != nil {
			out = append(out, *name)
		}
	}
	return out
}
