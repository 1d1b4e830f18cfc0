package export

import (
	"math"
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/quote/again"
	"rapporteur/internal/text"
)

// Schema names the form of [Spans] and its version.
const Schema = "rapporteur/annotation/1"

// Spans is the annotation of one article with offsets into its text. The ids
// are short and hold inside one annotation alone.
type Spans struct {
	Schema       string                `json:"schema"`
	Line         int                   `json:"line,omitempty"` // of the file, where each line is a text of its own
	Article      ArticleHead           `json:"article"`
	Sentences    Looked[[]text.Span]   `json:"sentences,omitzero"`
	Actors       Looked[[]Actor]       `json:"actors,omitzero"`
	Statements   Looked[[]Statement]   `json:"statements,omitzero"`
	Meetings     Looked[[]Meeting]     `json:"meetings,omitzero"`
	Documents    Looked[[]Document]    `json:"documents,omitzero"`
	Moves        Looked[[]Move]        `json:"moves,omitzero"`
	Positions    Looked[[]Position]    `json:"positions,omitzero"`
	Status       Looked[Status]        `json:"status,omitzero"`
	Expectations Looked[[]Expectation] `json:"expectations,omitzero"`
	Abstained    []Abstained           `json:"abstained"`
}

// ArticleHead is what is known of the article, with its text.
type ArticleHead struct {
	Title       *string   `json:"title"`
	Outlet      *string   `json:"outlet"`
	Published   *string   `json:"published"`
	PublishedAt *string   `json:"published_at"`
	Dateline    *Dateline `json:"dateline"`
	Language    *string   `json:"language"`
	Text        string    `json:"text"`
}

// Dateline is what stood before the first words of the text.
type Dateline struct {
	Place  *string `json:"place"`
	Agency *string `json:"agency"`
}

// Actor is one actor with all its mentions.
type Actor struct {
	ID       string      `json:"id"`
	Name     string      `json:"name"`
	Kind     *string     `json:"kind"`
	Role     *string     `json:"role"`
	Of       *string     `json:"of"`
	Mentions []text.Span `json:"mentions"`
}

// Statement is one reported utterance or attitude.
type Statement struct {
	ID        string         `json:"id"`
	Kind      string         `json:"kind"`
	Form      string         `json:"form"`
	Content   []text.Span    `json:"content"`
	Source    *text.Span     `json:"source"`
	Cue       *text.Span     `json:"cue"`
	Speaker   Looked[string] `json:"speaker,omitzero"`
	For       Looked[string] `json:"for,omitzero"`
	Addressee Looked[string] `json:"addressee,omitzero"`
	Venue     Looked[string] `json:"venue,omitzero"`
	SaidOn    Looked[string] `json:"said_on,omitzero"`
	Edits     []Edit         `json:"edits"`
	ToldWith  *string        `json:"told_with,omitempty"` // the statement that stands for this telling
	Sure
}

// Edit is an editor's mark inside a quotation.
type Edit struct {
	Kind string    `json:"kind"`
	Span text.Span `json:"span"`
}

// Sure tells how sure an entry is; Confidence is absent when nobody judged it.
type Sure struct {
	Confidence float64 `json:"confidence,omitempty"`
	Likely     bool    `json:"likely"`
}

// Meeting is one session, round, visit or call.
type Meeting struct {
	ID           string      `json:"id"`
	Name         string      `json:"name"`
	Date         *string     `json:"date"`
	Until        *string     `json:"until"`
	Place        *string     `json:"place"`
	Participants []string    `json:"participants"`
	State        string      `json:"state"`
	Mentions     []text.Span `json:"mentions"`
	Sure
}

// Document is a proposal, draft, bill, treaty, resolution or letter.
type Document struct {
	ID       string      `json:"id"`
	Kind     string      `json:"kind"`
	Name     string      `json:"name"`
	By       *string     `json:"by"`
	To       []string    `json:"to"`
	State    *string     `json:"state"`
	Mentions []text.Span `json:"mentions"`
	Sure
}

// Move is one negotiating act.
type Move struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind"`
	Actor     *string    `json:"actor"`
	Recipient *string    `json:"recipient"`
	Mode      string     `json:"mode"`
	Predicate text.Span  `json:"predicate"`
	Point     *text.Span `json:"point"`
	Statement *string    `json:"statement"`
	Code
	Sure
}

// Code is what the codebooks say of a move; absent where no code fits.
type Code struct {
	PLOVER    string   `json:"plover,omitempty"`
	CAMEO     string   `json:"cameo,omitempty"`
	Goldstein *float64 `json:"goldstein,omitempty"`
}

// Position is where a party stands on a point, and who says so.
type Position struct {
	ID         string    `json:"id"`
	Party      *string   `json:"party"`
	Point      string    `json:"point"`
	Mention    text.Span `json:"mention"`
	Stance     string    `json:"stance"`
	Own        bool      `json:"own"`
	AssertedBy string    `json:"asserted_by"`
	Denied     bool      `json:"denied"`
	Evidence   text.Span `json:"evidence"`
	Moves      []string  `json:"moves"`
	Sure
}

// Status is where the talks stand by this article; Evidence holds ids of
// statements, Span the words that say it.
type Status struct {
	State    string     `json:"state"`
	Evidence []string   `json:"evidence"`
	Span     *text.Span `json:"span,omitempty"`
}

// Expectation is what was said to come: who is to do what by when. Done ones are such
// acts told as done.
type Expectation struct {
	ID         string    `json:"id"`
	Who        *string   `json:"who"`
	What       text.Span `json:"what"`
	By         *string   `json:"by"`
	Until      *string   `json:"until"`
	Done       bool      `json:"done"`
	AssertedBy string    `json:"asserted_by"`
	Statement  *string   `json:"statement"`
	Evidence   text.Span `json:"evidence"`
	Sure
}

// Abstained says what a stage could not decide.
type Abstained struct {
	Stage string  `json:"stage"`
	Entry *string `json:"entry"`
	Why   string  `json:"why"`
}

// Annotation returns the document in the form of [Spans].
func Annotation(d *document.Doc) Spans {
	out := Spans{Schema: Schema, Article: head(d.Article), Abstained: []Abstained{}}
	has := d.Layers.Has
	out.Sentences = list(has(document.LayerSentences), d.Sentences, func(_ int, s document.Sentence) text.Span { return s.Span })
	out.Actors = list(has(document.LayerActors), d.Actors, func(i int, a document.Actor) Actor { return actor(d, i, a) })
	out.Statements = statements(d, has(document.LayerStatements))
	out.Meetings = list(has(document.LayerMeetings), d.Meetings, meeting)
	out.Documents = list(has(document.LayerInstruments), d.Instruments, instrument)
	out.Moves = list(has(document.LayerPositions), d.Moves, move)
	out.Positions = list(has(document.LayerPositions), d.Positions, position)
	out.Status = found(has(document.LayerStatus), status(d), true)
	out.Expectations = list(has(document.LayerExpectations), d.Expectations, expectation)
	for _, a := range d.Abstentions {
		out.Abstained = append(out.Abstained, Abstained{Stage: a.Stage, Entry: orNull(a.Entry), Why: a.Why})
	}
	return out
}

// list converts all entries of a layer; never null once the layer is there.
func list[From, To any](looked bool, entries []From, convert func(int, From) To) Looked[[]To] {
	out := make([]To, 0, len(entries))
	for i, e := range entries {
		out = append(out, convert(i, e))
	}
	return found(looked, out, true)
}

func head(a *article.Article) ArticleHead {
	h := ArticleHead{Title: orNull(a.Title), Outlet: orNull(a.Outlet), Published: dayOrNull(a.Published), Language: orNull(a.Language), Text: a.Text}
	if !a.PublishedAt.IsZero() {
		h.PublishedAt = orNull(a.PublishedAt.Format(time.RFC3339))
	}
	if a.Dateline.Place != "" || a.Dateline.Agency != "" {
		h.Dateline = &Dateline{Place: orNull(a.Dateline.Place), Agency: orNull(a.Dateline.Agency)}
	}
	return h
}

func actor(d *document.Doc, i int, a document.Actor) Actor {
	out := Actor{ID: id("a", i), Name: a.Name, Kind: orNull(string(a.Kind)), Role: orNull(a.Role), Of: actorID(a.Of), Mentions: []text.Span{}}
	for _, m := range a.Mentions {
		span := d.Mentions[m].Head
		if span.IsEmpty() {
			span = d.Mentions[m].Span
		}
		out.Mentions = append(out.Mentions, span)
	}
	return out
}

func statements(d *document.Doc, looked bool) Looked[[]Statement] {
	with := again.With(d)
	return list(looked, d.Statements, func(i int, s document.Statement) Statement {
		out := statement(d, i, s)
		if with[i] != document.StatementID(i) {
			out.ToldWith = orNull(id("s", int(with[i])))
		}
		return out
	})
}

func statement(d *document.Doc, i int, s document.Statement) Statement {
	looked := d.Layers.Has(document.LayerSpeakers)
	out := Statement{
		ID: id("s", i), Kind: string(s.Kind), Form: string(s.Form), Content: s.Content, Source: spanOrNull(s.Source), Cue: spanOrNull(s.Cue),
		Speaker:   found(looked, id("a", int(s.Speaker)), s.Speaker != document.NoActor),
		For:       found(looked, id("a", int(s.For)), s.For != document.NoActor),
		Addressee: found(looked, id("a", int(s.Addressee)), s.Addressee != document.NoActor),
		Venue:     found(looked, s.Venue, s.Venue != ""),
		SaidOn:    found(looked, s.SaidOn.ISO(), s.SaidOn.IsKnown()),
		Edits:     []Edit{}, Sure: sure(s.Sure),
	}
	for _, e := range s.Edits {
		out.Edits = append(out.Edits, Edit(e))
	}
	return out
}

func meeting(i int, m document.Meeting) Meeting {
	return Meeting{
		ID: id("m", i), Name: m.Name, Date: orNull(m.When.ISO()), Until: dayOrNull(m.Until), Place: orNull(m.Place),
		Participants: actorIDs(m.Participants), State: string(m.State), Mentions: spans(m.Mentions), Sure: sure(m.Sure),
	}
}

func instrument(i int, t document.Instrument) Document {
	return Document{
		ID: id("d", i), Kind: t.Kind, Name: t.Name, By: actorID(t.By), To: actorIDs(t.To), State: orNull(t.State),
		Mentions: spans(t.Mentions), Sure: sure(t.Sure),
	}
}

func move(i int, m document.Move) Move {
	out := Move{
		ID: id("v", i), Kind: string(m.Kind), Actor: actorID(m.Actor), Recipient: actorID(m.Recipient), Mode: string(m.Mode),
		Predicate: m.Predicate, Point: spanOrNull(m.Point), Sure: sure(m.Sure),
	}
	if m.Statement != document.NoStatement {
		out.Statement = orNull(id("s", int(m.Statement)))
	}
	if m.Code.PLOVER != "" || m.Code.CAMEO != "" {
		weight := float64(m.Code.Goldstein)
		out.Code = Code{PLOVER: string(m.Code.PLOVER), CAMEO: string(m.Code.CAMEO), Goldstein: &weight}
	}
	return out
}

func position(i int, p document.Position) Position {
	out := Position{
		ID: id("p", i), Party: actorID(p.Party), Point: p.Point, Mention: p.Mention, Stance: string(p.Stance), Own: p.Own,
		AssertedBy: "article", Denied: p.Denied, Evidence: p.Evidence, Moves: []string{}, Sure: sure(p.Sure),
	}
	if p.AssertedBy != document.NoActor {
		out.AssertedBy = id("a", int(p.AssertedBy))
	}
	for _, m := range p.Moves {
		out.Moves = append(out.Moves, id("v", int(m)))
	}
	return out
}

func expectation(i int, e document.Expectation) Expectation {
	out := Expectation{
		ID: id("e", i), Who: actorID(e.Who), What: e.What, By: orNull(e.By.ISO()), Done: e.Done, AssertedBy: "article", Evidence: e.Evidence, Sure: sure(e.Sure),
	}
	if e.By.Last != e.By.First {
		out.Until = dayOrNull(e.By.Last)
	}
	if e.AssertedBy != document.NoActor {
		out.AssertedBy = id("a", int(e.AssertedBy))
	}
	if e.Statement != document.NoStatement {
		said := id("s", int(e.Statement))
		out.Statement = &said
	}
	return out
}

// status returns the state that the article as a whole gives, which is the first.
func status(d *document.Doc) Status {
	if len(d.Status) == 0 {
		return Status{State: "none", Evidence: []string{}}
	}
	first := d.Status[0]
	out := Status{State: string(first.State), Evidence: []string{}, Span: spanOrNull(first.Evidence)}
	if first.Statement != document.NoStatement {
		out.Evidence = append(out.Evidence, id("s", int(first.Statement)))
	}
	return out
}

// sure keeps four digits of a confidence: more would promise what nobody measured.
func sure(c document.Confidence) Sure {
	return Sure{Confidence: math.Round(c.Value*1e4) / 1e4, Likely: c.Likely}
}

func spans(all []text.Span) []text.Span { return append([]text.Span{}, all...) }

func spanOrNull(s text.Span) *text.Span {
	if s.IsEmpty() {
		return nil
	}
	return &s
}

func actorID(a document.ActorID) *string {
	if a == document.NoActor {
		return nil
	}
	return orNull(id("a", int(a)))
}

func actorIDs(all []document.ActorID) []string {
	out := make([]string, 0, len(all))
	for _, a := range all {
		out = append(out, id("a", int(a)))
	}
	return out
}
