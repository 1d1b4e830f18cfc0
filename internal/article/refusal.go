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

	// What keeps an address from giving a page.
	Timeout     Kind = "timeout"     // no answer, or not all of it, in time
	Unreachable Kind = "unreachable" // no such host, no connection, no valid certificate, an answer cut short
	Busy        Kind = "busy"        // the server asks to come later or is in trouble (429, 5xx)
	Gone        Kind = "gone"        // 404, 410
	Denied      Kind = "denied"      // the server does not let us: 401, 403, 451, robots.txt
	Forbidden   Kind = "forbidden"   // we do not go there: private addresses, other schemes, credentials
)

// A Refusal is the stored reason why a source gave no article.
type Refusal struct {
	Source string `json:"source"`
	Line   int    `json:"line"` // from 1, 0 when the whole file is meant
	Reason string `json:"reason"`
	Kind   Kind   `json:"kind"`
	Bytes  int64  `json:"bytes"`
	At     string `json:"at"` // RFC 3339, UTC; left out of exports

	// Content is what was refused where it is small ([SmallRefusal]), else nil.
	Content []byte `json:"-"`
}

// SmallRefusal is how many bytes of what was refused are kept at most.
const SmallRefusal = 4 << 10

// Error makes a Refusal an error: reason alone, since callers name the source.
func (r *Refusal) Error() string { return r.Reason }

// Kinds returns all kinds of refusal.
func Kinds() []Kind {
	return []Kind{Invalid, TooLarge, Unreadable, Unsupported, Crashed, Timeout, Unreachable, Busy, Gone, Denied, Forbidden}
}

// Temporary reports whether the same request may well succeed later.
func (k Kind) Temporary() bool { return k == Timeout || k == Unreachable || k == Busy }

// Refuse returns a refusal without its place, for readers to return as an error.
func Refuse(kind Kind, reason string) *Refusal { return &Refusal{Kind: kind, Reason: reason} }
