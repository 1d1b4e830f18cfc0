package article

// Kind sorts refusals by what could mend them, so that they can be retried.
type Kind string

// The kinds of refusal.
const (
	Invalid     Kind = "invalid"     // broken, empty, binary, of unknown type
	TooLarge    Kind = "too large"   // over the limit of size or depth
	Unreadable  Kind = "unreadable"  // permission, dangling link, read error
	Unsupported Kind = "unsupported" // a type or language this version does not read
	Crashed     Kind = "crashed"     // our own bug: recovered, kept for retry
)

// A Refusal is the stored reason why a source gave no article.
type Refusal struct {
	Source string `json:"source"`
	Line   int    `json:"line"` // from 1, 0 when the whole file is meant
	Reason string `json:"reason"`
	Kind   Kind   `json:"kind"`
	Bytes  int64  `json:"bytes"`
	At     string `json:"at"` // RFC 3339, UTC; left out of exports
}

// Error makes a Refusal an error: reason alone, since callers name the source.
func (r *Refusal) Error() string { return r.Reason }

// Refuse returns a refusal without its place, for readers to return as an error.
func Refuse(kind Kind, reason string) *Refusal { return &Refusal{Kind: kind, Reason: reason} }
