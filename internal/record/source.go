package record

// A Source is something that is looked at again and again for new articles: a
// feed, a news sitemap, a page that lists articles, or a folder that fills.
// Times are RFC 3339 in UTC, "" for never.
type Source struct {
	Address string   `json:"address"`          // as the user gave it: URL or folder
	Kind    string   `json:"kind"`             // one of the kinds below; "" until the first look tells
	Name    string   `json:"name"`             // given by the user, else what the source calls itself
	Outlet  string   `json:"outlet,omitempty"` // publisher of its articles, where the user says so
	Every   int      `json:"every"`            // seconds between two looks; 0: as the program sees fit
	Allow   []string `json:"allow,omitempty"`  // hosts that may have private addresses
	Via     string   `json:"via,omitempty"`    // the feed that its page names, where that is what is looked at
	Added   string   `json:"added"`            // when it was added

	LastTry     string `json:"last_try"`
	LastSuccess string `json:"last_success"`
	NextTry     string `json:"next_try"`
	Failures    int    `json:"failures"`         // looks that failed since the last success
	Reason      string `json:"reason,omitempty"` // why the last look failed, "" when it did not
	ReasonKind  string `json:"reason_kind,omitempty"`

	ETag         string `json:"-"` // for conditional requests
	LastModified string `json:"-"`

	Articles int `json:"articles"` // items that gave an article
	Waiting  int `json:"waiting"`  // items that are still to be read
	Refused  int `json:"refused"`  // items that gave none
}

// Asked is the time at which something is due that a person asked to be tried again:
// long before anything is due by itself. Hosts in trouble are asked for it all the same.
const Asked = "2000-01-01T00:00:00Z"

// The kinds of source.
const (
	SourceFeed    = "feed"
	SourceSitemap = "sitemap"
	SourceList    = "list" // a page that lists articles
	SourceFolder  = "folder"
)

// An Item is one article that a source lists.
type Item struct {
	Source string // address of the source
	Key    string // names the item within its source: its address, else the feed's own name of it
	URL    string // "" when the feed gives the text alone
	Host   string // of the URL
	Mark   string // changes when the item does
	State  string // one of the states below
	Tries  int    // how often its page was asked for in vain
	Next   string // when it is tried next, RFC 3339; "" for no more
	Seen   string // when it was listed first
	Reason string // why there is no page, "" when there is one

	ReasonKind string

	ETag         string // of the page, for conditional requests
	LastModified string

	Told []byte // what the source says of it, text included, as the reader of sources keeps it; dropped once it is not needed
}

// The states of an item.
const (
	ItemWaits   = "waits"   // its page is to be fetched
	ItemText    = "text"    // its page cannot be had: the text of the feed is to be read
	ItemRead    = "read"    // its page gave an article
	ItemFeed    = "feed"    // the text of the feed gave an article
	ItemRefused = "refused" // it gave none
)

// A HostTrouble is a server that is left alone for a while.
type HostTrouble struct {
	Name     string // host, and port where the address names one
	Failures int    // answers that did not come, one after the other
	Until    string // RFC 3339
	Kind     string // of refusal
	Reason   string
}
