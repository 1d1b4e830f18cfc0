package store

// The acts of a decision, as record.Decision.Act names them. After holds JSON:
//
//	confirm  nothing
//	reject   nothing
//	correct  the changed fields, by the names that the entry has in JSON
//	merge    a Merge; EntryID is the entry that stays
//	name     a Name; for talks, points, actors and documents
//	split    a Split; EntryID is the talks that the articles leave
//	define   a Definition; EntryID is the talks defined, or "" for new ones
const (
	Confirm = "confirm"
	Reject  = "reject"
	Correct = "correct"
	Join    = "merge"
	Rename  = "name"
	Divide  = "split"
	Define  = "define"
)

// The targets of a decision.
const (
	StatementEntry = "statement"
	PositionEntry  = "position"
	MeetingEntry   = "meeting"
	DocumentEntry  = "document"
	ActorEntry     = "actor"
	TalksEntry     = "talks"
	PointEntry     = "point"
)

// A Merge names the entries that are the same as the one decided on.
type Merge struct {
	IDs []string `json:"ids"`
}

// A Name is what a person calls an entry.
type Name struct {
	Name string `json:"name"`
}

// A Split takes articles out of talks into talks of their own. ID is filled in by
// the store: the talks that they came to.
type Split struct {
	Articles []string `json:"articles"`
	Name     string   `json:"name"`
	ID       string   `json:"id,omitempty"`
}

// A Definition says which articles belong to talks, now and in times to come:
// those that name all parties, hold one of the words (or phrases), and were
// published between Since and Until. Empty fields do not narrow. ID is filled in
// by the store.
type Definition struct {
	Name    string   `json:"name,omitempty"`
	Parties []string `json:"parties,omitempty"`
	Words   []string `json:"words,omitempty"`
	Since   string   `json:"since,omitempty"` // ISO days, inclusive
	Until   string   `json:"until,omitempty"`
	ID      string   `json:"id,omitempty"`
}
