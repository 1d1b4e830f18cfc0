package record

import "rapporteur/internal/text"

// An Article is one publication of a text. Text is empty in lists; ask for the
// article by ID to have it.
type Article struct {
	ID          string            `json:"id"`
	Title       string            `json:"title"`
	Outlet      string            `json:"outlet"`
	Published   *string           `json:"published"`    // ISO day, null when not known
	PublishedAt *string           `json:"published_at"` // RFC 3339 with the outlet's offset, null when no time is known
	URL         *string           `json:"url"`
	Language    string            `json:"language"`
	Story       string            `json:"story"`
	State       string            `json:"state"`   // "read", "waits" (stored, not read as this language is not read yet), or what the page is that is no article: "live blog", "paywall", …
	Reader      string            `json:"reader"`  // versions of rules and weights that read it
	Version     int               `json:"version"` // from 1; grows when the text or title under one URL changes
	Source      string            `json:"source"`  // path, and line in files of many
	Line        int               `json:"line,omitempty"`
	Author      string            `json:"author,omitempty"`
	Section     string            `json:"section,omitempty"`
	Topics      []string          `json:"topics,omitempty"`
	Dateline    string            `json:"dateline,omitempty"`
	Meta        map[string]string `json:"meta,omitempty"`
	Words       int               `json:"words"`
	Text        string            `json:"text,omitempty"`
	Body        text.Span         `json:"-"` // Text without its title
	Digest      string            `json:"-"` // hex SHA-256 of Text
	OffsetMap   text.Map          `json:"-"`
	Paragraphs  []text.Span       `json:"-"`
}

// A Statement is one reported utterance.
type Statement struct {
	ID         string      `json:"id"`
	Talks      *string     `json:"talks"`
	Kind       string      `json:"kind"` // speech, attitude
	Form       string      `json:"form"` // direct, indirect, mixed
	Source     *string     `json:"source"`
	Speaker    *string     `json:"speaker"`
	SpeakerID  *string     `json:"speaker_id"`
	For        *string     `json:"for"`
	ForID      *string     `json:"for_id"`
	Addressee  *string     `json:"addressee"`
	Cue        *string     `json:"cue"`
	Content    []string    `json:"content"`
	SaidOn     *string     `json:"said_on"`
	SaidUntil  *string     `json:"said_until,omitempty"` // last day of an interval
	Venue      *string     `json:"venue"`
	Article    string      `json:"article"`
	Outlet     string      `json:"article_outlet"`
	Published  *string     `json:"published"`
	Edits      []Edit      `json:"edits,omitempty"`
	Pieces     []text.Span `json:"spans"` // of Content, in the article
	SourceSpan *text.Span  `json:"source_span,omitempty"`
	CueSpan    *text.Span  `json:"cue_span,omitempty"`
	ToldWith   *string     `json:"told_with,omitempty"` // the statement of the same article that stands for this telling
	AlsoTold   []string    `json:"also_told,omitempty"` // the tellings that this statement stands for, in reading order
	Evidence   []Evidence  `json:"evidence"`
	Decision   string      `json:"decision,omitempty"` // "confirmed", "corrected", "rejected"; "" when nobody judged
	Confidence
}

// An Edit is an editor's mark inside a quotation.
type Edit struct {
	Kind string    `json:"kind"` // elision, insertion
	Span text.Span `json:"span"`
}

// A Position is where a party stands on a point, as one article tells it.
type Position struct {
	ID         string     `json:"id"`
	Talks      *string    `json:"talks"`
	Party      string     `json:"party"`
	PartyID    string     `json:"party_id"`
	Point      Point      `json:"point"`
	Mention    string     `json:"mention"`
	Stance     string     `json:"stance"`
	Own        bool       `json:"own"`
	AssertedBy string     `json:"asserted_by"` // an actor's name, or "article"
	Denied     bool       `json:"denied"`
	Date       *string    `json:"date"` // day of publication
	Article    string     `json:"article"`
	Outlet     string     `json:"article_outlet"`
	Story      string     `json:"story,omitempty"` // of its article: what copies of one text tell is told once
	Statement  *string    `json:"statement"`
	Evidence   []Evidence `json:"evidence"` // the first is the sentence or clause; its words mark the mention
	Decision   string     `json:"decision,omitempty"`
	Confidence
}

// A Meeting is one session, once over all articles.
type Meeting struct {
	ID           string     `json:"id"`
	Talks        *string    `json:"talks"`
	Name         string     `json:"name"`
	Date         *string    `json:"date"` // first day, or YYYY-MM
	Until        *string    `json:"until"`
	Place        *string    `json:"place"`
	Format       string     `json:"format,omitempty"`
	Participants []string   `json:"participants"`
	State        string     `json:"state"`
	History      []Step     `json:"history"` // what each article said, by day of publication
	Articles     []string   `json:"articles"`
	Evidence     []Evidence `json:"evidence"`
	Decision     string     `json:"decision,omitempty"`
	Confidence
}

// A Step is one state of a meeting or of talks, as one article tells it.
type Step struct {
	Date     *string  `json:"date"` // day of publication
	State    string   `json:"state"`
	By       string   `json:"by,omitempty"` // who says so, or "article"
	Article  string   `json:"article"`
	Evidence Evidence `json:"evidence"`
}

// A Document is a proposal, draft, bill, treaty, resolution or letter.
type Document struct {
	ID       string     `json:"id"`
	Talks    *string    `json:"talks"`
	Kind     string     `json:"kind"`
	Name     string     `json:"name"`
	By       *string    `json:"by"`
	To       []string   `json:"to"`
	State    string     `json:"state"`
	Date     *string    `json:"date"`
	Articles []string   `json:"articles"`
	Evidence []Evidence `json:"evidence"`
	Decision string     `json:"decision,omitempty"`
	Confidence
}

// An Actor is a person, organ, organisation, state or group.
type Actor struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Kind     string     `json:"kind"`
	Aliases  []string   `json:"aliases"`
	Roles    []Role     `json:"roles"`
	Articles []string   `json:"articles"`
	Evidence []Evidence `json:"evidence,omitempty"`
	Decision string     `json:"decision,omitempty"`
}

// A Role is what an actor was, for whom, and from which day to which it was seen.
type Role struct {
	Role  string  `json:"role"`
	Of    *string `json:"of"`
	From  *string `json:"from"`
	Until *string `json:"until"`
}

// Talks is one negotiation.
type Talks struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Subject   string   `json:"subject"`
	Parties   []string `json:"parties"`
	Mediators []string `json:"mediators,omitempty"`
	Articles  []string `json:"articles"`
	Status    []Step   `json:"status"`
	First     *string  `json:"first"` // day of publication of its first and last article
	Last      *string  `json:"last"`
	Defined   bool     `json:"defined"` // a person made or named it
}

// A Story is one text as several outlets or days carried it.
type Story struct {
	ID       string `json:"id"`
	Articles []Copy `json:"articles"`
}

// A Copy is one article of a story, compared with the first: spans of the first
// that it cut, spans of itself that it added or changed.
type Copy struct {
	ID      string      `json:"id"`
	Outlet  string      `json:"outlet"`
	First   bool        `json:"first"`
	Cut     []text.Span `json:"cut"`
	Added   []text.Span `json:"added"`
	Changed []text.Span `json:"changed"`
}
