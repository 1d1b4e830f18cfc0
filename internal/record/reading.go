package record

import "rapporteur/internal/text"

// A Reading is all that one article gives to the record, as compiled from its
// annotated document. The store joins its parts with those of other articles:
// actors by Key, talks by Key, meetings by day with place or participants,
// documents by Key, points by Key within talks.
type Reading struct {
	Article    Article
	Statements []Statement
	Actors     []ActorSeen
	Talks      []TalksSeen
	Meetings   []MeetingSeen
	Documents  []DocumentSeen
	Moves      []Move
	Positions  []Position // Point.ID is the key of the point; Talks refers to TalksSeen.Key
	Status     []StatusSeen
	Abstained  []Abstained

	// What was said to come, and acts told as done that may answer it. Talks refers
	// to TalksSeen.Key, WhoID is the key of an actor.
	Expectations []Expectation
}

// An ActorSeen is an actor as one article shows it.
type ActorSeen struct {
	Key      string // joins it over articles
	Name     string
	Kind     string
	Role     string
	OfKey    string // "" when not known
	Aliases  []string
	Mentions []text.Span
	Evidence []Evidence
}

// A TalksSeen is a negotiation as one article suggests it.
type TalksSeen struct {
	Key       string // parties and class of subject
	Name      string
	Subject   string
	Parties   []string // keys of actors
	Mediators []string
	Evidence  []Evidence
	Confidence
}

// A MeetingSeen is a meeting as one article tells it. Talks is the key of a
// TalksSeen of the same reading, or "".
type MeetingSeen struct {
	Talks     string
	PartyKeys []string // keys of Participants
	Meeting
}

// A DocumentSeen is a document as one article tells it.
type DocumentSeen struct {
	Key   string
	Talks string
	Document
}

// A StatusSeen is one claim about where talks stand. Talks is the key of a
// TalksSeen of the same reading.
type StatusSeen struct {
	Talks string
	Step
}

// A Move is one negotiating act by a party, as one article tells it.
type Move struct {
	ID        string     `json:"id"`
	Talks     *string    `json:"talks"`
	Kind      string     `json:"kind"`
	Actor     string     `json:"actor"`
	ActorKey  string     `json:"-"`
	Recipient *string    `json:"recipient"`
	Mode      string     `json:"mode"`
	Predicate string     `json:"predicate"`
	Point     string     `json:"point"`
	Statement *string    `json:"statement"`
	Plover    string     `json:"plover,omitempty"`
	Cameo     string     `json:"cameo,omitempty"`
	Goldstein float64    `json:"goldstein"`
	Date      *string    `json:"date"`
	Article   string     `json:"article"`
	Evidence  []Evidence `json:"evidence"`
	Confidence
}

// Abstained says what a stage looked at and could not decide.
type Abstained struct {
	Stage string `json:"stage"`
	Entry string `json:"entry"`
	Why   string `json:"why"`
}

// A Decision is what a person said about an entry or about talks. It outranks the
// program, survives re-reading and can be taken back. After holds, by Act:
//
//	confirm, reject  "" or {}
//	correct          changed fields under the names of the entry's own JSON: {"stance":"rejects"}
//	name             {"name":"…"}
//	merge            {"ids":["…","…"]}: entries of the same kind that become part of EntryID
//	split            {"articles":["…"],"name":"…"}: articles that leave the talks EntryID for new talks
//	define           {"name":"…","parties":["…"],"words":["…"],"since":"…","until":"…"}: new talks; EntryID is
//	                 empty when asked and holds the new ID when done
type Decision struct {
	ID       int64  `json:"id"`
	At       string `json:"at"` // RFC 3339, UTC
	Author   string `json:"author"`
	Act      string `json:"act"`    // confirm, correct, reject, merge, split, name, define
	Target   string `json:"target"` // kind of entry: statement, position, meeting, document, actor, talks
	EntryID  string `json:"entry"`
	Before   string `json:"before"` // JSON of the entry as it was
	After    string `json:"after"`  // JSON of what the person said, see [Decision]
	UndoneAt string `json:"undone_at,omitempty"`
}
