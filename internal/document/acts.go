package document

import (
	"rapporteur/internal/calendar"
	"rapporteur/internal/codebook"
	"rapporteur/internal/text"
)

// Talks is one negotiation that the article tells of.
type Talks struct {
	Parties    []ActorID
	Mediators  []ActorID
	Named      []ActorID     // of the parties those whom the words for the talks themselves name: "talks between A and B"
	Subject    string        // the article's own words: "security guarantees"; "" when not told
	SubjectKey string        // class of subject from the lexicon ("ceasefire", "trade"), or "" when none fits
	Conflict   []string      // keys of the two belligerents of the armed conflict that the talks are to end; nil when none is told
	Mentions   []text.Span   // "the talks between Russia and the US"
	Paragraphs []ParagraphID // the paragraphs that tell of it; empty: the whole article
	Made       Made
	Sure       Confidence
}

// MeetingState tells what became of a meeting.
type MeetingState string

// The states of a meeting.
const (
	Held      MeetingState = "held"
	Planned   MeetingState = "planned"
	Postponed MeetingState = "postponed"
	Cancelled MeetingState = "cancelled"
	Refused   MeetingState = "refused"
)

// A Meeting is one session, round, visit or call, once an article however often
// it is mentioned.
type Meeting struct {
	Name         string // the article's own words
	When         calendar.When
	Until        calendar.Day // last day of a meeting of several days, else zero
	Place        string
	Format       string // "talks", "summit", "call", "visit", …
	Participants []ActorID
	State        MeetingState
	Talks        TalksID
	Mentions     []text.Span // the first is the one that told most
	Made         Made
	Sure         Confidence
}

// An Instrument is a document in play: proposal, draft, bill, treaty, letter.
// (PRODUCT.md calls the entry a document; the word is taken in this room.)
type Instrument struct {
	Kind     string // "proposal", "draft", "bill", "treaty", "resolution", "letter", "plan", "agreement"
	Name     string
	By       ActorID
	To       []ActorID
	State    string // "proposed", "received", "under review", "rejected", "signed", "in force", "introduced"; "" when not told
	When     calendar.When
	Mentions []text.Span
	Made     Made
	Sure     Confidence
}

// MoveKind is one kind of negotiating act.
type MoveKind string

// The kinds of move.
const (
	Demand    MoveKind = "demand"
	Propose   MoveKind = "propose"
	Support   MoveKind = "support"
	Accept    MoveKind = "accept"
	Agree     MoveKind = "agree to discuss"
	Condition MoveKind = "set a condition"
	Oppose    MoveKind = "oppose"
	Reject    MoveKind = "reject"
	Threaten  MoveKind = "threaten"
	Promise   MoveKind = "promise"
	Concede   MoveKind = "concede"
	Accuse    MoveKind = "accuse"
	Defer     MoveKind = "defer"
)

// Mode tells what the words claim about a move.
type Mode string

// The modes of a move.
const (
	Asserted     Mode = "asserted"
	Negated      Mode = "negated"
	Intended     Mode = "planned"
	Hypothetical Mode = "hypothetical"
)

// A Move is one negotiating act by a party.
type Move struct {
	Kind      MoveKind
	Actor     ActorID
	Recipient ActorID
	Mode      Mode
	Predicate text.Span
	Point     text.Span
	Statement StatementID // the statement that holds it or that it is; NoStatement for the reporter's voice
	Code      codebook.Code
	Made      Made
	Sure      Confidence
}

// Stance is where a party stands on a point.
type Stance string

// The stances of the gold records.
const (
	Demands     Stance = "demands"
	Proposes    Stance = "proposes"
	Supports    Stance = "supports"
	Accepts     Stance = "accepts"
	Open        Stance = "open"
	Conditional Stance = "conditional"
	Opposes     Stance = "opposes"
	Rejects     Stance = "rejects"
	Threatens   Stance = "threatens"
	Promises    Stance = "promises"
)

// A Position is where a party stands on a point, with who says so.
type Position struct {
	Party      ActorID
	Point      string    // short label in the article's own words
	Mention    text.Span // the words that the point was read from
	Matter     []string  // stems of the words that tell one matter from another, sorted
	About      []ActorID // who is named in it, sorted
	Stance     Stance
	Own        bool    // the holder's own side says it, or the reporter tells it as fact
	AssertedBy ActorID // NoActor: the article itself
	Denied     bool    // the sentence says that this is NOT the holder's position
	Evidence   text.Span
	Statement  StatementID
	Moves      []MoveID
	Talks      TalksID
	Made       Made
	Sure       Confidence
}

// StatusState is where a negotiation stands.
type StatusState string

// The states of a negotiation. The absence of a Status is "none".
const (
	Preparing   StatusState = "preparing"
	UnderWay    StatusState = "under way"
	Progressing StatusState = "progressing"
	Deadlocked  StatusState = "deadlocked"
	Suspended   StatusState = "suspended"
	Collapsed   StatusState = "collapsed"
	Agreed      StatusState = "agreed"
)

// A Status is one claim about where the talks stand. The first in a Doc is the
// one that the article as a whole gives.
type Status struct {
	State      StatusState
	Talks      TalksID
	Statement  StatementID // who says so, or NoStatement for the reporter
	AssertedBy ActorID
	Evidence   text.Span
	Made       Made
	Sure       Confidence
}
