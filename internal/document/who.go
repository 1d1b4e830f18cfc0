package document

import (
	"rapporteur/internal/calendar"
	"rapporteur/internal/text"
)

// A Time is an expression of a day or of several: "on Thursday", "January 12".
type Time struct {
	Span text.Span
	When calendar.When
	Made Made
}

// A Mention is a stretch of words that stands for an actor.
type Mention struct {
	Span  text.Span // whole phrase with title, role and apposition-free: "Russian Deputy Foreign Minister Sergey Ryabkov"
	Head  text.Span // the name or the head noun: "Sergey Ryabkov", "diplomat", "he"
	Form  MentionForm
	Kind  ActorKind // what the words themselves tell; Unclear for most pronouns
	Actor ActorID   // NoActor until, or unless, resolved
	Made  Made

	// What the words around it tell, for whoever joins mentions to actors:
	Name   string    // canonical name of a known state or body; "" when no table knows it
	Key    string    // its key, see [Actor.Key]
	Role   text.Span // words of the role, inside Span or its apposition: "Deputy Foreign Minister"
	Of     text.Span // span of the mention that names the body it belongs to
	Same   text.Span // span of an earlier mention in apposition: the same actor
	Gender string    // "f", "m", "" when the words do not tell
	Plural bool
}

// MentionForm tells names from descriptions and pronouns.
type MentionForm uint8

// The forms of mention.
const (
	Named MentionForm = iota
	Described
	Pronoun
)

// ActorKind sorts actors.
type ActorKind string

// The kinds of actor.
const (
	Unclear      ActorKind = ""
	Person       ActorKind = "person"
	State        ActorKind = "state"
	Organ        ActorKind = "organ"        // of a state: ministry, parliament, Kremlin
	Organisation ActorKind = "organisation" // international body, party, firm, outlet
	ArmedGroup   ActorKind = "armed group"
	Bloc         ActorKind = "bloc"  // "the West", "Western countries"
	Group        ActorKind = "group" // people without an organisation: "Democrat legislators"
)

// An Actor is one person, organ, organisation, state or group in this article.
type Actor struct {
	Name     string // the fullest form that the article gives, or the canonical name of a known state or organisation
	Key      string // joins the actor over articles: lower case, no accents; "person:sergey ryabkov", "state:RUS"
	Kind     ActorKind
	Role     string // "Deputy Foreign Minister"; "" when not told
	RoleSpan text.Span
	Of       ActorID // the state, organisation or group it belongs to; NoActor when not known
	OfMade   Made    // what told the affiliation
	Gender   string  // "f", "m", "" when not known
	Speaks   ActorID // the party whose position this actor voices; NoActor for analysts, witnesses, outlets
	Mentions []MentionID
	Members  []ActorID // of several who speak together ("Tolmark and Veyra"), else nil
	Made     Made
}
