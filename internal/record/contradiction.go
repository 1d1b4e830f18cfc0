package record

// A Contradiction is two entries that cannot both be so, each with its own words.
type Contradiction struct {
	ID    string            `json:"id"`
	Talks *string           `json:"talks"`
	Kind  string            `json:"kind"`
	About string            `json:"about"`           // the point, the meeting, or what was denied
	Party *string           `json:"party,omitempty"` // whose position it is about, where it is about one
	A     ContradictionSide `json:"a"`               // own word, or the earlier one
	B     ContradictionSide `json:"b"`
	Confidence
}

// A ContradictionSide is one of the two entries.
type ContradictionSide struct {
	Entry    string   `json:"entry"` // "position", "statement", "status", "meeting"
	ID       string   `json:"id,omitempty"`
	By       string   `json:"by"`   // who says so, or "article"
	Says     string   `json:"says"` // stance and point, state, or content
	Text     string   `json:"text"` // the words of the article
	Date     *string  `json:"date"` // day of publication
	Article  string   `json:"article"`
	Evidence Evidence `json:"evidence"`
}

// The kinds of contradiction.
const (
	AgainstClaim   = "claim"   // a party's own word against what another says of it
	AgainstHimself = "speaker" // one speaker says both
	TwoAccounts    = "account" // two tell one fact differently
	Blame          = "blame"   // two blame each other for the same
	Stands         = "stand"   // what one side wants excludes what another wants
)
